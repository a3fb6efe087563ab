"""Labels of lots, 50 × 30 mm or many on A4: name, lot, made, use by, from whom (Decree 45 article 37)."""

from collections.abc import Sequence

from canteen.kit.labels import Label
from canteen.kit.texts import _, say
from suppliers.stock.paper.words import amount_word, day_word
from suppliers.stock.services import LotLine


def lot_labels(lines: Sequence[LotLine], lang: str, weight: str, base_url: str) -> list[Label]:
    """A label for each lot; its QR opens the lot's page."""
    return [_label(line, lang, weight, base_url) for line in lines]


def _label(line: LotLine, lang: str, weight: str, base_url: str) -> Label:
    lot = line.lot
    texts = (
        (_("Lot: {what}"), lot.number),
        (_("Batch: {what}"), lot.batch_number),
        (_("Made: {what}"), day_word(lot.produced_on)),
        (_("Use by: {what}"), day_word(lot.expires_on)),
        (_("Not before: {what}"), day_word(lot.usable_from)),
        (_("Came: {what}"), day_word(lot.received_on)),
        (_("Quantity: {what}"), amount_word(lot.quantity, line.good, weight, lang)),
        (_("From: {what}"), lot.producer or line.supplier),
    )
    said = [say(lang, text, what=what) for text, what in texts if what]
    return Label(line.good.name, said, f"{base_url}/stock/lots/{lot.id}")
