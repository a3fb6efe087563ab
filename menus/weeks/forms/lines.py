"""A dish typed in one line: `青椒肉丝: 青椒 60, 猪肉 70克`."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from canteen.kit.problems import Finding, Refused, error
from canteen.kit.texts import _
from menus.weeks.forms.dishes import DishForm, IngredientForm
from menus.weeks.rules import kind_of

WEIGHT = re.compile(r"^(?P<name>.*?\S)\s*(?P<grams>\d+(?:\.\d+)?)\s*(?:g|克)?$", re.IGNORECASE)
PARTS = re.compile(r"[,，、;；\n]+|(?<=\d)\s+(?=[^\d\s.])|(?<=[克g])\s+")
MOST_GRAMS = 2000


def read_ingredients(text: str, at: str = "ingredients") -> list[IngredientForm]:
    """Ingredients with raw grams per head. Raises Refused with every part that cannot be read."""
    parts = [part.strip() for part in PARTS.split(unicodedata.normalize("NFKC", text)) if part.strip()]
    read = [_ingredient(part, at) for part in parts]
    wrong = [part for part in read if isinstance(part, Finding)]
    if wrong:
        raise Refused(wrong)
    return [part for part in read if isinstance(part, IngredientForm)]


def _ingredient(part: str, at: str) -> IngredientForm | Finding:
    found = WEIGHT.match(part)
    if not found:
        return error("no_grams", _("How many grams of {food}?"), at, food=part)
    milligrams = Decimal(found["grams"]) * 1000
    if not 0 < milligrams <= MOST_GRAMS * 1000 or milligrams != milligrams.to_integral_value():
        message = _("{food}: between 0.001 and {most} g per head")
        return error("grams", message, at, food=found["name"], most=MOST_GRAMS)
    return IngredientForm(found["name"], int(milligrams))


def read_dish(text: str) -> tuple[str, list[IngredientForm]]:
    """The name before the colon and the ingredients after it. Raises Refused."""
    name, _colon, rest = unicodedata.normalize("NFKC", text).partition(":")
    return name.strip(), read_ingredients(rest, "dish")


def as_line(typed: tuple[tuple[str, int], ...]) -> str:
    """Ingredients as one line to be typed over: `土豆 25, 牛肉 75`."""
    return ", ".join(f"{name} {grams_text(milligrams)}" for name, milligrams in typed)


def grams_text(milligrams: int) -> str:
    """Milligrams as grams without idle zeros: 2500 is `2.5`."""
    return (
        f"{Decimal(milligrams) / 1000:f}".rstrip("0").rstrip(".")
        if milligrams % 1000
        else str(milligrams // 1000)
    )


def half_typed(typed: Mapping[str, Any]) -> DishForm:
    """A dish as far as it is typed: rows that cannot be read yet are passed over, nothing is refused."""
    label = str(typed.get("label") or "")
    return DishForm(
        name=str(typed.get("name") or "").strip() or "…",
        ingredients=tuple(_readable(typed.get("ingredients"))),
        label=label if kind_of(label) else "",
        method=str(typed.get("method") or ""),
    )


def _readable(rows: Any) -> Iterator[IngredientForm]:
    for row in rows.values() if isinstance(rows, Mapping) else ():
        if isinstance(row, Mapping):
            read = _ingredient(_row_text(row), "")
            if isinstance(read, IngredientForm):
                yield read


def _row_text(row: Mapping[str, Any]) -> str:
    text = f"{row.get('name') or ''} {row.get('milligrams') or ''}"
    return unicodedata.normalize("NFKC", text).strip()
