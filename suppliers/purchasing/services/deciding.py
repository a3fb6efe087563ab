"""Deciding about wishes: several at once, by amount, or back to the asker with a reason. Deeds."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from canteen.accounts.rules import Role
from canteen.accounts.services.places import signs_for
from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Finding, Forbidden, Missing, error, refuse_if
from canteen.kit.texts import _
from suppliers.purchasing.forms.wishes import ApprovalForm, ReasonForm
from suppliers.purchasing.rules import WishState
from suppliers.purchasing.rules.quotes import Amounts, Approver, approval_findings, approver_of
from suppliers.purchasing.rules.wishes import Step, own_findings, step_findings
from suppliers.purchasing.services.asking import settle_wish, tell_approved, warn_sent_back
from suppliers.purchasing.services.policy import amounts_of
from suppliers.purchasing.services.wishes import update_wish, wish_to
from suppliers.purchasing.tables import Wish


async def approve_wishes(actor: Actor, form: ApprovalForm, *, now: datetime) -> list[str]:
    """Approve what was ticked, all of it or nothing; returns the numbers.

    Raises Forbidden for a program, Missing, and Refused: `principal_decides`, `meeting_missing`, `own_wish`,
    `changed_meanwhile`, `wrong_state`; each finding's `at` is the place in the list.
    """
    if actor.person is None:
        raise Forbidden
    async with write():
        seen = _seen(form.wishes)
        rows = await _wishes(actor, seen)
        amounts = await amounts_of(actor.school, local_day(now))
        refuse_if(_findings(actor, rows, seen, amounts, form.meeting))
        for row in rows:
            await _approve(actor, row, amounts, form.meeting, now)
        numbers = [row.number for row in rows]
        after = {"wishes": numbers, "fen": sum(row.fen for row in rows), "meeting": form.meeting}
        subject_id = rows[0].id if len(rows) == 1 else None
        await record(
            actor, "purchasing.approve_wishes", subject="wish", subject_id=subject_id, after=after, now=now
        )
    return numbers


async def send_back_wish(actor: Actor, wish: int, form: ReasonForm, *, now: datetime) -> None:
    """Back to the asker, with the reason. Raises Forbidden for a program, Missing, Refused."""
    if actor.person is None:
        raise Forbidden
    async with write():
        row = await wish_to(actor, wish, Step.SEND_BACK)
        values = {
            "state": WishState.REJECTED.value,
            "decided_by": actor.person,
            "decided_for": None,
            "decided_at": now,
            "decision_reason": form.reason,
        }
        await update_wish(actor.school, wish, values)
        await settle_wish(actor, wish, now=now)
        await warn_sent_back(actor, row, form.reason, now=now)
        after = {"number": row.number, "reason": form.reason}
        await record(
            actor, "purchasing.send_back_wish", subject="wish", subject_id=wish, after=after, now=now
        )


def _seen(tokens: Sequence[str]) -> dict[int, int]:
    """The versions that were seen, by wish."""
    return {int(wish): int(version) for wish, _dash, version in (token.partition("-") for token in tokens)}


async def _wishes(actor: Actor, seen: Mapping[int, int]) -> list[Wish]:
    here = (Wish.school == actor.school) & Wish.id.is_in(list(seen))
    rows = {row.id: row for row in await Wish.objects().where(here)}
    if len(rows) != len(seen):
        raise Missing
    for row in rows.values():
        refuse_other_canteen(actor, row.canteen)
    return [rows[wish] for wish in seen]


def _findings(
    actor: Actor, rows: Sequence[Wish], seen: Mapping[int, int], amounts: Amounts, meeting: str
) -> list[Finding]:
    found = []
    for n, row in enumerate(rows):
        at = f"wishes.{n}"
        found += step_findings(WishState(row.state), Step.APPROVE, row.number, at)
        found += own_findings(row.submitted_by, actor.person, row.number, at)
        found += approval_findings(row.fen, amounts, principal=Role.PRINCIPAL in actor.roles, meeting=meeting)
        if row.version != seen[row.id]:
            message = _("{number} was changed since you looked at it. Look at it again.")
            found.append(error("changed_meanwhile", message, at, number=row.number))
    return list({(one.rule, one.at): one for one in found}.values())


async def _approve(actor: Actor, row: Wish, amounts: Amounts, meeting: str, now: datetime) -> None:
    approver = approver_of(row.fen, amounts)
    values = {
        "state": WishState.APPROVED.value,
        "decided_by": actor.person,
        "decided_for": await _signed_for(actor, approver, now),
        "decided_at": now,
        "decision_reason": "",
        "collective_note": meeting if approver is Approver.COLLECTIVE else "",
    }
    await update_wish(actor.school, row.id, values)
    await settle_wish(actor, row.id, now=now)
    await tell_approved(actor, row, now=now)


async def _signed_for(actor: Actor, approver: Approver, now: datetime) -> int | None:
    """Who lent the role in which it is approved (授权代签); None in a role of one's own."""
    own_deputy = approver is Approver.DEPUTY and Role.DEPUTY in actor.roles
    role = Role.DEPUTY if own_deputy else Role.PRINCIPAL
    return await signs_for(actor.school, actor.person or 0, role, local_day(now))
