"""Looking at goods: lists, one, several by id or by name, and what people type."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from piccolo.columns.combination import And, Where

from canteen.kit.names import normalised
from canteen.kit.pages import Listing
from canteen.kit.problems import Missing
from canteen.tenants.services import ancestors
from suppliers.goods import tables
from suppliers.goods.rules import Category, Good, Measure, Storage, Unit

SORTS = ("name", "category")
FILTERS = ("category", "storage", "retired", "unmapped")
MOST_IN_A_SHEET = 5000


def good_of_row(row: Mapping[str, Any]) -> Good:
    """A row of suppliers_good as the value that rules work with."""
    units = msgspec.json.decode(row["units"])
    return Good(
        id=row["id"],
        name=row["name"],
        aliases=tuple(msgspec.json.decode(row["aliases"])),
        category=Category(row["category"]),
        spec=row["spec"],
        measure=Measure(row["measure"]),
        unit=row["unit"],
        units=tuple(Unit(unit["name"], unit["quantity"]) for unit in units),
        storage=Storage(row["storage"]),
        shelf_life_days=row["shelf_life_days"],
        expiry_lead_days=row["expiry_lead_days"],
        food_code=row["food_code"],
        origin_school=row["origin_school"],
        origin_id=row["origin_id"],
        retired=row["retired_at"] is not None,
        changed_at=row["changed_at"],
    )


async def good_of(school: int, good: int) -> Good:
    """One good of a school, retired or not. Raises Missing."""
    found = await goods_by_ids(school, [good])
    if good not in found:
        raise Missing
    return found[good]


async def goods_by_ids(school: int, ids: Iterable[int]) -> dict[int, Good]:
    """Several goods of a school by id, retired ones too, in one query; other ids are left out."""
    wanted = list(ids)
    if not wanted:
        return {}
    here = (tables.Good.school == school) & tables.Good.id.is_in(wanted)
    return {row["id"]: good_of_row(row) for row in await tables.Good.select().where(here)}


async def goods_by_name(school: int) -> dict[str, Good]:
    """Every good in use by each of its names as they are compared (kit.names.normalised); a good's own name
    goes before another's alias. For imports, which meet names by the thousand.
    """
    here = (tables.Good.school == school) & tables.Good.retired_at.is_null()
    goods = [good_of_row(row) for row in await tables.Good.select().where(here).order_by(tables.Good.id)]
    found = {normalised(alias): good for good in reversed(goods) for alias in good.aliases}
    return {**found, **{normalised(good.name): good for good in goods}}


async def goods_of_foods(school: int, codes: Iterable[str]) -> dict[str, list[Good]]:
    """The goods in use that are led to each of these foods of the composition table."""
    wanted = list(codes)
    found: dict[str, list[Good]] = {code: [] for code in wanted}
    if wanted:
        here = _in_use(school) & tables.Good.food_code.is_in(wanted)
        for row in await tables.Good.select().where(here).order_by(tables.Good.id):
            found[row["food_code"]].append(good_of_row(row))
    return found


async def find_goods(school: int, text: str, limit: int = 8) -> list[Good]:
    """Goods in use whose name, alias, pinyin or initials answer what was typed, the exact name first."""
    here = _in_use(school)
    if said := _matching(text):
        here &= said
    rows = await tables.Good.select().where(here).order_by(tables.Good.sound).limit(limit)
    wanted = normalised(text)
    exact = await tables.Good.select().where(_in_use(school) & (tables.Good.spelling == wanted)).first()
    goods = [good_of_row(row) for row in [*([exact] if exact else []), *rows]]
    return list({good.id: good for good in goods}.values())[:limit]


async def list_goods(school: int, asked: Listing) -> tuple[list[Good], str | None]:
    """One page of a school's goods and the cursor of the next.

    Filters: category, storage, retired (out of use), unmapped (no food). Sorts: name (by pinyin), category.
    """
    key, up = asked.sort.removeprefix("-") or "name", not asked.sort.startswith("-")
    column = tables.Good.category if key == "category" else tables.Good.sound
    here = (tables.Good.school == school) & _asked(asked)
    match asked.after:
        case [str() as value, int() as id_] if abs(id_) < 2**63:
            beyond = (column > value) if up else (column < value)
            later = (tables.Good.id > id_) if up else (tables.Good.id < id_)
            here &= beyond | ((column == value) & later)
    order = tables.Good.select().where(here).order_by(column, tables.Good.id, ascending=up)
    rows = await order.limit(asked.limit + 1)
    shown, following = asked.cut(rows, lambda row: (row[column._meta.name], row["id"]))
    return [good_of_row(row) for row in shown], following


async def all_goods(school: int, asked: Listing) -> list[Good]:
    """All goods that answer the search, for the same list as a workbook."""
    whole = Listing(q=asked.q, filters=asked.filters, sort=asked.sort, limit=MOST_IN_A_SHEET)
    return (await list_goods(school, whole))[0]


async def goods_above(school: int, asked: Listing) -> list[tuple[str, Good]]:
    """The goods in use at the tenants above a school, with the tenant's name, nearest first."""
    return [
        (above.name, good) for above in await ancestors(school) for good in await all_goods(above.id, asked)
    ]


async def names_in_use(school: int) -> set[str]:
    """The spellings of the goods in use."""
    rows = await tables.Good.select(tables.Good.spelling).where(_in_use(school))
    return {row["spelling"] for row in rows}


def _in_use(school: int) -> And:
    return (tables.Good.school == school) & tables.Good.retired_at.is_null()


def _asked(asked: Listing) -> Where | And:
    gone, wanted = tables.Good.retired_at, asked.filters
    found: Where | And = gone.is_not_null() if wanted.get("retired") else gone.is_null()
    if wanted.get("category") in list(Category):
        found = found & (tables.Good.category == wanted["category"])
    if wanted.get("storage") in list(Storage):
        found = found & (tables.Good.storage == wanted["storage"])
    if wanted.get("unmapped"):
        found = found & tables.Good.food_code.is_null()
    said = _matching(asked.q)
    return found & said if said else found


def _matching(typed: str) -> Any:
    """Name, another name, pinyin or initials hold the text; LIKE's own signs are taken out."""
    wanted = normalised(typed).replace("%", "").replace("_", "")
    if not wanted:
        return None
    spelling, sound = tables.Good.spelling, tables.Good.sound
    if wanted.isascii():
        return spelling.like(f"%{wanted}%") | sound.like(f"{wanted}%") | sound.like(f"% {wanted}%")
    return spelling.like(f"%{wanted}%") | sound.like(f"%{wanted}%")
