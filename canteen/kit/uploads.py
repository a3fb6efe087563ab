"""Files that people send, kept by what is in them: `<data>/uploads/ab/cdef…`, named by SHA-256.

The same file sent twice is kept once; a file is never changed. The folder is private: only a route that
knows who asks opens a file from it.
"""

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from canteen.kit import photos
from canteen.kit.clock import SHANGHAI
from canteen.kit.problems import Missing, Refused, error
from canteen.kit.texts import _

MOST_PDF_BYTES = 20 * 1024 * 1024
JPEG, PDF = "image/jpeg", "application/pdf"
WAITING, WAITS, MOST_FORGOTTEN = "waiting", timedelta(days=7), 1000
_THUMBNAIL = ".thumbnail"
_DIGEST = re.compile(r"[0-9a-f]{64}")
# What a scanner never writes into a PDF: it locks the file, or it makes the reader's program do things
_ACTIVE_PDF = {"pdf_locked": b"/Encrypt", "pdf_script": b"/JavaScript", "pdf_launch": b"/Launch"}


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is safely on disk. `size` in bytes; `width` and `height` in pixels, 0 for a PDF.

    `taken_at` is the camera's word for when, an instant, or None.
    """

    digest: str
    media_type: str
    size: int
    width: int = 0
    height: int = 0
    taken_at: datetime | None = None


def store(data: bytes, folder: Path, zone: ZoneInfo = SHANGHAI) -> Stored:
    """Keep a photo (re-encoded, see kit.photos) or a PDF (as it is) under the data folder.

    Blocking: call it in a thread. Raises Refused when it is neither or breaks a bound.
    """
    if data.startswith(b"%PDF-"):
        return _store_pdf(data, folder)
    photo = photos.prepared(data, zone)
    digest = _keep(photo.jpeg, folder)
    _write(path(folder, digest).with_suffix(_THUMBNAIL), photo.thumbnail)
    return Stored(digest, JPEG, len(photo.jpeg), photo.width, photo.height, photo.taken_at)


def store_as_is(data: bytes, folder: Path) -> str:
    """Keep a file that was read and judged already (a spreadsheet) byte for byte. Returns its digest."""
    return _keep(data, folder)


def wait(data: bytes, folder: Path, school: int, *, now: datetime) -> str:
    """Let a file wait that a school was shown and has not taken: no other school takes it by its digest.

    What has waited for a week, of any school, is taken away meanwhile. Returns the digest.
    """
    _forget(folder / WAITING, (now - WAITS).timestamp())
    return _keep(data, folder / WAITING / str(school))


def read_waiting(folder: Path, school: int, digest: str) -> bytes:
    """A file that waits. Raises Missing."""
    return read(folder / WAITING / str(school), digest)


def _forget(folder: Path, before: float) -> None:
    """Take away files older than `before`, a bounded number at a time, so that nobody waits for it long."""
    old = (file for file in folder.rglob("*") if file.is_file() and file.stat().st_mtime < before)
    for file in islice(old, MOST_FORGOTTEN):
        file.unlink(missing_ok=True)


def path(folder: Path, digest: str) -> Path:
    """Where the file of a digest stands or would stand. Raises Missing when it is no digest."""
    if not _DIGEST.fullmatch(digest):
        raise Missing(digest)
    return folder / "uploads" / digest[:2] / digest[2:]


def read(folder: Path, digest: str) -> bytes:
    """The file as it was stored. Raises Missing."""
    return _read(path(folder, digest), digest)


def read_thumbnail(folder: Path, digest: str) -> bytes:
    """A photo's small JPEG. Raises Missing, for a PDF too."""
    return _read(path(folder, digest).with_suffix(_THUMBNAIL), digest)


def _store_pdf(data: bytes, folder: Path) -> Stored:
    if len(data) > MOST_PDF_BYTES:
        limit = MOST_PDF_BYTES // 1024**2
        raise Refused([error("pdf_bytes", _("The PDF is larger than {megabytes} MB."), megabytes=limit)])
    if b"%%EOF" not in data[-2048:]:
        raise Refused([error("pdf_broken", _("The PDF is damaged or was not sent completely."))])
    if found := [rule for rule, mark in _ACTIVE_PDF.items() if mark in data]:
        message = _("The PDF is locked or holds a program. Scan or print it to a plain PDF first.")
        raise Refused([error(rule, message) for rule in found])
    return Stored(_keep(data, folder), PDF, len(data))


def _keep(data: bytes, folder: Path) -> str:
    digest = hashlib.sha256(data).hexdigest()
    _write(path(folder, digest), data)
    return digest


def _write(target: Path, data: bytes) -> None:
    """All of it or nothing, and after a power cut still there."""
    if target.exists():
        target.touch()
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=target.parent, suffix=".draft")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(target)
    finally:
        Path(draft).unlink(missing_ok=True)
    _settle(target.parent)


def _settle(folder: Path) -> None:
    """The new name is on disk too; Windows does that by itself and cannot open a folder."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _read(file: Path, digest: str) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError as gone:
        raise Missing(digest) from gone
