"""What is looked at, smelt and felt at the door, by kind of goods.

After the sheet 食材验收表 and Decree 45 (2019) article 35: nothing rotten, rancid, mouldy, dirty, mixed with
foreign bodies or otherwise wrong to the senses is bought or used.
"""

from collections.abc import Mapping

from canteen.kit.texts import _
from suppliers.goods.rules import Category

PACKAGE = "package"
LABEL = "label"
SMELL = "smell"
LOOK = "look"
FRESH = "fresh"
CLEAN = "clean"
FROZEN_THROUGH = "frozen_through"
STAMPS = "stamps"

SENSE_NAMES: Mapping[str, str] = {
    PACKAGE: _("Packaging whole and clean"),
    LABEL: _("Chinese label with date and producer"),
    SMELL: _("No strange smell"),
    LOOK: _("No mould, rot, sprouts or foreign bodies"),
    FRESH: _("Fresh"),
    CLEAN: _("Clean"),
    FROZEN_THROUGH: _("Frozen through, not thawed"),
    STAMPS: _("Both inspection stamps on the meat"),
}

_PACKED = (PACKAGE, LABEL, LOOK)
_RAW = (SMELL, LOOK, FRESH)

SENSES: Mapping[Category, tuple[str, ...]] = {
    Category.GRAIN: (*_PACKED, SMELL),
    Category.OIL: (*_PACKED, SMELL),
    Category.PORK: (*_RAW, STAMPS),
    Category.MEAT: _RAW,
    Category.MEAT_PRODUCT: (*_PACKED, SMELL),
    Category.EGG: (LOOK, FRESH, CLEAN),
    Category.PRODUCE: _RAW,
    Category.AQUATIC: _RAW,
    Category.SOY: (PACKAGE, SMELL, FRESH),
    Category.DAIRY: _PACKED,
    Category.CONDIMENT: _PACKED,
    Category.ADDITIVE: _PACKED,
    Category.IMPORTED: _PACKED,
    Category.TABLEWARE: (PACKAGE, CLEAN),
}


def senses_for(category: str, storage: str) -> tuple[str, ...]:
    """The checks of a line; frozen goods are also felt."""
    checks = SENSES[Category(category)]
    return (*checks, FROZEN_THROUGH) if storage == "frozen" else checks
