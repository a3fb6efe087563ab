"""采购计划 and 请购单: what is wanted, by whom, who approved it; on paper and as a workbook."""

from collections.abc import Sequence

from canteen.kit.clock import local_day
from canteen.kit.money import capitals, yuan
from canteen.kit.paper import Column, Ledger
from canteen.kit.sheets import Column as Cells
from canteen.kit.sheets import write_xlsx
from canteen.kit.texts import _, say
from suppliers.purchasing.paper.cells import count, money, period
from suppliers.purchasing.rules import WishKind, WishState
from suppliers.purchasing.rules.wishes import KIND_NAMES, STATE_NAMES
from suppliers.purchasing.services.wish_lists import WishHead, WishItem, WishView


def wish_title(head: WishHead, lang: str) -> str:
    """The name of the paper."""
    return say(lang, KIND_NAMES[head.kind])


def wish_ledger(view: WishView, school: str, lang: str) -> Ledger:
    """The sheet with its signature boxes: who asks, who approves, who will buy."""
    head = view.head
    total = [
        say(lang, _("In all: {capitals}"), capitals=capitals(head.fen)),
        "",
        "",
        "",
        "",
        yuan(head.fen),
        "",
    ]
    return Ledger(
        title=wish_title(head, lang),
        school=school,
        columns=_columns(lang),
        rows=[_cells(n, line) for n, line in enumerate(view.lines, 1)],
        period=period(head.first_day, head.last_day, lang),
        meta=_meta(head, lang),
        total=total,
        notices=_notices(head, lang),
        signatures=[say(lang, title) for title in _signers(head)],
        lang=lang,
    )


def _signers(head: WishHead) -> list[str]:
    """Who signs; who has approved in the product need not approve in ink too (practice 11)."""
    approval = [] if is_approved(head) else [_("Approved by")]
    return [_("Asked for by"), _("General affairs, looked at by"), *approval, _("Buyers (two people)")]


def is_approved(head: WishHead) -> bool:
    """Whether somebody has approved it here."""
    return head.state in (WishState.APPROVED, WishState.CLOSED) and head.decided_name is not None


def _columns(lang: str) -> list[Column]:
    return [
        Column(say(lang, _("No.")), 0.5, "centre"),
        Column(say(lang, _("Name and spec")), 2.4),
        Column(say(lang, _("Needed on")), 1.3, "centre"),
        Column(say(lang, _("Quantity")), 1.2, "right"),
        Column(say(lang, _("Price per unit")), 1.1, "right"),
        Column(say(lang, _("Amount (yuan)")), 1.3, "right"),
        Column(say(lang, _("Remark")), 1.4),
    ]


def _cells(number: int, line: WishItem) -> list[str]:
    good = line.good
    spec = f" {good.spec}" if good.spec else ""
    return [
        f"{number}",
        f"{good.name}{spec}",
        f"{line.day:%m-%d}",
        f"{count(line.count_milli)}{line.unit}",
        money(line.price_fen),
        money(line.fen),
        line.note,
    ]


def _meta(head: WishHead, lang: str) -> list[str]:
    said = [say(lang, _("Number: {number}"), number=head.number), head.canteen_name]
    if head.purpose:
        said.append(say(lang, _("Purpose: {purpose}"), purpose=head.purpose))
    return said


def _notices(head: WishHead, lang: str) -> list[str]:
    """Who decided, for whom, in which meeting, and why not the cheapest."""
    said = []
    if head.decided_at and is_approved(head):
        day = f"{local_day(head.decided_at)}"
        said.append(say(lang, _("Approved by {name} on {day}."), name=head.decided_name, day=day))
    if head.decided_for_name:
        said.append(say(lang, _("Signed for {name} by delegation."), name=head.decided_for_name))
    if head.collective_note:
        said.append(say(lang, _("Decided collectively: {meeting}"), meeting=head.collective_note))
    if head.choice_reason:
        said.append(say(lang, _("Why not the cheapest offer: {reason}"), reason=head.choice_reason))
    return said


def wish_workbook(view: WishView, lang: str) -> bytes:
    """The lines of one sheet."""
    titles = (_("Name"), _("Specification"), _("Needed on"), _("Unit"), _("Quantity"), _("Price per unit"))
    kinds = ("text", "text", "day", "text", "number", "fen")
    columns = [Cells(say(lang, title), kind) for title, kind in zip(titles, kinds, strict=True)]  # type: ignore[arg-type]
    columns += [Cells(say(lang, _("Amount (yuan)")), "fen"), Cells(say(lang, _("Remark")))]
    rows = (
        [
            line.good.name,
            line.good.spec,
            line.day,
            line.unit,
            line.count_milli / 1000,
            line.price_fen,
            line.fen,
            line.note,
        ]
        for line in view.lines
    )
    return write_xlsx(columns, rows)


def wishes_workbook(heads: Sequence[WishHead], lang: str) -> bytes:
    """The list of sheets."""
    columns = [
        Cells(say(lang, _("Number")), width=18),
        Cells(say(lang, _("Kind"))),
        Cells(say(lang, _("From")), "day"),
        Cells(say(lang, _("Until")), "day"),
        Cells(say(lang, _("Purpose")), width=24),
        Cells(say(lang, _("Amount (yuan)")), "fen"),
        Cells(say(lang, _("State"))),
        Cells(say(lang, _("Asked for by"))),
        Cells(say(lang, _("Approved by"))),
        Cells(say(lang, _("Decided at")), "instant", 18),
    ]
    return write_xlsx(columns, (_row(head, lang) for head in heads))


def _row(head: WishHead, lang: str) -> list[object]:
    return [
        head.number,
        say(lang, KIND_NAMES[WishKind(head.kind)]),
        head.first_day,
        head.last_day,
        head.purpose,
        head.fen,
        say(lang, STATE_NAMES[head.state]),
        head.submitted_name or head.entered_name,
        head.decided_name,
        head.decided_at,
    ]
