"""The ledger of papers: every paper in use with its seller's particulars."""

from dataclasses import dataclass
from datetime import date

from canteen.tenants.services import tenant
from suppliers.licences.rules import PaperState
from suppliers.licences.services.papers import PaperView, views
from suppliers.licences.services.reading import lead_days, sellers
from suppliers.licences.tables import Licence, Supplier


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A paper and whose it is: `code` is a credit code or a masked identity number."""

    id: int
    name: str
    code: str
    call: str
    address: str
    view: PaperView


async def ledger_rows(school: int, *, today: date) -> tuple[str, list[LedgerRow]]:
    """The school's name, and its papers in use: sellers by sound with theirs, the school's own at the end."""
    lead = (await lead_days(school, today))[0]
    found = await views(Licence.school == school, today=today, lead=lead)
    used = [v for v in found if v.standing.state not in (PaperState.REJECTED, PaperState.SUPERSEDED)]
    by_owner: dict[int | None, list[PaperView]] = {}
    for view in used:
        by_owner.setdefault(view.row["supplier"], []).append(view)
    rows = [_row(row, view) for row in await sellers(school) for view in by_owner.get(row.id, ())]
    name = (await tenant(school)).name
    own = [LedgerRow(0, v.row["canteen_name"] or name, "", "", "", v) for v in by_owner.get(None, ())]
    return name, rows + own


def _row(row: Supplier, view: PaperView) -> LedgerRow:
    code = row.credit_code or row.identity_masked
    call = " ".join(part for part in (row.contact, row.phone) if part)
    return LedgerRow(row.id, row.name, code, call, row.address, view)
