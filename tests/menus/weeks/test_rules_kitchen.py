"""What the kitchen weighs: helpings of each band, heads, expected shares."""

import pytest

from menus.weeks.rules import Age, Dish
from menus.weeks.rules.kitchen import eaters_of, helping_at, needs_of, totals_of
from tests.menus.weeks.kitchen import BEEF, RICE, dish


@pytest.mark.parametrize(
    ("own", "eater", "milligrams", "expected"),
    [
        (Age.NINE, Age.NINE, 75_000, 75_000),
        (Age.NINE, Age.SIX, 75_000, 61_000),
        (Age.SIX, Age.NINE, 61_000, 75_300),
        (Age.NINE, Age.FIFTEEN, 2_500, 3_300),
    ],
)
def test_a_band_without_a_menu_of_its_own_gets_helpings_of_its_size(
    own: Age, eater: Age, milligrams: int, expected: int
) -> None:
    assert helping_at(milligrams, own, eater) == pytest.approx(expected, abs=500)


def test_a_dish_needs_its_grams_for_every_head_of_every_band() -> None:
    beef = needs_of(BEEF, Age.NINE, {Age.SIX: 100, Age.NINE: 200})[0]
    assert beef.name == "牛肉"
    assert beef.each == {Age.SIX: 61_000, Age.NINE: 75_000}
    assert beef.total == 100 * 61_000 + 200 * 75_000


def test_of_a_choice_the_expected_part_of_the_pupils_is_cooked_for() -> None:
    chosen = Dish(BEEF.name, BEEF.kind, BEEF.ingredients, choice="荤菜", share=0.6)
    assert needs_of(chosen, Age.NINE, {Age.NINE: 200})[0].total == 9_000_000


def test_without_heads_the_helping_stands_and_nothing_is_summed() -> None:
    need = needs_of(RICE, Age.NINE, {})[0]
    assert (need.each, need.total) == ({Age.NINE: 75_000}, 0)


def test_one_food_is_handed_out_once_whatever_it_is_called_and_water_never() -> None:
    first, second = dish("素菜", "炒土豆", 土豆=100), dish("汤", "土豆汤", 马铃薯=20, 水=150)
    assert totals_of([first, second], Age.NINE, {Age.NINE: 10}) == {"土豆": 1_200_000}


def test_those_with_a_menu_of_their_own_do_not_eat_of_this_one() -> None:
    heads = {Age.NINE: 200, Age.SIX: 100, Age.TWELVE: 0}
    assert eaters_of(heads, Age.NINE, [Age.NINE]) == {Age.SIX: 100, Age.NINE: 200}
    assert eaters_of(heads, Age.NINE, [Age.NINE, Age.SIX]) == {Age.NINE: 200}
