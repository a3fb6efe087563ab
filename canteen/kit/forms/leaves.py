"""One value of one field: number, day, time, choice or text, read as a person writes it."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec
from msgspec import inspect as shapes

from canteen.kit.clock import SHANGHAI
from canteen.kit.problems import Finding, error
from canteen.kit.texts import _

TRUE = {"1", "true", "on", "yes", "是"}
NUMBERS = (shapes.IntType, shapes.FloatType, shapes.DecimalType)
FALSE = {"0", "false", "off", "no", "否"}


def read_leaf(shape: shapes.Type, kind: Any, value: Any, at: str) -> Any:
    """The value in the field's own type, or the finding that says why not."""
    scale = 1
    if isinstance(shape, shapes.Metadata):
        scale = (shape.extra or {}).get("typed_scale", 1)
        shape = shape.type
    if isinstance(shape, NUMBERS):
        return _number(shape, value, at, scale)
    if isinstance(shape, shapes.StrType):
        return _text(shape, value, at)
    if isinstance(shape, shapes.EnumType | shapes.LiteralType):
        return _choice(kind, value, at)
    plain = READERS.get(type(shape))
    return plain(value, at) if plain else _other(kind, value, at)


def _flag(value: Any, at: str) -> bool | Finding:
    said = str(value).strip().lower()
    if said in TRUE | FALSE:
        return said in TRUE
    return error("not_yes_or_no", _("This must be yes or no."), at)


def _number(shape: Any, value: Any, at: str, scale: int) -> Any:
    whole = isinstance(shape, shapes.IntType)
    number = _decimal(value)
    if number is None:
        return error("not_a_number", _("This is not a number."), at)
    kept = number * scale if isinstance(value, str) else number
    if whole and kept != kept.to_integral_value():
        return _too_fine(scale, at)
    return _outside(shape, kept, scale if isinstance(value, str) else 1, at) or _as_kind(shape, kept)


def _as_kind(shape: Any, kept: Decimal) -> Any:
    if isinstance(shape, shapes.IntType):
        return int(kept)
    return float(kept) if isinstance(shape, shapes.FloatType) else kept


def _too_fine(scale: int, at: str) -> Finding:
    if scale == 1:
        return error("not_whole", _("This must be a whole number."), at)
    return error("too_fine", _("At most {places} decimal places."), at, places=len(str(scale)) - 1)


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    text = unicodedata.normalize("NFKC", str(value)).replace(" ", "")
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", text):
        text = text.replace(",", "")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**18 else None


def _outside(shape: Any, kept: Decimal, scale: int, at: str) -> Finding | None:
    """The bound that is broken, said in the unit that was typed."""
    ge, gt, le, lt = (getattr(shape, name, None) for name in ("ge", "gt", "le", "lt"))
    if ge is not None and kept < ge:
        return error("too_small", _("At least {bound}."), at, bound=_plain(ge, scale))
    if gt is not None and kept <= gt:
        return error("too_small", _("More than {bound}."), at, bound=_plain(gt, scale))
    if le is not None and kept > le:
        return error("too_large", _("At most {bound}."), at, bound=_plain(le, scale))
    if lt is not None and kept >= lt:
        return error("too_large", _("Less than {bound}."), at, bound=_plain(lt, scale))
    return None


def _plain(bound: Any, scale: int) -> str:
    return f"{Decimal(str(bound)) / scale:f}"


def _day(value: Any, at: str) -> date | Finding:
    """`2025-09-01`, `2025/9/1`, `2025.9.1`, `20250901` and `2025年9月1日`."""
    wrong = error("not_a_date", _("This is not a date."), at)
    text = unicodedata.normalize("NFKC", str(value)).replace(" ", "")
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
    found = found or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    if not found:
        return wrong
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return wrong


def _hour(value: Any, at: str) -> time | Finding:
    text = unicodedata.normalize("NFKC", str(value)).replace(" ", "")
    found = re.fullmatch(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?", text)
    try:
        if found:
            hours, minutes, seconds = (int(part or 0) for part in found.groups())
            return time(hours, minutes, seconds)
    except ValueError:
        pass
    return error("not_a_time", _("This is not a time of day."), at)


def _instant(value: Any, at: str) -> datetime | Finding:
    """ISO 8601; without an offset it is Shanghai's wall clock, as `<input type=datetime-local>` sends it."""
    try:
        read = datetime.fromisoformat(unicodedata.normalize("NFKC", str(value)))
    except ValueError:
        return error("not_a_time", _("This is not a date and time."), at)
    return read if read.tzinfo else read.replace(tzinfo=SHANGHAI)


def _choice(kind: Any, value: Any, at: str) -> Any:
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        return error("not_one_of", _("Choose one of the list."), at)


def _text(shape: shapes.StrType, value: Any, at: str) -> str | Finding:
    if not isinstance(value, str):
        return error("not_text", _("This must be text."), at)
    if shape.min_length is not None and len(value) < shape.min_length:
        return error("too_short", _("At least {least} characters."), at, least=shape.min_length)
    if shape.max_length is not None and len(value) > shape.max_length:
        return error("too_long", _("At most {most} characters."), at, most=shape.max_length)
    if "\0" in value:
        return error("not_text", _("This must be text."), at)
    if shape.pattern is not None and not re.search(shape.pattern, value):
        return error("wrong_form", _("This is not written in the expected way."), at)
    return value


def _other(kind: Any, value: Any, at: str) -> Any:
    if isinstance(kind, type) and isinstance(value, kind):
        return value
    try:
        return msgspec.convert(value, kind, strict=False)
    except (msgspec.ValidationError, TypeError):
        return error("wrong_form", _("This is not written in the expected way."), at)


READERS: dict[type[shapes.Type], Callable[[Any, str], Any]] = {
    shapes.BoolType: _flag,
    shapes.DateType: _day,
    shapes.DateTimeType: _instant,
    shapes.TimeType: _hour,
}
