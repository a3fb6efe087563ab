"""Photos and PDFs that come with a form. A refused form keeps them: they wait, their digests stand in it."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from litestar.datastructures import UploadFile

from canteen.kit import uploads
from canteen.kit.problems import Finding, Missing, Refused
from canteen.kit.uploads import Stored
from canteen.schools.services.uploads import keep_file
from suppliers.licences.web.showing import AnyRequest

MOST_FILES = 20


async def scans_sent(request: AnyRequest, school: int, *, now: datetime) -> list[Stored]:
    """The files of a form that was read, those of its last try before. Raises Refused for what is no scan.

    `request.state.waiting` holds the digests that the form, shown again, brings back.
    """
    typed: Mapping[str, Any] = request.state.typed
    folder = request.app.state.data_dir
    data = [await _waiting(folder, school, digest) for digest in _texts(typed.get("waiting"))]
    data += [await file.read() for file in _files(typed.get("scans"))]
    kept: list[Stored] = []
    findings: list[Finding] = []
    request.state.waiting = []
    for one in [data for data in data if data][:MOST_FILES]:
        try:
            kept.append(await keep_file(one, folder))
        except Refused as refused:
            findings += [Finding(f.rule, f.level, f.message, f.facts, "scans") for f in refused.findings]
        else:
            waits = await asyncio.to_thread(uploads.wait, one, folder, school, now=now)
            request.state.waiting.append(waits)
    if findings:
        raise Refused(findings)
    return kept


async def _waiting(folder: Any, school: int, digest: str) -> bytes:
    try:
        return await asyncio.to_thread(uploads.read_waiting, folder, school, digest)
    except Missing:
        return b""


def _texts(value: Any) -> list[str]:
    return [
        text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str) and text
    ]


def _files(value: Any) -> list[UploadFile]:
    return [f for f in (value if isinstance(value, list) else [value]) if isinstance(f, UploadFile)]
