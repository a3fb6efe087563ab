"""The demo's beginning: tenants, people, and what each school has decided."""

import asyncio
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from importlib.resources import files

from canteen.accounts.forms import NewRole, OwnPin
from canteen.accounts.services import people
from canteen.accounts.services.passwords import hashed
from canteen.accounts.services.pins import set_pin
from canteen.accounts.services.trail import record
from canteen.demo.cast import DISTRICT, FOUNDED, PEOPLE, SCHOOLS, Part, School
from canteen.kit.actor import Actor
from canteen.kit.clock import at_local
from canteen.kit.db import write
from canteen.kit.sheets import Reading, as_fen, as_text, read_rows
from canteen.schools.forms import (
    DutyForm,
    GroupForm,
    HeadsForm,
    ModeForm,
    ProfileForm,
    TermForm,
    TimetableForm,
    WeekForm,
)
from canteen.schools.rules.calendar import MealName
from canteen.schools.rules.modes import Mode
from canteen.schools.services import duties, groups, modes, policies, profile, terms, timetables
from canteen.tenants import services as tenants
from menus.dishes.forms import TakeForm
from menus.dishes.rules import library as shipped
from menus.dishes.services import take_dishes
from menus.foods.forms import PriceForm
from menus.foods.services import prices, table_of

HALF_PAST_SEVEN = at_local(FOUNDED, 7, 30)


class Cast:
    """The ids of tenants by code and of people by login, and the PINs of those who have one."""

    def __init__(self, pins: Mapping[str, str]) -> None:
        self.tenants: dict[str, int] = {}
        self.people: dict[str, int] = {}
        self.pins = pins

    def actor(self, login: str) -> Actor:
        """A person acting at their own school."""
        part = next(p for p in PEOPLE if p.login == login)
        return Actor(self.people[login], self.tenants[part.tenant], frozenset(part.roles))


async def found(passwords: Mapping[str, str], pins: Mapping[str, str]) -> Cast:
    """District, schools and people, in one deed of the house; then those who sign with a PIN choose it."""
    cast, now = Cast(pins), HALF_PAST_SEVEN
    kept = await asyncio.gather(*map(hashed, passwords.values()))
    hashes = dict(zip(passwords, kept, strict=True))
    async with write():
        district = await tenants.create_district(code=DISTRICT[0], name=DISTRICT[1], now=now)
        cast.tenants[DISTRICT[0]] = district.id
        for school in SCHOOLS:
            made = await tenants.create_school(
                code=school.code, name=school.name, parent=district.id, now=now
            )
            cast.tenants[school.code] = made.id
        for part in PEOPLE:
            await _add(cast, part, hashes[part.login], now)
        await record(
            Actor(None, district.id), "demo.found", subject="district", subject_id=district.id, now=now
        )
    for login, pin in pins.items():
        await set_pin(cast.actor(login), OwnPin(pin, pin, passwords[login]), now=now)
    return cast


async def _add(cast: Cast, part: Part, password: str, now: datetime) -> None:
    person = await people.make_person(part.login, part.name, password, now=now, must_change=False, demo=True)
    cast.people[part.login] = person
    for role in part.roles:
        await people.give(cast.tenants[part.tenant], person, NewRole(role, from_day=FOUNDED), now)


async def settle(cast: Cast, school: School, today: date) -> None:
    """What a school decides before its first menu: calendar, heads, composition, dishes and prices."""
    principal, now = cast.actor(school.principal), HALF_PAST_SEVEN
    await profile.settle_profile(principal, ProfileForm(FOUNDED, nutrition_plan=True), now=now)
    for term in terms_until(today):
        await terms.add_term(principal, term, now=now)
    await _settle_group(principal, school, now)
    await policies.decide(principal, "menu_composition", school.preset, from_day=FOUNDED, now=now)
    await policies.decide(principal, "sample_hours", school.sample_hours, from_day=FOUNDED, now=now)
    await _settle_kitchen(principal, now)
    planner = cast.actor(school.planner)
    await take_dishes(planner, TakeForm(tuple(recipe.name for recipe in shipped())), now=now)
    await _type_prices(planner, now)


async def _settle_kitchen(principal: Actor, now: datetime) -> None:
    (canteen,) = await tenants.canteens_of(principal.school)
    await modes.set_mode(principal, canteen.id, ModeForm(FOUNDED, Mode.SELF_RUN), now=now)
    reason = "食堂没有专间，不做凉菜和裱花。"
    await duties.settle_duty(principal, "cold_room", DutyForm(applies=False, reason=reason), now=now)


async def _settle_group(principal: Actor, school: School, now: datetime) -> None:
    group = (await groups.add_group(principal, GroupForm("一至六年级", 1, 6), now=now)).id
    younger = school.heads // 2
    heads = {"6-8": younger, "9-11": school.heads - younger}
    await groups.count_heads(principal, group, HeadsForm(FOUNDED, heads), now=now)
    lunches = WeekForm(*[(MealName.LUNCH,)] * 5)
    await timetables.set_timetable(principal, group, TimetableForm(FOUNDED, week_1=lunches), now=now)


def terms_until(today: date) -> list[TermForm]:
    """Autumn and spring terms from the founding to a year after today."""
    years = range(FOUNDED.year, today.year + 1)
    return [
        form
        for year in years
        for form in (
            TermForm(f"{year}年秋季学期", date(year, 9, 1), date(year + 1, 1, 20)),
            TermForm(f"{year + 1}年春季学期", date(year + 1, 2, 15), date(year + 1, 7, 10)),
        )
    ]


async def _type_prices(planner: Actor, now: datetime) -> None:
    table = await table_of(planner.school)
    sheet = read_rows(files("canteen.demo").joinpath("data/prices.csv").read_bytes(), "prices.csv")
    reading = Reading(sheet, {"food": ("食材",), "price": ("元每公斤",)}, ("food", "price"))
    for row in reading.rows:
        food = table.find(reading.need(row, "food", as_text) or "")
        fen = reading.need(row, "price", as_fen)
        if food and fen:
            await prices.set_price(
                planner, food.code, PriceForm(fen, FOUNDED), now=now + timedelta(minutes=row.line)
            )
    reading.finish()
