"""The demo's store: what lay there at the beginning, what goes to the kitchen each week, and a stocktake."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from importlib.resources import files

from canteen.demo.receiving import receive_store
from canteen.demo.shopping import Need, Shop
from canteen.kit.clock import at_local, local_day, monday_of
from canteen.schools.rules.calendar import MealName
from suppliers.goods.rules import Category, Measure
from suppliers.stock.forms import (
    ClosingForm,
    CountedForm,
    CountedLine,
    CountForm,
    IssueForm,
    IssueLine,
    OpeningForm,
    OpeningLine,
)
from suppliers.stock.rules import Cause
from suppliers.stock.services import close_count, count_lots, count_view, enter_opening, issue, start_count
from suppliers.stock.services.counts import CountedLot
from suppliers.stock.services.places import places_of

SACKS = (Category.GRAIN, Category.OIL)
"""What comes each week and goes to the kitchen in whole sacks and cans (practice 22)."""

GROUND = {Measure.GRAMS: "克", Measure.PIECES: "个"}
DIFFERENCES = ((1500, Cause.WEIGHING, "开袋零称累计误差"), (300, Cause.DRYING, "敞口受潮结块，已清出"))


async def open_store(shop: Shop, today: date, *, now: datetime) -> None:
    """Opening stock: a week of grain and oil, a month of what is seldom bought, and what the menu never
    needs; one lot of it is near its end today.
    """
    monday = monday_of(shop.door_days[0])
    week = shop.store_needs([monday + timedelta(days=n) for n in range(7)])
    lines = [_opening_line(shop, need) for need in week]
    form = OpeningForm(shop.canteen, local_day(now), (*lines, *await _extra_lines(shop, today)))
    await enter_opening(shop.keeper, form, now=now)


def _opening_line(shop: Shop, need: Need) -> OpeningLine:
    many = 1 if need.good.category in SACKS else 4
    first = shop.door_days[0]
    return OpeningLine(
        good=need.good.name,
        count=many * need.count * 1000,
        unit=need.good.unit,
        price=shop.price(need.good, first),
        expires_on=first + timedelta(days=100 + need.good.id % 40),
    )


async def _extra_lines(shop: Shop, today: date) -> list[OpeningLine]:
    text = files("canteen.demo").joinpath("data/opening.csv").read_text(encoding="utf-8")
    places = {place.name: place.id for place in await places_of(shop.keeper.school, shop.canteen)}
    return [
        OpeningLine(
            good=row["good"],
            count=int(row["count"]) * 1000,
            unit=row["unit"],
            price=round(float(row["yuan"]) * 100),
            expires_on=today + timedelta(days=int(row["ends"])),
            place=places[row["place"]],
        )
        for row in csv.DictReader(io.StringIO(text))
    ]


def weeks_of(days: Sequence[date]) -> list[list[date]]:
    """School days week by week."""
    mondays = dict.fromkeys(monday_of(day) for day in days)
    return [[day for day in days if monday_of(day) == monday] for monday in mondays]


async def keep_week(shop: Shop, week: Sequence[date], order: int | None) -> None:
    """On its first day rice and oil come, and the kitchen gets the week's share of all that is stored."""
    needs, first = shop.store_needs(week), week[0]
    await receive_store(shop, "grain", [n for n in needs if n.good.category in SACKS], first, order)
    lines = tuple(_issue_line(need) for need in needs)
    await hand_out(shop, first, lines, "本周米面油和调料", now=at_local(first, 9, 30))


def _issue_line(need: Need) -> IssueLine:
    if need.good.category in SACKS:
        return IssueLine(need.good.id, need.count * 1000, need.good.unit)
    return IssueLine(need.good.id, need.grams * 1000, "克")


async def hand_out(
    shop: Shop, day: date, lines: tuple[IssueLine, ...], purpose: str, *, now: datetime
) -> None:
    """Goods from the store to the cook for lunch."""
    cook = shop.cast.people[shop.school.second]
    form = IssueForm(shop.canteen, day, lines, MealName.LUNCH, purpose, cook)
    await issue(shop.keeper, form, now=now)


async def take_stock(shop: Shop, day: date) -> None:
    """Every lot counted on an afternoon: two differ by little, and a witness closes it with the PIN."""
    at = at_local(day, 14, 40)
    count = await start_count(shop.keeper, CountForm(shop.canteen, day), now=at)
    found = (await count_view(shop.keeper.school, count)).lines
    await count_lots(shop.keeper, count, CountedForm(tuple(_counted(found))), now=at + timedelta(minutes=50))
    closing = ClosingForm(shop.cast.people[shop.school.second], shop.second.second_pin)
    await close_count(shop.keeper, count, closing, now=at + timedelta(minutes=65))


def _counted(found: Sequence[CountedLot]) -> list[CountedLine]:
    """What the book says, but for the first lots that are heavy enough to differ."""
    differ = iter(DIFFERENCES)
    lines = []
    for one in found:
        loss = next(differ, None) if one.line.book > 5000 and one.good.measure is Measure.GRAMS else None
        less, cause, note = loss or (0, None, "")
        count = (one.line.book - less) * 1000
        lines.append(CountedLine(one.lot.id, count, GROUND[one.good.measure], cause, note))
    return lines
