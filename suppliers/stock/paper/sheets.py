"""Lists of the store as workbooks."""

from collections.abc import Iterable

from canteen.kit.sheets import Column, write_xlsx
from canteen.kit.texts import _, say
from suppliers.goods.rules import CATEGORY_NAMES
from suppliers.stock.paper.words import kilograms, meal_word
from suppliers.stock.rules import ORIGIN_NAMES, SLIP_NAMES, STANDING_NAMES, Origin, SlipKind
from suppliers.stock.services import LotLine, SlipHead
from suppliers.stock.services.file import COLUMNS


def lots_workbook(lines: Iterable[LotLine], lang: str) -> bytes:
    """Lots with what is left of them."""
    columns = [
        Column(say(lang, _("Lot number"))),
        Column(say(lang, _("Name of the goods")), width=18),
        Column(say(lang, _("Category")), width=18),
        Column(say(lang, _("How it stands"))),
        Column(say(lang, _("Received on")), "day"),
        Column(say(lang, _("Made on")), "day"),
        Column(say(lang, _("Shelf life until")), "day"),
        Column(say(lang, _("Batch number"))),
        Column(say(lang, _("Came in (kg or pieces)")), "number"),
        Column(say(lang, _("Left (kg or pieces)")), "number"),
        Column(say(lang, _("Value left (yuan)")), "fen"),
        Column(say(lang, _("Origin"))),
        Column(say(lang, _("Supplier")), width=22),
        Column(say(lang, _("Producer")), width=22),
        Column(say(lang, _("Place"))),
    ]
    return write_xlsx(columns, (_lot(line, lang) for line in lines))


def _lot(line: LotLine, lang: str) -> list[object]:
    lot = line.lot
    return [
        lot.number,
        line.good.name,
        say(lang, CATEGORY_NAMES[line.good.category]),
        say(lang, STANDING_NAMES[line.standing]),
        lot.received_on,
        lot.produced_on,
        lot.expires_on,
        lot.batch_number,
        kilograms(lot.quantity, line.good),
        kilograms(lot.quantity_left, line.good),
        lot.fen_left,
        say(lang, ORIGIN_NAMES[Origin(lot.origin)]),
        line.supplier,
        lot.producer,
        line.place,
    ]


def slips_workbook(heads: Iterable[SlipHead], lang: str) -> bytes:
    """Slips with their sums."""
    columns = [
        Column(say(lang, _("Slip")), width=16),
        Column(say(lang, _("Kind of store slip"))),
        Column(say(lang, _("Day")), "day"),
        Column(say(lang, _("Used for (meal)"))),
        Column(say(lang, _("Amount (yuan)")), "fen"),
        Column(say(lang, _("Entered by"))),
        Column(say(lang, _("Entered at")), "instant", 18),
    ]
    return write_xlsx(
        columns,
        (
            [
                head.slip.number,
                say(lang, SLIP_NAMES[SlipKind(head.slip.kind)]),
                head.slip.day,
                meal_word(head.slip.meal, lang),
                head.slip.fen,
                head.by,
                head.slip.entered_at,
            ]
            for head in heads
        ),
    )


def opening_form() -> bytes:
    """The blank workbook that an import of opening stock reads."""
    return write_xlsx([Column(names[0]) for names in COLUMNS.values()], [])
