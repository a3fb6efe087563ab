"""Dishes as a workbook: a row a dish with its figures, and the recipes in the columns of a menu file."""

from collections.abc import Iterable
from typing import Any

from canteen.kit.sheets import Column, write_xlsx
from canteen.kit.texts import _, say
from menus.dishes.rules import KIND_NAMES, METHOD_NAMES, Kind, Method
from menus.dishes.services import Card
from menus.foods.rules import ALLERGENS, NUTRIENTS


def dishes_workbook(cards: Iterable[Card], lang: str) -> bytes:
    """The list as XLSX: name, kind, method, ingredients, meat share, figures a helping, cost, allergens."""
    columns = [
        Column(say(lang, _("Dish")), width=18),
        Column(say(lang, _("Kind"))),
        Column(say(lang, _("Method"))),
        Column(say(lang, _("Ingredients (raw grams per head, 9-11)")), width=44),
        Column(say(lang, _("Share of meat (%)")), "number"),
        *(Column(say(lang, label), "number") for label in NUTRIENTS.values()),
        Column(say(lang, _("Incomplete figures")), width=24),
        Column(say(lang, _("Cost per head (yuan)")), "fen"),
        Column(say(lang, _("Without a price")), width=24),
        Column(say(lang, _("Allergens")), width=20),
        Column(say(lang, _("Note")), width=24),
    ]
    return write_xlsx(columns, (_row(card, lang) for card in cards))


def _row(card: Card, lang: str) -> list[Any]:
    recipe, helping = card.recipe, card.helping
    method = METHOD_NAMES[Method(recipe.method)] if recipe.method else ""
    allergens = [say(lang, ALLERGENS[code]) for code in sorted(helping.allergens)]
    lacking = [say(lang, label) for key, label in NUTRIENTS.items() if key in helping.nutrients.incomplete]
    return [
        recipe.name,
        say(lang, KIND_NAMES[recipe.kind]),
        say(lang, method) if method else "",
        "、".join(f"{i.name}{i.milligrams / 1000:g}" for i in recipe.ingredients),
        helping.percent if recipe.kind is Kind.MEAT else None,
        *(round(helping.nutrients.amounts[key], 3) for key in NUTRIENTS),
        "、".join(lacking),
        helping.cost.fen if len(helping.cost.unpriced) < len(recipe.ingredients) else None,
        "、".join(helping.cost.unpriced),
        "、".join(allergens),
        card.note,
    ]
