"""One slip is used once, in whatever school: a shared row that the first to save it keeps."""

from typing import Any

from canteen.kit.problems import Refused, error
from canteen.kit.texts import _
from suppliers.payments.rules import InvoiceKind, Slip, slip_digests
from suppliers.payments.services.books import kept_id
from suppliers.payments.tables import Invoice, UsedSlip


async def claim(row: Invoice) -> None:
    """Step: the slip is this school's. Raises Refused: `slip_used_here`, `slip_used` (in another school).

    Two schools that save one slip at the same time wait for each other on the unique digest; the second is
    refused. Nobody is told where it stands.
    """
    if here := await _here(row):
        message = _("{number} of {seller} stands in the books already.")
        raise Refused(
            [error("slip_used_here", message, "number", number=here["number"], seller=here["seller"])]
        )
    digests = _digests(row)
    rows = [UsedSlip(digest=digest, used_at=row.changed_at) for digest in digests]
    made = await UsedSlip.insert(*rows).on_conflict(action="DO NOTHING").returning(UsedSlip.id)
    if len(made) < len(digests):
        message = _("A slip of this number and seller is in use in another school: look at the number again.")
        raise Refused([error("slip_used", message, "number")])


async def release(row: Invoice) -> None:
    """Step: the slip may be used again."""
    await UsedSlip.delete().where(UsedSlip.digest.is_in(list(_digests(row))))


async def _here(row: Invoice) -> dict[str, Any] | None:
    here = (Invoice.school == row.school) & Invoice.withdrawn_at.is_null() & (Invoice.id != kept_id(row))
    same = here & (Invoice.spelling == row.spelling) & (Invoice.kind == row.kind)
    wanted = set(_digests(row))
    for other in await Invoice.objects().where(same):
        if wanted & set(_digests(other)):
            return {"number": other.number, "seller": other.seller}
    return None


def _digests(row: Invoice) -> tuple[str, ...]:
    slip = Slip(
        InvoiceKind(row.kind), row.seller, row.number, row.issued_on, row.fen, 0, seller_code=row.seller_code
    )
    return slip_digests(slip)
