"""Chinese lines on paper: what can be drawn, how wide it is, where it may break."""

from functools import cache

from reportlab.pdfbase import pdfmetrics

from canteen.kit.paper import fonts

BOX = "□"
# 行首禁则, 行末禁则 (GB/T 15834-2011 §5.1): closing marks never begin a line, opening marks never end one
_NEVER_FIRST = frozenset("。，、；：？！）》〉】〕」』”’％℃…—·,.;:?!)]}%>~～/")
_NEVER_LAST = frozenset("（《〈【〔「『“‘([{<￥¥$№")


@cache
def widths(font: str) -> "_Widths":
    """How wide each character of the font is, in thousandths of the type size."""
    fonts.load(fonts.home())
    return _Widths({chr(c): w for c, w in pdfmetrics.getFont(font).face.charWidths.items() if c <= 0x10FFFF})


@cache
def _known() -> frozenset[str]:
    return frozenset(widths(fonts.REGULAR)) & frozenset(widths(fonts.BOLD)) | {"\n"}


def drawable(text: str) -> str:
    """The text with each character that the font lacks as a box and its code: `□U+30EDE`.

    Nothing is dropped and nothing refused. Tabs and the like become a blank.
    """
    if _known().issuperset(text):
        return text
    known = _known()
    return "".join(c if c in known else " " if c.isspace() else f"{BOX}U+{ord(c):04X}" for c in text)


def width(text: str, font: str, size: float) -> float:
    """Points across, of text that is drawable."""
    return widths(font).of(text) * size / 1000


def fitting(text: str, font: str, size: float, room: float) -> float:
    """The type size, at most `size`, at which drawable text stands on one line of `room` points."""
    return size * min(1.0, room / max(width(text, font, size), 1e-9))


def wrap(text: str, font: str, ems: float) -> tuple[str, ...]:
    """Lines no wider than `ems` (thousandths of the type size) that break as Chinese does.

    Han may part anywhere, Latin words and numbers stay whole while a line can hold them, 。， never begin
    a line, （ never ends one.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _broken(paragraph, widths(font), ems)
    return tuple(lines)


def _broken(text: str, known: "_Widths", ems: float) -> list[str]:
    lines = []
    while known.of(text) > ems and len(text) > 1:
        cut = _break(text, _fits(text, known, ems))
        lines.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*lines, text]


def _fits(text: str, known: "_Widths", ems: float) -> int:
    """How many characters go on one line; at least one."""
    for count, char in enumerate(text):
        ems -= known[char]
        if ems < 0:
            return max(count, 1)
    return len(text)


def _break(text: str, limit: int) -> int:
    """The last allowed break at or before `limit`; `limit` itself when a word is longer than the line."""
    return next((at for at in range(limit, 0, -1) if _may_break(text[at - 1], text[at])), limit)


def _may_break(before: str, after: str) -> bool:
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return not (_in_word(before) and _in_word(after))


def _in_word(char: str) -> bool:
    return "!" <= char <= "~" or "\u00c0" <= char <= "\u024f"


class _Widths(dict[str, int]):
    def of(self, text: str) -> int:
        return sum(map(self.__getitem__, text))

    def __missing__(self, char: str) -> int:
        raise KeyError(f"{char!r} was not made drawable")
