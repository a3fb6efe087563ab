"""A school's own table as a file."""

import asyncio
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.problems import Refused, error
from canteen.kit.sheets import BadFile, RowError, Sheet, bad_rows_file, digest, read_rows
from canteen.kit.texts import _
from menus.foods.rules import Food, FoodTable, foods_of
from menus.foods.services.own import keep_food, next_code
from menus.foods.services.table import table_of
from menus.foods.tables import FoodImport


async def import_foods(actor: Actor, data: bytes, filename: str, *, again: bool, now: datetime) -> int:
    """Take over a table of foods; rows of known codes or names replace those, others are added.

    Returns how many rows differ from what stood. Raises BadFile with every wrong cell, and Refused when this
    very file was taken before and `again` is not said. Either all rows are taken or none.
    """
    sheet = await asyncio.to_thread(read_rows, data, filename)
    async with write():
        if not again:
            await _refuse_known(actor.school, digest(data))
        table = await table_of(actor.school)
        foods = changed_foods(sheet, table)
        for food in foods:
            await keep_food(actor.school, food, now=now)
        row = await _keep_import(actor.school, data, filename, len(foods), now=now)
        after = {"file": filename, "digest": digest(data), "codes": [food.code for food in foods]}
        await record(actor, "foods.import", subject="food_import", subject_id=row, after=after, now=now)
    return len(foods)


def changed_foods(sheet: Sheet, table: FoodTable) -> list[Food]:
    """The rows of a file that differ from the table, new ones with their codes. Raises BadFile."""
    first = int(next_code(table)[1:])
    fresh = iter(range(first, first + len(sheet.rows)))
    foods = [f if f.code else replace(f, code=f"S{next(fresh):03d}") for f in foods_of(sheet, table)]
    return [food for food in foods if food != table.get(food.code)]


@dataclass(frozen=True, slots=True)
class BadRows:
    """Why a file was refused: every error, and the bad rows as a workbook (base64, "" without rows)."""

    errors: Sequence[RowError]
    file: str


async def bad_rows(school: int, data: bytes, filename: str, lang: str) -> BadRows | None:
    """What is wrong with a file, its reasons in that language; None when it can be taken."""
    table = await table_of(school)
    return await asyncio.to_thread(_judged, data, filename, table, lang)


def _judged(data: bytes, filename: str, table: FoodTable, lang: str) -> BadRows | None:
    sheet = Sheet(filename, [], [])
    try:
        sheet = read_rows(data, filename)
        changed_foods(sheet, table)
    except BadFile as bad:
        rows = bad_rows_file(sheet, bad.errors, lang) if sheet.rows else b""
        return BadRows(bad.errors, b64encode(rows).decode())
    return None


async def _refuse_known(school: int, known: str) -> None:
    before = (
        await FoodImport.select(FoodImport.file_name, FoodImport.created_at)
        .where((FoodImport.school == school) & (FoodImport.digest == known))
        .order_by(FoodImport.id, ascending=False)
        .first()
    )
    if before:
        text = _("This very file was taken before, as {file}. Tick “again” if you mean it.")
        raise Refused([error("same_file", text, "again", file=before["file_name"])])


async def _keep_import(school: int, data: bytes, filename: str, rows: int, *, now: datetime) -> int:
    row = FoodImport(school=school, digest=digest(data), file_name=filename, row_count=rows, created_at=now)
    kept = await FoodImport.insert(row).returning(FoodImport.id)
    return int(kept[0]["id"])
