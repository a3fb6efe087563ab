"""Notices about deliveries: what the principal decides, and which dishes a refusal hits."""

from collections.abc import Sequence
from datetime import datetime

from canteen.accounts.rules import Role
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.problems import Finding, Level
from canteen.kit.texts import _
from canteen.notices.services.posting import Note, ask, settle, tell
from canteen.schools.services.policies import policy
from suppliers.goods.services import goods_by_ids
from suppliers.licences.services import suppliers_by_ids
from suppliers.purchasing import ports
from suppliers.purchasing.tables import Delivery, DeliveryLine

DECIDE, REFUSED = "purchasing.decide", "purchasing.refused"
PLANNERS = (Role.PRINCIPAL, Role.CANTEEN_MANAGER, Role.NUTRITIONIST)


async def ask_principal(row: Delivery, stops: Sequence[Finding], *, now: datetime) -> None:
    """Step: the principal or deputy decides about goods that were taken in provisionally."""
    message = _("{number} of {supplier} waits for your decision until {hour}:00 ({count} stops)")
    hour = await policy(row.school, "provisional_hour", local_day(now))
    facts = {
        "number": row.number,
        "supplier": await seller_name(row),
        "hour": hour,
        "count": len(stops),
    }
    note = Note(
        DECIDE,
        message,
        "delivery",
        row.id,
        roles=(Role.PRINCIPAL, Role.DEPUTY),
        facts=facts,
        link=f"/deliveries/{row.id}",
        level=Level.WARNING,
        due_on=local_day(now),
    )
    await ask(row.school, note, now=now)


async def decided(actor: Actor, row: Delivery, *, now: datetime) -> None:
    """Step: the task is done."""
    await settle(row.school, DECIDE, "delivery", row.id, now=now, by=actor.person)


async def tell_refused(actor: Actor, row: Delivery, lines: Sequence[DeliveryLine], *, now: datetime) -> None:
    """Step: planner and principal are told which goods did not come in and which dishes wait for them."""
    hits = await hits_of(row, lines)
    facts = {
        "goods": [line.name for line in lines],
        "dishes": list(dict.fromkeys(hit.dish for hit in hits)),
        "number": row.number,
    }
    message = _("{number}: refused {goods}. Today's menu needs them for {dishes}")
    plain = _("{number}: refused {goods}")
    note = Note(
        REFUSED,
        message if hits else plain,
        "delivery",
        row.id,
        roles=PLANNERS,
        facts={name: value for name, value in facts.items() if hits or name != "dishes"},
        link=f"/deliveries/{row.id}",
        level=Level.WARNING if hits else Level.ADVICE,
    )
    await tell(row.school, note, now=now, by=actor.person)


async def hits_of(row: Delivery, lines: Sequence[DeliveryLine]) -> Sequence[ports.Hit]:
    """The dishes of the day's published menu that are cooked from goods of these lines."""
    goods = await goods_by_ids(row.school, {line.good for line in lines})
    codes = {good.food_code: good.name for good in goods.values() if good.food_code}
    if not codes:
        return ()
    return await ports.menus().dishes_of(row.school, row.canteen, row.arrived_on, codes)


async def seller_name(row: Delivery) -> str:
    """Who brought it, as a word for a notice."""
    if row.supplier is None:
        return "—"
    found = await suppliers_by_ids(row.school, [row.supplier])
    return str(found[row.supplier].name) if found else "—"
