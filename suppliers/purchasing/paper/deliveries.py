"""The slip of one delivery (验收单), and the lists as workbooks."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from canteen.kit.pages.formats import instant, yuan
from canteen.kit.paper import SLIP, Column, Ledger
from canteen.kit.sheets import Column as Cell
from canteen.kit.sheets import write_xlsx
from canteen.kit.texts import _, say
from suppliers.goods.rules import CATEGORY_NAMES, Category, plain, unit_of, units_of
from suppliers.purchasing.rules import DELIVERY_STATE_NAMES, REFUSAL_NAMES, Refusal
from suppliers.purchasing.services.deliveries.looking import DeliveryView


def lists(text: str) -> Any:
    """A JSON list as it is kept in a row."""
    return msgspec.json.decode(text)


def slip_ledger(view: DeliveryView, school: str, unit: str, lang: str) -> Ledger:
    """验收单 of one delivery, for the multi-part printer."""
    row = view.row
    titles = (
        (_("Good"), 2.2, "left"), (_("Specification"), 1.3, "left"), (_("Unit"), 0.8, "left"),
        (_("Delivered"), 1.0, "right"), (_("Accepted"), 1.0, "right"), (_("Unit price"), 1.0, "right"),
        (_("Amount"), 1.1, "right"), (_("Batch or date"), 1.4, "left"), (_("Remarks"), 1.5, "left"),
    )  # fmt: skip
    columns = [Column(say(lang, title), width, align) for title, width, align in titles]  # type: ignore[arg-type]
    return Ledger(
        title=say(lang, _("Goods-in slip")),
        school=school,
        columns=columns,
        rows=[_slip_row(view, line, lang) for line in view.lines],
        period=instant(row.arrived_at, lang=lang),
        meta=_slip_meta(view, lang),
        total=["", "", "", "", "", say(lang, _("Sum")), yuan(row.fen), "", ""],
        signatures=[
            say(lang, who)
            for who in (_("Delivered by"), _("Checked by"), _("Second checker"), _("Storekeeper"))
        ],
        sheet=SLIP,
        lang=lang,
    )


def _slip_meta(view: DeliveryView, lang: str) -> list[str]:
    row = view.row
    slips = "、".join(slip["number"] for slip in view.slips)
    lines = [
        say(lang, _("Number: {number}"), number=row.number),
        say(lang, _("From: {supplier}"), supplier=view.supplier.name if view.supplier else "–"),
        say(lang, _("Delivery note: {number}"), number=row.note_number or "–"),
    ]
    if slips:
        lines.append(say(lang, _("Slips of the store: {numbers}"), numbers=slips))
    if row.exception_reason:
        reason = row.exception_reason
        lines.append(say(lang, _("Decided by the principal: {reason}"), reason=reason))
    return lines


def _slip_row(view: DeliveryView, line: Any, lang: str) -> list[str]:
    one = unit_of(units_of(view.goods[line.good]), line.unit).quantity
    received = line.delivered if line.weighed is None else line.weighed
    why = say(lang, REFUSAL_NAMES[Refusal(line.refusal)]) if line.refusal else ""
    return [
        line.name,
        line.spec,
        line.unit,
        plain(received, one),
        plain(line.accepted, one),
        yuan(line.price_fen),
        yuan(line.fen),
        line.batch_number or iso(line.produced_on),
        why,
    ]


def deliveries_workbook(rows: Iterable[Any], lang: str) -> bytes:
    """The list of deliveries."""
    columns = [
        Cell(say(lang, _("Goods-in number")), width=18),
        Cell(say(lang, _("Day")), "day"),
        Cell(say(lang, _("Supplier")), width=28),
        Cell(say(lang, _("Delivery note"))),
        Cell(say(lang, _("State")), width=20),
        Cell(say(lang, _("Goods")), width=40),
        Cell(say(lang, _("Amount")), "fen"),
        Cell(say(lang, _("Reason of the principal")), width=28),
    ]
    states = {state.value: say(lang, name) for state, name in DELIVERY_STATE_NAMES.items()}
    return write_xlsx(columns, (_delivery_cells(one, states) for one in rows))


def _delivery_cells(one: Any, states: Mapping[str, str]) -> tuple[Any, ...]:
    row = one.row
    return (
        row["number"], row["arrived_on"], row["supplier_name"], row["note_number"], states[row["state"]],
        "、".join(one.goods), row["fen"], row["exception_reason"],
    )  # fmt: skip


def lines_workbook(rows: Iterable[Mapping[str, Any]], lang: str) -> bytes:
    """The list of delivered goods; weights in grams, or pieces."""
    columns = [
        Cell(say(lang, _("Day")), "day"),
        Cell(say(lang, _("Goods-in number")), width=18),
        Cell(say(lang, _("Supplier")), width=28),
        Cell(say(lang, _("Good")), width=18),
        Cell(say(lang, _("Category"))),
        Cell(say(lang, _("Specification"))),
        Cell(say(lang, _("Delivered, grams or pieces")), "grams"),
        Cell(say(lang, _("Accepted, grams or pieces")), "grams"),
        Cell(say(lang, _("Unit"))),
        Cell(say(lang, _("Unit price")), "fen"),
        Cell(say(lang, _("Amount")), "fen"),
        Cell(say(lang, _("Batch number"))),
        Cell(say(lang, _("Production date")), "day"),
        Cell(say(lang, _("Use by")), "day"),
        Cell(say(lang, _("Reason of the refusal")), width=24),
    ]
    names = {category.value: say(lang, CATEGORY_NAMES[category]) for category in Category}
    reasons = {reason.value: say(lang, REFUSAL_NAMES[reason]) for reason in Refusal}
    return write_xlsx(columns, (_line_cells(row, names, reasons) for row in rows))


def _line_cells(
    row: Mapping[str, Any], names: Mapping[str, str], reasons: Mapping[str, str]
) -> tuple[Any, ...]:
    received = row["delivered"] if row["weighed"] is None else row["weighed"]
    return (
        row["arrived_on"], row["number"], row["supplier_name"], row["name"], names[row["category"]],
        row["spec"], received, row["accepted"], row["unit"], row["price_fen"], row["fen"],
        row["batch_number"], row["produced_on"], row["expires_on"], reasons.get(row["refusal"] or "", ""),
    )  # fmt: skip


def iso(on: date | None) -> str:
    """A day as figures, blank for none."""
    return on.isoformat() if on else ""
