"""Days, instants, money and mass as people read them."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from canteen.kit.clock import SHANGHAI, local_day
from canteen.kit.pages.scene import SCENE
from canteen.kit.texts import DEFAULT, say

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NOTHING = "–"


def _chinese(lang: str = "") -> bool:
    scene = SCENE.get(None)
    return (lang or (scene.lang if scene else DEFAULT)) == DEFAULT


def _day_of(value: date | datetime) -> date:
    return local_day(value) if isinstance(value, datetime) else value


def day(value: date | datetime | None, *, year: bool = False, lang: str = "") -> str:
    """`9月1日` or `1 Sep`; with the year `2025年9月1日` or `1 Sep 2025`; outside a page `lang` says which."""
    if value is None:
        return NOTHING
    on = _day_of(value)
    if _chinese(lang):
        return f"{on.year}年{on.month}月{on.day}日" if year else f"{on.month}月{on.day}日"
    return f"{on.day} {on:%b %Y}" if year else f"{on.day} {on:%b}"


def days(first: date, last: date, today: date | None = None) -> str:
    """`11月16日–20日` or `16–20 Nov`; with the year where it is another than today's."""
    year = today is not None and {first.year, last.year} != {today.year}
    if (first.year, first.month) != (last.year, last.month):
        return f"{day(first, year=year)} – {day(last, year=year)}"
    if _chinese():
        return f"{day(first, year=year)}–{last.day}日"
    return f"{first.day}–{day(last, year=year)}"


def weekday(value: date | datetime) -> str:
    """`周一` or `Monday`."""
    return say(SCENE.get().lang, WEEKDAYS[_day_of(value).weekday()])


def hour(value: datetime | None) -> str:
    """The school's wall clock, `07:20`."""
    return NOTHING if value is None else f"{value.astimezone(SHANGHAI):%H:%M}"


def instant(value: datetime | None, *, lang: str = "") -> str:
    """Day and wall clock in the school's zone."""
    return NOTHING if value is None else f"{day(value, year=True, lang=lang)} {hour(value)}"


def yuan(fen: int | None, *, places: int = 2) -> str:
    """Fen as yuan with thousands commas: 756875 is `7,568.75`."""
    return NOTHING if fen is None else _grouped(Decimal(fen) / 100, places)


def kg(grams: int | None, *, places: int = 3) -> str:
    """Grams as kilograms without idle zeros: 12500 is `12.5`."""
    return NOTHING if grams is None else _short(_grouped(Decimal(grams) / 1000, places))


def number(value: Any, places: int = 1) -> str:
    """A figure with thousands commas and at most so many decimals."""
    return NOTHING if value is None else _short(_grouped(Decimal(str(value)), places))


def percent(share: float | None, places: int = 0) -> str:
    """0.498 is `50%`, with one place `49.8%`."""
    return NOTHING if share is None else f"{_grouped(Decimal(str(share)) * 100, places)}%"


def _grouped(value: Decimal, places: int) -> str:
    return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,f}"


def _short(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


FILTERS = {
    "day": day,
    "days": days,
    "hour": hour,
    "instant": instant,
    "kg": kg,
    "number": number,
    "percent": percent,
    "weekday": weekday,
    "yuan": yuan,
}
