"""The demo's buying: catalogue and wall, then three weeks at the door and in the store, day by day."""

from datetime import date, datetime, timedelta
from pathlib import Path

from canteen.demo.cast import SCHOOLS
from canteen.demo.founding import Cast
from canteen.demo.keeping import keep_week, open_store, take_stock, weeks_of
from canteen.demo.licensing import Wall, license_district, license_school
from canteen.demo.living import LOOK_BACK
from canteen.demo.receiving import fresh_needs, receive_day
from canteen.demo.shopping import Shop, shop_of
from canteen.demo.stocking import stock_up
from canteen.demo.straying import buy_cabbage, let_pork_through, refuse_greens, stop_spices, walk_over_market
from canteen.kit.clock import at_local, local_day
from canteen.schools.services.calendar import meals_due

DAYS, STOCKTAKE = 15, 9
"""Three weeks of school days; on the afternoon of the tenth everything is counted."""


async def buy(cast: Cast, folder: Path, now: datetime) -> None:
    """Goods, suppliers and papers of the district and its schools, then three weeks of deliveries."""
    days = {school.code: await buying_days(cast.tenants[school.code], now) for school in SCHOOLS}
    begun = at_local(min(first for first, *_later in days.values()) - timedelta(days=8), 9)
    wall = Wall(local_day(now), max(found[-1] for found in days.values()), folder)
    await license_district(cast, wall, now=begun)
    for school in SCHOOLS:
        await stock_up(cast, school, now=begun)
        sellers = await license_school(cast, school, wall, now=begun + timedelta(days=1))
        shop = await shop_of(cast, school, sellers, folder, days[school.code])
        await open_store(shop, wall.today, now=begun + timedelta(days=4))
        await _live_through(shop)


async def _live_through(shop: Shop) -> None:
    """Day by day what comes to the door; what went wrong has its day."""
    weeks = weeks_of(shop.days)
    pork_day = [day for day in shop.days[:-2] if fresh_needs(shop, "pork", day)][-1]
    special = {
        shop.days[4]: walk_over_market,
        shop.days[STOCKTAKE]: take_stock,
        shop.days[-3]: buy_cabbage,
        shop.days[-1]: stop_spices,
    }
    for day in shop.days:
        if week := next((week for week in weeks if week[0] == day), None):
            await keep_week(shop, week, spices=week == weeks[1])
        await _receive(shop, day, pork_day)
        if day in special:
            await special[day](shop, day)


async def _receive(shop: Shop, day: date, pork_day: date) -> None:
    if day == shop.days[-1]:
        await refuse_greens(shop, day)
        await receive_day(shop, day, without="greens")
    elif day == pork_day:
        await let_pork_through(shop, day)
        await receive_day(shop, day, without="pork")
    else:
        await receive_day(shop, day)


async def buying_days(school: int, now: datetime) -> list[date]:
    """The last days up to now on which something was cooked, the first one first."""
    today = local_day(now)
    due = sorted({meal.day for meal in await meals_due(school, today - LOOK_BACK, today)})
    return [day for day in due if at_local(day, 10) <= now][-DAYS:]
