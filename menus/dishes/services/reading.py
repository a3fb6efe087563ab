"""Looking at a school's dishes: lists, one dish, its versions, and the pool that menus are planned from."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from piccolo.columns.combination import And, Where

from canteen.kit.pages import Listing
from canteen.kit.problems import Missing
from menus.dishes.rules import Age, Helping, Kind, Recipe, helping_of
from menus.dishes.services.recipes import Card, card_of
from menus.dishes.tables import Dish, DishVersion
from menus.foods.rules import normalised
from menus.foods.services import prices_on, table_of

COLUMNS = (
    *DishVersion.all_columns(),
    DishVersion.dish.version.as_alias("newest"),
    DishVersion.dish.photo.as_alias("photo"),
    DishVersion.dish.sound.as_alias("sound"),
    DishVersion.dish.changed_at.as_alias("changed_at"),
    DishVersion.dish.retired_at.as_alias("retired_at"),
    DishVersion.dish.origin_school.as_alias("origin_school"),
    DishVersion.dish.origin_id.as_alias("origin_id"),
)
SORTS = ("name", "changed")
FILTERS = ("kind", "retired")
MOST_IN_A_SHEET = 5000


async def list_dishes(school: int, asked: Listing, *, today: date) -> tuple[list[Card], str | None]:
    """One page of the school's dishes and the next cursor. Filters: kind, retired; sorts: name, changed."""
    key, up = asked.sort.removeprefix("-") or "name", not asked.sort.startswith("-")
    column = DishVersion.dish.changed_at if key == "changed" else DishVersion.dish.sound
    here = _of(school) & _asked(asked)
    if (after := _after(asked.after, key)) is not None:
        beyond = (column > after[0]) if up else (column < after[0])
        later = DishVersion.dish.id > after[1] if up else DishVersion.dish.id < after[1]
        here &= beyond | ((column == after[0]) & later)
    rows = (
        await DishVersion.select(*COLUMNS)
        .where(here)
        .order_by(column, ascending=up)
        .order_by(DishVersion.dish.id, ascending=up)
        .limit(asked.limit + 1)
    )
    shown, next_page = asked.cut(
        rows, lambda row: (row["changed_at" if key == "changed" else "sound"], row["dish"])
    )
    return await _cards(school, shown, today), next_page


async def all_dishes(school: int, asked: Listing, *, today: date) -> list[Card]:
    """All dishes that answer the search, for the same list as a workbook."""
    whole = Listing(q=asked.q, filters=asked.filters, sort=asked.sort, limit=MOST_IN_A_SHEET)
    return (await list_dishes(school, whole, today=today))[0]


async def find_dish(school: int, dish: int, *, today: date, number: int | None = None) -> Card:
    """A dish at its newest version, or at the one of that number. Raises Missing."""
    which = DishVersion.number == (DishVersion.dish.version if number is None else number)
    here = _in(school) & (DishVersion.dish == dish) & which
    row = await DishVersion.select(*COLUMNS).where(here).first()
    if row is None:
        raise Missing
    return (await _cards(school, [row], today))[0]


async def versions_of(school: int, dish: int) -> list[dict[str, Any]]:
    """Every version of a dish, the newest first: number, name, who and when."""
    here = (DishVersion.school == school) & (DishVersion.dish == dish)
    return (
        await DishVersion.select(
            DishVersion.id,
            DishVersion.number,
            DishVersion.name,
            DishVersion.created_by,
            DishVersion.created_at,
        )
        .where(here)
        .order_by(DishVersion.number, ascending=False)
    )


async def cards_of_versions(school: int, versions: Iterable[int], *, today: date) -> dict[int, Card]:
    """Cards by the id of their version; of another school's ids nothing is told."""
    wanted = list(versions)
    if not wanted:
        return {}
    rows = await DishVersion.select(*COLUMNS).where(_in(school) & DishVersion.id.is_in(wanted))
    return {card.version_id: card for card in await _cards(school, rows, today)}


async def suggest_dishes(school: int, typed: str, *, limit: int = 8) -> list[Mapping[str, Any]]:
    """Dishes whose name or pinyin holds what was typed: `id`, `name`, `kind`."""
    here = (Dish.school == school) & Dish.retired_at.is_null()
    if said := _matching(typed, Dish.spelling, Dish.sound):
        here &= said
    return list(
        await Dish.select(Dish.id, Dish.name, Dish.kind).where(here).order_by(Dish.sound).limit(limit)
    )


async def pool(school: int, age: Age, *, today: date) -> list[tuple[Card, Recipe]]:
    """Every dish in use with its recipe for an age band: what mends and the planner choose from."""
    foods = await table_of(school)
    cards = await all_dishes(school, Listing(sort="name"), today=today)
    return [(card, card.at(age, foods)) for card in cards]


async def at_age(school: int, card: Card, age: Age, *, today: date) -> tuple[Recipe, Helping]:
    """A card's recipe for an age band, and what a helping of it is."""
    recipe = card.at(age, await table_of(school))
    return recipe, helping_of(recipe, await prices_on(school, today))


def _in(school: int) -> And:
    return (DishVersion.school == school) & (DishVersion.dish.school == school)


def _of(school: int) -> And:
    """The newest versions of the school's dishes."""
    return _in(school) & (DishVersion.number == DishVersion.dish.version)


def _asked(asked: Listing) -> Where | And:
    gone = DishVersion.dish.retired_at
    found: Where | And = gone.is_not_null() if asked.filters.get("retired") else gone.is_null()
    kind = asked.filters.get("kind", "")
    if kind in list(Kind):
        found = found & (DishVersion.kind == kind)
    said = _matching(asked.q, DishVersion.dish.spelling, DishVersion.dish.sound)
    return found & said if said else found


def _matching(typed: str, spelling: Any, sound: Any) -> Any:
    """Name, pinyin or initials hold the text; LIKE's own signs are taken out: Piccolo cannot escape them."""
    wanted = normalised(typed).replace("%", "").replace("_", "")
    if not wanted:
        return None
    return spelling.like(f"%{wanted}%") | sound.like(f"{wanted}%") | sound.like(f"% {wanted}%")


def _after(cursor: Any, key: str) -> tuple[Any, int] | None:
    """The last row's sort value and dish; None when the cursor was tampered with."""
    match cursor:
        case [str() as value, int() as dish] if abs(dish) < 2**63:
            with suppress(ValueError):
                return datetime.fromisoformat(value) if key == "changed" else value, dish
    return None


async def _cards(school: int, rows: Iterable[Mapping[str, Any]], today: date) -> list[Card]:
    foods, prices = await table_of(school), await prices_on(school, today)
    return [card_of(row, foods, prices) for row in rows]
