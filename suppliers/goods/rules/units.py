"""What people weigh and count in, and what it makes in grams or pieces, fen and fen a kilogram.

A count is in thousandths of its unit (`count_milli`: 12.5 斤 is 12500), so that nothing is a float. Every
rounding is half away from zero: a correction takes back exactly what stood.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from canteen.kit.names import normalised
from canteen.kit.problems import Finding, warning
from canteen.kit.texts import DEFAULT, _, say
from suppliers.goods.rules.kinds import Measure

JIN, KILOGRAM = 500, 1000
DOUBT_PERMILLE = 1800
"""From 1.8 times the usual on (or at 1/1.8 of it) somebody may have mixed up 斤 and 公斤: twice, less the
ten per cent by which prices move within a month."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by the name people type, and how many grams (or pieces) one of it is."""

    name: str
    quantity: int


WEIGHTS: tuple[Unit, ...] = (
    Unit("斤", JIN),
    Unit("公斤", KILOGRAM),
    Unit("千克", KILOGRAM),
    Unit("kg", KILOGRAM),
    Unit("市斤", JIN),
    Unit("两", 50),
    Unit("克", 1),
    Unit("g", 1),
    Unit("吨", 1_000_000),
)
"""Always known for goods that are measured in grams."""

PIECES: tuple[Unit, ...] = (Unit("个", 1),)
"""Always known for goods that are counted."""

KNOWN: Mapping[Measure, tuple[Unit, ...]] = {Measure.GRAMS: WEIGHTS, Measure.PIECES: PIECES}


def all_units(measure: Measure, own: Sequence[Unit]) -> tuple[Unit, ...]:
    """The good's own units (袋, 箱, 板, 头, 只), then those that are always known."""
    return (*own, *KNOWN[measure])


def unit_of(units: Sequence[Unit], name: str) -> Unit:
    """The unit of that name, however it is typed. Raises ValueError for an unknown one."""
    wanted = normalised(name)
    for unit in units:
        if normalised(unit.name) == wanted:
            return unit
    raise ValueError(f"unknown unit: {name!r}")


def quantity_of(units: Sequence[Unit], unit: str, count_milli: int) -> int:
    """Grams or pieces of a count of a unit. Raises ValueError for an unknown unit."""
    return rounded(count_milli * unit_of(units, unit).quantity, 1000)


def count_of(units: Sequence[Unit], unit: str, quantity: int) -> int:
    """The count, in thousandths of the unit, of grams or pieces. Raises ValueError for an unknown unit."""
    return rounded(quantity * 1000, unit_of(units, unit).quantity)


def amount_fen(count_milli: int, price_fen: int) -> int:
    """What a count costs, in fen, at a price for one of the same unit."""
    return rounded(count_milli * price_fen, 1000)


def fen_per_kg(price_fen: int, unit_quantity: int) -> int:
    """Fen a kilogram at a price for a unit of so many grams; of counted goods, fen a thousand pieces."""
    return rounded(price_fen * 1000, unit_quantity)


def rounded(number: int, by: int) -> int:
    """A quotient rounded to the nearest whole number, a half away from zero. `by` is above 0."""
    whole = (2 * abs(number) + by) // (2 * by)
    return whole if number >= 0 else -whole


def price_doubts(fen_per_kg: int, usual: int | None) -> list[Finding]:
    """`jin_or_kilogram` when a price a kilogram is about twice or half the usual one, or farther off.

    Practice 14: 价格或重量为平时两倍或一半时，先问一句“斤还是公斤？”. Without a usual price nothing is asked.
    """
    if not usual or not _far(fen_per_kg, usual):
        return []
    message = _("The price is {times} times the usual one: per jin or per kilogram?")
    return [warning("jin_or_kilogram", message, "price_fen", times=_times(fen_per_kg, usual), usual=usual)]


def weight_doubts(quantity: int, usual: int | None) -> list[Finding]:
    """`jin_or_kilogram` when a weight is about twice or half what usually comes, or farther off."""
    if not usual or not _far(quantity, usual):
        return []
    message = _("The weight is {times} times the usual one: jin or kilograms?")
    return [warning("jin_or_kilogram", message, "count_milli", times=_times(quantity, usual), usual=usual)]


def _far(found: int, usual: int) -> bool:
    return found * 1000 >= usual * DOUBT_PERMILLE or found * DOUBT_PERMILLE <= usual * 1000


def _times(found: int, usual: int) -> str:
    return f"{rounded(found * 100, usual) / 100:g}"


def said_grams(grams: int, policy_unit: str, lang: str = DEFAULT) -> str:
    """A weight as the school says it: kilograms, or (`jin`) 斤 with the kilograms beside."""
    kilograms = plain(grams, KILOGRAM)
    if policy_unit == "jin":
        return say(lang, _("{jin} jin, {kilograms} kg"), jin=plain(grams, JIN), kilograms=kilograms)
    return say(lang, _("{kilograms} kg"), kilograms=kilograms)


def plain(quantity: int, by: int) -> str:
    """A quotient without needless noughts and with at most three decimals: 12500 by 1000 is `12.5`."""
    thousandths = rounded(quantity * 1000, by)
    whole, rest = divmod(abs(thousandths), 1000)
    decimals = f".{rest:03d}".rstrip("0") if rest else ""
    return f"{'-' if thousandths < 0 else ''}{whole}{decimals}"
