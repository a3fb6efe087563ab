"""The demo's money: slips in every state of their three signatures, and a buyer's cash advance."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from canteen.demo.scanning import draw_scan
from canteen.demo.shopping import Shop
from canteen.kit.clock import at_local, local_day
from canteen.kit.uploads import Stored
from canteen.schools.services.uploads import keep_file
from suppliers.licences.services import supplier_of
from suppliers.payments.forms import (
    AccountForm,
    AdvanceForm,
    LinkForm,
    PayForm,
    RequestForm,
    SignForm,
    SlipForm,
)
from suppliers.payments.rules import InvoiceKind, Way
from suppliers.payments.services import (
    account_for_advance,
    add_slip,
    approve_advance,
    ask_advance,
    give_advance,
    pay,
    request_payment,
    sign_payments,
)
from suppliers.purchasing.services.accounted import taken_between

ADVANCE_FEN, THREE = 50_000, 3
BANKS = {
    "greens": ("3303970104001504", "青河农商银行城东支行"),
    "grain": ("3303970104001201", "青河农商银行粮站支行"),
    "dairy": ("3303970104001403", "青河农商银行营业部"),
}
"""Accounts of the demo's sellers; no bank has such numbers."""


async def pay_week(shop: Shop, seller: str, week: Sequence[date], day: date, *, signatures: int) -> None:
    """A seller's invoice for a week, and a payment signed so often: 0 only asked for, 4 paid."""
    at = at_local(day, 15)
    slip = await _invoice(shop, seller, week, at)
    if slip is None:
        return
    account, bank = BANKS[seller]
    purpose = f"{week[0]:%m月%d日}至{week[-1]:%m月%d日}货款"
    form = RequestForm((slip,), Way.TRANSFER, account=account, bank=bank, purpose=purpose)
    payment = await request_payment(shop.buyer, form, now=at + timedelta(minutes=10))
    await _sign(shop, payment, signatures, at + timedelta(hours=1))
    if signatures > THREE:
        paid = PayForm((payment,), bank_reference=f"QHNS{day:%Y%m%d}{payment:04d}")
        await pay(shop.cast.actor(shop.school.cashier), paid, now=at + timedelta(hours=4))


async def _sign(shop: Shop, payment: int, times: int, at: datetime) -> None:
    """Who bought, who looked at the goods too, and the principal, one after another."""
    logins = (shop.school.buyer, shop.school.second, shop.school.principal)
    for place, login in enumerate(logins[:times]):
        form = SignForm((payment,))
        await sign_payments(shop.cast.actor(login), form, now=at + timedelta(minutes=40 * place))


async def _invoice(shop: Shop, seller: str, week: Sequence[date], at: datetime) -> int | None:
    """The seller's tax invoice for what was accepted in a week; None when there was nothing."""
    found = await taken_between(shop.buyer.school, week[0], week[-1], shop.sellers[seller])
    if not found:
        return None
    links = tuple(LinkForm(row.id, row.fen) for row in found)
    supplier = await supplier_of(shop.buyer.school, shop.sellers[seller])
    number = f"{at:%y}{3397:04d}{at:%m%d}{supplier.id:04d}{found[0].id:06d}"
    fen = sum(row.fen for row in found)
    photo = await _photo(shop, "电子发票（普通发票）", supplier.name, number, fen)
    form = SlipForm(InvoiceKind.INVOICE, local_day(at), fen, supplier.id, number=number, links=links)
    return await add_slip(shop.buyer, form, [photo], now=at)


async def _photo(shop: Shop, title: str, seller: str, number: str, fen: int) -> Stored:
    told = (("号码", number), ("销售方", seller), ("购买方", shop.school.name))
    return await keep_file(draw_scan(title, [*told, ("价税合计", f"￥{fen / 100:.2f}")]), shop.folder)


async def lend_cash(shop: Shop, day: date) -> int:
    """A cash advance for the buyer: asked for, approved, handed out; returns its id."""
    at = at_local(day, 9, 20)
    form = AdvanceForm(ADVANCE_FEN, "农贸市场零星采购备用金")
    advance = await ask_advance(shop.buyer, form, now=at)
    await approve_advance(shop.cast.actor(shop.school.principal), advance, now=at + timedelta(hours=2))
    await give_advance(shop.cast.actor(shop.school.cashier), advance, now=at + timedelta(hours=5))
    return advance


async def account_cash(shop: Shop, advance: int, market_day: date, day: date) -> None:
    """What was spent on the market, with a bare slip of the stall, and the rest is handed back."""
    school, stall = shop.buyer.school, shop.sellers["stall"]
    (bought,) = await taken_between(school, market_day, market_day, stall)
    links = (LinkForm(bought.id, bought.fen),)
    form = SlipForm(InvoiceKind.PLAIN, market_day, bought.fen, bought.supplier, links=links)
    at = at_local(day, 15, 30)
    photo = await _photo(shop, "收款收据", "农贸市场摊位", "No.0031", bought.fen)
    slip = await add_slip(shop.buyer, form, [photo], now=at)
    account = AccountForm((slip,), ADVANCE_FEN - bought.fen, "市场采买报账")
    payment = await account_for_advance(shop.buyer, advance, account, now=at + timedelta(minutes=10))
    await _sign(shop, payment, THREE, at + timedelta(hours=1))
