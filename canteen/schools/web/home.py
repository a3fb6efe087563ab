"""What a school's settings, calendar and prints put on the start page."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeAlias

from canteen.kit.actor import Actor
from canteen.kit.pages.cards import Card
from canteen.kit.texts import _
from canteen.schools.rules.calendar import MealName
from canteen.schools.services import calendar, policies, prints, setup
from canteen.tenants import services as tree
from canteen.tenants.rules import TenantKind

Lines: TypeAlias = list[tuple[str, Mapping[str, Any]]]

HEADS = {
    MealName.BREAKFAST: _("Breakfast for {count}"),
    MealName.LUNCH: _("Lunch for {count}"),
    MealName.DINNER: _("Dinner for {count}"),
    MealName.SNACK: _("Extra meal for {count}"),
}


async def home(actor: Actor, may: Callable[[str], bool], today: date) -> list[Card]:
    """Today's meals, sheets that wait for ink, what is still to be settled; a district's schools."""
    if (await tree.tenant(actor.school)).kind != TenantKind.SCHOOL:
        return [await _schools(actor.school, today)]
    return [
        *(await _setting_up(actor.school, today) if may("schools.edit") else []),
        *(await _samples(actor.school, today) if may("policies.edit") else []),
        *(await _unsigned(actor.school) if may("prints.sign") else []),
        await _meals(actor.school, today),
    ]


async def _schools(district: int, today: date) -> Card:
    schools = await setup.schools_of(district, today)
    unsettled = sum(one.done < one.steps for one in schools)
    lines = [(_("{count} schools"), {"count": len(schools)})]
    lines += [(_("{count} are still setting up"), {"count": unsettled})] if unsettled else []
    return Card(_("Schools"), lines, "/school", _("See the schools"), tone="due" if unsettled else "")


async def _setting_up(school: int, today: date) -> list[Card]:
    steps = await setup.setup(school, today)
    left = [step for step in steps if not step.done]
    if not left:
        return []
    settled = (
        _("{done} of {steps} things are settled."),
        {"done": len(steps) - len(left), "steps": len(steps)},
    )
    lines = [settled, (left[0].text, {})]
    return [Card(_("Setting up"), lines, "/school/setup", _("Go on setting up"), tone="due")]


async def _samples(school: int, today: date) -> list[Card]:
    held = (await policies.policies(school, today))["sample_hours"]
    lines = [(finding.message, finding.facts) for finding in held.notices]
    way = "/school/policies/sample_hours"
    return (
        [Card(_("How long samples are kept"), lines, way, _("Choose 24 or 48 hours"), tone="due")]
        if lines
        else []
    )


async def _unsigned(school: int) -> list[Card]:
    count = await prints.waiting_count(school)
    lines = [(_("{count} sheets wait for a signature"), {"count": count})]
    way = "/prints?state=waiting"
    return [Card(_("Prints"), lines, way, _("Sign back with a photo"), tone="due")] if count else []


async def _meals(school: int, today: date) -> Card:
    stretch = await calendar.days(school, today, today)
    due: Lines = [(HEADS[meal.meal], {"count": meal.total}) for meal in stretch.meals_due(today)]
    why: Lines = [(finding.message, finding.facts) for finding in stretch.notes(today)[:1]]
    lines: Lines = due or [(_("No meal is due today"), {}), *why]
    return Card(_("Meals today"), lines, "/school/calendar", _("Meal calendar"))
