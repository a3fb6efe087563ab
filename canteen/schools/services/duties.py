"""Which duties apply to a school."""

from collections.abc import Sequence
from datetime import date, datetime

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Missing, refuse_if
from canteen.schools.forms import DutyForm
from canteen.schools.rules.duties import DUTIES, Applies, applying, duty_findings
from canteen.schools.services.modes import runs
from canteen.schools.tables import DutyWord


async def settle_duty(actor: Actor, key: str, form: DutyForm, *, now: datetime) -> None:
    """Say from today whether a duty applies. Raises Missing for an unknown one; Refused when the law asks it
    of everybody or the reason is missing."""
    if key not in DUTIES:
        raise Missing(key)
    refuse_if(duty_findings(key, applies=form.applies, reason=form.reason))
    async with write():
        made = _row(actor, key, form, now)
        await made.save()
        after = {"key": key, "applies": form.applies, "reason": made.reason, "from_day": made.from_day}
        await record(actor, "schools.settle_duty", subject="duty", subject_id=made.id, after=after, now=now)


async def duties(school: int, on: date) -> list[Applies]:
    """Every duty, whether it applies to the school on a day, and why not."""
    modes = [run.mode for run in await runs(school, on)]
    return applying(modes, (await said_away([school], on)).get(school, {}))


async def applies(school: int, key: str, on: date) -> bool:
    """Whether one duty applies. Raises Missing for an unknown one."""
    found = [a.applies for a in await duties(school, on) if a.duty.key == key]
    if not found:
        raise Missing(key)
    return found[0]


async def said_away(schools: Sequence[int], on: date) -> dict[int, dict[str, str]]:
    """The reasons for which schools say that duties do not apply to them, by school and duty."""
    here = DutyWord.school.is_in(list(schools)) & (DutyWord.from_day <= on)
    found: dict[int, dict[str, str]] = {}
    for word in await DutyWord.objects().where(here).order_by(DutyWord.from_day, DutyWord.id):
        said = found.setdefault(word.school, {})
        said.pop(word.key, None)
        if not word.applies:
            said[word.key] = word.reason
    return found


def _row(actor: Actor, key: str, form: DutyForm, now: datetime) -> DutyWord:
    return DutyWord(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        key=key,
        applies=form.applies,
        reason="" if form.applies else form.reason.strip(),
        from_day=local_day(now),
    )
