"""What the pages on money share: names, tones, permissions, choices."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from litestar import Request

from canteen.kit.clock import local_day
from canteen.kit.pages import language
from canteen.kit.texts import say
from suppliers.payments.rules import KIND_NAMES, ORDER, PAY_NAMES, SIGNED_NAMES, WAY_NAMES, PayState
from suppliers.payments.services import month_asked

AnyRequest = Request[Any, Any, Any]
READ = {"may": "payments.read"}
ENTER = {"may": "payments.enter"}
SIGN = {"may": "payments.sign"}
APPROVE = {"may": "payments.approve"}
PAY = {"may": "payments.pay"}
CLOSE = {"may": "payments.close"}
PRINT = {"may": "prints.print"}
TONES: Mapping[PayState, str] = {
    PayState.SIGNING: "due",
    PayState.APPROVED: "due",
    PayState.PAID: "good",
    PayState.DROPPED: "done",
}
NAMES: dict[str, Any] = {
    "kind_names": KIND_NAMES,
    "order": ORDER,
    "pay_names": PAY_NAMES,
    "signed_names": SIGNED_NAMES,
    "tones": TONES,
    "way_names": WAY_NAMES,
}
VALUE_NAMES: dict[str, Mapping[Any, str]] = {"kind": KIND_NAMES, "way": WAY_NAMES, "place": SIGNED_NAMES}


def choices(request: AnyRequest, labels: Mapping[Any, str], only: Any = None) -> list[tuple[str, str]]:
    """Codes and their names in the reader's language."""
    kept = labels if only is None else {code: labels[code] for code in only}
    return [(str(code), say(language(request), label)) for code, label in kept.items()]


def month_of(request: AnyRequest, now: datetime) -> date:
    """The month that the address asks for, else today's."""
    return month_asked(str(request.query_params.get("month", "")), local_day(now))


def last_months(today: date, count: int = 18) -> list[tuple[str, str]]:
    """The months up to today's as choices, the latest first."""
    numbers = [today.year * 12 + today.month - 1 - n for n in range(count)]
    return [(f"{n // 12}-{n % 12 + 1:02d}",) * 2 for n in numbers]


def asked_id(request: AnyRequest, name: str) -> int | None:
    """An id in the address, None when there is none."""
    text = str(request.query_params.get(name, ""))
    return int(text) if text.isdecimal() and 0 < len(text) < 19 and int(text) else None
