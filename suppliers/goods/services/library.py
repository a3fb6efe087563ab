"""Goods to copy from: the starter list that ships with the product, and the lists of the tenants above."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.names import normalised
from canteen.kit.problems import Missing
from canteen.tenants.services import ancestors
from suppliers.goods import tables
from suppliers.goods.forms import TakeForm
from suppliers.goods.rules import Category, Good, starter
from suppliers.goods.services.goods import good_of_row, names_in_use
from suppliers.goods.services.keeping import fresh


@dataclass(frozen=True, slots=True)
class Offer:
    """A good of the starter list; `mine` when one of its name is in use here."""

    good: Good
    mine: bool


async def starter_offers(school: int) -> dict[Category, list[Offer]]:
    """The starter list by category, in the order of the shipped file."""
    used = await names_in_use(school)
    offers: dict[Category, list[Offer]] = {}
    for good in starter():
        offers.setdefault(good.category, []).append(Offer(good, normalised(good.name) in used))
    return offers


async def take_goods(actor: Actor, form: TakeForm, *, now: datetime) -> list[int]:
    """Copy goods: whole categories and single names of the starter list, and goods of the tenants above.

    What is in use here under the same name is passed over. Returns the copies' ids. Raises Missing when
    something stands in no list.
    """
    async with write():
        wanted = [*_from_starter(form), *await _from_above(actor.school, form.goods)]
        made = await _keep(actor, wanted, now)
        if made:
            names = [row.name for row in made]
            await record(actor, "goods.take", subject="good", after={"names": names}, now=now)
    return [row.id for row in made]


def _from_starter(form: TakeForm) -> list[Good]:
    known = {normalised(good.name): good for good in starter()}
    names = [normalised(name) for name in form.names]
    if not known.keys() >= set(names):
        raise Missing
    whole = [good for good in starter() if good.category in form.categories]
    return [*whole, *(known[name] for name in names)]


async def _from_above(school: int, ids: Sequence[int]) -> list[Good]:
    """Goods in use at the tenants above, with where they come from. Raises Missing for any other id."""
    if not ids:
        return []
    above = [one.id for one in await ancestors(school)]
    here = tables.Good.school.is_in(above or [0]) & tables.Good.retired_at.is_null()
    rows = await tables.Good.select().where(here & tables.Good.id.is_in(list(ids))).order_by(tables.Good.id)
    if {row["id"] for row in rows} != set(ids):
        raise Missing
    return [replace(good_of_row(row), origin_school=row["school"], origin_id=row["id"]) for row in rows]


async def _keep(actor: Actor, wanted: Iterable[Good], now: datetime) -> list[tables.Good]:
    """The goods whose names are free here, each once, as rows that are kept."""
    used = await names_in_use(actor.school)
    made = []
    for good in wanted:
        spelling = normalised(good.name)
        if spelling not in used:
            used.add(spelling)
            made.append(fresh(actor, good, now))
    for row in made:
        await row.save()
    return made
