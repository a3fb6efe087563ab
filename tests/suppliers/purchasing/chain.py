"""A seller, goods, and deliveries of the past for the tests of wishes, orders and prices."""

from datetime import date, datetime, timedelta
from typing import Any

from canteen.accounts.rules import Role
from canteen.kit.actor import Actor
from canteen.tenants.services import canteens_of
from suppliers.goods.forms import GoodForm, UnitForm
from suppliers.goods.rules import Category, Source, Storage, units_of
from suppliers.goods.rules.units import amount_fen, fen_per_kg, quantity_of, unit_of
from suppliers.goods.services import add_good, good_of
from suppliers.licences.services import add_supplier
from suppliers.purchasing.rules import DeliveryKind, DeliveryState, Verdict
from suppliers.purchasing.tables import Delivery, DeliveryLine
from tests.cast import FIRST, NOW, TODAY
from tests.make import Cast, give_role, make_cast
from tests.suppliers.licences.conftest import supplier_form

OIL = GoodForm("菜籽油", Category.OIL, "桶", Storage.DRY, units=(UnitForm("桶", 20_000, "公斤"),))
LEEK = GoodForm("韭菜", Category.PRODUCE, "斤", Storage.DRY)
LETTUCE = GoodForm("生菜", Category.PRODUCE, "斤", Storage.DRY)


async def chain_cast() -> Cast:
    """The cast, with 何厨师 as the buyer and the safety officer."""
    cast = await make_cast()
    for role in (Role.BUYER, Role.SAFETY_OFFICER):
        await give_role(cast.people["he"], cast.school, role)
    return cast


def buyer(cast: Cast) -> Actor:
    """何厨师, who wishes and buys."""
    return cast.actor("he")


async def canteen_at(school: int) -> int:
    """The first canteen of a school."""
    return (await canteens_of(school))[0].id


async def good_at(cast: Cast, form: GoodForm = LEEK, school: str = FIRST) -> int:
    """A good of a school."""
    return await add_good(_actor(cast, school), form, now=NOW)


async def seller_at(cast: Cast, school: str = FIRST, **changes: Any) -> int:
    """A farmer who sells vegetables, or a company."""
    values = {
        "name": "农户老李",
        "source": Source.FARMER,
        "credit_code": "",
        "categories": (Category.PRODUCE,),
    }
    form = supplier_form(**{**values, "identity": "360426199101010071", **changes})
    return await add_supplier(_actor(cast, school), form, now=NOW)


def _actor(cast: Cast, school: str) -> Actor:
    return Actor(cast.people["he"] if school == FIRST else cast.people["zheng"], cast.schools[school])


async def delivered(
    cast: Cast,
    good: int,
    price_fen: int,
    *,
    days_ago: int = 1,
    unit: str = "斤",
    count_milli: int = 10_000,
    school: str = FIRST,
    state: DeliveryState = DeliveryState.ACCEPTED,
    plan: int | None = None,
    supplier: int | None = None,
) -> int:
    """A delivery of the past with one line, as the door keeps it; the price is fen for one unit."""
    at, day = cast.schools[school], TODAY - timedelta(days=days_ago)
    number = f"D{await Delivery.count() + 1}"
    row = Delivery(**_head(at, await canteen_at(at), number, day, state), plan=plan, supplier=supplier)
    await row.save()
    known = await good_of(at, good)
    values = _line(known, unit, count_milli, price_fen)
    await DeliveryLine(**values, **_of_line(at, row.id, day, good), supplier=supplier).save()
    return int(row.id)


def _head(school: int, canteen: int, number: str, day: date, state: DeliveryState) -> dict[str, Any]:
    instant = NOW - timedelta(days=(TODAY - day).days)
    return {
        **_entered(school, instant),
        "canteen": canteen,
        "number": number,
        "kind": DeliveryKind.SUPPLIER.value,
        "source": Source.FARMER.value,
        "arrived_at": instant,
        "arrived_on": day,
        "note_number": "",
        "state": state.value,
        "version": 1,
        "stops": "[]",
        "companion": "",
        "exception_reason": "",
        "photos": "[]",
        "note": "",
        "fen": 0,
    }


def _entered(school: int, at: datetime) -> dict[str, Any]:
    return {"school": school, "entered_at": at, "entered_by": None}


def _of_line(school: int, delivery: int, day: date, good: int) -> dict[str, Any]:
    return {
        **_entered(school, NOW),
        "delivery": delivery,
        "position": 0,
        "arrived_on": day,
        "good": good,
        "spec": "",
        "batch_number": "",
        "producer": "",
        "producer_contact": "",
        "senses": "{}",
        "verdict": Verdict.ACCEPTED.value,
        "refusal_note": "",
        "photos": "[]",
    }


def _line(good: Any, unit: str, count_milli: int, price_fen: int) -> dict[str, Any]:
    units = units_of(good)
    quantity = quantity_of(units, unit, count_milli)
    return {
        "name": good.name,
        "category": good.category.value,
        "unit": unit,
        "delivered": quantity,
        "accepted": quantity,
        "price_fen": price_fen,
        "fen": amount_fen(count_milli, price_fen),
        "fen_per_kg": fen_per_kg(price_fen, unit_of(units, unit).quantity),
    }
