"""What sellers have answered, as pages, papers and rules take it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from suppliers.goods.rules.units import amount_fen
from suppliers.goods.services import goods_by_ids
from suppliers.purchasing.rules.quotes import Offer
from suppliers.purchasing.services.listed import listed_prices
from suppliers.purchasing.tables import Quote, QuoteLine, WishLine


@dataclass(frozen=True, slots=True)
class QuoteView:
    """An answer of a seller: `prices` in fen for one unit by line of the wish; `photos` are digests."""

    id: int
    supplier: int | None
    name: str
    quoted_on: date
    fen: int
    chosen: bool
    photos: Sequence[str]
    prices: Mapping[int, int]


async def quotes_of(school: int, wish: int) -> list[QuoteView]:
    """The answers for a wish that were not taken back, the cheapest first, in two queries."""
    here = (Quote.school == school) & (Quote.wish == wish) & Quote.withdrawn_at.is_null()
    rows = await Quote.select().where(here).order_by(Quote.fen, Quote.id)
    prices: dict[int, dict[int, int]] = {row["id"]: {} for row in rows}
    if prices:
        lines = (QuoteLine.school == school) & QuoteLine.quote.is_in(list(prices))
        for line in await QuoteLine.select().where(lines):
            prices[line["quote"]][line["wish_line"]] = line["price_fen"]
    return [
        QuoteView(
            id=row["id"],
            supplier=row["supplier"],
            name=row["name"],
            quoted_on=row["quoted_on"],
            fen=row["fen"],
            chosen=row["chosen"],
            photos=msgspec.json.decode(row["photos"]),
            prices=prices[row["id"]],
        )
        for row in rows
    ]


async def offers_of(school: int, wish: int) -> list[Offer]:
    """The same as the rule of three quotes takes them; a seller is known by its name."""
    return [Offer(one.id, one.name, one.fen, one.chosen) for one in await quotes_of(school, wish)]


async def quotable_fen(school: int, wish: int, on: date) -> int:
    """The amount of a wish that no tender's list covers: sellers compete for the rest only."""
    rows = await WishLine.select().where((WishLine.school == school) & (WishLine.wish == wish))
    goods = await goods_by_ids(school, {row["good"] for row in rows})
    covered = await listed_prices(school, None, list(goods.values()), on)
    open_rows = [row for row in rows if row["good"] not in covered]
    return sum(amount_fen(row["count_milli"], row["price_fen"] or 0) for row in open_rows)
