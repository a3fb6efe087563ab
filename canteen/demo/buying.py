"""The demo's buying: catalogue and wall, two weeks taken over from a spreadsheet, then a week at the door."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from canteen.demo.cast import SCHOOLS
from canteen.demo.founding import Cast
from canteen.demo.importing import take_over
from canteen.demo.keeping import keep_week, open_store, take_stock, weeks_of
from canteen.demo.licensing import Wall, license_district, license_school
from canteen.demo.living import LOOK_BACK
from canteen.demo.paying import account_cash, lend_cash, pay_week
from canteen.demo.planning import ask_market, list_prices, order_sacks, plan_week
from canteen.demo.receiving import fresh_needs, receive_day
from canteen.demo.shopping import Shop, shop_of
from canteen.demo.stocking import stock_up
from canteen.demo.straying import buy_cabbage, let_pork_through, refuse_greens, stop_spices, walk_over_market
from canteen.kit.clock import at_local, local_day, monday_of
from canteen.schools.services.calendar import meals_due

DAYS = 15
"""Three weeks of school days."""


async def buy(cast: Cast, folder: Path, now: datetime) -> None:
    """Goods, suppliers and papers of the district and its schools, then three weeks of deliveries."""
    days = {school.code: await buying_days(cast.tenants[school.code], now) for school in SCHOOLS}
    begun = at_local(min(first for first, *_later in days.values()) - timedelta(days=8), 9)
    wall = Wall(local_day(now), max(found[-1] for found in days.values()), folder)
    await license_district(cast, wall, now=begun)
    await list_prices(cast, local_day(begun), now=begun)
    for school in SCHOOLS:
        await stock_up(cast, school, now=begun)
        sellers = await license_school(cast, school, wall, now=begun + timedelta(days=1))
        shop = await shop_of(cast, school, sellers, folder, days[school.code])
        eve = at_local(shop.door_days[0] - timedelta(days=1), 16)
        await take_over(shop, shop.days[: -len(shop.door_days)], now=eve)
        await open_store(shop, wall.today, now=eve + timedelta(minutes=40))
        await _live_through(shop)
        await _settle_up(shop)


async def _live_through(shop: Shop) -> None:
    """Day by day what comes to the door; what went wrong has its day."""
    weeks, days = weeks_of(shop.days), shop.door_days
    pork_days = [day for day in days[:-2] if fresh_needs(shop, "pork", day)][-1:]
    special: dict[date, list[Callable[[Shop, date], Awaitable[None]]]] = {
        days[0]: [ask_market],
        days[1]: [walk_over_market],
        days[2]: [buy_cabbage],
        days[3]: [take_stock],
        days[4]: [stop_spices],
    }
    for day in days:
        if week := next((week for week in weeks if week[0] == day), None):
            await keep_week(shop, week, await _plan(shop, week))
        await _receive(shop, day, late_papers=day in pork_days)
        for step in special[day]:
            await step(shop, day)


async def _plan(shop: Shop, week: Sequence[date]) -> int:
    """The present week was planned and approved, its rice ordered; next week's plan waits."""
    order = await order_sacks(shop, week)
    friday = at_local(week[0] - timedelta(days=3), 14)
    await plan_week(shop, week, now=friday, approved=True)
    monday = monday_of(week[0]) + timedelta(days=7)
    due = await meals_due(shop.buyer.school, monday, monday + timedelta(days=4))
    if coming := sorted({meal.day for meal in due}):
        await plan_week(shop, coming, now=at_local(shop.days[-2], 15), approved=False)
    return order


async def _settle_up(shop: Shop) -> None:
    """Invoices in every state of their signatures, and cash for the market: accounted for, or still out."""
    weeks, late = weeks_of(shop.days), shop.days[-3]
    await pay_week(shop, "greens", weeks[0], weeks[1][-1], signatures=4)
    await pay_week(shop, "grain", weeks[1], late, signatures=3)
    await pay_week(shop, "greens", weeks[1], late, signatures=2)
    await pay_week(shop, "dairy", weeks[1], late, signatures=0)
    advance = await lend_cash(shop, shop.door_days[0])
    if not shop.school.one_company:
        await account_cash(shop, advance, market_day=shop.door_days[1], day=shop.door_days[3])


async def _receive(shop: Shop, day: date, *, late_papers: bool) -> None:
    if day == shop.days[-1]:
        await refuse_greens(shop, day)
        await receive_day(shop, day, without="greens")
    elif late_papers:
        await let_pork_through(shop, day)
        await receive_day(shop, day, without="pork")
    else:
        await receive_day(shop, day)


async def buying_days(school: int, now: datetime) -> list[date]:
    """The last days up to now on which something was cooked, the first one first."""
    today = local_day(now)
    due = sorted({meal.day for meal in await meals_due(school, today - LOOK_BACK, today)})
    return [day for day in due if at_local(day, 10) <= now][-DAYS:]
