"""Photos and PDFs that come with a form. A refused form keeps them: they wait, their digests stand in it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from litestar.datastructures import UploadFile

from canteen.kit.problems import refuse_if
from canteen.kit.uploads import Stored
from suppliers.licences.services.scans import take_scans
from suppliers.licences.web.showing import AnyRequest


async def scans_sent(request: AnyRequest, school: int, *, now: datetime) -> list[Stored]:
    """The files of a form that was read, those of its last try before. Raises Refused for what is no scan.

    `request.state.waiting` holds the digests that the form, shown again, brings back.
    """
    typed: Mapping[str, Any] = request.state.typed
    sent = [await file.read() for file in _many(typed.get("scans")) if isinstance(file, UploadFile)]
    waiting = [text for text in _many(typed.get("waiting")) if isinstance(text, str)]
    found = await take_scans(school, sent, waiting, request.app.state.data_dir, now=now)
    request.state.waiting = list(found.waiting)
    refuse_if(found.findings)
    return list(found.kept)


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
