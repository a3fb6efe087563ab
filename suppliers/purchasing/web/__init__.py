"""Pages of purchasing: plans, offers, orders and prices; deliveries at the door."""

from collections.abc import Mapping
from typing import Any

from suppliers.purchasing.rules import REFUSAL_NAMES, STOP_NAMES, WAY_NAMES
from suppliers.purchasing.rules.wishes import LIST_NAMES, STATE_NAMES
from suppliers.purchasing.web import (
    approvals,
    deliveries_after,
    deliveries_door,
    deliveries_import,
    deliveries_paper,
    deliveries_show,
    market,
    orders,
    plan_form,
    plans,
    price_lists,
    prices,
    quotes,
)

routes: list[Any] = [
    *deliveries_show.routes,
    *deliveries_door.routes,
    *deliveries_after.routes,
    *deliveries_paper.routes,
    *deliveries_import.routes,
    *plans.routes,
    *plan_form.routes,
    *approvals.routes,
    *quotes.routes,
    *orders.routes,
    *price_lists.routes,
    *market.routes,
    *prices.routes,
]

VALUE_NAMES: Mapping[str, Mapping[Any, str]] = {
    "list_kind": LIST_NAMES,
    "refusal": REFUSAL_NAMES,
    "state": STATE_NAMES,
    "stops": STOP_NAMES,
    "way": WAY_NAMES,
}
