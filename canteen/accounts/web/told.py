"""What a deed set or changed, as people write it: names for fields and values, days, money and weights.

A field's name stands in the catalogues as `field.NAME`, a broken rule's as `rule.NAME`; a value that stands
for a word is named by the room it comes from, and app.py gathers those. What has no name is shown as it was
kept: nothing is left out.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from canteen.accounts.services.trail import Noted, from_json
from canteen.kit.pages.formats import day, instant, number, yuan
from canteen.kit.texts import DEFAULT, _, catalogue, say

ValueNames = Mapping[str, Mapping[Any, str]]
"""What the values of a field stand for, by the field's name."""

EVERYWHERE = ""
"""The room whose names hold in all of them."""

DAY = re.compile(r"\d{4}-\d\d-\d\d")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
DIGEST = re.compile(r"[0-9a-f]{64}")
SHORT_DIGEST = 12
PERSONS = frozenset({"person", "to"})
RULES = frozenset({"rule", "errors"})
NOTHING: tuple[Any, ...] = (None, "", [], {})
UNITS: tuple[tuple[str, Callable[[int], str], str], ...] = (
    ("fen_per_kg", yuan, _("{amount} yuan per kg")),
    ("_fen", yuan, _("{amount} yuan")),
    ("milligrams", lambda value: number(value / 1000, 3), _("{amount} g")),
    ("_tenths", lambda value: number(value / 10), "{amount}"),
    ("_permille", lambda value: number(value / 10), "{amount}%"),
    ("_percent", number, "{amount}%"),
    ("_grams", number, _("{amount} g")),
)
"""How a whole number reads by the end of its field's name."""


@dataclass(frozen=True, slots=True)
class Told:
    """One field of a deed in words; `before` is empty when it was not set."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Teller:
    """Who puts deeds into words: the reader's language, what values mean by room, and people's names by id.

    `values` are the names that hold in the room of the deed that is being told.
    """

    lang: str
    rooms: Mapping[str, ValueNames]
    people: Mapping[int, str]
    values: ValueNames = field(default_factory=dict)

    def told(self, deed: Noted) -> list[Told]:
        """The fields that a deed set or changed; of something new only what was given."""
        teller, before, after = self.at(deed), deed.before or {}, deed.after or {}
        names = sorted({*before, *after})
        changed = [name for name in names if _changed(name, before, after)]
        return [teller._told(name, before, after) for name in changed]

    def at(self, deed: Noted) -> "Teller":
        """The teller in the deed's room: its names go before those that hold everywhere."""
        room = self.rooms.get(deed.deed.partition(".")[0], {})
        return replace(self, values={**self.rooms.get(EVERYWHERE, {}), **room})

    def _told(self, name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Told:
        old, new = (_unit_of(name, side) for side in (before, after))
        was, now = self._value(old, before.get(name)), self._value(new, after.get(name))
        return Told(self.name_of(name), was, now)

    def lines(self, deed: Noted) -> tuple[str, str]:
        """What stood before and after a deed, each in one line, as the workbook shows them."""
        teller = self.at(deed)
        return teller._line(deed.before or {}), teller._line(deed.after or {})

    def _line(self, values: Mapping[str, Any]) -> str:
        given = [(name, value) for name, value in sorted(values.items()) if value not in NOTHING]
        parts = [self._pair(name, self._value(_unit_of(name, values), value)) for name, value in given]
        return self._list(parts, long=True)

    def _pair(self, name: str, value: str) -> str:
        return f"{self.name_of(name)}：{value}" if self.lang == DEFAULT else f"{self.name_of(name)}: {value}"

    def name_of(self, name: str) -> str:
        """What a field is called, or its own name where it has none."""
        if named := catalogue(self.lang).get(f"field.{name}"):
            return named
        return say(self.lang, self.values.get("field", {}).get(name, name))

    def _value(self, field: str, value: Any) -> str:
        match value:
            case bool():
                return say(self.lang, _("Yes") if value else _("No"))
            case int() | float():
                return self._figure(field, value)
            case str():
                return self._text(field, value)
            case list():
                return self._list([self._item(field, item) for item in value])
            case dict():
                given = [(name, item) for name, item in value.items() if item not in NOTHING]
                return self._list([self._pair(name, self._value(name, item)) for name, item in given])
        return ""

    def _item(self, field: str, item: Any) -> str:
        """One of a list; of an ingredient the name and its weight without their headings."""
        if isinstance(item, dict) and "name" in item:
            given = [(name, part) for name, part in item.items() if part not in NOTHING]
            given.sort(key=lambda pair: pair[0] != "name")
            return " ".join(self._value(name, part) for name, part in given)
        return self._value(field, item)

    def _figure(self, field: str, value: float) -> str:
        if field in PERSONS or field.endswith("_by"):
            return self.people.get(int(value), str(value))
        if named := self.values.get(field, {}).get(value):
            return say(self.lang, named)
        for ending, shown, text in UNITS:
            if field.endswith(ending):
                return say(self.lang, text, amount=shown(int(value)))
        return str(value)

    def _text(self, field: str, value: str) -> str:
        if value[:1] in "[{" and (kept := from_json(value)) is not None:
            return self._value(field, kept)
        if DAY.fullmatch(value):
            return day(date.fromisoformat(value), year=True, lang=self.lang)
        if INSTANT.match(value):
            return instant(datetime.fromisoformat(value), lang=self.lang)
        if DIGEST.fullmatch(value):
            return f"{value[:SHORT_DIGEST]}…"
        if name := self.values.get(field, {}).get(value):
            return say(self.lang, name)
        return catalogue(self.lang).get(f"rule.{value}", value) if field in RULES else value

    def _list(self, parts: list[str], *, long: bool = False) -> str:
        chinese, english = ("；", "; ") if long else ("、", ", ")
        return (chinese if self.lang == DEFAULT else english).join(
            part for part in dict.fromkeys(parts) if part
        )


def _changed(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    if before and after:
        return name in after and before.get(name) != after[name]
    return (before or after)[name] not in NOTHING


def _unit_of(name: str, side: Mapping[str, Any]) -> str:
    """The field that says how a value reads: of a decision that is its key."""
    return str(side["key"]) if name == "value" and "key" in side else name
