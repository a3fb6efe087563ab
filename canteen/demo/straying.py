"""What went otherwise than planned in the demo's three weeks: withered greens, a paper that came late, a
licence that had run out, a walk over the market and a farmer's cabbage.
"""

from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from canteen.demo.cast import PEOPLE
from canteen.demo.keeping import hand_out
from canteen.demo.receiving import (
    CHECKED_AFTER,
    arrival,
    delivery,
    fresh_needs,
    line_of,
    note_number,
    papers_of,
    take,
)
from canteen.demo.shopping import Need, Shop
from canteen.kit.clock import SHANGHAI, at_local, local_day
from canteen.schools.rules.calendar import MealName
from suppliers.goods.rules import Good, PaperKind
from suppliers.goods.services import goods_by_name
from suppliers.purchasing.forms.deliveries import DisposalForm, LineForm, ReasonForm
from suppliers.purchasing.rules import DeliveryKind, Refusal, Verdict, Way
from suppliers.purchasing.services.deliveries import (
    accept,
    dispose,
    let_through,
    save_draft,
    take_in,
    view_of,
)
from suppliers.stock.forms import IssueLine

LET_THROUGH = (
    "屠宰企业昨晚停电，肉品品质检验合格证未随车。动物检疫证明齐全有效，驻场兽医电话核实编号，"
    "原件7:30已补送到校，同意当餐使用。"
)
WITHERED = "叶片萎蔫发黄，有异味"
CABBAGE, CABBAGE_GRAMS = "大白菜", 60_000
AT_MARKET = (("生姜", 4_000, 900), ("小葱", 3_000, 600), ("大蒜", 4_000, 800))
"""Good, grams and fen a kilogram of a walk over the market."""

STOPPED = (("生抽", "4", "桶", "86.00"), ("陈醋", "2", "桶", "26.00"), ("豆瓣酱", "3", "桶", "41.50"))
"""What the man whose licence had run out had in his van."""


async def refuse_greens(shop: Shop, day: date) -> None:
    """The day's greens go back as they came; the rest is taken, and cabbage from the store stands in."""
    needs = fresh_needs(shop, "greens", day)
    bad = shop.greens[day.weekday()]
    lines = [line_of(shop, need, day, meal=MealName.LUNCH) for need in needs]
    lines = [_withered(line) if line.good == bad.id else line for line in lines]
    arrived = arrival("greens", day)
    made = await take(shop, "greens", arrived, lines, papers_of([n.good for n in needs], day))
    view = await view_of(shop.buyer.school, made)
    (refused,) = [line.id for line in view.lines if line.refusal]
    form = DisposalForm(Way.RETURNED, "绿野公司送货员 小金", note="当场退回，车牌照片留存")
    await dispose(shop.buyer, made, refused, form, now=arrived + timedelta(minutes=20))
    cabbage = IssueLine((await _good(shop, CABBAGE)).id, CABBAGE_GRAMS * 2 // 3 * 1000, "克")
    await hand_out(shop, day, (cabbage,), "顶替今早拒收的青菜", now=at_local(day, 6, 45))


def _withered(line: LineForm) -> LineForm:
    return msgspec.structs.replace(
        line,
        verdict=Verdict.REFUSED,
        refusal=Refusal.SENSES,
        refusal_note=WITHERED,
        looked="wrong",
        wrong=("look", "fresh"),
        meal=None,
    )


async def let_pork_through(shop: Shop, day: date) -> None:
    """Pork came without one of its two papers: locked, until the principal let it through with a reason."""
    needs = fresh_needs(shop, "pork", day)
    lines = [line_of(shop, need, day, meal=MealName.LUNCH) for need in needs]
    papers = papers_of([n.good for n in needs], day)
    had = [paper for paper in papers if paper.kind is not PaperKind.MEAT_INSPECTION]
    arrived = arrival("pork", day)
    form = delivery(shop, "pork", arrived, lines, had)
    made = await take_in(shop.buyer, form, shop.second, now=arrived + CHECKED_AFTER)
    principal = shop.cast.actor(shop.school.principal)
    await let_through(principal, made, ReasonForm(LET_THROUGH), now=at_local(day, 7, 36))


async def stop_spices(shop: Shop, day: date) -> None:
    """The condiment trader's licence ran out the day before: nothing is taken, the draft waits."""
    arrived = arrival("spices", day)
    typed: dict[str, Any] = {
        "kind": DeliveryKind.SUPPLIER.value,
        "supplier": str(shop.sellers["spices"]),
        "canteen": str(shop.canteen),
        "arrived_at": arrived.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M"),
        "note_number": note_number("spices", day),
        "note": "许可证昨日到期，货退回车上，等供货商补交新证。",
        "lines": [await _stopped(shop, *line) for line in STOPPED],
    }
    await save_draft(shop.buyer, typed, now=arrived + CHECKED_AFTER)


async def _stopped(shop: Shop, name: str, count: str, unit: str, price: str) -> dict[str, str]:
    good = await _good(shop, name)
    return {"good": str(good.id), "name": name, "count": count, "unit": unit, "price": price}


async def walk_over_market(shop: Shop, day: date) -> None:
    """Two go to the market for ginger, spring onions and garlic."""
    goods = [(await _good(shop, name), grams, fen) for name, grams, fen in AT_MARKET]
    lines = [
        msgspec.structs.replace(line_of(shop, Need(good, grams), day), price=fen // 2)
        for good, grams, fen in goods
    ]
    await _bought(shop, "stall", DeliveryKind.MARKET, at_local(day, 5, 50), lines)


async def buy_cabbage(shop: Shop, day: date) -> None:
    """Cabbage from a farmer of the next village, for the store."""
    line = line_of(shop, Need(await _good(shop, CABBAGE), CABBAGE_GRAMS), day)
    line = msgspec.structs.replace(line, price=90)
    await _bought(shop, "farmer", DeliveryKind.FARMER, at_local(day, 7, 10), [line])


async def _bought(
    shop: Shop, seller: str, kind: DeliveryKind, arrived: datetime, lines: list[LineForm]
) -> None:
    goods = await goods_by_name(shop.buyer.school)
    papers = papers_of([goods[line.name] for line in lines], local_day(arrived))
    form = delivery(shop, seller, arrived, lines, papers)
    cook = next(part.name for part in PEOPLE if part.login == shop.school.second)
    form = msgspec.structs.replace(form, kind=kind, companion=cook)
    await accept(shop.buyer, form, shop.second, now=arrived + CHECKED_AFTER)


async def _good(shop: Shop, name: str) -> Good:
    return (await goods_by_name(shop.buyer.school))[name]
