"""The demo is believable on whatever day it is begun, and its trail holds."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from canteen.accounts.rules import Role
from canteen.accounts.services.places import demo_people
from canteen.accounts.services.seals import verify
from canteen.accounts.services.trail import Noted, deeds, doers
from canteen.accounts.tables import Membership
from canteen.accounts.web.told import Teller
from canteen.app import value_names
from canteen.demo import OtherDemo, prepare
from canteen.demo.cast import SCHOOLS, School
from canteen.kit import codes, uploads
from canteen.kit.actor import Actor
from canteen.kit.clock import monday_of
from canteen.kit.pages import Listing
from canteen.kit.texts import LANGUAGES
from canteen.notices.services.inbox import inbox, open_tasks, unread_count
from canteen.schools.services.prints import prints
from canteen.tenants.services import tenant_by_code
from menus.weeks.rules.states import State
from menus.weeks.services.verdict import Board, board
from menus.weeks.tables import Menu
from tests.canteen.demo.conftest import SATURDAY, demo_at

WEDNESDAY_AFTERNOON = datetime(2026, 9, 16, 7, tzinfo=UTC)
NATIONAL_DAY = datetime(2026, 10, 3, 2, tzinfo=UTC)
SUMMER = datetime(2027, 8, 4, 2, tzinfo=UTC)
WITHIN_THE_MENUS_OWN_WEEK = datetime(2025, 11, 12, 8, tzinfo=UTC)


async def boards(school: School) -> list[Board]:
    found = await tenant_by_code(school.code)
    ids = (
        await Menu.select(Menu.id)
        .where(Menu.school == found.id)
        .order_by(Menu.first_day)
        .output(as_list=True)
    )
    return [await board(found.id, week) for week in ids]


def served_days(weeks: list[Board]) -> list[date]:
    return sorted({meal.day for week in weeks for meal in week.sheet.meals if meal.served_at})


@pytest.mark.parametrize(
    ("now", "last_school_day"),
    [
        (WEDNESDAY_AFTERNOON, date(2026, 9, 16)),
        (NATIONAL_DAY, date(2026, 9, 30)),
        (SUMMER, date(2027, 7, 9)),
        (WITHIN_THE_MENUS_OWN_WEEK, date(2025, 11, 12)),
    ],
    ids=["wednesday", "national day", "summer", "the menu's own week"],
)
async def test_the_week_of_the_last_school_day_is_published_and_lived(
    tmp_path: Path, now: datetime, last_school_day: date
) -> None:
    async with demo_at(tmp_path, now):
        for school in SCHOOLS:
            weeks = await boards(school)
            present = next(w for w in weeks if w.sheet.head.first_day == monday_of(last_school_day))
            assert present.sheet.head.state in (State.PUBLISHED, State.SERVED)
            assert served_days(weeks)[-1] == last_school_day
            assert weeks[-1].sheet.head.state is (State.CHECKED if school.sends_early else State.DRAFT)


async def test_begun_on_a_saturday_friday_was_the_last_day(saturday: Path) -> None:
    async with demo_at(saturday, SATURDAY):
        assert [served_days(await boards(school))[-1] for school in SCHOOLS] == [date(2026, 11, 20)] * 2


async def test_one_school_meets_its_preset_and_the_other_has_the_principals_exception(saturday: Path) -> None:
    async with demo_at(saturday, SATURDAY):
        first, second = [(await boards(school))[0] for school in SCHOOLS]
        assert not first.verdict.has_errors
        assert first.sheet.head.approval_reason == ""
        assert second.verdict.has_errors
        assert second.sheet.head.approved_errors == 13
        assert "两荤两素一汤" in second.sheet.head.approval_reason


async def test_five_school_days_are_lived_and_one_dish_was_swapped(saturday: Path) -> None:
    async with demo_at(saturday, SATURDAY):
        for school in SCHOOLS:
            weeks = await boards(school)
            recent = [day for day in served_days(weeks) if day > SATURDAY.date() - timedelta(days=30)]
            assert len(recent) == 5
            assert sum(d.adjusted for w in weeks for m in w.sheet.meals for d in m.dishes) == 2


async def test_next_weeks_menu_waits_for_the_principal_and_the_opening_of_term_is_ticked_off(
    saturday: Path,
) -> None:
    async with demo_at(saturday, SATURDAY):
        for school in SCHOOLS:
            principal = await principal_of(school)
            tasks = await open_tasks(principal, SATURDAY)
            menu = ["weeks.to_approve"] * school.sends_early
            assert sorted(task.topic for task in tasks) == ["payments.sign", "purchasing.to_approve", *menu]
            done, _cursor = await inbox(principal, Listing(filters={"kind": "task"}), SATURDAY)
            assert {"terms.opening.self_check", "weeks.to_approve"} <= {task.topic for task in done}
            assert await unread_count(principal, SATURDAY) > 0


async def principal_of(school: School) -> Actor:
    found = await tenant_by_code(school.code)
    here = (Membership.tenant == found.id) & (Membership.role == Role.PRINCIPAL.value)
    (person,) = await Membership.select(Membership.person).where(here).output(as_list=True)
    return Actor(person, found.id, frozenset({Role.PRINCIPAL}))


async def test_the_trail_of_every_tenant_is_whole(saturday: Path) -> None:
    async with demo_at(saturday, SATURDAY):
        for code in ("QH00", "QH01", "QH02"):
            report = await verify((await tenant_by_code(code)).id)
            assert report.broken is None
            assert report.unsealed == 0


async def test_a_second_start_takes_the_same_demo(saturday: Path) -> None:
    first = await prepare(saturday, now=SATURDAY)
    assert await prepare(saturday, now=SATURDAY) == first
    passwords = [person["password"] for person in first["people"]]
    assert len(set(passwords)) == len(passwords)
    assert (saturday / "demo.json").stat().st_mode & 0o077 == 0


async def test_the_demo_of_another_version_is_refused_in_words(tmp_path: Path) -> None:
    older = {"database_url": "sqlite:///gone", "secret": "", "people": [{"login": "zhou", "password": "x"}]}
    (tmp_path / "demo.json").write_text(json.dumps(older), encoding="utf-8")
    with pytest.raises(OtherDemo, match="another version"):
        await prepare(tmp_path, now=SATURDAY)


async def test_its_people_are_known_as_invented(saturday: Path) -> None:
    async with demo_at(saturday, SATURDAY):
        assert "林晓" in await demo_people(SATURDAY.date())


def names_in(value: Any) -> set[str]:
    """Every field's name in what a deed set, at any depth."""
    if isinstance(value, dict):
        return set(value).union(*map(names_in, value.values()))
    return set().union(*map(names_in, value)) if isinstance(value, list) else set()


def names_of(deed: Noted) -> set[str]:
    return names_in([deed.before, deed.after])


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_whatever_the_trail_of_the_demo_holds_is_told_in_words(saturday: Path, lang: str) -> None:
    async with demo_at(saturday, SATURDAY):
        school = (await tenant_by_code("QH01")).id
        noted = (await deeds(school, Listing(limit=10_000)))[0]
        teller = Teller(lang, value_names(), dict(await doers(school)))
    kept = {(name, teller.at(deed).name_of(name)) for deed in noted for name in names_of(deed)}
    assert len(kept) > 30
    assert sorted(name for name, told in kept if told == name) == []
    told = {field.after for deed in noted for field in teller.told(deed)}
    assert not [text for text in told if re.match(r"\d{4}-\d\d-\d\d|True|None|[a-z]+_[a-z]+", text)]


async def test_a_kitchen_sheet_waits_for_its_signature_and_earlier_ones_are_back(saturday: Path) -> None:
    async with demo_at(saturday, SATURDAY):
        for school in SCHOOLS:
            rows = (await prints((await tenant_by_code(school.code)).id, Listing()))[0]
            assert [row.state for row in rows] == ["waiting", "signed", "signed"]
            photo = uploads.read(saturday, rows[1].photo)
            assert codes.read(photo) == [f"/p/{school.code}/{rows[1].number}/1"]
