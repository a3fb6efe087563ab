"""Who is asked to decide about a wish, and who is told: steps of the deeds on a wish."""

from datetime import datetime, timedelta

from canteen.accounts.rules import Role
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.money import yuan
from canteen.kit.problems import Level
from canteen.kit.texts import Word, _
from canteen.notices.services.posting import Note, ask, settle, tell, warn
from suppliers.purchasing.rules import WishKind
from suppliers.purchasing.rules.quotes import Amounts, Approver, approver_of
from suppliers.purchasing.rules.wishes import KIND_NAMES
from suppliers.purchasing.tables import Wish

SUBJECT = "wish"
TO_APPROVE, SENT_BACK, DECIDED = "purchasing.to_approve", "purchasing.sent_back", "purchasing.approved"
BUYERS = (Role.BUYER, Role.CANTEEN_MANAGER)


async def ask_approver(actor: Actor, wish: Wish, amounts: Amounts, *, now: datetime) -> None:
    """Step: whoever decides about so much has a task, due the day before the first day."""
    deputy_too = approver_of(wish.fen, amounts) is Approver.DEPUTY
    note = Note(
        topic=TO_APPROVE,
        message=_("Approve {kind} {number}: {yuan} yuan"),
        subject=SUBJECT,
        subject_id=wish.id,
        roles=(Role.PRINCIPAL, Role.DEPUTY) if deputy_too else (Role.PRINCIPAL,),
        facts=_facts(wish) | {"yuan": yuan(wish.fen)},
        link="/purchasing/approvals",
        due_on=max(wish.first_day - timedelta(days=1), local_day(now)),
    )
    await ask(actor.school, note, now=now)


async def settle_wish(actor: Actor, wish: int, *, now: datetime) -> None:
    """Step: close what is asked and warned of a wish that went on, back or away."""
    for topic in (TO_APPROVE, SENT_BACK):
        await settle(actor.school, topic, SUBJECT, wish, now=now, by=actor.person)


async def tell_approved(actor: Actor, wish: Wish, *, now: datetime) -> None:
    """Step: the asker may buy."""
    message = _("{kind} {number} is approved")
    await tell(actor.school, _to_asker(wish, DECIDED, message, "", Level.ADVICE), now=now, by=actor.person)


async def warn_sent_back(actor: Actor, wish: Wish, reason: str, *, now: datetime) -> None:
    """Step: the asker mends it and sends it again."""
    message = _("{kind} {number} was sent back: {reason}")
    await warn(actor.school, _to_asker(wish, SENT_BACK, message, reason, Level.WARNING), now=now)


def _to_asker(wish: Wish, topic: str, message: str, reason: str, level: Level) -> Note:
    return Note(
        topic=topic,
        message=message,
        subject=SUBJECT,
        subject_id=wish.id,
        roles=() if wish.submitted_by else BUYERS,
        people=(wish.submitted_by,),
        facts=_facts(wish) | {"reason": reason},
        link=f"/purchasing/plans/{wish.id}",
        level=level,
    )


def _facts(wish: Wish) -> dict[str, object]:
    return {"kind": Word(KIND_NAMES[WishKind(wish.kind)]), "number": wish.number}
