"""A counter to stand at: a seller with its papers, goods, and two people who check."""

from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from canteen.accounts.services.passwords import hashed
from canteen.accounts.tables import Pin
from canteen.kit.actor import Actor
from suppliers.goods.forms import GoodForm
from suppliers.goods.rules import Category, PaperKind, Source, Storage
from suppliers.goods.services import add_good
from suppliers.licences import services as licences
from suppliers.licences.forms import PaperForm
from suppliers.licences.services import add_supplier
from suppliers.purchasing.forms.deliveries import BatchPaperForm, DeliveryForm, LineForm, SecondForm
from tests.cast import NOW, TODAY
from tests.make import Cast
from tests.suppliers.licences.conftest import CODE, JY, stored, supplier_form

PIN = "5937"
LEEK = GoodForm("韭菜", Category.PRODUCE, "斤", Storage.DRY)
PORK = GoodForm("猪后腿肉", Category.PORK, "斤", Storage.CHILLED)
RICE = GoodForm("大米", Category.GRAIN, "斤", Storage.DRY)
SOLD = (Category.PRODUCE, Category.PORK, Category.GRAIN)


def manager(cast: Cast) -> Actor:
    """陈师傅, who takes goods in."""
    return cast.actor("chen")


async def with_pin(cast: Cast, login: str = "he") -> int:
    """Somebody with a PIN at the first school; returns who."""
    person = cast.people[login]
    values = {"pin": await hashed(PIN), "code": None, "code_ends_at": None, "failures": 0, "set_at": NOW}
    await Pin(school=cast.school, person=person, **values).save()
    return person


async def company(cast: Cast, *, valid_to: date | None = None, name: str = "绿源配送有限公司") -> int:
    """A delivery company with business licence and food operation licence, verified by 何厨师."""
    form = supplier_form(name=name, source=Source.TRADER, categories=SOLD, credit_code=CODE)
    supplier = await add_supplier(manager(cast), form, now=NOW)
    until = valid_to or TODAY + timedelta(days=365)
    for kind, number in ((PaperKind.BUSINESS_LICENCE, CODE), (PaperKind.FOOD_OPERATION, JY)):
        paper = PaperForm(
            kind, number, issuer="局", valid_from=date(2023, 9, 1), valid_to=until, categories=SOLD
        )
        licence = await licences.add_paper(manager(cast), supplier, paper, [stored()], now=NOW)
        await licences.verify_paper(cast.actor("zhou"), licence, now=NOW)
    return supplier


async def good(cast: Cast, form: GoodForm = LEEK) -> int:
    """A good of the first school."""
    return await add_good(manager(cast), form, now=NOW)


CONFORMITY = BatchPaperForm(PaperKind.CONFORMITY, "CNHG-1")


def line(**changes: Any) -> LineForm:
    """Twenty jin of leek at 2.50, all senses right."""
    values: dict[str, Any] = {
        "name": "韭菜",
        "unit": "斤",
        "count": 20_000,
        "price": 250,
        "looked": "fine",
    }
    return LineForm(**{**values, **changes})


def delivery(supplier: int | None, *lines: LineForm, **changes: Any) -> DeliveryForm:
    """A delivery with its note and the certificate of conformity."""
    values: dict[str, Any] = {
        "supplier": supplier,
        "lines": lines or (line(),),
        "papers": (CONFORMITY,),
        "note_number": "SH-001",
    }
    return DeliveryForm(**{**values, **changes})


def second(person: int | None, pin: str = PIN) -> SecondForm:
    """The second checker with the PIN."""
    return SecondForm(person, pin)


def at(form: DeliveryForm, when: datetime) -> DeliveryForm:
    """The same at another moment."""
    return msgspec.structs.replace(form, arrived_at=when)
