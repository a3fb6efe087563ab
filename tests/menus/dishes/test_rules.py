"""The arithmetic of one dish: share, figures, bands, cost, and what is said about a recipe."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from canteen.kit.problems import Level
from menus.dishes.rules import (
    Age,
    Ingredient,
    Kind,
    Method,
    Recipe,
    cost_of,
    kind_of,
    method_of,
    milligrams_at,
    nutrients_of,
    reaches,
    recipe_findings,
    share_of,
    shown,
    size_of,
)
from menus.foods.rules import NUTRIENTS, Food, shipped

HALF = Fraction(1, 2)


def food(name: str, animal: str = "0", group: str = "vegetable", **figures: float | None) -> Food:
    nutrients: Mapping[str, float | None] = {**dict.fromkeys(NUTRIENTS, 0.0), **figures}
    return Food(f"T-{name}", name, (), group, animal, 100, nutrients)


PORK = food("猪肉", "1", "livestock", energy_kcal=143.0, protein_g=20.0)
EGG = food("鸡蛋", "egg", "egg", protein_g=13.0)
CABBAGE = food("圆白菜", energy_kcal=25.0, calcium_mg=None)
OIL = food("油", group="oil", energy_kcal=900.0)


def of(grams: float, known: Food | None, name: str = "") -> Ingredient:
    return Ingredient(name or (known.name if known else "怪菜"), round(grams * 1000), known)


def dish(*ingredients: Ingredient, name: str = "圆白菜炒肉", kind: Kind = Kind.MEAT) -> Recipe:
    return Recipe(name, kind, ingredients)


def rules_of(recipe: Recipe) -> list[tuple[str, Level, str]]:
    return [(f.rule, f.level, f.at) for f in recipe_findings(recipe)]


@pytest.mark.parametrize(
    ("meat", "vegetable", "passes"),
    [(49.9, 50.1, False), (50.0, 50.0, True), (50.1, 49.9, True), (49.999, 50.001, False)],
)
def test_half_the_main_ingredients_must_be_meat(meat: float, vegetable: float, passes: bool) -> None:
    parts = (of(meat, PORK), of(vegetable, CABBAGE))
    assert reaches(parts) is passes
    assert (share_of(parts) >= HALF) is passes
    assert ("meat_share" in [rule for rule, _, _ in rules_of(dish(*parts))]) is not passes


def test_a_share_just_under_the_half_is_never_shown_as_the_half() -> None:
    assert shown(Fraction(49999, 100000) * 100, Fraction(50), 1) == 49.9
    assert shown(Fraction(1, 2) * 100, Fraction(50), 1) == 50.0


def test_oil_and_seasoning_do_not_thin_the_meat() -> None:
    assert share_of([of(50, PORK), of(50, CABBAGE), of(30, OIL)]) == HALF


def test_eggs_count_as_meat_unless_the_school_says_otherwise() -> None:
    parts = (of(50, EGG), of(50, CABBAGE))
    assert reaches(parts)
    assert not reaches(parts, eggs_are_meat=False)


def test_bones_do_not_count() -> None:
    ribs = shipped().find("猪小排")
    assert ribs is not None
    assert share_of([of(100, ribs), of(70, CABBAGE)]) == HALF


def test_an_unknown_food_weighs_below_the_line_and_leaves_every_figure_incomplete() -> None:
    parts = (of(50, PORK), of(50, None))
    assert share_of(parts) == HALF
    sums = nutrients_of(parts)
    assert sums.amounts["energy_kcal"] == pytest.approx(71.5)
    assert sums.incomplete == set(NUTRIENTS)


def test_a_blank_figure_makes_only_that_nutrient_incomplete() -> None:
    sums = nutrients_of([of(50, PORK), of(100, CABBAGE)])
    assert sums.incomplete == {"calcium_mg"}
    assert sums.amounts["energy_kcal"] == pytest.approx(96.5)
    assert sums.amounts["calcium_mg"] == 0


def test_a_dish_without_ingredients_has_no_share() -> None:
    assert share_of([]) == 0
    assert not reaches([])


@pytest.mark.parametrize(
    ("age", "base", "grams"),
    [
        (Age.SIX, 60_000, 49_000),  # 48.6 g: whole grams from 10 g on
        (Age.NINE, 60_000, 60_000),
        (Age.TWELVE, 60_000, 68_000),
        (Age.FIFTEEN, 60_000, 79_000),
        (Age.SIX, 5_000, 4_100),  # 4.05 g: tenths below
        (Age.FIFTEEN, 300, 400),
        (Age.SIX, 10, 1),  # never to nothing
        (Age.SIX, 0, 0),
    ],
)
def test_other_ages_take_their_part_of_the_helping(age: Age, base: int, grams: int) -> None:
    assert milligrams_at(age, base, {}) == grams


def test_a_band_with_grams_of_its_own_keeps_them() -> None:
    assert milligrams_at(Age.SIX, 60_000, {Age.SIX: 45_000}) == 45_000


def test_the_cost_is_of_the_weight_as_purchased() -> None:
    cost = cost_of([of(60, PORK), of(25, CABBAGE)], {PORK.code: 3_000, CABBAGE.code: 420})
    assert (cost.fen, cost.complete) == (191, True)  # 180 + 10.5 fen


def test_a_cost_without_a_price_names_what_lacks_it_and_water_is_free() -> None:
    water = shipped().find("水")
    cost = cost_of([of(60, PORK), of(25, CABBAGE), of(5, None), of(200, water)], {PORK.code: 3_000})
    assert (cost.fen, cost.unpriced) == (180, ("圆白菜", "怪菜"))


def test_a_banned_food_is_refused_at_its_line() -> None:
    beans = shipped().find("四季豆")
    found = rules_of(dish(of(60, PORK), of(30, beans), name="小炒肉"))
    assert ("banned_food", Level.ERROR, "ingredients.1.name") in found


def test_a_cold_dish_is_refused_by_its_name() -> None:
    found = rules_of(dish(of(60, CABBAGE), name="凉拌三丝", kind=Kind.VEGETABLE))
    assert found == [("cold_dish", Level.ERROR, "name")]


def test_a_food_listed_twice_is_refused_and_an_unknown_one_asked_about() -> None:
    found = rules_of(dish(of(30, PORK), of(30, PORK), of(10, None)))
    assert found == [
        ("ingredient_twice", Level.ERROR, "ingredients.1.name"),
        ("unknown_ingredient", Level.WARNING, "ingredients.2.name"),
    ]


def test_words_of_the_kitchen_are_understood() -> None:
    assert (kind_of("大荤"), size_of("大荤"), kind_of("汤粥")) == (Kind.MEAT, "big", Kind.SOUP)
    assert (method_of("红烧"), method_of(" 蒸 "), method_of("凉拌")) == (Method.BRAISE, Method.STEAM, None)
