"""The table of foods: found by name, searched by name and pinyin."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from canteen.kit.names import listed, normalised, spelled
from menus.foods.rules.food import NUTRIENTS, Food

# The shipped file keeps its source's headings; here the figures carry the names of WS/T 554's nutrients.
HEADINGS: Mapping[str, str] = {
    "carbohydrate_g": "carb_g",
    "vitamin_a_ug_rae": "vit_a_ug_rae",
    "vitamin_b1_mg": "thiamin_mg",
    "vitamin_b2_mg": "riboflavin_mg",
    "vitamin_c_mg": "vit_c_mg",
}


class FoodTable:
    """Foods by code and by any of their names; a name leads to one food only.

    Later foods go before earlier ones: a food of the same code replaces, a food that claims a name takes it.
    `names` (name to code) goes before both. Iterates in the order of the codes' first appearance.
    """

    def __init__(self, foods: Iterable[Food], names: Mapping[str, str] | None = None) -> None:
        self._by_code: dict[str, Food] = {}
        self._codes: dict[str, str] = {}
        self._add(foods, names or {})

    def _add(self, foods: Iterable[Food], names: Mapping[str, str]) -> None:
        for food in foods:
            self._by_code[food.code] = food
            self._codes.update((normalised(name), food.code) for name in food.names)
        self._codes.update((normalised(n), code) for n, code in names.items() if code in self._by_code)

    def overlaid(self, foods: Iterable[Food], names: Mapping[str, str]) -> "FoodTable":
        """A new table: this one with a school's own foods and names over it."""
        table = FoodTable(())
        table._by_code, table._codes = dict(self._by_code), dict(self._codes)
        table._add(foods, names)
        return table

    def find(self, name: str) -> Food | None:
        """The food of exactly this name or alias (width, blanks and kind of brackets aside)."""
        code = self._codes.get(normalised(name))
        return self._by_code[code] if code else None

    def get(self, code: str) -> Food | None:
        """The food of this code."""
        return self._by_code.get(code)

    def candidates(self, name: str, limit: int = 5) -> list[Food]:
        """The foods whose names come nearest: contained, sharing characters, or sounding alike."""
        scores: dict[str, float] = {}
        for known, code in self._codes.items():
            scores[code] = max(scores.get(code, 0.0), likeness(normalised(name), known))
        best = sorted((c for c in scores if scores[c] > 0), key=lambda c: -scores[c])
        return [self._by_code[code] for code in best[:limit]]

    def search(self, query: str) -> list[Food]:
        """Foods whose name, alias or pinyin (whole or initials) holds the query, best first; all for ""."""
        wanted = normalised(query)
        if not wanted:
            return list(self)
        ranks: dict[str, int] = {}
        for known, code in self._codes.items():
            rank = rank_of(wanted, known) + (0 if known == normalised(self._by_code[code].name) else 1)
            ranks[code] = min(ranks.get(code, NO_RANK), rank)
        found = (food for food in self if ranks.get(food.code, NO_RANK) < NO_RANK)
        return sorted(found, key=lambda food: ranks[food.code])

    def __iter__(self) -> Iterator[Food]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)


NO_RANK = 100


def rank_of(wanted: str, known: str) -> int:
    """How well a normalised name answers a search: 0 the same, NO_RANK not at all; steps of two."""
    if wanted == known:
        return 0
    if wanted in known:
        return 2 if known.startswith(wanted) else 6
    if not wanted.isascii():
        return NO_RANK
    return _rank_by_sound(wanted, known)


def _rank_by_sound(wanted: str, known: str) -> int:
    sound = spelled(known)
    if wanted in (sound.pinyin, sound.initials):
        return 4
    if sound.pinyin.startswith(wanted) or sound.initials.startswith(wanted):
        return 8
    return 10 if len(wanted) > 1 and wanted in sound.initials else NO_RANK


def likeness(one: str, other: str) -> float:
    """How near two normalised names are, 0 to 1: containment weighs most, then sound, then characters."""
    if not one or not other:
        return 0.0
    shared = len(set(one) & set(other))
    score = 2 * shared / (len(set(one)) + len(set(other)))
    if one in other or other in one:
        ends_alike = one.endswith(other) or other.endswith(one)  # the last word of a Chinese name is its kind
        return 0.5 + score / 4 + (0.2 if ends_alike else 0.0)
    if not one.isascii() and shared == 0 and len(one) != len(other):
        return 0.0
    return max(score * 0.9, 0.7 if spelled(one).pinyin == spelled(other).pinyin else 0.0)


def food_of(cells: Mapping[str, str]) -> Food:
    """A row of the shipped file as a food; a blank figure is None."""
    figures = {key: cells[HEADINGS.get(key, key)] for key in NUTRIENTS}
    return Food(
        code=cells["code"],
        name=cells["name"],
        aliases=listed(cells["aliases"]),
        group=cells["group"],
        animal=cells["animal"],
        edible_pct=float(cells["edible_pct"]),
        nutrients={key: float(text) if text else None for key, text in figures.items()},
        allergens=frozenset(listed(cells["allergens"])),
        season=cells["season"],
        banned=cells["banned"],
        source=cells["source"],
        match=cells["match"],
        note=cells["note"],
    )


@cache
def shipped() -> FoodTable:
    """The composition table that comes with the product (menus/foods/data)."""
    text = (files("menus.foods") / "data" / "foods.csv").read_text(encoding="utf-8")
    return FoodTable(map(food_of, csv.DictReader(io.StringIO(text))))
