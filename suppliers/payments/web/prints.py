"""What is printed of money: forms to sign, statements, vouchers, the list of bare slips."""

from datetime import date, datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.kit.actor import Actor
from canteen.kit.described import PathId
from canteen.kit.pages import Listing, Page, language
from canteen.kit.paper import Ledger
from canteen.schools.services.prints import Paper
from canteen.schools.web.printing import register
from canteen.tenants.services import tenant
from suppliers.payments import services
from suppliers.payments.paper import (
    advance_form,
    approval_form,
    bare_ledger,
    farmer_voucher,
    month_ledger,
    registered,
    supplier_ledger,
)
from suppliers.payments.rules import PayState, first_of, last_of
from suppliers.payments.web.files import pdf_of
from suppliers.payments.web.showing import PRINT, READ, AnyRequest, month_of

CHINESE = "zh_CN"
Drawn = tuple[Ledger, Paper]


async def _payment(actor: Actor, payment: int, lang: str) -> Drawn:
    """A payment's form, or of an advance its account; what three people signed here waits for no ink."""
    view, school = await services.payment_view(actor, payment), (await tenant(actor.school)).name
    drawn = {}
    for one in (lang, CHINESE):
        if view.row["advance"]:
            advance = await services.advance_view(actor.school, view.row["advance"])
            drawn[one] = advance_form(view, advance, school, one)
        else:
            drawn[one] = approval_form(view, school, one)
    to_sign = view.row["state"] == PayState.SIGNING.value
    return drawn[lang], registered("approval", "payment", payment, drawn[CHINESE], to_sign=to_sign)


async def _voucher(actor: Actor, slip: int, lang: str) -> Drawn:
    """A farmer's voucher as it was entered."""
    row, goods, identity = await services.voucher_facts(actor.school, slip)
    school = (await tenant(actor.school)).name
    drawn = {one: farmer_voucher(row, goods, identity, school, one) for one in (lang, CHINESE)}
    return drawn[lang], registered("farmer", "invoice", slip, drawn[CHINESE], to_sign=True)


async def _statement(actor: Actor, supplier: int, month: date, lang: str) -> Drawn:
    """A supplier's month, for both to sign."""
    school, days = (await tenant(actor.school)).name, (first_of(month), last_of(month))
    line = await services.statement_of(actor.school, supplier or None, month)
    parts = (
        await services.taken_of(actor.school, supplier or None, *days),
        await services.slips_touching(actor.school, supplier or None, *days),
    )
    drawn = {one: supplier_ledger(line, month, parts, school, one) for one in (lang, CHINESE)}
    subject = f"statement_{month:%Y_%m}"
    return drawn[lang], registered("statement", subject, supplier, drawn[CHINESE], to_sign=True)


async def _month(actor: Actor, month: date, lang: str) -> Drawn:
    """All suppliers of a month."""
    school, lines = (await tenant(actor.school)).name, await services.month_statements(actor.school, month)
    drawn = {one: month_ledger(lines, month, school, one) for one in (lang, CHINESE)}
    number = month.year * 100 + month.month
    return drawn[lang], registered("month", "month_close", number, drawn[CHINESE], to_sign=True)


async def _bare(actor: Actor, month: date, lang: str) -> Drawn:
    """The bare slips of a month."""
    asked = Listing(sort="day", filters={"kind": "plain", "month": f"{month:%Y-%m}"})
    slips, school = await services.all_slips(actor.school, asked), (await tenant(actor.school)).name
    drawn = {one: bare_ledger(slips, f"{month:%Y-%m}", school, one) for one in (lang, CHINESE)}
    number = month.year * 100 + month.month
    return drawn[lang], registered("bare", "month_close", number, drawn[CHINESE], to_sign=True)


@get("/payments/{payment:int}/form.pdf", opt=READ)
async def show_form(request: AnyRequest, actor: NamedDependency[Actor], payment: PathId) -> Response[bytes]:
    """付款审批单 or 备用金报账单."""
    return await pdf_of(request, actor, *await _payment(actor, payment, language(request)))


@post("/payments/{payment:int}/form.pdf", opt=PRINT)
async def print_form(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], payment: PathId
) -> Page:
    """It gets its number."""
    return await register(request, actor, (await _payment(actor, payment, CHINESE))[1], now=now)


@get("/payments/slips/{invoice:int}/voucher.pdf", opt=READ)
async def show_voucher(
    request: AnyRequest, actor: NamedDependency[Actor], invoice: PathId
) -> Response[bytes]:
    """农户收购凭证, filled."""
    return await pdf_of(request, actor, *await _voucher(actor, invoice, language(request)))


@post("/payments/slips/{invoice:int}/voucher.pdf", opt=PRINT)
async def print_voucher(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], invoice: PathId
) -> Page:
    """It gets its number."""
    return await register(request, actor, (await _voucher(actor, invoice, CHINESE))[1], now=now)


@get("/payments/slips/voucher-blank.pdf", opt=READ)
async def blank_voucher(request: AnyRequest, actor: NamedDependency[Actor]) -> Response[bytes]:
    """农户收购凭证, to be filled in with the pen."""
    school = (await tenant(actor.school)).name
    return await pdf_of(request, actor, farmer_voucher(None, (), "", school, language(request)), None)


@get("/payments/slips/bare.pdf", opt=READ)
async def show_bare(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """白条清单."""
    return await pdf_of(request, actor, *await _bare(actor, month_of(request, now), language(request)))


@post("/payments/slips/bare.pdf", opt=PRINT)
async def print_bare(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """It gets its number."""
    return await register(request, actor, (await _bare(actor, month_of(request, now), CHINESE))[1], now=now)


@get("/payments/statements/all.pdf", opt=READ)
async def show_month(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """供应商往来月报."""
    return await pdf_of(request, actor, *await _month(actor, month_of(request, now), language(request)))


@post("/payments/statements/all.pdf", opt=PRINT)
async def print_month(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """It gets its number."""
    return await register(request, actor, (await _month(actor, month_of(request, now), CHINESE))[1], now=now)


@get("/payments/statements/{supplier:int}/statement.pdf", opt=READ)
async def show_supplier(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    supplier: FromPath[int],
) -> Response[bytes]:
    """供应商月度对账单."""
    drawn = await _statement(actor, supplier, month_of(request, now), language(request))
    return await pdf_of(request, actor, *drawn)


@post("/payments/statements/{supplier:int}/statement.pdf", opt=PRINT)
async def print_supplier(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    supplier: FromPath[int],
) -> Page:
    """It gets its number."""
    paper = (await _statement(actor, supplier, month_of(request, now), CHINESE))[1]
    return await register(request, actor, paper, now=now)


routes: list[Any] = [
    show_form,
    print_form,
    show_voucher,
    print_voucher,
    blank_voucher,
    show_bare,
    print_bare,
    show_month,
    print_month,
    show_supplier,
    print_supplier,
]
