"""What plans, orders and prices put on the start page of whoever has to act."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from canteen.kit.actor import Actor
from canteen.kit.money import yuan
from canteen.kit.pages import Listing
from canteen.kit.pages.cards import Card
from canteen.kit.texts import _
from suppliers.purchasing.rules import OrderState, WishKind, WishState
from suppliers.purchasing.services.expected import open_orders
from suppliers.purchasing.services.market import market_of_month
from suppliers.purchasing.services.wish_lists import WishHead, list_wishes, waiting_wishes, wishes_to_mend

Line = tuple[str, Mapping[str, Any]]
ASK_BY = 20
"""From this day of the month on a record of market prices that is missing is due."""

SHOWN = 3


async def home(actor: Actor, may: Callable[[str], bool], today: date) -> list[Card]:
    """What waits for a decision; what came back; what is approved and not bought; today's deliveries."""
    cards: list[Card] = []
    if may("purchasing.approve"):
        cards += _to_approve(await waiting_wishes(actor.school))
    if may("purchasing.plan"):
        cards += _to_mend(await wishes_to_mend(actor.school, actor.person))
        cards += await _market_due(actor.school, today)
    if may("purchasing.order"):
        cards += await _to_order(actor.school)
        cards += await _expected(actor.school, today)
    return cards


def _to_approve(heads: Sequence[WishHead]) -> list[Card]:
    if not heads:
        return []
    lines = [_line(head) for head in heads[:SHOWN]]
    total = {"count": len(heads), "yuan": yuan(sum(head.fen for head in heads))}
    lines.append((_("{count} in all, {yuan} yuan"), total))
    way = "/purchasing/approvals"
    return [Card(_("Purchases wait for your approval"), lines, way, _("Look and decide"), tone="due")]


def _to_mend(heads: Sequence[WishHead]) -> list[Card]:
    return [
        Card(
            _("A purchase came back to you"),
            [_line(head), (_("Reason: {reason}"), {"reason": head.decision_reason})],
            f"/purchasing/plans/{head.id}",
            _("Mend it"),
            tone="due",
        )
        for head in heads[:SHOWN]
    ]


async def _to_order(school: int) -> list[Card]:
    state = {"state": WishState.APPROVED.value, "kind": WishKind.REQUISITION.value}
    heads, _next = await list_wishes(school, Listing(filters=state, sort="first_day", limit=SHOWN))
    if not heads:
        return []
    way = "/purchasing/plans?state=approved&kind=requisition"
    lines = [_line(head) for head in heads]
    return [Card(_("Approved and not yet ordered"), lines, way, _("Order it"), tone="due")]


async def _expected(school: int, today: date) -> list[Card]:
    orders = [order for order in await open_orders(school, None, today) if order.deliver_on <= today]
    if not orders:
        return []
    message = _("{supplier}, {number}")
    lines = [(message, {"supplier": one.supplier_name, "number": one.number}) for one in orders[:SHOWN]]
    late = any(order.deliver_on < today for order in orders)
    tag = _("Overdue") if late else ""
    way = f"/purchasing/orders?state={OrderState.PLACED}"
    return [
        Card(_("Deliveries are expected"), lines, way, _("Orders that are out"), tag, "due" if late else "")
    ]


async def _market_due(school: int, today: date) -> list[Card]:
    """Only for who buys without a tender: a school that has asked before, or has a standing plan."""
    if today.day < ASK_BY or await market_of_month(school, today):
        return []
    before = await market_of_month(school, today.replace(day=1) - timedelta(days=1))
    plans, _next = await list_wishes(school, Listing(filters={"kind": WishKind.WEEKLY_PLAN.value}, limit=1))
    if not before and not plans:
        return []
    lines: list[Line] = [(_("Nobody has asked for this month's market prices yet."), {})]
    way = "/purchasing/market/new"
    return [Card(_("Market prices"), lines, way, _("Type what the market asks"), tone="due")]


def _line(head: WishHead) -> Line:
    facts = {"number": head.number, "first": head.first_day, "yuan": yuan(head.fen)}
    return _("{number} from {first}: {yuan} yuan"), facts
