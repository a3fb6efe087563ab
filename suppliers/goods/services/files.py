"""Files that were taken over, of all kinds of the wing: steps of the imports of its rooms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from canteen.kit.actor import Actor
from canteen.kit.problems import Refused, error
from canteen.kit.sheets import RowError, digest
from canteen.kit.texts import _
from suppliers.goods.tables import TakenFile


@dataclass(frozen=True, slots=True)
class BadRows:
    """Why a file was refused: every error, and the bad rows as a workbook (base64, "" without rows)."""

    errors: Sequence[RowError]
    file: str


async def refuse_taken(school: int, kind: str, data: bytes) -> None:
    """Raises Refused when this very file was taken before as the same kind (goods, suppliers, deliveries)."""
    here = (TakenFile.school == school) & (TakenFile.kind == kind) & (TakenFile.digest == digest(data))
    before = await TakenFile.select(TakenFile.file_name).where(here).first()
    if before:
        text = _("This very file was taken before, as {file}. Tick “again” if you mean it.")
        raise Refused([error("same_file", text, "again", file=before["file_name"])])


async def keep_file(actor: Actor, kind: str, data: bytes, name: str, count: int, *, now: datetime) -> int:
    """Step: note that a file of so many rows was taken over; returns the note's id."""
    row = TakenFile(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        kind=kind,
        digest=digest(data),
        file_name=name,
        row_count=count,
    )
    await row.save()
    return int(row.id)
