"""Half of a meat dish is meat, to the milligram."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from menus.weeks.rules import Ingredient, Policy, shown
from menus.weeks.rules.share import is_meaty, meat_share
from tests.menus.weeks.kitchen import FULL, RICE, dish, found, judged

POLICY = Policy()
NO_EGGS = Policy(eggs_are_meat=False)


@pytest.mark.parametrize(
    ("meat", "beans", "enough"),
    [(49.9, 50.1, False), (49.999, 50.001, False), (50.0, 50.0, True), (50.1, 49.9, True), (0, 50, False)],
)
def test_fifty_percent_passes_and_a_hair_less_does_not(meat: float, beans: float, enough: bool) -> None:
    stew = dish("荤菜", "豌豆牛肉", 牛肉=meat, 豌豆=beans) if meat else dish("荤菜", "豌豆", 豌豆=beans)
    assert is_meaty(stew, POLICY) is enough


@pytest.mark.parametrize(
    ("what", "share"),
    [
        (dish("荤菜", "土豆牛肉", 牛肉=75, 土豆=25), Fraction(75, 97)),  # potatoes lose 12% when peeled
        (dish("荤菜", "红烧翅中", 鸡翅中=100), Fraction(1)),
        (dish("荤菜", "酱油糖醋里脊", 里脊=60, 酱油=10, 糖=20, 油=20, 盐=2, 淀粉=30, 水=100), Fraction(1)),
        (dish("荤菜", "勾芡肉片", 肉片=60, 豌豆淀粉=30, 温水=50), Fraction(1)),
        (dish("荤菜", "番茄炒蛋", 鸡蛋=50, 番茄=50), Fraction(1, 2)),
        (dish("荤菜", "神秘肉", 牛肉=50, 神秘菜=50), Fraction(1, 2)),
        (dish("荤菜", "全是调料", 盐=2), Fraction(0)),
        (dish("荤菜", "鸭血豆腐", 鸭血=50, 豆腐=50), Fraction(1, 2)),
    ],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_only_what_is_eaten_of_the_main_ingredients_counts(what, share) -> None:
    assert meat_share(what, POLICY) == share


def test_a_school_may_say_that_eggs_are_no_meat() -> None:
    eggs = dish("荤菜", "番茄炒蛋", 鸡蛋=80, 番茄=20)
    assert meat_share(eggs, POLICY) == Fraction(4, 5)
    assert meat_share(eggs, NO_EGGS) == 0


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(75, 97), 0.773),
        (Fraction(4996, 10000), 0.499),
        (Fraction(49999, 100000), 0.499),
        (Fraction(1, 2), 0.5),
        (Fraction(50049, 100000), 0.5),
        (Fraction(1), 1.0),
        (Fraction(0), 0.0),
    ],
)
def test_a_share_just_under_the_limit_is_never_shown_as_the_limit(share, text) -> None:
    assert shown(share, Fraction(1, 2)) == text


@pytest.mark.parametrize("share", [Fraction(4996, 10000), Fraction(49999, 100000)])
def test_nor_as_fifty_percent(share) -> None:
    assert shown(share * 100, Fraction(50), 1) == 49.9


def test_a_dish_under_the_share_is_told_once_and_does_not_count() -> None:
    thin = dish("荤菜", "土豆丝炒肉", 肉丝=30, 土豆=80)
    (told,) = found(judged(*FULL, thin), "meat_share")
    assert told.facts["dish"] == "土豆丝炒肉"
    assert told.facts["percent"] == 29.9
    assert [d.counts for d in judged(RICE, thin).meals[0].dishes] == [True, False]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["牛肉", "土豆", "盐", "没有的菜"]), st.integers(1, 500_000))))
def test_a_share_lies_between_nothing_and_everything(weights) -> None:
    known = {"牛肉": dish("荤", "x", 牛肉=1), "土豆": dish("荤", "x", 土豆=1), "盐": dish("荤", "x", 盐=1)}
    foods = {name: d.ingredients[0].food for name, d in known.items()}
    ingredients = tuple(Ingredient(name, mg, foods.get(name)) for name, mg in weights)
    stew = dish("荤菜", "随便")
    share = meat_share(type(stew)(stew.name, stew.kind, ingredients), POLICY)
    assert 0 <= share <= 1
    assert (share == 0) == ("牛肉" not in dict(weights))


@settings(deadline=None)
@given(st.integers(1, 300_000), st.integers(1, 300_000))
def test_more_meat_never_lowers_the_share(meat, more) -> None:
    before = dish("荤菜", "x", 牛肉=meat / 1000, 土豆=50)
    after = dish("荤菜", "x", 牛肉=(meat + more) / 1000, 土豆=50)
    assert meat_share(after, POLICY) > meat_share(before, POLICY)
