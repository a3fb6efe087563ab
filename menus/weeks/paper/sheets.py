"""The same as workbooks, and the week in the columns that an import reads (contract.md)."""

from collections.abc import Iterator
from typing import Any

from canteen.kit.sheets import Column, write_csv, write_xlsx
from canteen.kit.texts import _, say
from menus.dishes.rules import Nutrients
from menus.foods.rules import NUTRIENTS
from menus.weeks.forms.file import COLUMNS, MEAL_WORDS
from menus.weeks.paper.kitchen import bands_of, planned
from menus.weeks.paper.nutrition import MAIN, day_nutrients
from menus.weeks.paper.words import allergens_of, band_word, joined, kind_word, meal_word, weight
from menus.weeks.rules import MealName
from menus.weeks.rules.kitchen import needs_of, totals_of
from menus.weeks.rules.states import ServingStatus
from menus.weeks.services.papers import KitchenFacts, PosterFacts
from menus.weeks.services.sheet import SheetDish, SheetMeal, WeekSheet

STATUS_WORDS = {
    ServingStatus.PLANNED: "",
    ServingStatus.REPLACED: _("Replaced by another dish"),
    ServingStatus.NOT_SERVED: _("Not served"),
}
KEYS = ("day", "meal", "kind", "dish", "ingredient", "grams", "method", "choice", "share")


def poster_workbook(facts: PosterFacts, lang: str) -> bytes:
    """A row a dish with its figures per head, then a row a day, then the mean of the week."""
    columns = [
        Column(say(lang, _("Day")), "day", 12),
        Column(say(lang, _("Meal"))),
        Column(say(lang, _("Kind"))),
        Column(say(lang, _("Dish")), width=20),
        Column(say(lang, _("Ingredients, raw per head")), width=44),
        Column(say(lang, _("Method"))),
        Column(say(lang, _("Allergens")), width=18),
        *(Column(say(lang, NUTRIENTS[key]), "number") for key in MAIN),
        Column(say(lang, _("Incomplete figures")), width=24),
        Column(say(lang, _("State"))),
        Column(say(lang, _("Reason")), width=30),
    ]
    return write_xlsx(columns, [*_dish_rows(facts, lang), *_sum_rows(facts, lang)])


def kitchen_workbook(facts: KitchenFacts, lang: str) -> bytes:
    """A row an ingredient of each dish, then each ingredient over the meal."""
    bands = bands_of(facts)
    columns = [
        Column(say(lang, _("Dish")), width=20),
        Column(say(lang, _("Kind"))),
        Column(say(lang, _("Method"))),
        Column(say(lang, _("Ingredient")), width=18),
        *(Column(say(lang, _("g a head, {band}"), band=band_word(b, lang)), "grams") for b in bands),
        *(Column(say(lang, _("Heads, {band}"), band=band_word(b, lang)), "number") for b in bands),
        Column(say(lang, _("Expected (%)")), "number"),
        Column(say(lang, _("In all (kg)")), "number"),
    ]
    return write_xlsx(columns, [*_need_rows(facts, lang), *_hand_out_rows(facts, lang)])


def menu_workbook(sheet: WeekSheet) -> bytes:
    """The week in the import form; it imports back as it is."""
    return write_xlsx(_menu_columns(), _menu_rows(sheet))


def menu_csv(sheet: WeekSheet) -> bytes:
    """The same as CSV."""
    return write_csv(_menu_columns(), _menu_rows(sheet))


def blank_menu() -> bytes:
    """The import form with nothing but its headings."""
    return write_xlsx(_menu_columns(), [])


def _menu_columns() -> list[Column]:
    return [Column(COLUMNS[key][0], {"day": "day", "grams": "grams"}.get(key, "text")) for key in KEYS]  # type: ignore[arg-type]


def _menu_rows(sheet: WeekSheet) -> Iterator[list[Any]]:
    words = dict(zip(MealName, MEAL_WORDS, strict=True))
    for meal in sheet.meals:
        for dish in meal.dishes:
            if dish.planned:
                value, percent = dish.value, round(dish.value.share * 100)
                named = [meal.day, words[meal.name], value.label or str(value.kind), value.name]
                chosen = [value.method, value.choice, "" if percent == 100 else f"{percent}%"]
                for name, milligrams in dish.typed:
                    grams = milligrams // 1000 if milligrams % 1000 == 0 else milligrams / 1000
                    yield [*named, name, grams, *chosen]


def _dish_rows(facts: PosterFacts, lang: str) -> Iterator[list[Any]]:
    for meal in facts.board.sheet.meals:
        for dish in meal.dishes:
            yield [meal.day, *_told(meal, dish, lang)]


def _told(meal: SheetMeal, dish: SheetDish, lang: str) -> list[Any]:
    value = dish.value
    state = _("Changed after publication") if dish.planned and dish.replaces else STATUS_WORDS[dish.status]
    return [
        meal_word(meal.name, lang),
        kind_word(value, lang),
        value.name,
        " ".join(f"{i.name}{weight(i.milligrams)}" for i in value.ingredients),
        value.method,
        allergens_of(value, lang),
        *_amounts(value.nutrients, lang),
        say(lang, state) if state else "",
        dish.reason,
    ]


def _sum_rows(facts: PosterFacts, lang: str) -> Iterator[list[Any]]:
    verdict = facts.board.verdict
    for day in verdict.days:
        title = say(lang, _("The day in all"))
        yield [day.day, "", "", title, "", "", "", *_amounts(day_nutrients(verdict, day), lang), "", ""]
    mean = say(lang, _("Mean of the week"))
    yield [None, "", "", mean, "", "", "", *_amounts(verdict.mean, lang), "", ""]


def _amounts(found: Nutrients, lang: str) -> list[Any]:
    """The four figures, and the names of those whose sum lacks something."""
    unknown = [say(lang, NUTRIENTS[key]) for key in MAIN if key in found.incomplete]
    return [*(round(found.amounts[key], 1) for key in MAIN), joined(unknown, lang)]


def _need_rows(facts: KitchenFacts, lang: str) -> Iterator[list[Any]]:
    bands = bands_of(facts)
    for dish in planned(facts):
        for need in needs_of(dish, facts.head.age, facts.heads):
            yield [
                dish.name,
                kind_word(dish, lang),
                dish.method,
                need.name,
                *(need.each[band] / 1000 for band in bands),
                *(facts.heads.get(band) for band in bands),
                round(dish.share * 100, 1),
                need.total / 1_000_000 if facts.heads else None,
            ]


def _hand_out_rows(facts: KitchenFacts, lang: str) -> Iterator[list[Any]]:
    free = [None] * (2 * len(bands_of(facts)) + 1)
    title = say(lang, _("To hand out for the meal"))
    for name, milligrams in totals_of(planned(facts), facts.head.age, facts.heads).items():
        yield [title, "", "", name, *free, milligrams / 1_000_000 if facts.heads else None]
