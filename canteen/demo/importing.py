"""The demo's weeks before it kept its books here: taken over from the spreadsheet of that time."""

from collections.abc import Sequence
from datetime import date, datetime

from canteen.demo.keeping import SACKS, weeks_of
from canteen.demo.receiving import SELLERS, fresh_needs, note_number
from canteen.demo.shopping import Need, Shop
from canteen.kit.sheets import Column, write_csv
from suppliers.goods.rules import Category
from suppliers.licences.services import suppliers_by_ids
from suppliers.purchasing.services.deliveries.imports import import_deliveries

HEADINGS = ("进货日期", "供货者", "送货单号", "品名", "规格", "数量", "单位", "单价")


async def take_over(shop: Shop, days: Sequence[date], *, now: datetime) -> None:
    """Everything that came on these days, as rows of one workbook."""
    known = await suppliers_by_ids(shop.buyer.school, shop.sellers.values())
    names = {key: known[id_].name for key, id_ in shop.sellers.items()}
    rows = [
        (day.isoformat(), names[seller], note_number(seller, day), *_cells(shop, need, day))
        for day in days
        for seller, need in _came(shop, days, day)
    ]
    data = write_csv([Column(heading) for heading in HEADINGS], rows)
    await import_deliveries(shop.buyer, data, "进货台账.csv", again=False, now=now)


def _came(shop: Shop, days: Sequence[date], day: date) -> list[tuple[str, Need]]:
    """Seller and good of a day: what was fresh, and on the first day of a week rice, oil and dry goods."""
    found = [(seller, need) for seller in SELLERS for need in fresh_needs(shop, seller, day)]
    for week in weeks_of(days):
        if week[0] == day:
            needs = shop.store_needs(week)
            found += [("grain", need) for need in needs if need.good.category in SACKS]
            dry = Category.CONDIMENT
            found += [("spices", need) for need in needs if need.good.category is dry]
    return found


def _cells(shop: Shop, need: Need, day: date) -> tuple[str, ...]:
    good, fen = need.good, shop.price(need.good, day)
    return good.name, good.spec, str(need.count), good.unit, f"{fen / 100:.2f}"
