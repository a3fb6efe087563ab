"""Permissions, names, choices and files, as the pages of plans, orders and prices need them."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias
from urllib.parse import quote

from litestar import Request, Response
from litestar.datastructures import UploadFile

from canteen.kit.actor import Actor
from canteen.kit.pages import language
from canteen.kit.paper import Ledger, fonts, ledger_pdf
from canteen.kit.texts import say
from canteen.kit.uploads import Stored
from canteen.schools.services.prints import Paper
from canteen.schools.services.uploads import keep_file
from canteen.schools.web.printing import as_printed, stamp
from canteen.tenants.services import canteens_of, tenant
from suppliers.goods.rules import CATEGORY_NAMES, plain
from suppliers.licences.services.reading import sellers
from suppliers.purchasing.rules import OrderState, WishState
from suppliers.purchasing.rules.wishes import KIND_NAMES, LIST_NAMES, ORDER_NAMES, STATE_NAMES

AnyRequest: TypeAlias = Request[Any, Any, Any]
READ: dict[str, Any] = {"may": "purchasing.read"}
PLAN: dict[str, Any] = {"may": "purchasing.plan"}
APPROVE: dict[str, Any] = {"may": "purchasing.approve"}
ORDER: dict[str, Any] = {"may": "purchasing.order"}
PRICES: dict[str, Any] = {"may": "purchasing.prices"}
PRINT: dict[str, Any] = {"may": "prints.print"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
SECONDS_FOR_FONTS = 15.0

TONES: Mapping[str, str] = {
    WishState.DRAFT: "",
    WishState.SUBMITTED: "due",
    WishState.APPROVED: "good",
    WishState.REJECTED: "bad",
    WishState.CLOSED: "done",
}
ORDER_TONES: Mapping[str, str] = {
    OrderState.PLACED: "due",
    OrderState.DELIVERED: "good",
    OrderState.CANCELLED: "done",
}


def counted(count_milli: int) -> str:
    """Thousandths of a unit as people type them: 12500 is `12.5`."""
    return plain(count_milli, 1000)


NAMES: dict[str, Any] = {
    "category_names": CATEGORY_NAMES,
    "kind_names": KIND_NAMES,
    "state_names": STATE_NAMES,
    "order_names": ORDER_NAMES,
    "list_names": LIST_NAMES,
    "tones": TONES,
    "order_tones": ORDER_TONES,
    "counted": counted,
}


def choices(request: AnyRequest, labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    """Codes and their names in the reader's language."""
    return [(str(code), say(language(request), label)) for code, label in labels.items()]


async def canteen_choices(school: int) -> list[tuple[int, str]]:
    """The canteens of a school."""
    return [(canteen.id, canteen.name) for canteen in await canteens_of(school)]


async def seller_choices(school: int) -> list[tuple[int, str]]:
    """The suppliers that a school deals with."""
    return [(row.id, row.name) for row in await sellers(school)]


async def school_name(school: int) -> str:
    """As it stands on paper."""
    return str((await tenant(school)).name)


def many(value: Any) -> list[Any]:
    """What a form sent once or several times."""
    return list(value) if isinstance(value, list | tuple) else [value]


async def photos_sent(request: AnyRequest, name: str) -> list[Stored]:
    """The photos of a form that was read. Raises Refused for what is neither photo nor PDF."""
    sent: Sequence[Any] = many(request.state.typed.get(name))
    files = [file for file in sent if isinstance(file, UploadFile)]
    return [await keep_file(await file.read(), request.app.state.data_dir) for file in files]


async def file_sent(request: AnyRequest, name: str) -> tuple[bytes, str] | None:
    """The file of a form that was read and its name; None when there is none."""
    file = request.state.typed.get(name)
    if not isinstance(file, UploadFile):
        return None
    data = await file.read()
    return (data, file.filename) if data else None


async def drawn(request: AnyRequest, actor: Actor, ledger: Ledger, paper: Paper) -> Response[bytes]:
    """A ledger as a PDF, with the number it was given or as an unregistered copy."""
    await asyncio.to_thread(fonts.ensure, fonts.home(), SECONDS_FOR_FONTS)
    sheet = as_printed(ledger, await stamp(request, actor, paper), language(request))
    return as_file(await asyncio.to_thread(ledger_pdf, sheet), f"{paper.title}.pdf", PDF)


def as_file(body: bytes, name: str, media_type: str) -> Response[bytes]:
    """PDFs open in the browser, the rest is saved."""
    where = "inline" if media_type == PDF else "attachment"
    headers = {
        "Content-Disposition": f"{where}; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "private, no-store",
    }
    return Response(body, media_type=media_type, headers=headers)
