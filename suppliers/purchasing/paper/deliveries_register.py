"""进货查验记录 and 退货/销毁记录 for a time, on paper and as workbooks."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from canteen.kit.pages.formats import day, instant
from canteen.kit.paper import A4_LANDSCAPE, Column, Ledger
from canteen.kit.sheets import Column as Cell
from canteen.kit.sheets import write_xlsx
from canteen.kit.texts import _, say
from suppliers.goods.rules import PAPER_NAMES, PaperKind, said
from suppliers.purchasing.rules import REFUSAL_NAMES, WAY_NAMES, Refusal, Way
from suppliers.purchasing.services.deliveries.register import Entry, Gone, licence_numbers

LICENCES = (
    PaperKind.FOOD_OPERATION,
    PaperKind.FOOD_PRODUCTION,
    PaperKind.PREPACKAGED_FILING,
    PaperKind.WORKSHOP_REGISTRATION,
    PaperKind.SLAUGHTER_LICENCE,
    PaperKind.ADDITIVE_LICENCE,
    PaperKind.FARM_LICENCE,
)
REPORTS = (PaperKind.BATCH_REPORT, PaperKind.TYPE_REPORT)
PROOFS = (PaperKind.PURCHASE_PROOF,)
TESTS = (PaperKind.QUICK_TEST,)
COMING = _("Papers that came with the goods")
CHECK = _("Check on arrival")

REGISTER: Sequence[tuple[str, float, str]] = (
    (_("No."), 0.5, ""),
    (_("Day of delivery"), 1.0, ""),
    (_("Name of the product"), 1.5, ""),
    (_("Specification of the product"), 1.0, ""),
    (_("Quantity received"), 1.1, ""),
    (_("Batch number or date of production"), 1.2, ""),
    (_("Producer of the product"), 1.3, ""),
    (_("Producer's address and contact (phone etc.)"), 1.3, ""),
    (_("Supplier of the product"), 1.5, ""),
    (_("Supplier's address and contact (phone etc.)"), 1.6, ""),
    (_("Permit (if any)"), 1.2, COMING),
    (_("Business licence (if any)"), 1.2, COMING),
    (_("Proof of purchase"), 1.0, COMING),
    (_("Test report of this batch"), 1.0, COMING),
    (_("Other certificates (if any)"), 1.5, COMING),
    (_("Outer look"), 0.8, CHECK),
    (_("Temperature (where needed)"), 0.8, CHECK),
    (_("Own or commissioned tests"), 0.9, ""),
    (_("Recorded by"), 0.9, ""),
    (_("Remarks"), 1.5, ""),
)
"""附录B 进货查验记录 of 餐饮服务食品安全操作规范 (2018), column by column (domain.md 2.5)."""


def register_rows(entries: Sequence[Entry], unit: str, lang: str) -> list[list[str]]:
    """The rows of 附录B as texts."""
    return [_register_row(number, entry, unit, lang) for number, entry in enumerate(entries, 1)]


def register_ledger(
    entries: Sequence[Entry], school: str, days: tuple[date, date], unit: str, lang: str
) -> Ledger:
    """进货查验记录 on A4, with boxes for who recorded and who looks it over."""
    return Ledger(
        title=say(lang, _("Record of goods-in inspection")),
        school=school,
        columns=[
            Column(say(lang, title), width, group=say(lang, group) if group else "")
            for title, width, group in REGISTER
        ],
        rows=register_rows(entries, unit, lang),
        period=period(*days, lang),
        notices=[say(lang, _("Kept until six months after the end of the shelf life; at least two years."))],
        signatures=[say(lang, who) for who in (_("Recorded by"), _("Second checker"), _("Safety officer"))],
        sheet=A4_LANDSCAPE,
        lang=lang,
    )


def register_workbook(entries: Sequence[Entry], unit: str, lang: str) -> bytes:
    """The same as a workbook."""
    columns = [
        Cell(say(lang, title), "number" if n == 0 else "text") for n, (title, _w, _g) in enumerate(REGISTER)
    ]
    rows = ([int(row[0]), *row[1:]] for row in register_rows(entries, unit, lang))
    return write_xlsx(columns, rows)


def _register_row(number: int, entry: Entry, unit: str, lang: str) -> list[str]:
    line, supplier = entry.line, entry.supplier
    return [
        str(number),
        line.arrived_on.isoformat(),
        line.name,
        line.spec,
        said(line.accepted or line.delivered, entry.good, unit, lang),
        " ".join(part for part in (line.batch_number, _iso(line.produced_on)) if part),
        line.producer,
        line.producer_contact,
        supplier.name if supplier else "",
        " ".join(part for part in (supplier.address, supplier.phone) if part) if supplier else "",
        licence_numbers(entry, *LICENCES),
        licence_numbers(entry, PaperKind.BUSINESS_LICENCE),
        _proof(entry, lang),
        _numbers(entry, REPORTS, lang),
        _others(entry, lang),
        _looked(line.senses, lang),
        "" if line.celsius_tenths is None else f"{line.celsius_tenths / 10:g} ℃",
        _numbers(entry, TESTS, lang),
        entry.checked_by,
        _remarks(entry, lang),
    ]


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""


def _numbers(entry: Entry, kinds: Sequence[PaperKind], lang: str) -> str:
    present = say(lang, _("present"))
    return "、".join(paper.number or present for paper in entry.papers if paper.kind in kinds)


def _proof(entry: Entry, lang: str) -> str:
    return entry.delivery.note_number or _numbers(entry, PROOFS, lang)


def _others(entry: Entry, lang: str) -> str:
    shown = (*REPORTS, *PROOFS, *TESTS)
    return "、".join(
        f"{say(lang, PAPER_NAMES[PaperKind(paper.kind)])} {paper.number}".strip()
        for paper in entry.papers
        if paper.kind not in shown
    )


def _looked(senses: str, lang: str) -> str:
    found: Mapping[str, bool] = msgspec.json.decode(senses)
    if not found:
        return ""
    return say(lang, _("all right")) if all(found.values()) else say(lang, _("not all right"))


def _remarks(entry: Entry, lang: str) -> str:
    parts = []
    if entry.line.refusal:
        why = say(lang, REFUSAL_NAMES[Refusal(entry.line.refusal)])
        parts.append(say(lang, _("refused: {why}"), why=why))
    if entry.delivery.state == "provisional":
        parts.append(say(lang, _("provisional, not decided")))
    if entry.delivery.exception_reason and entry.stops:
        reason = entry.delivery.exception_reason
        parts.append(say(lang, _("decided by the principal: {reason}"), reason=reason))
    if entry.delivery.corrects:
        parts.append(say(lang, _("a correction")))
    return "；".join(parts)


def period(first: date, last: date, lang: str) -> str:
    """From when to when, as it stands under a title."""
    if first == last:
        return day(first, year=True, lang=lang)
    return f"{day(first, year=True, lang=lang)} – {day(last, year=True, lang=lang)}"


REFUSED: Sequence[tuple[str, float]] = (
    (_("Day"), 1.0),
    (_("Goods-in number"), 1.3),
    (_("Good"), 1.5),
    (_("Supplier"), 1.6),
    (_("Refused quantity"), 1.2),
    (_("Reason"), 1.6),
    (_("Returned or destroyed"), 1.2),
    (_("When"), 1.3),
    (_("Taken by"), 1.1),
    (_("Handled by"), 1.0),
    (_("Witness"), 1.0),
)


def refused_rows(found: Sequence[Gone], unit: str, lang: str) -> list[list[str]]:
    """退货/销毁记录 as texts: a row for each thing done, and one for what still stands about."""
    return [row for one in found for row in _gone_rows(one, unit, lang)]


def _gone_rows(one: Gone, unit: str, lang: str) -> list[list[str]]:
    head = [one.line.arrived_on.isoformat(), one.delivery.number, one.line.name, one.supplier]
    why = say(lang, REFUSAL_NAMES[Refusal(one.line.refusal)]) if one.line.refusal else ""
    rows = [
        [
            *head,
            said(done["quantity"], one.good, unit, lang),
            why,
            say(lang, WAY_NAMES[Way(done["way"])]),
            instant(done["happened_at"], lang=lang),
            done["taken_by"],
            done["by_name"] or "",
            done["witness_name"] or "",
        ]
        for done in one.disposals
    ]
    left = one.refused - sum(done["quantity"] for done in one.disposals)
    if left:
        rows.append(
            [*head, said(left, one.good, unit, lang), why, say(lang, _("still here")), "", "", "", ""]
        )
    return rows


def refused_ledger(
    found: Sequence[Gone], school: str, days: tuple[date, date], unit: str, lang: str
) -> Ledger:
    """退货/销毁记录 on A4."""
    return Ledger(
        title=say(lang, _("Record of returned and destroyed goods")),
        school=school,
        columns=[Column(say(lang, title), width) for title, width in REFUSED],
        rows=refused_rows(found, unit, lang),
        period=period(*days, lang),
        signatures=[say(lang, who) for who in (_("Handled by"), _("Witness"), _("Safety officer"))],
        sheet=A4_LANDSCAPE,
        lang=lang,
    )


def refused_workbook(found: Sequence[Gone], unit: str, lang: str) -> bytes:
    """The same as a workbook."""
    return write_xlsx([Cell(say(lang, title)) for title, _w in REFUSED], refused_rows(found, unit, lang))
