"""What a school has settled and what is still to do before it begins; the district's list of its schools."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from msgspec.structs import asdict

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.texts import _
from canteen.schools.forms import TenantForm
from canteen.schools.services.duties import said_away
from canteen.schools.services.policies import policies_of_schools
from canteen.schools.tables import (
    CanteenMode,
    Decision,
    DutyWord,
    GradeGroup,
    Heads,
    Profile,
    Term,
    Timetable,
)
from canteen.tenants import services as tree
from canteen.tenants.tables import Tenant


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to settle: what it is, where, and whether it is done. Texts are message ids."""

    key: str
    name: str
    text: str
    url: str
    done: bool


@dataclass(frozen=True, slots=True)
class SchoolState:
    """A school as its district sees it: how far set up, from when, what it said away and why."""

    school: Tenant
    done: int
    steps: int
    go_live_on: date | None
    sample_hours: Any
    said_away: Mapping[str, str]


STEPS = (
    (
        "samples",
        _("24 or 48 hours?"),
        _("Say how long samples are kept."),
        "/school/policies/sample_hours",
    ),
    ("terms", _("Terms"), _("Enter the first and last day of the term."), "/school/terms"),
    ("groups", _("Grade groups"), _("Say which grades eat together."), "/school/groups"),
    ("heads", _("Heads"), _("Say how many usually eat."), "/school/groups"),
    ("timetables", _("Weekday tables"), _("Tick which meals each group has."), "/school/groups"),
    ("modes", _("How the canteen is run"), _("By the school, by a firm, or delivered."), "/school/canteens"),
    ("duties", _("Duties"), _("Say what you do not have, and why."), "/school/duties"),
    ("go_live", _("Go-live day"), _("From this day on what is missing is shown."), "/school/profile"),
)


async def setup(school: int, on: date) -> list[Step]:
    """What the school has still to settle, in the order in which it is best done."""
    done = (await _settled([school], on)).get(school, set())
    return [Step(key, name, text, url, key in done) for key, name, text, url in STEPS]


async def schools_of(district: int, on: date) -> list[SchoolState]:
    """The schools of a district or central school as they stand on a day, in few queries."""
    schools = await tree.schools_under(district)
    ids = [school.id for school in schools]
    if not ids:
        return []
    done, away = await _settled(ids, on), await said_away(ids, on)
    hours = await policies_of_schools(ids, "sample_hours", on)
    live = {p.school: p.go_live_on for p in await Profile.objects().where(Profile.school.is_in(ids))}
    return [
        SchoolState(s, len(done.get(s.id, ())), len(STEPS), live.get(s.id), hours[s.id], away.get(s.id, {}))
        for s in schools
    ]


async def open_school(actor: Actor, form: TenantForm, *, now: datetime) -> Tenant:
    """A district or central school takes a school in. Raises Refused for a bad or taken code."""
    async with write():
        made = await tree.create_school(code=form.code, name=form.name, parent=actor.school, now=now)
        await record(
            actor,
            "schools.open_school",
            subject="school",
            subject_id=made.id,
            after=asdict(form),
            about_school=made.id,
            now=now,
        )
    return made


async def _settled(schools: Sequence[int], on: date) -> dict[int, set[str]]:
    """The keys of the steps that each school has done."""
    done: dict[int, set[str]] = {}
    found = {
        "samples": await _with(Decision, schools, Decision.key == "sample_hours"),
        "terms": await _with(Term, schools, Term.withdrawn_at.is_null() & (Term.last_day >= on)),
        "modes": await _with(CanteenMode, schools),
        "duties": await _with(DutyWord, schools),
        "go_live": await _with(Profile, schools, Profile.go_live_on.is_not_null()),
        **await _settled_groups(schools),
    }
    for key, by in found.items():
        for school in by:
            done.setdefault(school, set()).add(key)
    return done


async def _settled_groups(schools: Sequence[int]) -> dict[str, set[int]]:
    """Schools with groups, and those whose groups all have heads or weekday tables."""
    here = GradeGroup.school.is_in(list(schools)) & GradeGroup.withdrawn_at.is_null()
    grouped = [(g.school, g.id) for g in await GradeGroup.objects().where(here)]
    counted = await _groups_in(Heads, schools)
    tabled = await _groups_in(Timetable, schools)
    having = {school for school, _group in grouped}
    return {
        "groups": having,
        "heads": having - {school for school, group in grouped if group not in counted},
        "timetables": having - {school for school, group in grouped if group not in tabled},
    }


async def _with(table: Any, schools: Sequence[int], where: Any = None) -> set[int]:
    here = table.school.is_in(list(schools))
    query = table.select(table.school).where(here if where is None else here & where)
    return {row["school"] for row in await query.distinct()}


async def _groups_in(table: Any, schools: Sequence[int]) -> set[int]:
    query = table.select(table.grade_group).where(table.school.is_in(list(schools)))
    return {row["grade_group"] for row in await query.distinct()}
