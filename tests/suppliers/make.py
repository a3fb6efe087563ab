"""Suppliers and deliveries as they stand, without the deeds around them: for rooms that account for them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from canteen.kit.clock import at_local
from canteen.kit.names import normalised
from canteen.schools.services.serials import next_serial
from canteen.tenants.services import canteens_of
from suppliers.goods.rules import Category, Measure, Source, Storage
from suppliers.goods.tables import Good
from suppliers.licences.rules import Standing
from suppliers.licences.tables import Supplier
from suppliers.purchasing.rules import DeliveryKind, DeliveryState, OrderState, Verdict
from suppliers.purchasing.tables import Delivery, DeliveryLine, Order
from tests.cast import NOW, TODAY

ENTERED: dict[str, Any] = {"entered_at": NOW, "entered_by": None}


async def supplier_row(school: int, name: str = "城东粮油", **changes: Any) -> int:
    """A supplier of a school; returns its id."""
    values: dict[str, Any] = {
        "school": school,
        "name": name,
        "spelling": normalised(name),
        "sound": "",
        "source": Source.TRADER.value,
        "credit_code": "",
        "credit_code_reason": "",
        "identity_masked": "",
        "contact": "",
        "phone": "",
        "address": "",
        "categories": "[]",
        "listed_found": False,
        "standing": Standing.ACTIVE.value,
        "standing_reason": "",
        "changed_at": NOW,
        **ENTERED,
    }
    row = Supplier(**{**values, **changes})
    await row.save()
    return int(row.id)


async def good_row(school: int, name: str = "大米") -> int:
    """A good bought by the jin; returns its id."""
    here = (Good.school == school) & (Good.spelling == normalised(name))
    if found := await Good.objects().where(here).first():
        return int(found.id)
    row = Good(
        school=school,
        name=name,
        spelling=normalised(name),
        sound="",
        aliases="[]",
        category=next(iter(Category)).value,
        spec="",
        measure=Measure.GRAMS.value,
        unit="斤",
        units="[]",
        storage=Storage.DRY.value,
        changed_at=NOW,
        **ENTERED,
    )
    await row.save()
    return int(row.id)


async def order_row(school: int, supplier: int, day: date, by_minute: int | None = None) -> int:
    """An order for a day, by a minute of it; returns its id."""
    row = Order(
        school=school,
        canteen=(await canteens_of(school))[0].id,
        number=f"DD-{await next_serial(school, 'test.orders')}",
        supplier=supplier,
        deliver_on=day,
        deliver_by=by_minute,
        state=OrderState.DELIVERED.value,
        note="",
        fen=0,
        ended_reason="",
        **ENTERED,
    )
    await row.save()
    return int(row.id)


async def delivery_row(
    school: int,
    supplier: int | None,
    lines: Sequence[tuple[int, int, int]] = ((20, 20, 500),),
    *,
    day: date = TODAY,
    **changes: Any,
) -> int:
    """A delivery of lines (jin delivered, jin accepted, fen a jin); returns its id."""
    fen = sum(accepted * price for _came, accepted, price in lines)
    whole = all(came == accepted for came, accepted, _price in lines)
    state = DeliveryState.ACCEPTED if whole else DeliveryState.PART if fen else DeliveryState.REFUSED
    row = Delivery(**{**await _head(school, supplier, day), "state": state.value, "fen": fen, **changes})
    await row.save()
    good = await good_row(school)
    for place, (came, accepted, price) in enumerate(lines):
        await _line(row, good, place, came * 500, accepted * 500, price)
    return int(row.id)


async def _head(school: int, supplier: int | None, day: date) -> dict[str, Any]:
    return {
        "school": school,
        "canteen": (await canteens_of(school))[0].id,
        "number": f"YS-{await next_serial(school, 'test.deliveries')}",
        "kind": DeliveryKind.SUPPLIER.value,
        "supplier": supplier,
        "source": Source.TRADER.value,
        "arrived_at": at_local(day, 5, 30),
        "arrived_on": day,
        "note_number": "",
        "version": 1,
        "stops": "[]",
        "companion": "",
        "exception_reason": "",
        "photos": "[]",
        "note": "",
        **ENTERED,
    }


async def _line(row: Delivery, good: int, place: int, came: int, accepted: int, price: int) -> None:
    verdict = Verdict.ACCEPTED if came == accepted else Verdict.PART if accepted else Verdict.REFUSED
    await DeliveryLine(
        school=row.school,
        delivery=row.id,
        position=place,
        arrived_on=row.arrived_on,
        supplier=row.supplier,
        good=good,
        name="大米",
        category=next(iter(Category)).value,
        spec="",
        unit="斤",
        delivered=came,
        accepted=accepted,
        price_fen=price,
        fen=accepted * price // 500,
        fen_per_kg=price * 2,
        batch_number="",
        producer="",
        producer_contact="",
        senses="{}",
        verdict=verdict.value,
        refusal_note="",
        photos="[]",
        **ENTERED,
    ).save()


def days_ago(count: int) -> date:
    """A day before the cast's."""
    return TODAY - timedelta(days=count)
