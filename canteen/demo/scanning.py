"""The demo's scans: papers of suppliers as a phone sees them, plainly marked 示例 so that nobody takes them
for a real licence.
"""

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDE, HIGH, MARGIN = 480, 672, 28
PAPER, FRAME, INK, STAMP, FAINT = (
    (252, 250, 243),
    (176, 141, 87),
    (48, 44, 40),
    (200, 40, 40),
    (231, 222, 203),
)
SAMPLE = "示例"


def draw_scan(title: str, lines: Sequence[tuple[str, str]]) -> bytes:
    """A certificate of that title as JPEG: names and values row by row, and a round stamp."""
    paper = _blank().copy()
    pen = ImageDraw.Draw(paper)
    pen.text((WIDE // 2, 92), title, INK, _type(30, 700), anchor="mm")
    _write(pen, lines)
    _stamp(pen)
    out = BytesIO()
    paper.save(out, "JPEG", quality=80)
    return out.getvalue()


@cache
def _blank() -> Image.Image:
    """Framed paper with the word all over it, faintly."""
    paper = Image.new("RGB", (WIDE, HIGH), PAPER)
    pen = ImageDraw.Draw(paper)
    for row in range(6):
        for column in range(3):
            at = (MARGIN + 30 + column * 160 + row % 2 * 64, 56 + row * 104)
            pen.text(at, SAMPLE, FAINT, _type(36, 700))
    for inset, width in ((0, 4), (8, 1)):
        edge = MARGIN // 2 + inset
        pen.rectangle((edge, edge, WIDE - edge, HIGH - edge), outline=FRAME, width=width)
    return paper


def _write(pen: ImageDraw.ImageDraw, lines: Sequence[tuple[str, str]]) -> None:
    top, longest = 168, 16
    for name, value in lines:
        pen.text((MARGIN + 26, top), name, FRAME, _type(17, 700))
        for start in range(0, len(value), longest):
            pen.text((MARGIN + 126, top), value[start : start + longest], INK, _type(17, 400))
            top += 26
        top += 14


def _stamp(pen: ImageDraw.ImageDraw) -> None:
    x, y, radius = WIDE - 132, HIGH - 132, 70
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=STAMP, width=4)
    star = [
        (x + size * math.sin(n * math.pi / 5), y - 4 - size * math.cos(n * math.pi / 5))
        for n, size in enumerate((17, 7) * 5)
    ]
    pen.polygon(star, STAMP)
    pen.text((x, y - 40), SAMPLE, STAMP, _type(20, 700), anchor="mm")
    pen.text((x, y + 38), "专用章", STAMP, _type(17, 700), anchor="mm")


@cache
def _type(size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Noto Sans SC in that size and weight, straight from its wheel."""
    source = files("justmytype_intl_cjk").joinpath("fonts/ofl/notosanssc/NotoSansSC[wght].ttf")
    font = ImageFont.truetype(str(source), size)
    font.set_variation_by_axes([weight])
    return font
