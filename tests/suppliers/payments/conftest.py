"""A school with a buyer, a storekeeper, an accountant and a cashier, and slips for its deliveries."""

from datetime import date
from typing import Any

import pytest

from canteen.accounts.rules import Role
from canteen.kit.actor import Actor
from suppliers.payments import services
from suppliers.payments.forms import LinkForm, PayForm, RequestForm, SignForm, SlipForm
from suppliers.payments.rules import InvoiceKind, Way
from tests.cast import NOW, TODAY
from tests.make import Cast, give_role, make_cast
from tests.suppliers.make import delivery_row, supplier_row

NUMBER = "26332000000012345678"


@pytest.fixture
async def cast(database: str) -> Cast:
    """The cast on each engine in turn; 许老师 is the cashier, 林营养 the accountant, 何厨师 the buyer."""
    return await _cast()


@pytest.fixture
async def house(sqlite: str) -> Cast:
    """The same on SQLite only: for pages."""
    return await _cast()


async def _cast() -> Cast:
    made = await make_cast()
    for login, role in (("xu", Role.CASHIER), ("lin", Role.ACCOUNTANT), ("he", Role.BUYER)):
        await give_role(made.people[login], made.school, role)
    return made


def who(cast: Cast, login: str) -> Actor:
    """One of the cast with what it was given here."""
    more = {"xu": Role.CASHIER, "lin": Role.ACCOUNTANT, "he": Role.BUYER}
    actor = cast.actor(login)
    roles = actor.roles | ({more[login]} if login in more else set())
    return Actor(actor.person, actor.school, frozenset(roles))


def slip_form(fen: int = 10_000, **changes: Any) -> SlipForm:
    """A tax invoice of 100 yuan."""
    values: dict[str, Any] = {
        "kind": InvoiceKind.INVOICE,
        "issued_on": TODAY,
        "fen": fen,
        "seller": "城东粮油",
        "number": NUMBER,
    }
    return SlipForm(**{**values, **changes})


async def add_slip(cast: Cast, fen: int = 10_000, number: str = NUMBER, **changes: Any) -> int:
    """A slip without deliveries."""
    return await services.add_slip(who(cast, "chen"), slip_form(fen, number=number, **changes), [], now=NOW)


async def slip_for(cast: Cast, supplier: int, delivery: int, fen: int, number: str, **changes: Any) -> int:
    """A slip for one delivery, of the same sum."""
    links = changes.pop("links", (LinkForm(delivery, fen),))
    form = slip_form(fen, number=number, supplier=supplier, links=links, **changes)
    return await services.add_slip(who(cast, "chen"), form, [], now=NOW)


async def ask(cast: Cast, *slips: int, way: Way = Way.TRANSFER, **changes: Any) -> int:
    """A payment on slips, by transfer."""
    values: dict[str, Any] = {
        "account": "6222020000000000001",
        "bank": "农商银行城关支行",
        "purpose": "9月粮油款",
    }
    form = RequestForm(slips, way, **{**values, **changes})
    return await services.request_payment(who(cast, "he"), form, now=NOW)


async def sign(cast: Cast, login: str, *payments: int, note: str = "") -> None:
    """Sign at the next place."""
    await services.sign_payments(who(cast, login), SignForm(payments, note), now=NOW)


async def sign_all(cast: Cast, *payments: int) -> None:
    """Buyer, canteen manager and principal sign."""
    for login in ("he", "chen", "zhou"):
        await sign(cast, login, *payments)


async def pay(cast: Cast, *payments: int, day: date | None = None, reference: str = "B20260907001") -> None:
    """The cashier pays."""
    await services.pay(who(cast, "xu"), PayForm(payments, day, reference), now=NOW)


async def bought(cast: Cast, fen: int = 10_000, day: date = TODAY) -> tuple[int, int]:
    """A supplier and a delivery of that sum."""
    supplier = await supplier_row(cast.school)
    return supplier, await delivery_row(cast.school, supplier, [(fen // 100, fen // 100, 100)], day=day)


def rules(problem: Any) -> list[tuple[str, str]]:
    """Where and what was refused."""
    return [(f.at, f.rule) for f in problem.value.findings]
