"""Days, quantities and money as the papers of the store write them."""

from collections.abc import Mapping
from datetime import date

from canteen.kit.money import yuan
from canteen.kit.texts import _, say
from suppliers.goods.rules import Good, Measure, rounded, said

MEAL_WORDS: Mapping[str, str] = {
    "breakfast": _("Breakfast"),
    "lunch": _("Lunch"),
    "dinner": _("Dinner"),
    "snack": _("Extra meal"),
}


def day_word(day: date | None) -> str:
    """`2026-09-07`, the form that every ledger sorts by; nothing for no day."""
    return day.isoformat() if day else ""


def meal_word(meal: str, lang: str) -> str:
    """`午餐`."""
    return say(lang, MEAL_WORDS[meal]) if meal in MEAL_WORDS else meal


def amount_word(quantity: int, good: Good, weight: str, lang: str) -> str:
    """A quantity without its sign, in the good's pack and the school's unit."""
    return said(abs(quantity), good, weight, lang)


def price_word(fen: int, quantity: int, good: Good, weight: str, lang: str) -> str:
    """What a kilogram (or jin, or piece) cost: `4.80元/公斤`."""
    if not quantity:
        return ""
    per = 1 if good.measure is Measure.PIECES else 500 if weight == "jin" else 1000
    price = yuan(rounded(abs(fen) * per, abs(quantity)))
    unit = {1: _("{price} a piece"), 500: _("{price} a jin"), 1000: _("{price} a kg")}[per]
    return say(lang, unit, price=price)


def kilograms(quantity: int, good: Good) -> float | int:
    """A quantity as a number for a workbook: kilograms, or pieces."""
    return quantity if good.measure is Measure.PIECES else quantity / 1000
