"""Scans of papers: files as they come in, and photos as they go on paper."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from canteen.kit import uploads
from canteen.kit.problems import Finding, Missing, Refused
from canteen.kit.uploads import Stored
from canteen.schools.services.uploads import keep_file, media_types
from suppliers.licences.services.papers import PaperView

MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Scans:
    """Files that came with a form: what is on disk now, the digests that a form shown again brings back, and
    what is wrong with the others.
    """

    kept: Sequence[Stored]
    waiting: Sequence[str]
    findings: Sequence[Finding]


async def take_scans(
    school: int, sent: Sequence[bytes], waiting: Sequence[str], folder: Path, *, now: datetime
) -> Scans:
    """Put photos and PDFs on disk, those of the last try before (`waiting`) among them."""
    known = [await asyncio.to_thread(_waiting, folder, school, digest) for digest in waiting]
    kept: list[Stored] = []
    waits: list[str] = []
    findings: list[Finding] = []
    for data in [data for data in (*known, *sent) if data][:MOST_FILES]:
        try:
            kept.append(await keep_file(data, folder))
        except Refused as refused:
            findings += [Finding(f.rule, f.level, f.message, f.facts, "scans") for f in refused.findings]
        else:
            waits.append(await asyncio.to_thread(uploads.wait, data, folder, school, now=now))
    return Scans(kept, waits, findings)


async def photos_of(
    school: int, papers: Sequence[PaperView], folder: Path
) -> tuple[list[tuple[PaperView, int, bytes]], list[PaperView]]:
    """The photographed pages (paper, page, JPEG), and the papers of which something is a PDF."""
    types = await media_types(school, [digest for view in papers for digest in view.scans])
    found = [
        (view, page, await asyncio.to_thread(_photo, folder, digest))
        for view in papers
        for page, digest in enumerate(view.scans, 1)
        if types.get(digest) == uploads.JPEG
    ]
    pdfs = [view for view in papers if any(types.get(digest) == uploads.PDF for digest in view.scans)]
    return [(view, page, data) for view, page, data in found if data], pdfs


def _photo(folder: Path, digest: str) -> bytes:
    """A photo; nothing when the file is gone from the disk."""
    try:
        return uploads.read(folder, digest)
    except Missing:
        return b""


def _waiting(folder: Path, school: int, digest: str) -> bytes:
    """A file of the last try; nothing when it waited too long."""
    try:
        return uploads.read_waiting(folder, school, digest)
    except Missing:
        return b""
