"""What changed between two versions of a menu."""

from menus.weeks.rules.differences import Difference, differences

MONDAY, TUESDAY = (0, "lunch"), (1, "lunch")


def test_the_same_menu_has_no_difference() -> None:
    menu = {MONDAY: [("炒青菜", 120)]}
    assert list(differences(menu, menu)) == []


def test_what_came_went_and_changed_is_told_meal_by_meal() -> None:
    before = {MONDAY: [("炒青菜", 120), ("米饭", 75)], TUESDAY: [("红烧肉", 80)]}
    after = {MONDAY: [("炒菠菜", 120), ("米饭", 80)], TUESDAY: [("红烧肉", 80)]}
    assert list(differences(before, after)) == [
        Difference(0, "lunch", come=("炒菠菜",), gone=("炒青菜",), changed=("米饭",))
    ]


def test_a_meal_that_came_or_went_is_told_too_and_the_order_is_the_weeks() -> None:
    breakfast, dinner = (0, "breakfast"), (0, "dinner")
    before = {breakfast: [("粥", 1)], TUESDAY: [("汤", 1)]}
    after = {breakfast: [("面", 1)], dinner: [("饭", 1)]}
    told = list(differences(before, after))
    assert [(one.day, one.meal, one.come, one.gone) for one in told] == [
        (0, "breakfast", ("面",), ("粥",)),
        (0, "dinner", ("饭",), ()),
        (1, "lunch", (), ("汤",)),
    ]


def test_of_two_dishes_of_one_name_each_counts() -> None:
    two, one = {MONDAY: [("水果", 100), ("水果", 100)]}, {MONDAY: [("水果", 100)]}
    assert list(differences(two, one)) == [Difference(0, "lunch", gone=("水果",))]
    assert list(differences(one, two)) == [Difference(0, "lunch", come=("水果",))]
    other = {MONDAY: [("水果", 100), ("水果", 80)]}
    assert list(differences(two, other)) == [Difference(0, "lunch", changed=("水果",))]
