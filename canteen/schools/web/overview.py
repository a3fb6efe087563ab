"""The school's first page, its set-up, its profile; for a district the list of its schools."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, page, redirect, show_again
from canteen.kit.texts import _
from canteen.schools.forms import ProfileForm, TenantForm
from canteen.schools.rules.duties import DUTIES
from canteen.schools.rules.modes import MODE_NAMES
from canteen.schools.services import calendar, duties, groups, modes, policies, prints, setup, terms
from canteen.schools.services.profile import profile_of, settle_profile
from canteen.schools.web.words import EDIT, MEAL_NAMES, READ, AnyRequest
from canteen.tenants import services as tree
from canteen.tenants.rules import TenantKind


@get("/school", opt=READ)
async def show_school(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """A school's settings as cards; a district's schools as a list."""
    tenant = await tree.tenant(actor.school)
    if tenant.kind != TenantKind.SCHOOL:
        return await _district(request, actor, now)
    return await page(request, "schools/overview.html", tenant=tenant, **await _cards(actor.school, now))


async def _cards(school: int, now: datetime) -> dict[str, Any]:
    today = local_day(now)
    stretch = await calendar.days(school, today, today)
    return {
        "today": today,
        "steps": await setup.setup(school, today),
        "profile": await profile_of(school),
        "due": stretch.meals_due(today),
        "whys": stretch.notes(today),
        "meal_names": MEAL_NAMES,
        "term": await terms.term_on(school, today),
        "groups": await groups.groups(school),
        "runs": await modes.runs(school, today),
        "mode_names": MODE_NAMES,
        "away": [a for a in await duties.duties(school, today) if not a.applies],
        "hours": (await policies.policies(school, today))["sample_hours"],
        "waiting": await prints.waiting_count(school),
    }


async def _district(request: AnyRequest, actor: Actor, now: datetime) -> Page:
    return await page(
        request,
        "schools/district.html",
        tenant=await tree.tenant(actor.school),
        schools=await setup.schools_of(actor.school, local_day(now)),
        duties=DUTIES,
    )


@get("/school/setup", opt=READ)
async def show_setup(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """What a new school settles, step by step."""
    steps = await setup.setup(actor.school, local_day(now))
    return await page(request, "schools/setup.html", steps=steps)


@get("/school/profile", opt=EDIT)
async def edit_profile(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """From when meals are due, and whether the school is in the nutrition plan."""
    return await _profile(request, actor)


async def _profile(request: AnyRequest, actor: Actor) -> Page:
    return await page(request, "schools/profile.html", profile=await profile_of(actor.school))


@post("/school/profile", opt=EDIT)
async def save_profile(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Keep it."""
    show_again(request, partial(_profile, request, actor))
    await settle_profile(actor, parse(ProfileForm, await read_form(request)), now=now)
    return redirect(request, "/school", _("Saved."))


@get("/school/schools/new", opt=EDIT)
async def new_school(request: AnyRequest) -> Page:
    """A district takes a school in."""
    return await _new_school(request)


async def _new_school(request: AnyRequest) -> Page:
    return await page(request, "schools/new_school.html", code=await tree.free_code())


@post("/school/schools/new", opt=EDIT)
async def open_school(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """The school is there, with its first canteen."""
    show_again(request, partial(_new_school, request))
    made = await setup.open_school(actor, parse(TenantForm, await read_form(request)), now=now)
    return redirect(request, "/school", _("{name} is taken in."), name=made.name)


routes: list[Any] = [show_school, show_setup, edit_profile, save_profile, new_school, open_school]
