"""What every paper on money shares: sums in figures and capitals, days, columns."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from canteen.kit.money import capitals, yuan
from canteen.kit.paper import Column, Ledger
from canteen.kit.texts import _, say
from canteen.schools.services.prints import Paper


def column(lang: str, title: str, width: float = 1.0, *, num: bool = False) -> Column:
    """A column with its title in the reader's language; figures to the right."""
    return Column(say(lang, title), width, "right" if num else "left")


def in_capitals(lang: str, fen: int) -> str:
    """`合计（大写）：柒仟伍佰陆拾捌元柒角伍分`: capitals are Chinese in every language."""
    return say(lang, _("In capitals: {capitals}"), capitals=capitals(fen))


def figure(fen: int | None) -> str:
    """Yuan with two decimals; nothing for nothing."""
    return "" if fen is None else yuan(fen)


def iso(day: date | None) -> str:
    """A day as figures."""
    return day.isoformat() if day else ""


def registered(kind: str, subject: str, subject_id: int, ledger: Ledger, *, to_sign: bool) -> Paper:
    """How the register knows a paper: by what stands on it, drawn in Chinese."""
    parts: Sequence[Any] = (ledger.meta, ledger.rows, ledger.total, ledger.notices, ledger.signatures)
    content = msgspec.json.encode([ledger.title, ledger.period, *map(list, parts)])
    return Paper(f"payments.{kind}", subject, subject_id, ledger.title, content, to_sign)
