"""Kinds of food on a production licence (食品生产许可分类目录) and the goods that each of them may be."""

from collections.abc import Mapping

from canteen.kit.texts import _
from suppliers.goods.rules import Category

SC_NAMES: Mapping[str, str] = {
    "101": _("Processed grain"),
    "102": _("Edible oil and fat"),
    "103": _("Condiments"),
    "104": _("Meat products, by licence"),
    "105": _("Dairy products"),
    "106": _("Beverages"),
    "107": _("Instant food"),
    "108": _("Biscuits"),
    "109": _("Canned food"),
    "110": _("Frozen drinks"),
    "111": _("Quick-frozen food"),
    "112": _("Potato and puffed food"),
    "113": _("Candy"),
    "114": _("Tea"),
    "115": _("Alcoholic drinks"),
    "116": _("Vegetable products"),
    "117": _("Fruit products"),
    "118": _("Roasted seeds and nuts"),
    "119": _("Egg products"),
    "120": _("Cocoa and roasted coffee"),
    "121": _("Sugar"),
    "122": _("Aquatic products"),
    "123": _("Starch and starch products"),
    "124": _("Pastries"),
    "125": _("Bean products"),
    "126": _("Bee products"),
    "127": _("Health food"),
    "128": _("Food for special medical purposes"),
    "129": _("Infant formula"),
    "130": _("Food for special diets"),
    "131": _("Other food"),
    "201": _("Food additive"),
    "202": _("Food flavouring"),
    "203": _("Compound food additive"),
}
"""The three digits after SC: 1 food or 2 additive, and the kind."""

_DRY = frozenset({Category.CONDIMENT})
_GOODS: Mapping[str, frozenset[Category]] = {
    "101": frozenset({Category.GRAIN}),
    "102": frozenset({Category.OIL}),
    "104": frozenset({Category.MEAT_PRODUCT}),
    "105": frozenset({Category.DAIRY}),
    "107": frozenset({Category.GRAIN, Category.CONDIMENT}),
    "111": frozenset({Category.GRAIN, Category.MEAT_PRODUCT, Category.AQUATIC}),
    "119": frozenset({Category.EGG, Category.CONDIMENT}),
    "122": frozenset({Category.AQUATIC, Category.CONDIMENT}),
    "123": frozenset({Category.GRAIN, Category.CONDIMENT}),
    "124": frozenset({Category.GRAIN}),
    "125": frozenset({Category.SOY}),
    "201": frozenset({Category.ADDITIVE}),
    "202": frozenset({Category.ADDITIVE}),
    "203": frozenset({Category.ADDITIVE}),
}


def goods_of(number: str) -> frozenset[Category]:
    """The goods that an SC number covers by its own digits; kinds without a category of theirs are dry goods.

    A producer of several kinds has only the first of them in its number: the others stand in the list that
    belongs to the licence (品种明细表) and are ticked by whoever enters it.
    """
    code = number[2:5]
    return _GOODS.get(code, _DRY) if code in SC_NAMES else frozenset()
