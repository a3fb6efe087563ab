"""The demo's buying: what each school has in its catalogue and on its wall."""

from datetime import date, datetime, timedelta
from pathlib import Path

from canteen.demo.cast import SCHOOLS
from canteen.demo.founding import Cast
from canteen.demo.licensing import Wall, license_district, license_school
from canteen.demo.living import LOOK_BACK
from canteen.demo.receiving import receive_day
from canteen.demo.shopping import shop_of
from canteen.demo.stocking import stock_up
from canteen.kit.clock import at_local, local_day
from canteen.schools.services.calendar import meals_due

DAYS = 15
"""Three weeks of school days."""


async def buy(cast: Cast, folder: Path, now: datetime) -> None:
    """Goods, suppliers and papers of the district and its schools, begun a week before the first delivery."""
    days = {school.code: await buying_days(cast.tenants[school.code], now) for school in SCHOOLS}
    begun = at_local(min(first for first, *_later in days.values()) - timedelta(days=8), 9)
    last = max(found[-1] for found in days.values())
    wall = Wall(local_day(now), last, folder)
    await license_district(cast, wall, now=begun)
    for school in SCHOOLS:
        await stock_up(cast, school, now=begun)
        sellers = await license_school(cast, school, wall, now=begun + timedelta(days=1))
        shop = await shop_of(cast, school, sellers, folder, days[school.code])
        for day in shop.days:
            await receive_day(shop, day, now)


async def buying_days(school: int, now: datetime) -> list[date]:
    """The last days up to now on which something was cooked, the first one first."""
    today = local_day(now)
    due = sorted({meal.day for meal in await meals_due(school, today - LOOK_BACK, today)})
    return [day for day in due if at_local(day, 10) <= now][-DAYS:]
