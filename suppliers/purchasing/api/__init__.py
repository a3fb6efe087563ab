"""Purchasing as JSON."""

from typing import Any

from suppliers.purchasing.api import deliveries, orders

routes: list[Any] = [*deliveries.routes, *orders.routes]
