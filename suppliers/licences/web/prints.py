"""What is printed: the ledger of papers with its number, as a workbook, and a supplier's whole file."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId
from canteen.kit.pages import Page, language
from canteen.kit.paper import fonts, ledger_pdf
from canteen.schools.services.prints import Paper
from canteen.schools.web.printing import as_printed, register, stamp
from canteen.tenants.services import tenant
from suppliers.licences import services
from suppliers.licences.paper import SupplierFile, ledger, ledger_title, supplier_file_pdf
from suppliers.licences.paper.sheets import ledger_workbook
from suppliers.licences.rules import PaperState
from suppliers.licences.services.ledger import LedgerRow, ledger_rows
from suppliers.licences.services.scans import photos_of
from suppliers.licences.web.showing import READ, XLSX, AnyRequest

PDF = "application/pdf"
PRINT = {"may": "prints.print"}
SECONDS_FOR_FONTS = 15.0


@get("/licences/ledger.pdf", opt=READ)
async def show_ledger(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The ledger of papers (索证索票台账): a copy, or with the number it was given."""
    lang, today = language(request), local_day(now)
    school, rows = await ledger_rows(actor.school, today=today)
    await asyncio.to_thread(fonts.ensure, fonts.home(), SECONDS_FOR_FONTS)
    drawn = ledger(school, rows, today, lang)
    drawn = as_printed(drawn, await stamp(request, actor, _paper(actor, rows, lang)), lang)
    return _file(await asyncio.to_thread(ledger_pdf, drawn), f"{ledger_title(lang)}.pdf", PDF)


@post("/licences/ledger.pdf", opt=PRINT)
async def print_ledger(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Print it: it gets its number and waits for ink."""
    _school, rows = await ledger_rows(actor.school, today=local_day(now))
    return await register(request, actor, _paper(actor, rows, language(request)), now=now)


@get("/licences/ledger.xlsx", opt=READ)
async def ledger_excel(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The same as a workbook."""
    lang = language(request)
    _school, rows = await ledger_rows(actor.school, today=local_day(now))
    return _file(ledger_workbook(rows, lang), f"{ledger_title(lang)}.xlsx", XLSX)


@get("/suppliers/{supplier:int}/file.pdf", opt=READ)
async def show_file(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], supplier: PathId
) -> Response[bytes]:
    """A supplier's file: data sheet, list of papers, and every photographed page."""
    file = await _supplier_file(actor.school, supplier, now, request.app.state.data_dir)
    await asyncio.to_thread(fonts.ensure, fonts.home(), SECONDS_FOR_FONTS)
    data = await asyncio.to_thread(supplier_file_pdf, file, f"{local_day(now)}", language(request))
    return _file(data, f"{file.row.name}.pdf", PDF)


async def _supplier_file(school: int, supplier: int, now: datetime, folder: Path) -> SupplierFile:
    today = local_day(now)
    row = await services.supplier_of(school, supplier)
    lead = (await services.lead_days(school, today))[0]
    found = await services.papers_of(school, supplier, today=today, lead=lead)
    papers = [p for p in found if p.standing.state not in (PaperState.REJECTED, PaperState.SUPERSEDED)]
    photos, pdfs = await photos_of(school, papers, folder)
    return SupplierFile((await tenant(school)).name, row, papers, photos, pdfs)


def _paper(actor: Actor, rows: list[LedgerRow], lang: str) -> Paper:
    told = [(row.name, row.code, dict(row.view.row), row.view.standing.state) for row in rows]
    content = msgspec.json.encode(told, enc_hook=str)
    return Paper("licences.ledger", "school", actor.school, ledger_title(lang), content, to_sign=True)


def _file(data: bytes, name: str, kind: str) -> Response[bytes]:
    headers = {"Content-Disposition": f"inline; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(data, media_type=kind, headers={**headers, "Cache-Control": "no-store"})


routes: list[Any] = [show_ledger, print_ledger, ledger_excel, show_file]
