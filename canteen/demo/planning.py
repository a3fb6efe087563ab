"""The demo's plans and prices: weekly plans, rice for which three were asked, the district's price list, a
walk over the market to ask.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from canteen.demo.cast import DISTRICT, OFFICER
from canteen.demo.founding import Cast
from canteen.demo.keeping import SACKS
from canteen.demo.scanning import draw_scan
from canteen.demo.shopping import Need, Shop
from canteen.kit.clock import at_local, local_day
from canteen.kit.uploads import Stored
from canteen.schools.services.uploads import keep_file
from suppliers.goods.forms import TakeForm
from suppliers.goods.rules import Category
from suppliers.goods.services import take_goods
from suppliers.purchasing.forms.prices import AskedForm, MarketForm, PriceLineForm, PriceListForm
from suppliers.purchasing.forms.wishes import (
    ApprovalForm,
    ChoiceForm,
    OrderLineForm,
    OrdersForm,
    QuoteForm,
    QuotePriceForm,
    WishForm,
    WishLineForm,
)
from suppliers.purchasing.rules import ListKind, WishKind
from suppliers.purchasing.services.deciding import approve_wishes
from suppliers.purchasing.services.market import record_market
from suppliers.purchasing.services.ordering import place_orders
from suppliers.purchasing.services.price_lists import add_price_list
from suppliers.purchasing.services.quoting import add_quote, choose_quote
from suppliers.purchasing.services.wish_lists import WishView, wish_of
from suppliers.purchasing.services.wishes import add_wish, submit_wish

LISTED = (("大米", 275), ("面粉", 245), ("调和油", 600), ("瘦猪肉", 1450), ("猪排骨", 2200), ("五花肉", 1350))
"""The tender's highest prices, fen for a 斤."""

RIVALS = (("青河区丰谷粮油商行", 103), ("永兴粮油批发部", 106))
"""Who was asked beside the usual seller, and their price in per cent of its."""

ASKED = (("大白菜", 130), ("土豆", 190), ("胡萝卜", 170), ("番茄", 330), ("鸡蛋", 540))
"""What the market asked, fen for a 斤."""


async def list_prices(cast: Cast, first: date, *, now: datetime) -> None:
    """The district's own goods of the tender, and its price list for the school year."""
    officer = cast.actor(OFFICER)
    kinds = (Category.GRAIN, Category.OIL, Category.PORK)
    await take_goods(officer, TakeForm(categories=kinds), now=now)
    lines = tuple(PriceLineForm(name, fen, "斤") for name, fen in LISTED)
    name = f"{DISTRICT[1]}大宗食材统一采购限价"
    form = PriceListForm(name, ListKind.PRICES, first, first + timedelta(days=300), lines=lines)
    await add_price_list(officer, form, now=now)


async def plan_week(shop: Shop, week: Sequence[date], *, now: datetime, approved: bool) -> None:
    """What will be bought day by day; the principal approves it once for all, or has yet to."""
    wanted = [(day, need) for day in week for need in shop.day_needs(day) if need.is_fresh]
    lines = tuple(_line(shop, need, day) for day, need in wanted)
    form = WishForm(WishKind.WEEKLY_PLAN, shop.canteen, week[0], week[-1], lines, "按下周带量食谱")
    plan = await add_wish(shop.buyer, form, now=now)
    await submit_wish(shop.buyer, plan, now=now + timedelta(minutes=25))
    if approved:
        await _approve(shop, plan, now=now + timedelta(hours=2))


def _line(shop: Shop, need: Need, day: date) -> WishLineForm:
    price = shop.price(need.good, day)
    return WishLineForm(need.good.name, need.count * 1000, need.good.unit, price, day)


async def _approve(shop: Shop, wish: int, *, now: datetime) -> None:
    seen = (await wish_of(shop.buyer.school, wish)).head.version
    principal = shop.cast.actor(shop.school.principal)
    await approve_wishes(principal, ApprovalForm((f"{wish}-{seen}",), "食堂工作例会"), now=now)


async def order_sacks(shop: Shop, week: Sequence[date]) -> int:
    """Rice and oil of a week: asked for, three quotes, the cheapest taken, approved and ordered."""
    needs = [need for need in shop.store_needs(week) if need.good.category in SACKS]
    at = at_local(week[0] - timedelta(days=5), 9)
    lines = tuple(_line(shop, need, week[0]) for need in needs)
    form = WishForm(WishKind.REQUISITION, shop.canteen, week[0], week[-1], lines, "米面油补货")
    wish = await add_wish(shop.buyer, form, now=at)
    view = await wish_of(shop.buyer.school, wish)
    best = await _ask_three(shop, view, now=at + timedelta(hours=3))
    await choose_quote(shop.buyer, wish, ChoiceForm(best), now=at + timedelta(hours=4))
    await submit_wish(shop.buyer, wish, now=at + timedelta(hours=5))
    await _approve(shop, wish, now=at + timedelta(hours=6))
    seller = shop.sellers["grain"]
    ordered = tuple(OrderLineForm(line.id, seller, line.count_milli, line.price_fen) for line in view.lines)
    orders = OrdersForm(week[0], ordered, deliver_by=time(9, 0))
    (order,) = await place_orders(shop.buyer, wish, orders, now=at + timedelta(hours=7))
    return order


async def _ask_three(shop: Shop, view: WishView, *, now: datetime) -> int:
    """The usual seller and two others answer; returns the first one's quote."""
    quotes = []
    for name, percent in (("", 100), *RIVALS):
        prices = tuple(QuotePriceForm(line.id, (line.price_fen or 0) * percent // 100) for line in view.lines)
        seller = None if name else shop.sellers["grain"]
        form = QuoteForm(local_day(now), prices, seller, name)
        photo = await _photo(shop, view, form, name or "青河区粮油贸易有限公司")
        quotes.append(await add_quote(shop.buyer, view.head.id, form, [photo], now=now))
    return quotes[0]


async def _photo(shop: Shop, view: WishView, form: QuoteForm, seller: str) -> Stored:
    """The sheet on which a seller answered."""
    priced = zip(view.lines, form.prices, strict=True)
    told = [(line.good.name, f"{price.price / 100:.2f} 元/{line.unit}") for line, price in priced]
    return await keep_file(draw_scan("报价单", [("报价单位", seller), *told]), shop.folder)


async def ask_market(shop: Shop, day: date) -> None:
    """Once a month two people ask what the market costs."""
    lines = tuple(AskedForm(good, fen, "斤", "A区各摊") for good, fen in ASKED)
    form = MarketForm(day, "城南农贸市场", "家长委员会 王丽", lines)
    await record_market(shop.buyer, form, now=at_local(day, 16, 30))
