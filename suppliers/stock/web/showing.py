"""What the pages of the store share: guards, names, tones, units, files."""

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from litestar import Request, Response

from canteen.kit.actor import Actor
from canteen.kit.pages import language
from canteen.kit.pages.listing import LARGEST_ID
from canteen.kit.paper import fonts
from canteen.kit.texts import _, say
from canteen.schools.rules.calendar import MealName
from canteen.schools.services.policies import policy
from suppliers.goods.rules import CATEGORY_NAMES, STORAGE_NAMES, Good, Measure, said, units_of
from suppliers.stock import services
from suppliers.stock.paper.words import MEAL_WORDS, price_word
from suppliers.stock.rules import (
    CAUSE_NAMES,
    MOVE_NAMES,
    ORIGIN_NAMES,
    REASON_NAMES,
    SLIP_NAMES,
    STANDING_NAMES,
    Standing,
)

AnyRequest = Request[Any, Any, Any]
READ: dict[str, Any] = {"may": "stock.read"}
ISSUE: dict[str, Any] = {"may": "stock.issue"}
COUNT: dict[str, Any] = {"may": "stock.count"}
WRITE_OFF: dict[str, Any] = {"may": "stock.write_off"}
CLOSE: dict[str, Any] = {"may": "stock.close"}
PRINT: dict[str, Any] = {"may": "prints.print"}
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SECONDS_FOR_FONTS = 15.0

TONES: Mapping[Standing, str] = {
    Standing.USABLE: "good",
    Standing.NEAR: "due",
    Standing.EXPIRED: "bad",
    Standing.LOCKED: "bad",
    Standing.QUARANTINED: "bad",
    Standing.HELD: "bad",
    Standing.NOT_YET: "due",
    Standing.EMPTY: "done",
}
COUNT_STATES = {"counting": _("Being counted"), "closed": _("Counted and closed")}

NAMES: dict[str, Any] = {
    "category_names": CATEGORY_NAMES,
    "cause_names": CAUSE_NAMES,
    "meal_names": MEAL_WORDS,
    "move_names": MOVE_NAMES,
    "origin_names": ORIGIN_NAMES,
    "reason_names": REASON_NAMES,
    "slip_names": SLIP_NAMES,
    "standing_names": STANDING_NAMES,
    "storage_names": STORAGE_NAMES,
    "count_states": COUNT_STATES,
    "tones": TONES,
}


@dataclass(frozen=True, slots=True)
class Room:
    """The store that a page is about: its canteen, the others, and how the school says weights."""

    canteen: Any
    canteens: list[Any]
    weight: str
    lang: str
    today: date

    @property
    def words(self) -> dict[str, Any]:
        """What every template of the room is handed."""
        return {
            "canteen": self.canteen,
            "canteens": self.canteens if len(self.canteens) > 1 else [],
            "today": self.today,
            "amount": self.amount,
            "price": self.price,
            "unit_of": self.unit,
            "units": unit_names,
            **NAMES,
        }

    def amount(self, quantity: int, good: Good) -> str:
        """A quantity as this school says it, with its sign."""
        return ("−" if quantity < 0 else "") + said(abs(quantity), good, self.weight, self.lang)

    def price(self, fen: int, quantity: int, good: Good) -> str:
        """What one kilogram (jin, piece) of it cost."""
        return price_word(fen, quantity, good, self.weight, self.lang)

    def unit(self, good: Good) -> str:
        """The unit that a count is typed in unless another is chosen."""
        if good.measure is Measure.PIECES:
            return good.unit
        return "斤" if self.weight == "jin" else "公斤"


async def room_of(request: AnyRequest, actor: Actor, today: date) -> Room:
    """The store that an address (or a refused form) asks for. Raises Missing for a district."""
    typed = request.state.get("typed") or {}
    asked = str(typed.get("canteen") or request.query_params.get("canteen", ""))
    canteen, kitchens = await services.chosen_canteen(actor.school, asked)
    weight = str(await policy(actor.school, "weight_unit", today))
    return Room(canteen, kitchens, weight, language(request), today)


def unit_names(good: Good) -> list[str]:
    """The units a count may be typed in, those that nobody types left out."""
    rare = {"kg", "g", "千克", "市斤", "吨", "两"}
    return [unit.name for unit in units_of(good) if unit.name not in rare or unit.name == good.unit]


def choices(request: AnyRequest, labels: Mapping[Any, str], only: Any = None) -> list[tuple[str, str]]:
    """Codes and their names in the reader's language."""
    kept = labels if only is None else {code: labels[code] for code in only}
    return [(str(code), say(language(request), label)) for code, label in kept.items()]


def meal_choices(request: AnyRequest) -> list[tuple[str, str]]:
    """The meals of a day."""
    return choices(request, MEAL_WORDS, [meal.value for meal in MealName])


def asked_id(request: AnyRequest, name: str) -> int | None:
    """An id in the address, if it is one."""
    text = request.query_params.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 20 and int(text) <= LARGEST_ID else None


def asked_day(request: AnyRequest, name: str, otherwise: date) -> date:
    """A day in the address (ISO 8601), if it is one."""
    with suppress(ValueError):
        return date.fromisoformat(request.query_params.get(name, ""))
    return otherwise


def file(body: bytes, name: str, media_type: str) -> Response[bytes]:
    """PDFs open in the browser, the rest is saved."""
    where = "inline" if media_type == PDF else "attachment"
    headers = {
        "Content-Disposition": f"{where}; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "private, no-store",
    }
    return Response(body, media_type=media_type, headers=headers)


async def wait_for_fonts() -> None:
    """Wait a little for fonts that are still being made. Raises fonts.FontsNotReady."""
    await asyncio.to_thread(fonts.ensure, fonts.home(), SECONDS_FOR_FONTS)


def by_category(rows: Iterable[Any]) -> dict[str, list[Any]]:
    """Rows with a good, under its category, in their order."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.good.category, []).append(row)
    return found
