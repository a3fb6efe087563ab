"""Months are closed once over, and opened again only with a reason: what was settled stays as it was."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import error, refuse_if
from canteen.kit.texts import _
from suppliers.payments.forms import MonthForm
from suppliers.payments.rules import first_of, last_of, whole
from suppliers.payments.services.books import hold_books, is_closed
from suppliers.payments.services.statements import month_statements
from suppliers.payments.tables import MonthClose

CLOSE = "payments.close_month"


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month: closed or open, its figures today, and those it was closed with (None: never closed)."""

    month: date
    closed: bool
    reason: str
    accepted_fen: int
    paid_fen: int
    closed_accepted_fen: int | None
    closed_paid_fen: int | None

    @property
    def moved_fen(self) -> int:
        """What deliveries of a closed month changed by since it was closed."""
        return self.accepted_fen - self.closed_accepted_fen if self.closed_accepted_fen is not None else 0


async def close_month(actor: Actor, form: MonthForm, *, now: datetime) -> None:
    """Close a month that is over. Raises Refused: `month_runs`, `closed_already`."""
    async with write():
        await hold_books(actor.school)
        month = first_of(form.month)
        found = []
        if last_of(month) >= local_day(now):
            found.append(error("month_runs", _("A month is closed when it is over."), "month"))
        if await is_closed(actor.school, month):
            found.append(error("closed_already", _("This month is closed already."), "month"))
        refuse_if(found)
        await _keep(actor, CLOSE, month, form, now)


async def reopen_month(actor: Actor, form: MonthForm, *, now: datetime) -> None:
    """Open a closed month again, with a reason. Raises Refused: `missing` reason, `not_closed`."""
    async with write():
        await hold_books(actor.school)
        month = first_of(form.month)
        found = []
        if not form.reason:
            found.append(error("missing", _("This is required."), "reason"))
        if not await is_closed(actor.school, month):
            found.append(error("not_closed", _("This month is not closed."), "month"))
        refuse_if(found)
        await _keep(actor, "payments.reopen_month", month, form, now)


async def months(school: int, today: date, count: int = 6) -> list[MonthLine]:
    """The months up to today's, the latest first."""
    rows = await MonthClose.objects().where(MonthClose.school == school).order_by(MonthClose.id)
    last = {row.month: row for row in rows}
    found, month = [], first_of(today)
    for _n in range(count):
        total = whole(line.statement for line in await month_statements(school, month))
        row = last.get(month)
        closed = row is not None and bool(row.closed)
        found.append(
            MonthLine(
                month,
                closed,
                row.reason if row else "",
                total.month.accepted,
                total.month.paid,
                row.delivered_fen if row and closed else None,
                row.paid_fen if row and closed else None,
            )
        )
        month = first_of(month - timedelta(days=1))
    return found


async def _keep(actor: Actor, deed: str, month: date, form: MonthForm, now: datetime) -> None:
    total = whole(line.statement for line in await month_statements(actor.school, month))
    row = MonthClose(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        month=month,
        closed=deed == CLOSE,
        reason=form.reason,
        delivered_fen=total.month.accepted,
        paid_fen=total.month.paid,
    )
    await row.save()
    after = {"month": month, "reason": form.reason, "paid_fen": row.paid_fen}
    await record(actor, deed, subject="month_close", subject_id=row.id, after=after, now=now)
