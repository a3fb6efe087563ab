"""A list of goods as a file."""

import asyncio
from base64 import b64encode
from dataclasses import replace
from datetime import date, datetime

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.names import normalised
from canteen.kit.sheets import BadFile, Sheet, bad_rows_file, read_rows
from suppliers.goods import tables
from suppliers.goods.rules import Good, read_goods
from suppliers.goods.services.files import BadRows, keep_file, refuse_taken
from suppliers.goods.services.goods import good_of_row
from suppliers.goods.services.keeping import columns_of, keep_new, keep_over

KIND = "goods"


async def import_goods(actor: Actor, data: bytes, filename: str, *, again: bool, now: datetime) -> int:
    """Take over a list of goods: a row of a known name replaces that good, others are added.

    Returns how many differ from what stood. Raises BadFile with every wrong cell, and Refused when this very
    file was taken before and `again` is not said. Either all rows are taken or none.
    """
    rows = await asyncio.to_thread(lambda: read_goods(read_rows(data, filename), local_day(now)))
    async with write():
        if not again:
            await refuse_taken(actor.school, KIND, data)
        names = await _keep(actor, [good for _row, good in rows], now)
        file = await keep_file(actor, KIND, data, filename, len(names), now=now)
        after = {"file": filename, "names": names}
        await record(actor, "goods.import", subject="file", subject_id=file, after=after, now=now)
    return len(names)


async def _keep(actor: Actor, goods: list[Good], now: datetime) -> list[str]:
    """The names of those that are new or differ from what stood."""
    here = (tables.Good.school == actor.school) & tables.Good.retired_at.is_null()
    known = {row["spelling"]: row for row in await tables.Good.select().where(here)}
    names = []
    for good in goods:
        row = known.get(normalised(good.name))
        if row is None:
            await keep_new(actor, good, now=now)
        elif columns_of(_filled(good, good_of_row(row))) != columns_of(good_of_row(row)):
            await keep_over(actor.school, row["id"], _filled(good, good_of_row(row)), now=now)
        else:
            continue
        names.append(good.name)
    return names


def _filled(good: Good, known: Good) -> Good:
    """A blank cell leaves what is known."""
    return replace(
        good,
        aliases=good.aliases or known.aliases,
        spec=good.spec or known.spec,
        units=good.units or known.units,
        shelf_life_days=good.shelf_life_days or known.shelf_life_days,
        expiry_lead_days=good.expiry_lead_days or known.expiry_lead_days,
        food_code=good.food_code or known.food_code,
    )


async def bad_rows(data: bytes, filename: str, lang: str, on: date) -> BadRows | None:
    """What is wrong with a file, its reasons in that language; None when it can be taken."""
    return await asyncio.to_thread(_judged, data, filename, lang, on)


def _judged(data: bytes, filename: str, lang: str, on: date) -> BadRows | None:
    sheet = Sheet(filename, [], [])
    try:
        sheet = read_rows(data, filename)
        read_goods(sheet, on)
    except BadFile as bad:
        rows = bad_rows_file(sheet, bad.errors, lang) if sheet.rows else b""
        return BadRows(bad.errors, b64encode(rows).decode())
    return None
