"""What people do with wishes, quotes, orders, price lists and deliveries, and what others ask of them."""

from suppliers.purchasing.services.expected import (
    OpenOrder,
    OrderItem,
    PlanItem,
    StandingPlan,
    open_orders,
    order_lines,
    standing_plan,
)
from suppliers.purchasing.services.listed import listed_price, listed_prices
from suppliers.purchasing.services.usual import usual_prices

__all__ = [
    "OpenOrder",
    "OrderItem",
    "PlanItem",
    "StandingPlan",
    "listed_price",
    "listed_prices",
    "open_orders",
    "order_lines",
    "standing_plan",
    "usual_prices",
]
