"""QR codes: drawn as vectors on paper and in pages, read again from a photo."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from xml.sax.saxutils import escape

import segno
import zxingcpp
from reportlab.pdfgen.canvas import Canvas

from canteen.kit import photos

_FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
QUIET_ZONE = 4  # modules of empty ground that ISO/IEC 18004 asks around a code


@lru_cache(maxsize=512)
def bars(text: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """The code of `text`: modules a side, and its dark bars as (column, row, length), row 0 on top."""
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    return len(rows), tuple((x, y, n) for y, row in enumerate(rows) for x, n in _runs(row))


def draw(canvas: Canvas, text: str, x: float, y: float, side: float) -> None:
    """Draw the code with its lower left corner at (x, y), `side` points across, without quiet zone."""
    modules, dark = bars(text)
    unit = side / modules
    path = canvas.beginPath()
    for column, row, length in dark:
        path.rect(x + column * unit, y + side - (row + 1) * unit, length * unit, unit)
    canvas.drawPath(path, stroke=0, fill=1)


def svg(text: str, title: str) -> str:
    """The code as an SVG for a page: no style attributes, quiet zone included, dark on white in any theme.

    `title` is what a screen reader says, in the reader's language.
    """
    modules, dark = bars(text)
    side = modules + 2 * QUIET_ZONE
    path = "".join(f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h{n}v1h-{n}z" for x, y, n in dark)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" viewBox="0 0 {side} {side}">'
        f'<title>{escape(title)}</title><rect width="{side}" height="{side}" fill="#fff"/>'
        f'<path d="{path}" fill="#000" shape-rendering="crispEdges"/></svg>'
    )


def read(photo: bytes) -> list[str]:
    """What the QR codes on a photo say, in the order they are found; empty when there is none.

    Raises Refused when the bytes are no photo that `kit.photos` accepts.
    """
    picture = photos.opened(photo).convert("L")
    found = zxingcpp.read_barcodes(picture, formats=_FORMATS, text_mode=zxingcpp.TextMode.Plain)
    return [code.text for code in found if code.valid]


def _runs(row: bytes) -> Iterator[tuple[int, int]]:
    """Where dark modules begin and how many follow each other."""
    at = 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark & 1:
            yield at, length
        at += length
