"""The list of weeks (of a district: its library), a new week, copies and templates."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.kit.actor import Actor, acts_at
from canteen.kit.clock import local_day
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, listing, page, redirect, show_again
from canteen.kit.texts import _
from canteen.schools.services.calendar import meals_due
from canteen.tenants.services import canteens_of
from menus.weeks.forms import CopyForm, NewWeek, TemplateForm
from menus.weeks.rules import Age
from menus.weeks.services import copying, drafts, library, lists, templates
from menus.weeks.services.people import names_of
from menus.weeks.services.verdict import head
from menus.weeks.web.showing import AGES, EDIT, READ, STATES, AnyRequest, choices, words


@get("/weeks", opt=READ)
async def list_weeks(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """The weeks of a school, the latest first; of a district, the menus of its library."""
    asked = listing(request, filters=("state", "age", "errors"), limit=20)
    weeks, following = await lists.weeks(actor.school, asked)
    kitchens = await canteens_of(actor.school)
    return await page(
        request,
        "weeks/list.html" if kitchens else "weeks/library.html",
        canteens={c.id: c.name for c in kitchens} if len(kitchens) > 1 else {},
        holders={} if kitchens else await library.holders(actor.school, weeks),
        asked=asked,
        weeks=weeks,
        next=following,
        last_days=await lists.last_days(actor.school, weeks),
        names=await names_of(week.approved_by for week in weeks),
        state_choices=choices(request, STATES),
        age_choices=choices(request, AGES),
        today=local_day(now),
        **words(),
    )


@get("/weeks/new", opt=EDIT)
async def new_week(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """A new week: empty, from the week before, or from a template."""
    return await _new(request, actor, local_day(now))


async def _new(request: AnyRequest, actor: Actor, today: date) -> Page:
    school, kitchens = actor.school, await canteens_of(actor.school)
    monday = copying.next_monday(today)
    before = await copying.last_week_before(school, monday)
    return await page(
        request,
        "weeks/new.html",
        monday=monday,
        due=len(await meals_due(school, monday, monday + timedelta(days=6))),
        before=await head(school, before) if before else None,
        library=not kitchens,
        canteens=[(c.id, c.name) for c in kitchens if acts_at(actor, c.id)],
        templates=await templates.templates_of(school),
        age_choices=choices(request, AGES),
        nine=Age.NINE,
        meal_choices=choices(request, words()["meals"]),
        **words(),
    )


@post("/weeks", opt=EDIT)
async def create_week(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """An empty draft."""
    show_again(request, partial(_new, request, actor, local_day(now)))
    week = await drafts.create_week(actor, parse(NewWeek, await read_form(request)), now=now)
    return redirect(request, f"/weeks/{week}", _("The week is ready to be planned."))


@post("/weeks/{week:int}/copy", opt=EDIT)
async def copy_week(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], week: FromPath[int]
) -> Page:
    """The same dishes at another date."""
    show_again(request, partial(_new, request, actor, local_day(now)))
    made = await copying.copy_week(actor, week, parse(CopyForm, await read_form(request)), now=now)
    return redirect(request, f"/weeks/{made}", _("The week is copied."))


@post("/weeks/{week:int}/template", opt=EDIT)
async def keep_template(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], week: FromPath[int]
) -> Page:
    """Keep a week's dishes without its dates."""
    form = parse(TemplateForm, await read_form(request))
    await templates.keep_template(actor, week, form, now=now)
    return redirect(request, "/weeks/templates", _("{name} is kept as a template."), name=form.name)


@get("/weeks/templates", opt=READ)
async def list_templates(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """The templates a school may plan from: its own, and what its district gave it."""
    return await _templates(request, actor, local_day(now))


async def _templates(request: AnyRequest, actor: Actor, today: date) -> Page:
    kept, kitchens = await templates.templates_of(actor.school), await canteens_of(actor.school)
    return await page(
        request,
        "weeks/templates.html",
        own=[one for one in kept if not one["origin_school"]],
        from_above=[one for one in kept if one["origin_school"]],
        givers=await library.givers([one["origin_school"] for one in kept]),
        told=library.read_differences,
        monday=copying.next_monday(today),
        canteens=[(c.id, c.name) for c in kitchens if acts_at(actor, c.id)],
        **words(),
    )


@post("/weeks/templates/{template:int}/use", opt=EDIT)
async def use_template(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    template: FromPath[int],
) -> Page:
    """A new draft from a template."""
    show_again(request, partial(_templates, request, actor, local_day(now)))
    form = parse(CopyForm, await read_form(request))
    week = await templates.plan_from_template(actor, template, form, now=now)
    return redirect(request, f"/weeks/{week}", _("The week is ready to be planned."))


@post("/weeks/templates/{template:int}/retire", opt=EDIT)
async def retire_template(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    template: FromPath[int],
) -> Page:
    """Offer a template no longer."""
    await templates.retire_template(actor, template, now=now)
    return redirect(request, "/weeks/templates", _("The template is no longer offered."))


routes: list[Any] = [
    list_weeks,
    new_week,
    create_week,
    copy_week,
    keep_template,
    list_templates,
    use_template,
    retire_template,
]
