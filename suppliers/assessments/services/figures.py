"""A school year's figures of a supplier: of its deliveries, at a district of its schools' assessments."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from statistics import median_low
from typing import Any

import msgspec

from canteen.tenants.rules import TenantKind
from canteen.tenants.services import tenant
from suppliers.assessments.rules import Figures, days_of, summed
from suppliers.assessments.tables import Assessment
from suppliers.licences.tables import Supplier
from suppliers.purchasing.services.accounted import Delivered, delivered_between, priced_lines


async def year_figures(school: int, year: int) -> dict[int, Figures]:
    """Every supplier's figures of a school year by id; at a district those of its library's suppliers."""
    if (await tenant(school)).kind != TenantKind.SCHOOL:
        return await _from_schools(school, year)
    first, last = days_of(year)
    delivered = await delivered_between(school, None, first, last)
    prices = _prices(await priced_lines(school, first, last))
    return {supplier: _figures(one, prices.get(supplier)) for supplier, one in delivered.items()}


async def schools_of(district: int, year: int) -> dict[int, list[dict[str, Any]]]:
    """By supplier of a district's library: what each of its schools said last of that year."""
    here = (Assessment.supplier.origin_school == district) & (Assessment.year == year)
    rows = await (
        Assessment.select(
            *Assessment.all_columns(),
            Assessment.supplier.origin_id.as_alias("origin"),
            Assessment.school.name.as_alias("school_name"),
        )
        .where(here)
        .order_by(Assessment.id)
    )
    last = {row["supplier"]: row for row in rows}
    found: dict[int, list[dict[str, Any]]] = {}
    for row in last.values():
        found.setdefault(row["origin"], []).append(row)
    return found


async def copies_of(district: int, suppliers: Sequence[int]) -> dict[int, int]:
    """How many schools deal with each supplier of a district's library."""
    here = (Supplier.origin_school == district) & Supplier.origin_id.is_in(list(suppliers) or [0])
    rows = await Supplier.select(Supplier.origin_id).where(here)
    found: dict[int, int] = {}
    for row in rows:
        found[row["origin_id"]] = found.get(row["origin_id"], 0) + 1
    return found


def kept_figures(figures: Figures) -> str:
    """Figures as JSON."""
    return msgspec.json.encode(asdict(figures)).decode()


def read_figures(text: str) -> Figures:
    """Figures as they were kept; what was not measured then is as nothing."""
    kept = msgspec.json.decode(text, type=dict[str, int | None])
    known = {field.name for field in fields(Figures)}
    return replace(Figures(), **{name: value for name, value in kept.items() if name in known})  # type: ignore[arg-type]


async def _from_schools(district: int, year: int) -> dict[int, Figures]:
    said = await schools_of(district, year)
    return {
        supplier: summed([read_figures(row["figures"]) for row in rows]) for supplier, rows in said.items()
    }


def _figures(one: Delivered, price: tuple[int, int] | None) -> Figures:
    lines, permille = price or (0, None)
    return Figures(**asdict(one), compared_lines=lines, price_permille=permille)


def _prices(rows: Sequence[Mapping[str, Any]]) -> dict[int, tuple[int, int]]:
    """By supplier: on how many lines others' prices are known, and how far above their median they stood."""
    goods: dict[int, dict[int, list[int]]] = {}
    for row in rows:
        goods.setdefault(row["good"], {}).setdefault(row["supplier"], []).append(row["fen_per_kg"])
    above: dict[int, list[int]] = {}
    for by_seller in goods.values():
        for seller, own in by_seller.items():
            others = [price for other, prices in by_seller.items() if other != seller for price in prices]
            if others:
                usual = median_low(others)
                above.setdefault(seller, []).extend((price - usual) * 1000 // usual for price in own)
    return {seller: (len(all_), sum(all_) // len(all_)) for seller, all_ in above.items()}
