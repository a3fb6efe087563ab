"""What money puts on the start page: what waits for one's signature, for one's approval, to be paid."""

from collections.abc import Callable
from datetime import date

from canteen.kit.actor import Actor
from canteen.kit.money import yuan
from canteen.kit.pages.cards import Card
from canteen.kit.texts import _
from suppliers.payments import services


async def home(actor: Actor, may: Callable[[str], bool], today: date) -> list[Card]:
    """Payments to sign, payments to pay, one's own advance that is due."""
    cards = []
    if may("payments.sign") and (views := await services.waiting_for(actor)):
        title = _("Payments wait for your signature")
        cards.append(_card(title, views, "/payments/sign", _("Look through and sign")))
    if may("payments.pay") and (views := await services.to_pay(actor)):
        cards.append(_card(_("Payments to make"), views, "/payments/pay", _("To the payments")))
    if may("payments.enter"):
        cards += [
            _advance(row, today) for row in await services.list_advances(actor.school) if _is_mine(row, actor)
        ]
    return cards


def _card(title: str, views: list[services.PaymentView], url: str, label: str) -> Card:
    facts = {"count": len(views), "yuan": yuan(sum(view.row["fen"] for view in views))}
    return Card(title, [(_("{count} payments, {yuan} yuan"), facts)], url, label, tone="due")


def _is_mine(row: dict[str, object], actor: Actor) -> bool:
    is_open = row["given_by"] is not None and row["settled_at"] is None and row["spent_fen"] is None
    return is_open and row["person"] == actor.person


def _advance(row: dict[str, object], today: date) -> Card:
    due, fen = row["due_on"], row["fen"]
    late = isinstance(due, date) and due < today
    facts = {"yuan": yuan(fen if isinstance(fen, int) else 0), "day": due}
    line = (_("{yuan} yuan, to be accounted for by {day}"), facts)
    tag = _("overdue") if late else ""
    url = f"/payments/advances/{row['id']}"
    return Card(_("Your cash advance"), [line], url, _("Account for it"), tag, "due" if late else "")
