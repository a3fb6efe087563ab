"""What the market asks: the monthly record (市场询价记录), kept line by line. Deeds and lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Finding, Missing, error, refuse_if
from canteen.kit.texts import _
from suppliers.goods.services import goods_by_name
from suppliers.purchasing.forms.prices import AskedForm, MarketForm
from suppliers.purchasing.services.typed import Typed, typed_good
from suppliers.purchasing.tables import MarketPrice


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of the record. `fen_per_kg` is fen a kilogram (of counted goods: a thousand pieces)."""

    id: int
    day: date
    market: str
    stall: str
    good: int
    name: str
    unit: str
    price_fen: int
    fen_per_kg: int | None
    companion: str
    entered_name: str | None


async def record_market(actor: Actor, form: MarketForm, *, now: datetime) -> list[int]:
    """Keep what was asked on one walk; returns the lines' ids. Raises Refused with everything wrong."""
    async with write():
        goods = await goods_by_name(actor.school)
        found = [typed_good(goods, one.good, one.unit, f"lines.{n}") for n, one in enumerate(form.lines)]
        wrong = [finding for one in found if not isinstance(one, Typed) for finding in one]
        refuse_if([*_day_findings(form.day, now), *wrong])
        known = [one for one in found if isinstance(one, Typed)]
        rows = [_row(actor, form, *pair, now) for pair in zip(known, form.lines, strict=True)]
        for row in rows:
            await row.save()
        names = [one.good.name for one in known]
        after = {"day": form.day, "market": form.market, "companion": form.companion, "goods": names}
        await record(
            actor, "purchasing.ask_market", subject="market", subject_id=rows[0].id, after=after, now=now
        )
    return [int(row.id) for row in rows]


async def withdraw_market_price(actor: Actor, line: int, *, now: datetime) -> None:
    """A line was typed wrongly. Raises Missing."""
    async with write():
        here = (MarketPrice.school == actor.school) & (MarketPrice.id == line)
        values: dict[Any, Any] = {MarketPrice.withdrawn_at: now}
        live = here & MarketPrice.withdrawn_at.is_null()
        gone = await MarketPrice.update(values).where(live).returning(MarketPrice.day, MarketPrice.price_fen)
        if not gone:
            raise Missing
        before = {"day": gone[0]["day"], "price_fen": gone[0]["price_fen"]}
        await record(
            actor, "purchasing.withdraw_market", subject="market", subject_id=line, before=before, now=now
        )


async def market_of_month(school: int, month: date) -> list[Asked]:
    """The record of the month that holds a day, by day and good."""
    first = month.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    here = (MarketPrice.school == school) & MarketPrice.withdrawn_at.is_null()
    here &= (MarketPrice.day >= first) & (MarketPrice.day < after)
    return await _asked(here)


async def asked_of_good(school: int, good: int, first: date, last: date) -> list[Asked]:
    """What the market asked for one good within some days."""
    here = (MarketPrice.school == school) & (MarketPrice.good == good) & MarketPrice.withdrawn_at.is_null()
    return await _asked(here & (MarketPrice.day >= first) & (MarketPrice.day <= last))


async def _asked(here: Any) -> list[Asked]:
    rows = await MarketPrice.select(
        *MarketPrice.all_columns(),
        MarketPrice.good.name.as_alias("name"),
        MarketPrice.entered_by.name.as_alias("entered_name"),
    ).where(here)
    found = [Asked(**{name: row[name] for name in Asked.__slots__}) for row in rows]
    return sorted(found, key=lambda one: (one.day, one.market, one.id))


def _day_findings(day: date, now: datetime) -> Sequence[Finding]:
    if day <= local_day(now):
        return []
    return [error("asked_later", _("This day lies in the future."), "day")]


def _row(actor: Actor, form: MarketForm, typed: Typed, line: AskedForm, now: datetime) -> MarketPrice:
    return MarketPrice(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        good=typed.good.id,
        day=form.day,
        market=form.market,
        stall=line.stall,
        unit=typed.unit,
        price_fen=line.price,
        fen_per_kg=typed.per_kg(line.price),
        companion=form.companion,
        withdrawn_at=None,
    )
