"""Files as answers: PDFs open in the browser, workbooks are saved."""

import asyncio
from urllib.parse import quote

from litestar import Response

from canteen.kit.actor import Actor
from canteen.kit.pages import language
from canteen.kit.paper import Ledger, fonts, ledger_pdf
from canteen.schools.services.prints import Paper
from canteen.schools.web.printing import as_printed, stamp
from suppliers.payments.web.showing import AnyRequest

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SECONDS_FOR_FONTS = 15.0


def file_of(body: bytes, name: str, media_type: str) -> Response[bytes]:
    """A file with its Chinese name."""
    where = "inline" if media_type == PDF else "attachment"
    headers = {
        "Content-Disposition": f"{where}; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "private, no-store",
    }
    return Response(body, media_type=media_type, headers=headers)


async def pdf_of(request: AnyRequest, actor: Actor, drawn: Ledger, paper: Paper | None) -> Response[bytes]:
    """The drawing with the number it was given, or as a copy; without a paper (a blank form) as it is."""
    await asyncio.to_thread(fonts.ensure, fonts.home(), SECONDS_FOR_FONTS)
    if paper is not None:
        drawn = as_printed(drawn, await stamp(request, actor, paper), language(request))
    return file_of(await asyncio.to_thread(ledger_pdf, drawn), f"{drawn.title}.pdf", PDF)
