"""The same as workbooks."""

from collections.abc import Iterable, Sequence
from typing import Any

from canteen.kit.sheets import Column, write_xlsx
from canteen.kit.texts import _, say
from suppliers.goods.rules import SOURCE_NAMES, Source
from suppliers.licences.paper.words import goods, kind_word, state_word, verified_on
from suppliers.licences.rules import STANDING_NAMES, STATE_NAMES, Standing
from suppliers.licences.services import SupplierLine, Wall
from suppliers.licences.services.ledger import LedgerRow


def suppliers_workbook(lines: Iterable[SupplierLine], lang: str) -> bytes:
    """The list of suppliers, in columns that an import reads again."""
    columns = [
        Column("供应商名称", width=28),
        Column("类型"),
        Column("统一社会信用代码", width=22),
        Column("联系人"),
        Column("联系电话", width=16),
        Column("地址", width=30),
        Column("供货品类", width=30),
        Column(say(lang, _("Standing"))),
        Column(say(lang, _("Papers at hand")), width=24),
        Column(say(lang, _("First to end")), "day"),
    ]
    return write_xlsx(columns, (_line(line, lang) for line in lines))


def _line(line: SupplierLine, lang: str) -> list[Any]:
    row = line.row
    states = "、".join(f"{say(lang, STATE_NAMES[state])} {count}" for state, count in line.states.items())
    return [
        row.name,
        say(lang, SOURCE_NAMES[Source(row.source)]),
        row.credit_code,
        row.contact,
        row.phone,
        row.address,
        goods(line.categories, lang),
        say(lang, STANDING_NAMES[Standing(row.standing)]),
        states,
        line.next_end,
    ]


def wall_workbook(wall: Wall, lang: str) -> bytes:
    """Every paper of the wall, the first to end first."""
    columns = [
        Column(say(lang, _("Owner")), width=28),
        Column(say(lang, _("Kind of paper")), width=26),
        Column(say(lang, _("Number")), width=24),
        Column(say(lang, _("Issuer")), width=24),
        Column(say(lang, _("Valid until")), "day"),
        Column(say(lang, _("Days left")), "number"),
        Column(say(lang, _("State"))),
    ]
    shown = [view for band in wall.bands for view in band.papers]
    return write_xlsx(columns, ([*_paper(view, lang)] for view in [*shown, *wall.pending]))


def _paper(view: Any, lang: str) -> list[Any]:
    return [
        view.row["supplier_name"] or view.row["canteen_name"] or say(lang, _("Our own papers")),
        kind_word(view, lang),
        view.paper.number,
        view.row["issuer"],
        view.paper.valid_to,
        view.standing.days_left,
        state_word(view, lang),
    ]


def ledger_workbook(rows: Sequence[LedgerRow], lang: str) -> bytes:
    """The ledger of papers as a workbook, every cell filled."""
    columns = [
        Column(say(lang, _("Supplier's name")), width=28),
        Column(say(lang, _("Credit code")), width=22),
        Column(say(lang, _("Contact and phone")), width=20),
        Column(say(lang, _("Supplier's address")), width=30),
        Column(say(lang, _("Kind of paper")), width=26),
        Column(say(lang, _("Number")), width=24),
        Column(say(lang, _("Issuer")), width=24),
        Column(say(lang, _("Valid from")), "day"),
        Column(say(lang, _("Valid until")), "day"),
        Column(say(lang, _("Copy, stamped")), "number"),
        Column(say(lang, _("Verified by"))),
        Column(say(lang, _("Verified on"))),
        Column(say(lang, _("State"))),
    ]
    return write_xlsx(columns, (_row(row, lang) for row in rows))


def _row(row: LedgerRow, lang: str) -> list[Any]:
    view = row.view
    return [
        row.name,
        row.code,
        row.call,
        row.address,
        kind_word(view, lang),
        view.paper.number,
        view.row["issuer"],
        view.paper.valid_from,
        view.paper.valid_to,
        len(view.scans),
        view.row["checked_name"] or "",
        verified_on(view),
        state_word(view, lang),
    ]
