"""The ledgers 入库台账 and 出库台账 in the columns of domain.md 7.6, and the sums of each good."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

import msgspec

from canteen.kit.money import yuan
from canteen.kit.paper import A4_LANDSCAPE, Column, Ledger
from canteen.kit.sheets import Column as Cell
from canteen.kit.sheets import write_xlsx
from canteen.kit.texts import _, say
from canteen.schools.services.prints import Paper
from suppliers.goods.rules import Good
from suppliers.stock.paper.words import amount_word, day_word, kilograms, meal_word, price_word
from suppliers.stock.rules import MOVE_NAMES, Move
from suppliers.stock.services import Book
from suppliers.stock.services.ledgers import Entry

IN_TITLE, OUT_TITLE, SUM_TITLE = _("Receipts ledger"), _("Issues ledger"), _("Receipts, issues, balance")
TITLES = {"in": IN_TITLE, "out": OUT_TITLE, "sum": SUM_TITLE}


def ledger_sheet(book: Book, part: str, lang: str, weight: str) -> Ledger:
    """One of the ledgers (`in`, `out`, `sum`) with signature boxes."""
    columns, rows = PARTS[part](book, lang, weight)
    return Ledger(
        title=say(lang, TITLES[part]),
        school=book.school,
        period=f"{day_word(book.asked.first)} – {day_word(book.asked.last)}",
        columns=columns,
        rows=rows,
        total=_total(book, part, len(columns), lang),
        signatures=[say(lang, text) for text in (_("Storekeeper signs"), _("Canteen manager signs"))],
        sheet=A4_LANDSCAPE,
        lang=lang,
    )


def ledger_paper(book: Book, part: str) -> Paper:
    """How the register of prints knows a ledger: by its part and by what was asked for."""
    title = f"{say('zh_CN', TITLES[part])} {book.asked.first}–{book.asked.last}"
    told = [book.school, part, PARTS[part](book, "zh_CN", "kg")[1]]
    about = int.from_bytes(sha256(repr(book.asked).encode()).digest()[:7])
    kind = f"stock.ledger_{part}"
    return Paper(kind, "ledger", about, title, msgspec.json.encode(told), to_sign=True)


def _received(book: Book, lang: str, weight: str) -> tuple[list[Column], list[list[str]]]:
    """食品名称 | 品牌及规格 | 接收时间 | 保质期 | 数量 | 价格 | 金额 | 供货商 | 供货方签名 | 验收人签名."""
    columns = [
        Column(say(lang, _("Name of the goods")), 1.3),
        Column(say(lang, _("Brand and specification")), 1.5),
        Column(say(lang, _("Received on")), 1.1, "centre"),
        Column(say(lang, _("Shelf life until")), 1.1, "centre"),
        Column(say(lang, _("Quantity")), 1.5, "right"),
        Column(say(lang, _("Unit price (yuan)")), 1.2, "right"),
        Column(say(lang, _("Amount (yuan)")), 1.1, "right"),
        Column(say(lang, _("Supplier")), 1.5),
        Column(say(lang, _("Supplier signs")), 1.0),
        Column(say(lang, _("Checked by, signs")), 1.0),
        Column(say(lang, _("Slip")), 1.3),
    ]
    return columns, [_received_row(entry, lang, weight) for entry in book.came]


def _received_row(entry: Entry, lang: str, weight: str) -> list[str]:
    at, move = entry.at, entry.at.move
    return [
        at.good.name,
        at.lot.spec or at.good.spec,
        day_word(move.day),
        day_word(at.lot.expires_on),
        amount_word(move.quantity, at.good, weight, lang),
        price_word(move.fen, move.quantity, at.good, weight, lang),
        yuan(move.fen),
        at.supplier or _origin(entry, lang),
        "",
        "",
        entry.slip.number,
    ]


def _origin(entry: Entry, lang: str) -> str:
    """Where it came from when nobody sold it."""
    return "" if entry.at.move.kind == Move.IN else say(lang, MOVE_NAMES[Move(entry.at.move.kind)])


def _issued(book: Book, lang: str, weight: str) -> tuple[list[Column], list[list[str]]]:
    """日期 | 品名 | 规格 | 数量 | 用途(餐次) | 结存 | 领取人 | 库管员."""
    columns = [
        Column(say(lang, _("Day")), 1.1, "centre"),
        Column(say(lang, _("Name of the goods")), 1.3),
        Column(say(lang, _("Brand and specification")), 1.5),
        Column(say(lang, _("Quantity")), 1.5, "right"),
        Column(say(lang, _("Amount (yuan)")), 1.1, "right"),
        Column(say(lang, _("Used for (meal)")), 1.3),
        Column(say(lang, _("Balance left")), 1.5, "right"),
        Column(say(lang, _("Fetched by")), 1.0),
        Column(say(lang, _("Storekeeper")), 1.0),
        Column(say(lang, _("Slip")), 1.3),
    ]
    return columns, [_issued_row(entry, lang, weight) for entry in book.went]


def _issued_row(entry: Entry, lang: str, weight: str) -> list[str]:
    at, move = entry.at, entry.at.move
    return [
        day_word(move.day),
        at.good.name,
        at.lot.spec or at.good.spec,
        amount_word(move.quantity, at.good, weight, lang),
        yuan(-move.fen),
        used_for(entry, lang),
        amount_word(entry.left.quantity, at.good, weight, lang),
        entry.receiver,
        entry.by,
        entry.slip.number,
    ]


def used_for(entry: Entry, lang: str) -> str:
    """The meal, else what kind of move it was."""
    move = entry.at.move
    return meal_word(entry.slip.meal, lang) or say(lang, MOVE_NAMES[Move(move.kind)])


def _sums(book: Book, lang: str, weight: str) -> tuple[list[Column], list[list[str]]]:
    """期初 | 入库 | 出库 | 结存, each in quantity and money, good by good."""
    columns = [Column(say(lang, _("Name of the goods")), 1.6)]
    for group in (_("Opening stock of the good"), _("Received"), _("Issued and spent"), _("Closing balance")):
        columns.append(Column(say(lang, _("Quantity")), 1.5, "right", say(lang, group)))
        columns.append(Column(say(lang, _("Amount (yuan)")), 1.1, "right", say(lang, group)))
    return columns, [_sum_row(book, good, lang, weight) for good in _in_order(book)]


def _in_order(book: Book) -> list[Good]:
    known = [book.goods[good] for good in book.periods]
    return sorted(known, key=lambda good: (good.category, good.name))


def _sum_row(book: Book, good: Good, lang: str, weight: str) -> list[str]:
    period = book.periods[good.id]
    row = [good.name]
    for part in (period.opening, period.received, period.spent, period.closing):
        row += [amount_word(part.quantity, good, weight, lang), yuan(part.fen)]
    return row


PARTS = {"in": _received, "out": _issued, "sum": _sums}


def _total(book: Book, part: str, columns: int, lang: str) -> Sequence[str]:
    row = [""] * columns
    row[0 if part != "out" else 1] = say(lang, _("Total of the period"))
    period = book.total
    if part == "in":
        row[6] = yuan(sum(entry.amount.fen for entry in book.came))
    elif part == "out":
        row[4] = yuan(-sum(entry.amount.fen for entry in book.went))
    else:
        parts = (period.opening, period.received, period.spent, period.closing)
        row[2::2] = [yuan(one.fen) for one in parts]
    return row


def ledger_workbook(book: Book, lang: str) -> bytes:
    """Every line of the book with its balance, in and out."""
    columns = [
        Cell(say(lang, _("Day")), "day", 12),
        Cell(say(lang, _("Slip")), width=16),
        Cell(say(lang, _("Name of the goods")), width=16),
        Cell(say(lang, _("Brand and specification")), width=20),
        Cell(say(lang, _("Lot number")), width=14),
        Cell(say(lang, _("Shelf life until")), "day", 12),
        Cell(say(lang, _("Kind of movement")), width=14),
        Cell(say(lang, _("In (kg or pieces)")), "number"),
        Cell(say(lang, _("Out (kg or pieces)")), "number"),
        Cell(say(lang, _("Balance left (kg or pieces)")), "number"),
        Cell(say(lang, _("Amount (yuan)")), "fen"),
        Cell(say(lang, _("Balance (yuan)")), "fen"),
        Cell(say(lang, _("Supplier")), width=20),
        Cell(say(lang, _("Fetched by"))),
        Cell(say(lang, _("Entered by"))),
    ]
    return write_xlsx(columns, _cells(book, lang))


def _cells(book: Book, lang: str) -> Iterator[list[object]]:
    for entry in book.entries:
        at, move = entry.at, entry.at.move
        amount = kilograms(abs(move.quantity), at.good)
        yield [
            move.day,
            entry.slip.number,
            at.good.name,
            at.lot.spec or at.good.spec,
            at.lot.number,
            at.lot.expires_on,
            used_for(entry, lang),
            amount if move.quantity > 0 else None,
            amount if move.quantity < 0 else None,
            kilograms(entry.left.quantity, at.good),
            move.fen,
            entry.left.fen,
            at.supplier,
            entry.receiver,
            entry.by,
        ]
