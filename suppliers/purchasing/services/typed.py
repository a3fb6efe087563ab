"""Goods as people type them: a name or alias, a unit, a count."""

from collections.abc import Mapping
from dataclasses import dataclass

from canteen.kit.names import normalised
from canteen.kit.problems import Finding, error
from canteen.kit.texts import _
from suppliers.goods.rules import Good, units_of
from suppliers.goods.rules.units import fen_per_kg, unit_of


@dataclass(frozen=True, slots=True)
class Typed:
    """A good and the unit it is typed in; `per_unit` is the grams or pieces of one."""

    good: Good
    unit: str
    per_unit: int

    def per_kg(self, price_fen: int) -> int:
        """Fen a kilogram (of counted goods: a thousand pieces) at a price for one unit."""
        return fen_per_kg(price_fen, self.per_unit)


def typed_good(goods: Mapping[str, Good], name: str, unit: str, at: str) -> Typed | list[Finding]:
    """The good of a name and its unit (blank: the one it is bought in), or what is wrong with them."""
    good = goods.get(normalised(name))
    if good is None:
        message = _("There is no {name} in the catalogue of goods.")
        return [error("good_unknown", message, f"{at}.good", name=name)]
    try:
        found = unit_of(units_of(good), unit or good.unit)
    except ValueError:
        message = _("{good} is not bought by {unit}: say in the catalogue how much one holds.")
        return [error("unit_unknown", message, f"{at}.unit", good=good.name, unit=unit)]
    return Typed(good, found.name, found.quantity)
