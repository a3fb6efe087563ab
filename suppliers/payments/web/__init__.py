"""Pages of money for goods."""

from typing import Any

from suppliers.payments.web import advances, books, payments, prints, slips
from suppliers.payments.web.home import home
from suppliers.payments.web.showing import VALUE_NAMES

routes: list[Any] = [
    *payments.routes,
    *slips.routes,
    *advances.routes,
    *books.routes,
    *prints.routes,
]

__all__ = ["VALUE_NAMES", "home", "routes"]
