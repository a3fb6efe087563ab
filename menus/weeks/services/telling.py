"""Who is told of a menu's way to the wall, and of what changes there: steps of the deeds on a week."""

from datetime import datetime, timedelta

from canteen.accounts.rules import Role
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.problems import Level
from canteen.kit.texts import _
from canteen.notices.services.posting import Note, ask, settle, tell, warn
from menus.weeks.rules.states import ServingStatus, Step
from menus.weeks.services.sheet import SheetDish, SheetMeal, WeekHead
from menus.weeks.services.verdict import head

SUBJECT = "week"
TO_APPROVE, SENT_BACK = "weeks.to_approve", "weeks.sent_back"
PLANNERS = (Role.NUTRITIONIST, Role.CANTEEN_MANAGER)


async def tell_step(actor: Actor, week: WeekHead, step: Step, *, reason: str = "", now: datetime) -> None:
    """Step: what a menu's step settles, and who is to do or to know something now; `week` is as it stood."""
    await settle_week(actor, week.id, now=now)
    match step:
        case Step.SUBMIT:
            await ask(actor.school, _to_approve(week, now), now=now)
            await tell(actor.school, _with_principal(week), now=now, by=actor.person)
        case Step.APPROVE:
            await tell(actor.school, _approved(week, reason), now=now, by=actor.person)
        case Step.SEND_BACK:
            await warn(actor.school, _sent_back(week, reason), now=now)


async def settle_week(actor: Actor, week: int, *, now: datetime) -> None:
    """Step: close what is asked and warned of a menu that went on, back or away."""
    for topic in (TO_APPROVE, SENT_BACK):
        await settle(actor.school, topic, SUBJECT, week, now=now, by=actor.person)


async def tell_change(
    actor: Actor, week: int, meal: SheetMeal, gone: SheetDish, instead: str, *, now: datetime
) -> None:
    """Step: planner and principal learn what was changed after publication (practice 19)."""
    facts = {"day": meal.day, "dish": gone.value.name, "instead": instead, "reason": gone.reason}
    swapped = _("{day}: {instead} comes instead of {dish} ({reason})")
    dropped = _("{day}: {dish} is not served ({reason})")
    note = Note(
        topic="weeks.changed",
        message=dropped if gone.status is ServingStatus.NOT_SERVED else swapped,
        subject=SUBJECT,
        subject_id=week,
        roles=(Role.PRINCIPAL, *PLANNERS),
        people=((await head(actor.school, week)).checked_by,),
        facts=facts,
        link=f"/weeks/{week}",
        level=Level.WARNING,
    )
    await tell(actor.school, note, now=now, by=actor.person)


def _to_approve(week: WeekHead, now: datetime) -> Note:
    """A menu is approved before its first day; one that comes later is due at once."""
    return Note(
        topic=TO_APPROVE,
        message=_("Approve the menu of the week of {first}"),
        subject=SUBJECT,
        subject_id=week.id,
        roles=(Role.PRINCIPAL,),
        facts=_facts(week),
        link=f"/weeks/{week.id}/approval",
        due_on=max(week.first_day - timedelta(days=1), local_day(now)),
    )


def _with_principal(week: WeekHead) -> Note:
    """For the deputy, who steps in with a delegation (practice 6)."""
    return Note(
        topic="weeks.submitted",
        message=_("The menu of the week of {first} is with the principal"),
        subject=SUBJECT,
        subject_id=week.id,
        roles=(Role.DEPUTY,),
        facts=_facts(week),
        link=f"/weeks/{week.id}",
    )


def _approved(week: WeekHead, reason: str) -> Note:
    exception = _("The menu of the week of {first} is approved by exception: {reason}")
    return Note(
        topic="weeks.approved",
        message=exception if reason else _("The menu of the week of {first} is approved"),
        subject=SUBJECT,
        subject_id=week.id,
        roles=() if week.checked_by else PLANNERS,
        people=(week.checked_by,),
        facts=_facts(week) | {"reason": reason},
        link=f"/weeks/{week.id}",
    )


def _sent_back(week: WeekHead, reason: str) -> Note:
    return Note(
        topic=SENT_BACK,
        message=_("The menu of the week of {first} was sent back: {reason}"),
        subject=SUBJECT,
        subject_id=week.id,
        roles=() if week.checked_by else PLANNERS,
        people=(week.checked_by,),
        facts=_facts(week) | {"reason": reason},
        link=f"/weeks/{week.id}",
        level=Level.WARNING,
    )


def _facts(week: WeekHead) -> dict[str, object]:
    return {"first": week.first_day, "about": week.audience}
