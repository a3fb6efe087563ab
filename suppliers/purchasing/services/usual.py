"""What goods usually cost: the middle of what was paid in the last thirty days, here and in the district."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from canteen.kit.names import normalised
from canteen.tenants.rules import TenantKind
from canteen.tenants.services import ancestors, schools_under
from suppliers.goods.rules import Good
from suppliers.goods.services import goods_by_ids
from suppliers.purchasing.rules.quotes import Usual
from suppliers.purchasing.services.listed import listed_prices
from suppliers.purchasing.tables import DeliveryLine

DAYS = 30

# Both engines number the prices of a good from the lowest and keep the one or two in the middle, so that
# a year of deliveries never leaves the database.
_MEDIANS = """
SELECT name, (min(price) + max(price)) / 2 AS middle FROM (
    SELECT {name} AS name, l.fen_per_kg AS price,
        row_number() OVER (PARTITION BY {name} ORDER BY l.fen_per_kg) AS place,
        count(*) OVER (PARTITION BY {name}) AS many
    FROM suppliers_delivery_line AS l
    JOIN suppliers_delivery AS d ON d.school = l.school AND d.id = l.delivery
    JOIN suppliers_good AS g ON g.school = l.school AND g.id = l.good
    WHERE l.school IN ({schools}) AND {name} IN ({names}) AND l.arrived_on > {{}} AND l.arrived_on <= {{}}
        AND l.accepted > 0 AND l.fen_per_kg IS NOT NULL AND d.state IN ('accepted', 'part')
) AS seen WHERE place IN ((many + 1) / 2, (many + 2) / 2) GROUP BY name
"""


async def usual_prices(
    school: int, good_ids: Iterable[int], on: date, *, supplier: int | None = None
) -> dict[int, Usual]:
    """What each good cost in the thirty days up to `on`: here, at the other schools of the district (goods
    are matched by name), and by the tender's list, for a supplier when one is named. One query each.
    """
    goods = await goods_by_ids(school, good_ids)
    own = await own_medians(school, list(goods), on)
    district = await district_medians(school, [normalised(good.name) for good in goods.values()], on)
    limits = await listed_prices(school, supplier, list(goods.values()), on)
    return {id_: _usual(good, own, district, limits.get(id_)) for id_, good in goods.items()}


def _usual(good: Good, own: Mapping[int, int], district: Mapping[str, int], limit: Any) -> Usual:
    return Usual(
        own_median=own.get(good.id),
        district_median=district.get(normalised(good.name)),
        listed=limit.fen_per_kg if limit else None,
    )


async def own_medians(school: int, goods: Sequence[int], on: date) -> dict[int, int]:
    """The middle of the prices of accepted lines of a school by good, fen a kilogram."""
    return await _medians("l.good", [school], goods, on)


async def district_medians(school: int, spellings: Sequence[str], on: date) -> dict[str, int]:
    """The same of the other schools of the district by the good's spelling; of a school alone nothing."""
    above = [tenant for tenant in await ancestors(school) if tenant.kind == TenantKind.DISTRICT]
    if not above:
        return {}
    others = [tenant.id for tenant in await schools_under(above[-1].id) if tenant.id != school]
    return await _medians("g.spelling", others, spellings, on)


async def _medians(name: str, schools: Sequence[int], names: Sequence[Any], on: date) -> dict[Any, int]:
    if not schools or not names:
        return {}
    places = {"schools": _places(schools), "names": _places(names)}
    sql = _MEDIANS.format(name=name, **places)
    rows = await DeliveryLine.raw(sql, *schools, *names, on - timedelta(days=DAYS), on)
    return {row["name"]: row["middle"] for row in rows}


def _places(values: Sequence[Any]) -> str:
    return ", ".join(["{}"] * len(values))
