"""The Chinese type on paper: Noto Sans SC (SIL Open Font License) in two weights, made once and kept.

The wheel holds one variable font, of which ReportLab would embed the thinnest weight. Two static fonts
are cut from it into a cache folder, each in a process of its own at low priority (about 25 s each on a
free core). A page never waits for them; paper does.
"""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

WEIGHTS = {"CanteenSans-Regular": 400, "CanteenSans-Bold": 700}
REGULAR, BOLD = WEIGHTS
_kept: Path | None = None
_WORKERS: dict[Path, subprocess.Popen[bytes]] = {}
_WORK = "from canteen.kit.paper import fonts; fonts.work()"
_UNUSED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "gasp", "prep")


class FontsNotReady(Exception):
    """The fonts were not made in the time allowed, or making them failed."""


def keep_in(folder: Path) -> None:
    """The house says at start where the fonts of this process live (`<data>/fonts`)."""
    global _kept  # noqa: PLW0603  one process, one place
    _kept = folder


def home() -> Path:
    """Where the fonts are: CANTEEN_FONT_CACHE when set (tests and several installations share one), else
    what `keep_in` said, else the user's cache folder."""
    if shared := os.environ.get("CANTEEN_FONT_CACHE"):
        return Path(shared)
    return _kept or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "canteen" / "fonts"


def ready(folder: Path) -> bool:
    """Whether paper can be drawn at once."""
    return all(_file(folder, name).exists() for name in WEIGHTS)


def prepare(folder: Path) -> None:
    """Start making what is missing, in background processes; returns at once and may be called again."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in WEIGHTS:
        file = _file(folder, name)
        if not file.exists() and file not in _WORKERS:
            _WORKERS[file] = subprocess.Popen([sys.executable, "-c", _WORK, str(folder), name])  # noqa: S603


def ensure(folder: Path, timeout: float = 600.0) -> None:
    """Wait (seconds, blocking: call it in a thread) until the fonts are there.

    Raises FontsNotReady when the time is over or a worker failed.
    """
    prepare(folder)
    until = time.monotonic() + timeout
    for file in [_file(folder, name) for name in WEIGHTS]:
        worker = _WORKERS.get(file)
        while not file.exists():
            if ended := worker and worker.poll():
                _WORKERS.pop(file, None)
            if ended or time.monotonic() > until:
                raise FontsNotReady(str(file))  # a worker that goes on is waited for the next time
            time.sleep(0.1)
        if worker := _WORKERS.pop(file, None):
            worker.wait()


@cache
def load(folder: Path) -> None:
    """Make both weights known to ReportLab, waiting for them when they are still being made."""
    ensure(folder)
    for name in WEIGHTS:
        pdfmetrics.registerFont(_Face(name, str(_file(folder, name)), asciiReadable=False))


def work() -> None:
    """What a background process does: make one font, politely."""
    if hasattr(os, "nice"):
        os.nice(10)
    make(Path(sys.argv[1]), sys.argv[2])


def make(folder: Path, name: str) -> None:
    """Cut one static weight and put it in its place. Whoever comes second finds it there."""
    file = _file(folder, name)
    with _alone(file.with_suffix(".lock")):
        if file.exists():
            return
        draft = file.with_suffix(f".{os.getpid()}.draft")
        _cut(name, draft)
        draft.replace(file)


def _cut(name: str, target: Path) -> None:
    from fontTools.ttLib import TTFont as Outlines  # noqa: PLC0415  heavy, and only the worker needs them
    from fontTools.varLib import instancer  # noqa: PLC0415

    source = resources.files("justmytype_intl_cjk") / "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
    with resources.as_file(source) as path, Outlines(path, lazy=True) as font:
        for table in _UNUSED_TABLES:
            if table in font:
                del font[table]
        static = instancer.instantiateVariableFont(font, {"wght": WEIGHTS[name]}, inplace=True)
        _rename(static["name"], name)
        static.save(target)


def _rename(names: Any, name: str) -> None:
    """Its own PostScript name (6), or a reader takes the bold for the regular it has already seen."""
    names.names = [n for n in names.names if n.nameID in (0, 1, 2, 4, 6, 13, 14)]
    for number, text in ((1, "Canteen Sans"), (2, name.split("-")[1]), (4, name), (6, name)):
        names.setName(text, number, 3, 1, 0x409)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One process at a time. An SQLite lock is the one the standard library has on every system alike,
    and it falls with the process that held it."""
    connection = sqlite3.connect(lock, timeout=600, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        connection.close()


def _file(folder: Path, name: str) -> Path:
    """The 1 counts our ways of cutting: a changed cut gets a new name, and old caches are left alone."""
    return folder / f"{name}-1.ttf"


class _Face(TTFont):  # type: ignore[misc]
    """A ReportLab font whose characters beyond the basic plane can be copied out of the PDF again.

    ReportLab writes the code point where PDF wants UTF-16; the pair as one number makes it right.
    """

    def __init__(self, name: str, filename: str, **options: Any) -> None:
        super().__init__(name, filename, **options)
        for code in [c for c in self.face.charToGlyph if c > 0xFFFF]:
            self.face.charToGlyph[_utf16(code)] = self.face.charToGlyph[code]
            self.face.charWidths[_utf16(code)] = self.face.charWidths[code]

    def addObjects(self, doc: Any) -> None:
        state = self._assignState(doc)
        state.subsets = [[_utf16(code) for code in subset] for subset in state.subsets]
        super().addObjects(doc)


def _utf16(code: int) -> int:
    return int.from_bytes(chr(code).encode("utf-16-be"), "big") if 0xFFFF < code <= 0x10FFFF else code
