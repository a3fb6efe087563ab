"""The demo's paper: kitchen sheets of the days lived, signed and photographed, the last one not yet."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from canteen.kit import codes
from canteen.kit.actor import Actor
from canteen.kit.clock import at_local
from canteen.schools.rules.prints import read_mark
from canteen.schools.services import prints
from canteen.schools.services.uploads import keep_file
from menus.weeks.paper.registered import kitchen_paper
from menus.weeks.services import papers, verdict
from menus.weeks.services.sheet import SheetMeal

SIGNED, WAITING = 2, 1
WIDE, HIGH, MARGIN = 900, 1270, 70
ROOM, TABLE, INK, LINE = (188, 178, 165), (252, 251, 247), (38, 46, 110), (150, 150, 150)
STROKES = (
    ((0, 30), (22, 4), (30, 38), (52, 10), (60, 34), (96, 20)),
    ((0, 18), (30, 14), (16, 40), (44, 2), (70, 36), (104, 12)),
)
"""Two signatures as lines of a pen."""


async def print_days(actor: Actor, week: int, folder: Path, now: datetime) -> None:
    """The kitchen sheets of the week's last meals that are over; all but the newest come back signed."""
    meals = (await verdict.board(actor.school, week)).sheet.meals
    over = [meal for meal in meals if at_local(meal.day, 12, 50) <= now][-(SIGNED + WAITING) :]
    for place, meal in enumerate(over):
        code = await _print(actor, week, meal, now=at_local(meal.day, 6, 50))
        if place < len(over) - WAITING:
            await _sign(actor, code, folder, now=at_local(meal.day, 13, 30))


async def _print(actor: Actor, week: int, meal: SheetMeal, *, now: datetime) -> str:
    facts = await papers.kitchen_facts(actor.school, week, meal.id)
    made = await prints.print_paper(actor, kitchen_paper(facts), now=now)
    return (await prints.stamp_of(made, "")).code


async def _sign(actor: Actor, code: str, folder: Path, *, now: datetime) -> None:
    mark = read_mark(code)
    if mark is None:
        raise ValueError(f"{code} is no code of a sheet")
    row = await prints.print_by_mark(actor.school, mark)
    photo = await keep_file(photo_of_sheet(code, mark.number), folder)
    await prints.sign_back(actor, row.id, photo, now=now + timedelta(minutes=row.id % 7))


def photo_of_sheet(code: str, number: str) -> bytes:
    """A signed sheet as a phone sees it, its code readable: a drawing as JPEG."""
    photo = Image.new("RGB", (WIDE, HIGH), ROOM)
    pen = ImageDraw.Draw(photo)
    pen.rectangle((MARGIN // 2, MARGIN // 2, WIDE - MARGIN // 2, HIGH - MARGIN // 2), TABLE)
    _draw_table(pen)
    _draw_code(pen, code)
    pen.text((MARGIN, HIGH - 90), number, (60, 60, 60), ImageFont.load_default(24))
    for stroke, left in zip(STROKES, (MARGIN + 60, WIDE // 2 + 20), strict=True):
        pen.line([(left + 2 * x, HIGH - 260 + 2 * y) for x, y in stroke], INK, 5, joint="curve")
    out = BytesIO()
    photo.rotate(1.5, Image.Resampling.BILINEAR, fillcolor=ROOM).save(out, "JPEG", quality=82)
    return out.getvalue()


def _draw_table(pen: ImageDraw.ImageDraw) -> None:
    """Rows of a form with what was written into them, too small to be read."""
    pen.rectangle((MARGIN, 110, MARGIN + 330, 142), (70, 70, 70))
    for row in range(17):
        top = 210 + row * 44
        pen.line((MARGIN, top, WIDE - MARGIN, top), LINE, 2)
        if row < 16:
            _draw_words(pen, row, top)
    for column in (0, 250, 430, 600, 760):
        pen.line((MARGIN + column, 210, MARGIN + column, 914), LINE, 2)


def _draw_words(pen: ImageDraw.ImageDraw, row: int, top: int) -> None:
    lengths: Sequence[int] = (90 + row * 37 % 110, 60 + row * 53 % 70, 40 + row * 29 % 60, 50)
    for column, length in zip((0, 250, 430, 600), lengths, strict=True):
        left = MARGIN + column + 14
        pen.rectangle((left, top + 17, left + length, top + 29), (120, 120, 120))


def _draw_code(pen: ImageDraw.ImageDraw, code: str) -> None:
    _side, dark = codes.bars(code)
    left, top, unit = WIDE - MARGIN - 120, 70, 4
    for x, y, length in dark:
        pen.rectangle(
            (left + x * unit, top + y * unit, left + (x + length) * unit - 1, top + (y + 1) * unit - 1),
            (20, 20, 20),
        )
