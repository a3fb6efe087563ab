"""From the published menu to the store: what a meal needs, what lies there, what to buy."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from canteen.kit.problems import Forbidden, Refused
from canteen.schools.forms import GroupForm, HeadsForm, ProfileForm, TermForm, TimetableForm, WeekForm
from canteen.schools.rules.calendar import MealName
from canteen.schools.services import groups
from canteen.schools.services.profile import settle_profile
from canteen.schools.services.terms import add_term
from canteen.schools.services.timetables import set_timetable
from menus.demand import services
from menus.demand.forms import MapForm, MenuIssueForm
from menus.weeks.forms import ApprovalForm, DishForm, IngredientForm, NewWeek
from menus.weeks.services import approval, drafts
from menus.weeks.services.sheet import week_sheet
from suppliers.goods import services as goods
from suppliers.goods.forms import GoodForm
from suppliers.goods.rules import Category, Storage
from suppliers.stock import services as stock
from suppliers.stock.forms import IssueLine
from tests.cast import NOW, TODAY
from tests.suppliers.stock.conftest import Store, line, make_store

FIRST_DAY = date(2026, 9, 1)
LUNCHES = WeekForm(*[(MealName.LUNCH,)] * 5)


@dataclass
class Kitchen:
    """A store whose school has lunch for 100 pupils."""

    store: Store

    @property
    def school(self) -> int:
        return self.store.cast.school


@pytest.fixture
async def kitchen(database: str) -> Kitchen:
    """Monday's lunch is published: rice 80 g, cabbage 120 g, 龙须 5 g a head for 100 pupils."""
    store = await make_store()
    await publish_lunch(store)
    return Kitchen(store)


async def publish_lunch(store: Store) -> None:
    """The school at work, and Monday's lunch published."""
    wu = store.cast.actor("wu")
    await settle_profile(wu, ProfileForm(go_live_on=FIRST_DAY), now=NOW)
    await add_term(wu, TermForm("2026 年秋季学期", FIRST_DAY, date(2027, 1, 22)), now=NOW)
    group = await groups.add_group(wu, GroupForm("一至六年级", 1, 6), now=NOW)
    await set_timetable(wu, group.id, TimetableForm(FIRST_DAY, week_1=LUNCHES), now=NOW)
    await groups.count_heads(wu, group.id, HeadsForm(FIRST_DAY, {"9-11": 100}), now=NOW)
    await _publish(store)


async def _publish(store: Store) -> None:
    lin, school = store.cast.actor("lin"), store.cast.school
    week = await drafts.create_week(lin, NewWeek(day=TODAY), now=NOW)
    meal = (await week_sheet(school, week)).meals[0]
    dishes = (
        DishForm("白米饭", (IngredientForm("大米", 80_000),), "主食"),
        DishForm("炝炒白菜", (IngredientForm("大白菜", 120_000), IngredientForm("龙须", 5_000)), "素菜"),
    )
    for version, dish in enumerate(dishes, start=1):
        await drafts.add_dish(lin, week, meal.id, dish, version=version, now=NOW)
    await approval.submit_week(lin, week, now=NOW)
    version = (await week_sheet(school, week)).head.version
    await approval.approve_week(
        store.cast.actor("zhou"), week, ApprovalForm(version, "试运行第一周"), now=NOW
    )
    await approval.publish_week(lin, week, now=NOW)


async def proposed(kitchen: Kitchen) -> services.Proposal:
    return await services.propose(kitchen.school, kitchen.store.canteen, TODAY, MealName.LUNCH)


def slip(kitchen: Kitchen, found: services.Proposal, *, again: bool = False) -> MenuIssueForm:
    """The proposal as the page sends it: kilograms of each good."""
    lines = [part for cover in found.covers for part in cover.parts]
    return MenuIssueForm(
        kitchen.store.canteen,
        TODAY,
        tuple(IssueLine(part.good, part.grams, "公斤") for part in lines),
        MealName.LUNCH,
        again=again,
    )


async def test_the_meal_proposes_what_to_fetch_and_names_what_is_short(kitchen: Kitchen) -> None:
    await kitchen.store.opened(line("大米", 50), line("大白菜", 4, days=2), line("大白菜", 1, days=-1))
    found = await proposed(kitchen)
    assert (found.heads, found.dishes) == (100, ["白米饭", "炝炒白菜"])
    assert [(c.need.name, c.need.grams, c.on_hand, c.short) for c in found.covers] == [
        ("大米", 8_000, 50_000, 0),
        ("大白菜", 12_000, 4_000, 8_000),
    ]
    assert [need.name for need in found.unmatched] == ["龙须"]


async def test_the_proposed_slip_is_issued_in_one_step_and_only_once(kitchen: Kitchen) -> None:
    await kitchen.store.opened(line("大米", 50, 480), line("大白菜", 40, 200))
    found = await proposed(kitchen)
    made = await services.issue_by_menu(kitchen.store.keeper, slip(kitchen, found), now=NOW)
    shown = await stock.slip_view(kitchen.school, made)
    assert [(x.good.name, x.move.quantity, x.move.fen) for x in shown.lines] == [
        ("大米", -8_000, -3_840),
        ("大白菜", -12_000, -2_400),
    ]
    with pytest.raises(Refused) as caught:
        await services.issue_by_menu(kitchen.store.keeper, slip(kitchen, found), now=NOW)
    assert [f.rule for f in caught.value.findings] == ["issued_already"]
    await services.issue_by_menu(kitchen.store.keeper, slip(kitchen, found, again=True), now=NOW)
    await stock.undo_slip(kitchen.store.keeper, made, now=NOW)
    assert [head.slip.number for head in (await proposed(kitchen)).issued] == ["CK-2026-00002"]


async def test_a_name_that_no_good_answers_is_led_to_one_once_and_for_all(kitchen: Kitchen) -> None:
    keeper = kitchen.store.keeper
    form = GoodForm("高山白菜", Category.PRODUCE, "斤", Storage.CHILLED)
    good = await goods.add_good(keeper, form, now=NOW)
    cabbage = (await goods.good_of(kitchen.school, kitchen.store.goods["大白菜"])).food_code or ""
    await goods.retire_good(keeper, kitchen.store.goods["大白菜"], now=NOW)
    assert [need.name for need in (await proposed(kitchen)).unmatched] == ["大白菜", "龙须"]
    await services.map_good(keeper, MapForm(good, cabbage), now=NOW)
    found = await proposed(kitchen)
    assert [need.name for need in found.unmatched] == ["龙须"]
    assert [cover.short for cover in found.covers] == [8_000, 12_000]
    with pytest.raises(Refused):
        await services.map_good(keeper, MapForm(good, "F999999"), now=NOW)


async def test_what_to_buy_is_the_menus_need_less_what_lies_there(kitchen: Kitchen) -> None:
    await kitchen.store.opened(line("大米", 5))
    last = TODAY + timedelta(days=4)
    found = await services.to_buy(kitchen.school, kitchen.store.canteen, TODAY, last)
    assert [(c.need.name, c.short) for c in found.covers] == [("大米", 3_000), ("大白菜", 12_000)]
    later = await services.to_buy(kitchen.school, kitchen.store.canteen, TODAY + timedelta(days=1), last)
    assert later.covers == []


async def test_another_canteen_is_not_issued_for(kitchen: Kitchen) -> None:
    found = slip(kitchen, await proposed(kitchen))
    actor = kitchen.store.cast.actor("chen", canteens=frozenset({999}))
    with pytest.raises(Forbidden):
        await services.issue_by_menu(actor, found, now=NOW)
