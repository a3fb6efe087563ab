"""农户收购凭证, blank or filled; 白条清单."""

from collections.abc import Mapping, Sequence
from typing import Any

from canteen.kit.paper import Ledger
from canteen.kit.texts import _, say
from suppliers.goods.rules import plain
from suppliers.payments.paper.words import column, figure, in_capitals, iso

BLANK_ROWS = 6
SELLER_BOXES = (
    _("Farmer (signature, thumbprint)"),
    _("Signature: handled"),
    _("Signature: accepted"),
    _("Signature: approved"),
)


def farmer_voucher(
    slip: Mapping[str, Any] | None, goods: Sequence[Mapping[str, Any]], identity: str, school: str, lang: str
) -> Ledger:
    """What was bought from a farmer; None: blank, to be filled in with the pen at the gate."""
    rows = [_line(place, row) for place, row in enumerate(goods, 1)]
    rest = (slip["fen"] - sum(row["fen"] for row in goods)) if slip else 0
    if slip and rest:
        said = slip["note"] or say(lang, _("other goods"))
        rows.append([str(len(rows) + 1), said, "", "", "", figure(rest)])
    return Ledger(
        title=say(lang, _("Voucher for goods bought from a farmer")),
        school=school,
        period=iso(slip["issued_on"]) if slip else "",
        columns=_goods_columns(lang),
        rows=rows,
        meta=_farmer(slip, identity, lang),
        total=_total(slip, lang),
        notices=(
            say(
                lang,
                _("The farmer declares: grown by the farm itself, pesticide interval kept, true as stated."),
            ),
        ),
        signatures=[say(lang, title) for title in SELLER_BOXES],
        blank_rows=0 if slip else BLANK_ROWS,
        lang=lang,
    )


def bare_ledger(slips: Sequence[Mapping[str, Any]], period: str, school: str, lang: str) -> Ledger:
    """The list of bare slips: to be replaced by invoices, or approved one by one."""
    total = sum(slip["fen"] for slip in slips)
    return Ledger(
        title=say(lang, _("List of bare slips")),
        school=school,
        period=period,
        columns=(
            column(lang, _("No."), 0.5),
            column(lang, _("Slip number"), 2),
            column(lang, _("Date of slip"), 1.2),
            column(lang, _("Seller"), 1.8),
            column(lang, _("Amount (yuan)"), 1.2, num=True),
            column(lang, _("On payment"), 1.4),
            column(lang, _("Why there is no invoice"), 2.4),
        ),
        rows=[_bare(place, slip) for place, slip in enumerate(slips, 1)],
        total=(in_capitals(lang, total), "", "", "", figure(total), "", ""),
        signatures=[say(lang, title) for title in (_("Buyer"), _("Accountant"), _("Principal"))],
        lang=lang,
    )


def _bare(place: int, slip: Mapping[str, Any]) -> list[str]:
    number, payment = slip["number"], slip["payment_number"] or ""
    return [
        str(place),
        number,
        iso(slip["issued_on"]),
        slip["seller"],
        figure(slip["fen"]),
        payment,
        slip["note"],
    ]


def _goods_columns(lang: str) -> tuple[Any, ...]:
    return (
        column(lang, _("No."), 0.5),
        column(lang, _("Goods"), 2.4),
        column(lang, _("Unit"), 0.8),
        column(lang, _("Quantity"), 1.2, num=True),
        column(lang, _("Price (yuan)"), 1.2, num=True),
        column(lang, _("Amount (yuan)"), 1.4, num=True),
    )


def _line(place: int, row: Mapping[str, Any]) -> list[str]:
    count = plain(row["fen"], row["price_fen"]) if row["price_fen"] else ""
    return [str(place), row["name"], row["unit"], count, figure(row["price_fen"]), figure(row["fen"])]


def _farmer(slip: Mapping[str, Any] | None, identity: str, lang: str) -> tuple[str, ...]:
    """Blank places for the pen where nothing is known."""
    return (
        say(lang, _("Voucher number: {number}"), number=slip["number"] if slip else "____________"),
        say(lang, _("Farmer: {name}"), name=slip["seller"] if slip else "____________"),
        say(lang, _("Identity number: {identity}"), identity=identity or "__________________"),
        say(lang, _("Village and phone: {place}"), place="______________________"),
    )


def _total(slip: Mapping[str, Any] | None, lang: str) -> tuple[str, ...]:
    if slip is None:
        return (say(lang, _("In capitals: ____万____仟____佰____拾____元____角____分")), "", "", "", "", "")
    return (in_capitals(lang, slip["fen"]), "", "", "", "", figure(slip["fen"]))
