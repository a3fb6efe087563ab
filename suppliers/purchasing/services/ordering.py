"""Ordering what was approved: one order for each supplier, call one off. Deeds, and the step of the door."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Finding, Level, Missing, Refused, error, refuse_if
from canteen.kit.texts import _
from canteen.schools.services.serials import next_serials
from suppliers.goods.rules import Category, Good, units_of
from suppliers.goods.rules.units import amount_fen, quantity_of
from suppliers.goods.services import goods_by_ids
from suppliers.licences.services import stops_for, suppliers_by_ids
from suppliers.purchasing.forms.wishes import OrderLineForm, OrdersForm, ReasonForm
from suppliers.purchasing.rules import OrderState, WishKind, WishState
from suppliers.purchasing.rules.wishes import Step, order_number
from suppliers.purchasing.services.wishes import update_wish, wish_to
from suppliers.purchasing.tables import Order, OrderLine, Wish, WishLine

PLACED = OrderState.PLACED.value


@dataclass(frozen=True, slots=True)
class Part:
    """A line of the wish on its way into an order."""

    line: Mapping[str, Any]
    good: Good
    count_milli: int
    price_fen: int | None

    @property
    def fen(self) -> int:
        """What it costs."""
        return amount_fen(self.count_milli, self.price_fen or 0)


async def place_orders(actor: Actor, wish: int, form: OrdersForm, *, now: datetime) -> list[int]:
    """Order lines of an approved wish, an order for each supplier; returns the orders' ids.

    A requisition of which nothing is left to order is closed with it. Raises Missing, and Refused:
    `nothing_ordered`, `ordered_already`, `days_past`, and what stops a supplier for the goods on that day.
    """
    async with write():
        row = await wish_to(actor, wish, Step.ORDER)
        parts = await _parts(actor.school, wish, form)
        refuse_if(_day_findings(form.deliver_on, now))
        refuse_if(await _stops(actor.school, parts, form.deliver_on))
        orders = await _keep_orders(actor, row, parts, form, now)
        await _close_when_done(actor.school, row)
        after = {
            "wish": row.number,
            "orders": [order.number for order in orders],
            "fen": sum(order.fen for order in orders),
            "deliver_on": form.deliver_on,
        }
        await record(actor, "purchasing.place_orders", subject="wish", subject_id=wish, after=after, now=now)
    return [order.id for order in orders]


async def cancel_order(actor: Actor, order: int, form: ReasonForm, *, now: datetime) -> None:
    """Call an order off; its wish can be ordered anew. Raises Missing, Refused (`wrong_state`)."""
    async with write():
        row = await order_row(actor.school, order)
        refuse_other_canteen(actor, row.canteen)
        if row.state != PLACED:
            message = _("Only an order that is still out can be called off.")
            raise Refused([error("wrong_state", message)])
        values: dict[Any, Any] = {
            Order.state: OrderState.CANCELLED.value,
            Order.ended_at: now,
            Order.ended_reason: form.reason,
        }
        await Order.update(values).where((Order.school == actor.school) & (Order.id == order))
        await _open_again(actor.school, row.wish)
        after = {"number": row.number, "reason": form.reason}
        await record(
            actor, "purchasing.cancel_order", subject="order", subject_id=order, after=after, now=now
        )


async def end_order(school: int, order: int, *, now: datetime) -> None:
    """Step of the door: what was ordered has come. Raises Missing; one that has ended stays as it is."""
    await order_row(school, order)
    here = (Order.school == school) & (Order.id == order) & (Order.state == PLACED)
    values: dict[Any, Any] = {Order.state: OrderState.DELIVERED.value, Order.ended_at: now}
    await Order.update(values).where(here)


async def order_row(school: int, order: int) -> Order:
    """One order as it is kept. Raises Missing."""
    found: Order | None = await Order.objects().where((Order.school == school) & (Order.id == order)).first()
    if found is None:
        raise Missing
    return found


async def ordered_lines(school: int, wish: int) -> set[int]:
    """The positions of a wish that stand in an order which was not called off."""
    here = (OrderLine.school == school) & (OrderLine.order.wish == wish)
    here &= OrderLine.order.state != OrderState.CANCELLED.value
    rows = await OrderLine.select(OrderLine.position).where(here)
    return {row["position"] for row in rows}


async def _parts(school: int, wish: int, form: OrdersForm) -> dict[int, list[Part]]:
    """What is ordered by supplier. Raises Missing for a line or supplier that is not ours, Refused."""
    rows = await WishLine.select().where((WishLine.school == school) & (WishLine.wish == wish))
    lines = {row["id"]: row for row in rows}
    goods = await goods_by_ids(school, {row["good"] for row in rows})
    done = await ordered_lines(school, wish)
    wanted = [line for line in form.lines if line.supplier is not None]
    refuse_if(_line_findings(form.lines, wanted, lines, done, goods))
    if len(await suppliers_by_ids(school, _sellers(wanted))) < len(_sellers(wanted)):
        raise Missing
    parts: dict[int, list[Part]] = {seller: [] for seller in _sellers(wanted)}
    for line in wanted:
        row = lines[line.line]
        price = line.price if line.price is not None else row["price_fen"]
        part = Part(row, goods[row["good"]], line.count or row["count_milli"], price)
        parts[line.supplier or 0].append(part)
    return parts


def _sellers(lines: Iterable[OrderLineForm]) -> list[int]:
    return list(dict.fromkeys(line.supplier for line in lines if line.supplier is not None))


def _line_findings(
    sent: Sequence[OrderLineForm],
    wanted: Sequence[OrderLineForm],
    lines: Mapping[int, Mapping[str, Any]],
    done: set[int],
    goods: Mapping[int, Good],
) -> list[Finding]:
    if any(line.line not in lines for line in sent):
        raise Missing
    if not wanted:
        return [error("nothing_ordered", _("Choose a supplier for at least one line."), "lines")]
    message = _("{name} has been ordered already.")
    return [
        error("ordered_already", message, f"lines.{n}.supplier", name=goods[lines[line.line]["good"]].name)
        for n, line in enumerate(sent)
        if line.supplier is not None and lines[line.line]["position"] in done
    ]


def _day_findings(deliver_on: date, now: datetime) -> list[Finding]:
    if deliver_on >= local_day(now):
        return []
    return [error("days_past", _("This day is over."), "deliver_on")]


async def _stops(school: int, parts: Mapping[int, Sequence[Part]], on: date) -> list[Finding]:
    """Why a supplier may not deliver these goods on that day: the rule of the counter, before the order."""
    found: list[Finding] = []
    for supplier, mine in parts.items():
        categories = sorted({part.good.category for part in mine}, key=list(Category).index)
        by_category = await stops_for(school, supplier, categories, on)
        findings = [one for category in categories for one in by_category.get(category, ())]
        found += [one for one in findings if one.level is Level.ERROR and one not in found]
    return found


async def _keep_orders(
    actor: Actor, wish: Wish, parts: Mapping[int, Sequence[Part]], form: OrdersForm, now: datetime
) -> list[Order]:
    year = local_day(now).year
    serials = await next_serials(actor.school, f"order-{year}", len(parts))
    made = []
    for serial, (supplier, mine) in zip(serials, parts.items(), strict=True):
        row = Order(
            school=actor.school,
            entered_at=now,
            entered_by=actor.person,
            canteen=wish.canteen,
            number=order_number(year, serial),
            supplier=supplier,
            wish=wish.id,
            deliver_on=form.deliver_on,
            deliver_by=_minutes(form.deliver_by),
            state=PLACED,
            note=form.note,
            fen=sum(part.fen for part in mine),
            ended_at=None,
            ended_reason="",
        )
        await row.save()
        await OrderLine.insert(*(_order_line(actor, row.id, part, now) for part in mine))
        made.append(row)
    return made


def _minutes(hour: time | None) -> int | None:
    return None if hour is None else hour.hour * 60 + hour.minute


def _order_line(actor: Actor, order: int, part: Part, now: datetime) -> OrderLine:
    return OrderLine(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        order=order,
        position=part.line["position"],
        good=part.good.id,
        spec=part.good.spec,
        unit=part.line["unit"],
        count_milli=part.count_milli,
        quantity=quantity_of(units_of(part.good), part.line["unit"], part.count_milli),
        price_fen=part.price_fen,
    )


async def _close_when_done(school: int, wish: Wish) -> None:
    """A requisition is closed with its last order; a plan stands for its days."""
    if wish.kind == WishKind.WEEKLY_PLAN.value:
        return
    count = await WishLine.count().where((WishLine.school == school) & (WishLine.wish == wish.id))
    if len(await ordered_lines(school, wish.id)) >= count:
        await update_wish(school, wish.id, {"state": WishState.CLOSED.value})


async def _open_again(school: int, wish: int | None) -> None:
    if wish is None:
        return
    here = (Wish.school == school) & (Wish.id == wish) & (Wish.state == WishState.CLOSED.value)
    await Wish.update({Wish.state: WishState.APPROVED.value}).where(here)
