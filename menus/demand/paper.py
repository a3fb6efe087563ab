"""What to buy as a workbook."""

from collections.abc import Iterator

from canteen.kit.sheets import Column, write_xlsx
from canteen.kit.texts import _, say
from menus.demand.services import Shopping

GRAMS = 1000


def shopping_workbook(found: Shopping, lang: str) -> bytes:
    """A row a food: what the menus need, what lies there, what to buy, in kilograms."""
    columns = [
        Column(say(lang, _("Food of the menu")), width=18),
        Column(say(lang, _("Goods of the catalogue")), width=28),
        Column(say(lang, _("Needed (kg)")), "number"),
        Column(say(lang, _("On hand (kg)")), "number"),
        Column(say(lang, _("To buy (kg)")), "number"),
        Column(say(lang, _("Remark")), width=24),
    ]
    return write_xlsx(columns, _rows(found, lang))


def _rows(found: Shopping, lang: str) -> Iterator[list[object]]:
    for cover in found.covers:
        names = "、".join(good.name for good in found.goods.get(cover.need.code or "", ()))
        kilograms = [grams / GRAMS for grams in (cover.need.grams, cover.on_hand, cover.short)]
        yield [cover.need.name, names, *kilograms, ""]
    for need in found.unmatched:
        remark = say(lang, _("No good of the catalogue is led to it"))
        yield [need.name, "", need.grams / GRAMS, None, need.grams / GRAMS, remark]
