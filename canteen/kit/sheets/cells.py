"""What a cell says: text, days, money, weights. Each reader raises Unreadable with what it expected."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from canteen.kit.clock import SHANGHAI
from canteen.kit.sheets.sheet import Cell
from canteen.kit.texts import _

T = TypeVar("T")

BLANKS = " \t\r\n\f\v\u00a0\u3000\u200b\ufeff"
# A spreadsheet runs what begins like this; OWASP names the full-width forms for East Asian settings.
DANGER = frozenset("=+-@\t\r＝＋－＠")

DAY = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
CLOCK = r"(\d{1,2})\s*[:时点]\s*(\d{1,2})(?:\s*[:分]\s*(\d{1,2})(?:\.\d+)?)?\s*[分秒]?"
ZONE = r"(Z|[+-]\d{2}:?\d{2})?"
DAY_TEXT = re.compile(rf"{DAY}(?:[T\s]+{CLOCK})?", re.ASCII)
INSTANT_TEXT = re.compile(rf"{DAY}(?:(?:[T\s]+|(?<=日)){CLOCK}\s*{ZONE})?", re.ASCII | re.IGNORECASE)
NUMBER = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)"
MONEY_TEXT = re.compile(rf"¥?\s*{NUMBER}\s*元?", re.ASCII)
GRAMS_TEXT = re.compile(rf"{NUMBER}\s*(\w*)", re.IGNORECASE)
FIGURE_TEXT = re.compile(rf"([-+]?){NUMBER}")
GRAMS_PER: Mapping[str, str] = {
    "": "1", "g": "1", "克": "1",
    "kg": "1000", "千克": "1000", "公斤": "1000",
    "斤": "500", "市斤": "500", "两": "50",
    "mg": "0.001", "毫克": "0.001",
}  # fmt: skip
LARGEST_FEN = 10**13
LARGEST_GRAMS = 10**9


class Unreadable(ValueError):
    """The cell does not say what it should. `expected` is a message id, `facts` the values for its places."""

    def __init__(self, expected: str, **facts: Any) -> None:
        super().__init__(expected)
        self.expected = expected
        self.facts = facts


def cleaned(cell: Cell) -> Cell:
    """A cell without the blanks around it, and without the quote that kept a formula from running."""
    if not isinstance(cell, str):
        return cell
    text = cell.strip(BLANKS)
    return text[1:].strip(BLANKS) if text.startswith("'") and runs(text[1:]) else text


def runs(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula (quotes and blanks before it aside)."""
    return text[:1] in DANGER or text.lstrip("'" + BLANKS)[:1] in DANGER if text else False


def as_text(cell: Cell) -> str:
    """The cell as text; a whole number without `.0`, a day as 2025-09-01, a blank as ""."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return str(cell)


def as_day(cell: Cell) -> date:
    """A day: `2025-09-01`, `2025/9/1`, `2025.9.1`, `2025年9月1日` or a date cell; a time is ignored."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    match = DAY_TEXT.fullmatch(_plain(cell))
    try:
        return date(*map(int, match.group(1, 2, 3))) if match else _refuse_day()
    except ValueError:
        return _refuse_day()


def _refuse_day() -> date:
    raise Unreadable(_("a day such as 2025-09-01"))


def as_instant(cell: Cell, zone: ZoneInfo = SHANGHAI) -> datetime:
    """An instant (UTC) of a local date and time such as `2025-09-01 11:42`; a day alone is its midnight."""
    expected = _("a date and time such as 2025-09-01 11:42")
    try:
        local = _local_instant(cell)
        return local.replace(tzinfo=local.tzinfo or zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unreadable(expected) from None


def _local_instant(cell: Cell) -> datetime:
    """The instant as written, without a zone unless it states an offset. Raises ValueError."""
    if isinstance(cell, date):
        return cell if isinstance(cell, datetime) else datetime.combine(cell, time())
    match = INSTANT_TEXT.fullmatch(_plain(cell))
    if not match:
        raise ValueError("no instant")
    *numbers, offset = match.groups()
    local = datetime(*(int(n or 0) for n in numbers))  # type: ignore[arg-type]  # noqa: DTZ001
    return _with_offset(local, offset) if offset else local


def _with_offset(local: datetime, offset: str) -> datetime:
    return datetime.fromisoformat(local.isoformat() + offset.upper())


def as_fen(cell: Cell) -> int:
    """Money in yuan as fen: more than 0, at most two decimals; `1,234.50`, `￥12` and `12.5元` are read."""
    yuan = _number(cell, MONEY_TEXT)
    fen = yuan * 100 if yuan is not None else Decimal(0)
    if fen <= 0 or fen != fen.to_integral_value() or fen > LARGEST_FEN:
        raise Unreadable(_("an amount in yuan above 0 with at most two decimals"))
    return int(fen)


def as_grams(cell: Cell) -> float:
    """A weight in grams above 0: `50`, `５０`, `50克`, `50 g`, `0.05kg`, `0.1斤`. In steps of a milligram,
    so that `round(grams * 1000)` is exact.
    """
    match = None if _is_number(cell) else GRAMS_TEXT.fullmatch(_plain(cell))
    unit = GRAMS_PER.get(match[2].lower()) if match else "1"
    amount = _decimal(match[1]) if match else _number(cell, FIGURE_TEXT)
    grams = amount * Decimal(unit) if amount is not None and unit else Decimal(0)
    milligrams = round(grams * 1000)
    if not 0 < milligrams <= LARGEST_GRAMS * 1000:
        raise Unreadable(_("a weight in grams such as 50, 50克 or 0.05kg"))
    return milligrams / 1000


def as_figure(cell: Cell) -> float:
    """A number that is not negative, such as a nutrient's figure."""
    number = _number(cell, FIGURE_TEXT)
    if number is None or number < 0 or number > 10**12:
        raise Unreadable(_("a number, 0 or more"))
    return float(number)


def one_of(values: Mapping[str, T], shown: Sequence[str] = ()) -> Callable[[Cell], T]:
    """A reader for coded cells: the value that stands for the text; case and width do not count.

    `shown` are the texts that an error offers, all of them when left out.
    """
    known = {unicodedata.normalize("NFKC", text).casefold(): value for text, value in values.items()}

    def reader(cell: Cell) -> T:
        text = unicodedata.normalize("NFKC", as_text(cell)).casefold()
        if text not in known:
            raise Unreadable(_("one of {values}"), values=[v for v in shown or values if v])
        return known[text]

    return reader


def _plain(cell: Cell) -> str:
    return unicodedata.normalize("NFKC", as_text(cell)).strip()


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _number(cell: Cell, pattern: re.Pattern[str]) -> Decimal | None:
    """The number a cell holds; binary noise beyond nine decimals of a spreadsheet's number is dropped."""
    if _is_number(cell):
        number = Decimal(repr(cell))
        return round(number, 9).normalize() if number.is_finite() and abs(number) < 10**15 else None
    match = pattern.fullmatch(_plain(cell))
    if not match:
        return None
    *sign, digits = match.groups()
    return _decimal(digits) * (-1 if sign == ["-"] else 1)


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))
