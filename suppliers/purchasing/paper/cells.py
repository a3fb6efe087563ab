"""Cells that the papers of wishes, quotes and orders share."""

from datetime import date

from canteen.kit.money import yuan
from canteen.kit.texts import _, say
from suppliers.goods.rules import plain


def count(count_milli: int) -> str:
    """Thousandths of a unit as people write them: 12500 is `12.5`."""
    return plain(count_milli, 1000)


def money(fen: int | None) -> str:
    """Fen as yuan; blank for none."""
    return "" if fen is None else yuan(fen)


def period(first: date, last: date, lang: str) -> str:
    """From when to when."""
    if first == last:
        return f"{first}"
    return say(lang, _("{first} to {last}"), first=f"{first}", last=f"{last}")


def minutes(at: int | None) -> str:
    """Minutes of the day on a clock; blank for none."""
    return "" if at is None else f"{at // 60:02d}:{at % 60:02d}"
