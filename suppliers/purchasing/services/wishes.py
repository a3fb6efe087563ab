"""Writing a wish: add, change, submit, take back, close. Deeds; who decides about it is in `deciding`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Conflict, Finding, Missing, Refused, error, refuse_if
from canteen.kit.texts import _
from canteen.schools.services.serials import next_serial
from canteen.tenants.services import canteen_of
from suppliers.goods.rules import units_of
from suppliers.goods.rules.units import amount_fen, quantity_of, rounded
from suppliers.goods.services import goods_by_name
from suppliers.purchasing.forms.wishes import WishForm, WishLineForm
from suppliers.purchasing.rules import WishKind, WishState
from suppliers.purchasing.rules.quotes import quote_findings
from suppliers.purchasing.rules.wishes import (
    Step,
    days_findings,
    line_days_findings,
    step_findings,
    wish_number,
)
from suppliers.purchasing.services.asking import ask_approver, settle_wish
from suppliers.purchasing.services.policy import amounts_of
from suppliers.purchasing.services.quotes_read import offers_of, quotable_fen
from suppliers.purchasing.services.typed import Typed, typed_good
from suppliers.purchasing.services.usual import own_medians
from suppliers.purchasing.tables import Quote, QuoteLine, Wish, WishLine


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it will be kept."""

    typed: Typed
    form: WishLineForm
    day: date
    quantity: int
    price_fen: int | None

    @property
    def fen(self) -> int:
        """What it will cost; nothing without a price."""
        return amount_fen(self.form.count, self.price_fen or 0)


async def add_wish(actor: Actor, form: WishForm, *, now: datetime) -> int:
    """A new requisition or plan, to be submitted; returns its id.

    Raises Missing for a canteen of somebody else, Refused with everything that is wrong.
    """
    refuse_other_canteen(actor, form.canteen)
    async with write():
        lines = await _lines(actor.school, form, now)
        year = local_day(now).year
        number = wish_number(form.kind, year, await next_serial(actor.school, f"{form.kind}-{year}"))
        row = Wish(**_columns(form, lines), **_fresh(actor, form.kind, number, now))
        await row.save()
        await _keep_lines(actor, row.id, lines, now)
        after = _told(number, form, lines)
        await record(actor, "purchasing.add_wish", subject="wish", subject_id=row.id, after=after, now=now)
    return int(row.id)


async def change_wish(actor: Actor, wish: int, form: WishForm, *, now: datetime) -> None:
    """Write a draft, or one that was sent back, anew.

    Raises Missing, Conflict when somebody changed it meanwhile, Refused (`quoted_already`, …).
    """
    async with write():
        row = await wish_to(actor, wish, Step.CHANGE)
        refuse_other_canteen(actor, form.canteen)
        if row.version != form.version:
            message = _("Somebody changed this sheet meanwhile. Look at it again before you save.")
            raise Conflict([error("changed_meanwhile", message)])
        await _refuse_quoted(actor.school, wish)
        lines = await _lines(actor.school, form, now)
        before = {"fen": row.fen, "first_day": row.first_day, "last_day": row.last_day}
        await _drop_lines(actor.school, wish)
        await _keep_lines(actor, wish, lines, now)
        values = {**_columns(form, lines), "version": row.version + 1, "state": WishState.DRAFT.value}
        await update_wish(actor.school, wish, values)
        after = _told(row.number, form, lines)
        about: dict[str, Any] = {"subject": "wish", "subject_id": wish, "before": before, "after": after}
        await record(actor, "purchasing.change_wish", **about, now=now)


async def submit_wish(actor: Actor, wish: int, *, now: datetime) -> None:
    """Send it to whoever approves so much. Raises Missing, and Refused: a line without a price, quotes that
    are missing, no choice among them, no reason for not taking the cheapest.
    """
    async with write():
        row = await wish_to(actor, wish, Step.SUBMIT)
        refuse_if([*await _unpriced(actor.school, wish), *await _quote_findings(actor.school, row, now)])
        values = {
            "state": WishState.SUBMITTED.value,
            "submitted_by": actor.person,
            "submitted_at": now,
            "decision_reason": "",
            "collective_note": "",
        }
        await update_wish(actor.school, wish, values)
        await settle_wish(actor, wish, now=now)
        await ask_approver(actor, row, await amounts_of(actor.school, local_day(now)), now=now)
        after = {"number": row.number, "fen": row.fen}
        await record(actor, "purchasing.submit_wish", subject="wish", subject_id=wish, after=after, now=now)


async def withdraw_wish(actor: Actor, wish: int, *, now: datetime) -> None:
    """Take it back to the desk before anybody has decided. Raises Missing, Refused."""
    await _move(actor, wish, Step.WITHDRAW, WishState.DRAFT, deed="purchasing.withdraw_wish", now=now)


async def close_wish(actor: Actor, wish: int, *, now: datetime) -> None:
    """Nothing more is bought of it, or it was not wanted after all. Raises Missing, Refused."""
    await _move(actor, wish, Step.CLOSE, WishState.CLOSED, deed="purchasing.close_wish", now=now)


async def _move(actor: Actor, wish: int, step: Step, to: WishState, *, deed: str, now: datetime) -> None:
    async with write():
        row = await wish_to(actor, wish, step)
        await update_wish(actor.school, wish, {"state": to.value})
        await settle_wish(actor, wish, now=now)
        before, after = {"state": row.state}, {"number": row.number, "state": to}
        await record(actor, deed, subject="wish", subject_id=wish, before=before, after=after, now=now)


async def wish_to(actor: Actor, wish: int, step: Step) -> Wish:
    """Step: the wish that something is done with. Raises Missing, Forbidden, Refused (`wrong_state`)."""
    row = await wish_row(actor.school, wish)
    refuse_other_canteen(actor, row.canteen)
    refuse_if(step_findings(WishState(row.state), step, row.number))
    return row


async def wish_row(school: int, wish: int) -> Wish:
    """One wish as it is kept. Raises Missing."""
    found: Wish | None = await Wish.objects().where((Wish.school == school) & (Wish.id == wish)).first()
    if found is None:
        raise Missing
    return found


async def update_wish(school: int, wish: int, values: dict[str, Any]) -> None:
    """Step: other values in a wish."""
    here = (Wish.school == school) & (Wish.id == wish)
    await Wish.update(values).where(here)  # type: ignore[arg-type]


async def _lines(school: int, form: WishForm, now: datetime) -> list[Line]:
    """What is typed, with the usual price where none is. Raises Refused with everything that is wrong."""
    await canteen_of(school, form.canteen)
    goods = await goods_by_name(school)
    found = [typed_good(goods, line.good, line.unit, f"lines.{n}") for n, line in enumerate(form.lines)]
    days = [line.day or form.first_day for line in form.lines]
    refuse_if(
        [
            *days_findings(form.kind, form.first_day, form.last_day),
            *line_days_findings(days, form.first_day, form.last_day),
            *(finding for one in found if not isinstance(one, Typed) for finding in one),
        ]
    )
    known = [one for one in found if isinstance(one, Typed)]
    usual = await own_medians(school, [one.good.id for one in known], local_day(now))
    rows = zip(known, form.lines, days, strict=True)
    return [_line(typed, line, day, usual.get(typed.good.id)) for typed, line, day in rows]


def _line(typed: Typed, form: WishLineForm, day: date, usual: int | None) -> Line:
    price = form.price
    if price is None and usual:
        price = max(rounded(usual * typed.per_unit, 1000), 1)
    quantity = quantity_of(units_of(typed.good), typed.unit, form.count)
    return Line(typed, form, day, max(quantity, 1), price)


def _columns(form: WishForm, lines: Sequence[Line]) -> dict[str, Any]:
    return {
        "canteen": form.canteen,
        "first_day": form.first_day,
        "last_day": form.last_day,
        "purpose": form.purpose,
        "fen": sum(line.fen for line in lines),
    }


def _fresh(actor: Actor, kind: WishKind, number: str, now: datetime) -> dict[str, Any]:
    return {
        "school": actor.school,
        "entered_at": now,
        "entered_by": actor.person,
        "kind": kind.value,
        "number": number,
        "version": 1,
        "state": WishState.DRAFT.value,
        "submitted_by": None,
        "submitted_at": None,
        "decided_by": None,
        "decided_for": None,
        "decided_at": None,
        "decision_reason": "",
        "collective_note": "",
        "choice_reason": "",
    }


async def _keep_lines(actor: Actor, wish: int, lines: Sequence[Line], now: datetime) -> None:
    rows = [
        WishLine(
            school=actor.school,
            entered_at=now,
            entered_by=actor.person,
            wish=wish,
            position=n,
            good=line.typed.good.id,
            day=line.day,
            unit=line.typed.unit,
            count_milli=line.form.count,
            quantity=line.quantity,
            price_fen=line.price_fen,
            note=line.form.note,
        )
        for n, line in enumerate(lines)
    ]
    await WishLine.insert(*rows)


async def _drop_lines(school: int, wish: int) -> None:
    """The lines of a draft are no record yet; quotes that were withdrawn keep their sum and photo."""
    quotes = await Quote.select(Quote.id).where((Quote.school == school) & (Quote.wish == wish))
    ids = [row["id"] for row in quotes]
    if ids:
        await QuoteLine.delete().where((QuoteLine.school == school) & QuoteLine.quote.is_in(ids))
    await WishLine.delete().where((WishLine.school == school) & (WishLine.wish == wish))


async def _refuse_quoted(school: int, wish: int) -> None:
    live = (Quote.school == school) & (Quote.wish == wish) & Quote.withdrawn_at.is_null()
    if await Quote.exists().where(live):
        message = _("Sellers have answered for these lines. Take their answers back before you change them.")
        raise Refused([error("quoted_already", message)])


async def _unpriced(school: int, wish: int) -> list[Finding]:
    here = (WishLine.school == school) & (WishLine.wish == wish) & WishLine.price_fen.is_null()
    asked = WishLine.select(WishLine.position, WishLine.good.name.as_alias("name")).where(here)
    message = _("{name} has no price: say what it will cost about.")
    return [
        error("price_missing", message, f"lines.{row['position']}.price", name=row["name"])
        for row in await asked.order_by(WishLine.position)
    ]


async def _quote_findings(school: int, row: Wish, now: datetime) -> list[Finding]:
    """A weekly plan goes by the monthly market inquiry, what a tender lists by its list (practice 23)."""
    if row.kind == WishKind.WEEKLY_PLAN.value:
        return []
    today = local_day(now)
    fen = await quotable_fen(school, row.id, today)
    return quote_findings(
        await offers_of(school, row.id), fen, await amounts_of(school, today), row.choice_reason
    )


def _told(number: str, form: WishForm, lines: Sequence[Line]) -> dict[str, Any]:
    return {
        "number": number,
        "first_day": form.first_day,
        "last_day": form.last_day,
        "purpose": form.purpose,
        "fen": sum(line.fen for line in lines),
        "lines": [f"{line.typed.good.name} {line.form.count / 1000:g}{line.typed.unit}" for line in lines],
    }
