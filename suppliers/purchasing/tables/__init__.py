"""Wishes, quotes, orders and price lists; deliveries with their lines, papers and what became of refusals."""

from suppliers.purchasing.tables.deliveries import BatchPaper, Delivery, DeliveryLine, Disposal
from suppliers.purchasing.tables.prices import MarketPrice, PriceLine, PriceList
from suppliers.purchasing.tables.wishes import Order, OrderLine, Quote, QuoteLine, Wish, WishLine

__all__ = [
    "BatchPaper",
    "Delivery",
    "DeliveryLine",
    "Disposal",
    "MarketPrice",
    "Order",
    "OrderLine",
    "PriceLine",
    "PriceList",
    "Quote",
    "QuoteLine",
    "Wish",
    "WishLine",
]
