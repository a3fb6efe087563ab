"""Steps of every deed on money: the books are held, closed months stay closed, papers are numbered."""

from datetime import date, datetime

from canteen.kit.db import in_write
from canteen.kit.problems import Finding, Refused, error
from canteen.kit.texts import _
from canteen.schools.services.serials import next_serial
from canteen.tenants.services import tenant
from suppliers.payments.rules import OWN_NUMBERS, InvoiceKind, first_of
from suppliers.payments.tables import Invoice, MonthClose


async def hold_books(school: int) -> None:
    """Step: the deeds on a school's money wait for each other until this one is done.

    What one deed has looked at (what a delivery still owes, whether a month is closed) then holds to its end,
    on PostgreSQL too. The counter's row is what they wait for.
    """
    if not in_write():
        raise RuntimeError("the books are held outside a transaction")
    await next_serial(school, "payments.books")


async def is_closed(school: int, day: date) -> bool:
    """Whether the month of that day is closed."""
    here = (MonthClose.school == school) & (MonthClose.month == first_of(day))
    last = await MonthClose.objects().where(here).order_by(MonthClose.id, ascending=False).first()
    return last is not None and bool(last.closed)


async def closed_findings(school: int, day: date, at: str) -> list[Finding]:
    """`month_closed` when the month of that day is closed."""
    if not await is_closed(school, day):
        return []
    message = _("{month} is closed. Take a day of an open month, or have it opened again with a reason.")
    return [error("month_closed", message, at, month=f"{day:%Y-%m}")]


async def refuse_closed(school: int, day: date, at: str = "") -> None:
    """Step: raise Refused when the month of that day is closed."""
    if found := await closed_findings(school, day, at):
        raise Refused(found)


async def payment_number(school: int, day: date) -> str:
    """Step: `FK-2026-0012` (付款)."""
    return f"FK-{day.year}-{await next_serial(school, f'payments.{day.year}'):04d}"


async def advance_number(school: int, day: date) -> str:
    """Step: `BY-2026-0003` (备用金)."""
    return f"BY-{day.year}-{await next_serial(school, f'advances.{day.year}'):04d}"


async def own_number(school: int, kind: InvoiceKind, day: date) -> str:
    """Step: the school's own number of a slip that has none: `SG-A001-2026-0007`.

    The school's code stands in it, for no two schools may have one slip.
    """
    code = (await tenant(school)).code
    serial = await next_serial(school, f"slips.{kind.value}.{day.year}")
    return f"{OWN_NUMBERS[kind]}-{code}-{day.year}-{serial:04d}"


def kept_id(row: Invoice) -> int:
    """A slip's id, 0 while it is not saved: Piccolo keeps a placeholder there."""
    return row.id if isinstance(row.id, int) else 0


def refuse_unseen(seen: str, changed_at: datetime) -> list[Finding]:
    """`changed_meanwhile` when a form was made from an older version."""
    if not seen or seen == changed_at.isoformat():
        return []
    message = _("Somebody changed this slip meanwhile. Look at it again before you save.")
    return [error("changed_meanwhile", message)]
