"""采购订单: on paper, as a text to send to the supplier, and the list as a workbook."""

from collections.abc import Sequence

from canteen.kit.money import capitals, yuan
from canteen.kit.paper import Column, Ledger
from canteen.kit.sheets import Column as Cells
from canteen.kit.sheets import write_xlsx
from canteen.kit.texts import _, say
from suppliers.goods.rules.units import amount_fen
from suppliers.purchasing.paper.cells import count, minutes, money
from suppliers.purchasing.rules.wishes import ORDER_NAMES
from suppliers.purchasing.services.expected import OrderItem
from suppliers.purchasing.services.order_lists import OrderHead, OrderView


def order_title(lang: str) -> str:
    """The name of the paper."""
    return say(lang, _("Purchase order"))


def order_ledger(view: OrderView, school: str, lang: str) -> Ledger:
    """The order with its signature boxes: the school's and the supplier's."""
    head = view.head
    total = [say(lang, _("In all: {capitals}"), capitals=capitals(head.fen)), "", "", "", yuan(head.fen)]
    return Ledger(
        title=order_title(lang),
        school=school,
        columns=[
            Column(say(lang, _("No.")), 0.5, "centre"),
            Column(say(lang, _("Name and spec")), 3.0),
            Column(say(lang, _("Quantity")), 1.4, "right"),
            Column(say(lang, _("Price per unit")), 1.2, "right"),
            Column(say(lang, _("Amount (yuan)")), 1.4, "right"),
        ],
        rows=[_cells(n, line) for n, line in enumerate(view.lines, 1)],
        period=_when(head, lang),
        meta=_meta(head, lang),
        total=total,
        notices=_notices(head, lang),
        signatures=[
            say(lang, _("Buyer")),
            say(lang, _("Canteen manager")),
            say(lang, _("Supplier (stamp)")),
        ],
        lang=lang,
    )


def _cells(number: int, line: OrderItem) -> list[str]:
    spec = f" {line.spec}" if line.spec else ""
    return [
        f"{number}",
        f"{line.name}{spec}",
        f"{count(line.count_milli)}{line.unit}",
        money(line.price_fen),
        money(amount_fen(line.count_milli, line.price_fen or 0)),
    ]


def _when(head: OrderHead, lang: str) -> str:
    if head.deliver_by is None:
        return say(lang, _("Deliver on {day}"), day=f"{head.deliver_on}")
    return say(lang, _("Deliver on {day} by {hour}"), day=f"{head.deliver_on}", hour=minutes(head.deliver_by))


def _meta(head: OrderHead, lang: str) -> list[str]:
    return [
        say(lang, _("Number: {number}"), number=head.number),
        say(lang, _("Supplier: {name}"), name=f"{head.supplier_name} {head.supplier_phone}".strip()),
        head.canteen_name,
    ]


def _notices(head: OrderHead, lang: str) -> list[str]:
    said = [say(lang, _("Bring licence copies, the papers of each batch and the delivery note."))]
    return [*said, say(lang, _("Remark: {note}"), note=head.note)] if head.note else said


def order_text(view: OrderView, school: str, lang: str) -> str:
    """The order in a few lines, to paste into a chat."""
    head = view.head
    lines = [f"{n}. {line.name} {count(line.count_milli)}{line.unit}" for n, line in enumerate(view.lines, 1)]
    note = [say(lang, _("Remark: {note}"), note=head.note)] if head.note else []
    return "\n".join([f"{school} {head.canteen_name} {head.number}", _when(head, lang), *lines, *note])


def orders_workbook(heads: Sequence[OrderHead], lang: str) -> bytes:
    """The list of orders."""
    columns = [
        Cells(say(lang, _("Number")), width=18),
        Cells(say(lang, _("Supplier")), width=26),
        Cells(say(lang, _("Delivery day")), "day"),
        Cells(say(lang, _("Amount (yuan)")), "fen"),
        Cells(say(lang, _("State"))),
        Cells(say(lang, _("Purchase request")), width=18),
        Cells(say(lang, _("Ordered by"))),
        Cells(say(lang, _("Reason")), width=24),
    ]
    return write_xlsx(columns, (_row(head, lang) for head in heads))


def _row(head: OrderHead, lang: str) -> list[object]:
    return [
        head.number,
        head.supplier_name,
        head.deliver_on,
        head.fen,
        say(lang, ORDER_NAMES[head.state]),
        head.wish_number,
        head.entered_name,
        head.ended_reason,
    ]
