"""Policies: what holds, since when, by whose word; and one plain question each."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, page, redirect, show_again
from canteen.kit.texts import _
from canteen.schools.forms import DecisionForm, read_value, shown_value
from canteen.schools.rules.keys import TOPICS
from canteen.schools.rules.policies import COUNTED
from canteen.schools.services import policies
from canteen.schools.web.words import READ, AnyRequest
from canteen.tenants import services as tree
from canteen.tenants.rules import TenantKind

DECIDE: dict[str, Any] = {"may": "policies.edit"}


@get("/school/policies", opt=READ)
async def list_policies(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Everything that holds today, by topic."""
    today = local_day(now)
    held = await policies.policies(actor.school, today)
    topics = [(topic, [h for h in held.values() if h.policy.topic == topic]) for topic in TOPICS]
    return await page(request, "schools/policies.html", topics=topics, today=today, own_id=actor.school)


@get("/school/policies/{key:str}", opt=READ)
async def show_policy(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], key: FromPath[str]
) -> Page:
    """One question, the answers and what each means, and how it was answered before."""
    return await _policy(request, actor, now, key)


async def _policy(request: AnyRequest, actor: Actor, now: datetime, key: str) -> Page:
    policy = policies.policy_of(key)
    return await page(
        request,
        "schools/policy.html",
        held=(await policies.policies(actor.school, local_day(now)))[key],
        shown=partial(shown_value, policy),
        decisions=await policies.decisions_of(actor.school, key),
        decoded=policies.decoded,
        counted=COUNTED,
        today=local_day(now),
        own_id=actor.school,
        above=(await tree.tenant(actor.school)).kind != TenantKind.SCHOOL,
    )


@post("/school/policies/{key:str}", opt=DECIDE)
async def decide(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], key: FromPath[str]
) -> Page:
    """The school's or district's answer, from a day on."""
    show_again(request, partial(_policy, request, actor, now, key))
    typed = await read_form(request)
    value, form = read_value(policies.policy_of(key), typed), parse(DecisionForm, typed)
    await policies.decide(actor, key, value, from_day=form.from_day, locked=form.locked, now=now)
    return redirect(request, "/school/policies", _("Decided; it holds from {day}."), day=form.from_day)


@post("/school/policies/{key:str}/give-back", opt=DECIDE)
async def give_back(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], key: FromPath[str]
) -> Page:
    """Whoever stands above decides again, from today."""
    show_again(request, partial(_policy, request, actor, now, key))
    await policies.give_back(actor, key, from_day=local_day(now), now=now)
    return redirect(request, "/school/policies", _("From today the rule from above holds again."))


routes: list[Any] = [list_policies, show_policy, decide, give_back]
