"""What the menu asks of the store: a proposed issue slip for a meal, and what to buy for some days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.db import write
from canteen.kit.problems import Refused, error
from canteen.kit.texts import _
from canteen.schools.rules.calendar import MealName
from canteen.tenants.services import canteen_of
from menus.demand.forms import MapForm, MenuIssueForm
from menus.demand.rules import Cover, FoodNeed, OnHand, covered, food_needs, summed, unmatched
from menus.foods.services import table_of
from menus.weeks.services.lists import week_on
from menus.weeks.services.papers import kitchen_facts
from menus.weeks.services.sheet import week_sheet
from suppliers.goods.rules import Good, Measure
from suppliers.goods.services import good_of, goods_by_ids, goods_of_foods
from suppliers.goods.services.keeping import keep_over
from suppliers.stock.rules import usable
from suppliers.stock.services import SlipHead, issue_lines, issues_of_meal, lots_with_stock, on_shelf

MOST_DAYS = 31


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a meal needs and how the store covers it; `goods` by id, `unmatched` to be led to goods.

    `dishes` are the dishes that it is worked out from, `heads` who eats; `issued` the slips that the meal
    has already.
    """

    day: date
    meal: MealName
    dishes: Sequence[str]
    heads: int
    covers: Sequence[Cover]
    unmatched: Sequence[FoodNeed]
    goods: Mapping[int, Good]
    issued: Sequence[SlipHead] = ()


@dataclass(frozen=True, slots=True)
class Shopping:
    """What the published menus of some days need, what lies there, and what to buy."""

    first: date
    last: date
    covers: Sequence[Cover]
    unmatched: Sequence[FoodNeed]
    goods: Mapping[str, Sequence[Good]]


async def meals_on(school: int, canteen: int, day: date) -> list[MealName]:
    """The meals that a published menu of the canteen has on a day."""
    found = {meal for _week, _id, meal in await _meals(school, canteen, day)}
    return [meal for meal in MealName if meal in found]


async def propose(school: int, canteen: int, day: date, meal: MealName) -> Proposal:
    """The issue slip that the day's published menu asks for: first expired first, shortages named."""
    dishes, heads, needs = await _needs(school, canteen, day, meal)
    stock, goods = await _stock(school, canteen, needs, day)
    return Proposal(
        day=day,
        meal=meal,
        dishes=dishes,
        heads=heads,
        covers=[covered(need, stock[need.code]) for need in needs if need.code in stock],
        unmatched=unmatched(needs, stock),
        goods=goods,
        issued=await issues_of_meal(school, canteen, day, meal),
    )


async def to_buy(school: int, canteen: int, first: date, last: date) -> Shopping:
    """What the published menus from `first` to `last` (at most a month) need beyond what lies there."""
    last = min(last, first + timedelta(days=MOST_DAYS - 1))
    needs: list[FoodNeed] = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        for meal in await meals_on(school, canteen, day):
            needs += (await _needs(school, canteen, day, meal))[2]
    total = summed(needs)
    stock, _goods = await _stock(school, canteen, total, first)
    return Shopping(
        first=first,
        last=last,
        covers=[covered(need, stock[need.code]) for need in total if need.code in stock],
        unmatched=unmatched(total, stock),
        goods=await goods_of_foods(school, [need.code for need in total if need.code]),
    )


async def issue_by_menu(actor: Actor, form: MenuIssueForm, *, now: datetime) -> int:
    """Issue what the menu proposed, as the storekeeper changed it; returns the slip's id.

    Raises Refused naming every line that cannot go, and `issued_already` when the meal has a slip and
    `again` is not said; Conflict, Forbidden, Missing.
    """
    refuse_other_canteen(actor, form.canteen)
    await canteen_of(actor.school, form.canteen)
    async with write():
        await _refuse_twice(actor.school, form)
        slip = await issue_lines(actor, form, now=now)
        after = {"number": slip.number, "day": form.day, "meal": form.meal, "fen": slip.fen}
        await record(actor, "demand.issue", subject="slip", subject_id=slip.id, after=after, now=now)
    return int(slip.id)


async def map_good(actor: Actor, form: MapForm, *, now: datetime) -> None:
    """Lead a good to a food of the composition table, so that menus find it. Raises Missing, Refused."""
    async with write():
        good = await good_of(actor.school, form.good)
        if (await table_of(actor.school)).get(form.food_code) is None:
            raise Refused([error("no_such_food", _("Choose a food of the table."), "food_code")])
        await keep_over(actor.school, good.id, replace(good, food_code=form.food_code), now=now)
        before, after = {"food_code": good.food_code}, {"name": good.name, "food_code": form.food_code}
        await record(
            actor, "demand.map", subject="good", subject_id=good.id, before=before, after=after, now=now
        )


async def _refuse_twice(school: int, form: MenuIssueForm) -> None:
    if form.again or form.meal is None:
        return
    before = await issues_of_meal(school, form.canteen, form.day, form.meal)
    if before:
        message = _("{number} was issued for this meal already. Tick “once more” if something is added.")
        raise Refused([error("issued_already", message, "again", number=before[0].slip.number)])


async def _meals(school: int, canteen: int, day: date) -> list[tuple[int, int, MealName]]:
    """Week, id and name of each meal of the canteen's published menus on a day that offers something."""
    found = []
    for week in await week_on(school, day, published=True):
        sheet = await week_sheet(school, week)
        if sheet.head.canteen == canteen:
            found += [(week, m.id, MealName(m.name.value)) for m in sheet.filled if m.day == day]
    return found


async def _needs(
    school: int, canteen: int, day: date, meal: MealName
) -> tuple[list[str], int, list[FoodNeed]]:
    """Dishes, heads and needs of a meal, over the menus of all age bands."""
    dishes: list[str] = []
    needs: list[FoodNeed] = []
    heads = 0
    for week, id_, name in await _meals(school, canteen, day):
        if name is meal:
            facts = await kitchen_facts(school, week, id_)
            offered = [dish.value for dish in facts.meal.dishes if dish.planned]
            dishes += [dish.name for dish in offered]
            heads += sum(facts.heads.values())
            needs += food_needs(offered, facts.head.age, facts.heads)
    return list(dict.fromkeys(dishes)), heads, summed(needs)


async def _stock(
    school: int, canteen: int, needs: Iterable[FoodNeed], on: date
) -> tuple[dict[str | None, list[OnHand]], dict[int, Good]]:
    """The goods of each food that any good is led to, those whose lots go first in front."""
    by_food = await goods_of_foods(school, [need.code for need in needs if need.code])
    weighed = {
        code: [good.id for good in goods if good.measure is Measure.GRAMS] for code, goods in by_food.items()
    }
    ids = {good for goods in weighed.values() for good in goods}
    grams: dict[int, int] = {}
    for lot in await lots_with_stock(school, canteen, ids):
        if usable(on_shelf(lot), on):
            grams[lot.good] = grams.get(lot.good, 0) + lot.quantity_left
    order = list(grams)
    found: dict[str | None, list[OnHand]] = {
        code: [OnHand(good, grams[good]) for good in order if good in goods]
        for code, goods in weighed.items()
        if goods
    }
    return found, await goods_by_ids(school, ids)
