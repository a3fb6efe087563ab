"""The wall: every paper in use by the day it ends, in one query however many there are; and what runs out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from canteen.accounts.rules import Role
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Level
from canteen.kit.texts import Word, _
from canteen.notices.services.posting import Note, ask
from suppliers.goods.rules import PAPER_NAMES, Source
from suppliers.licences.rules import (
    Checked,
    PaperState,
    Standing,
    band_of,
)
from suppliers.licences.services.deeds import RENEW
from suppliers.licences.services.papers import COLUMNS, PaperView, values_of, view_of
from suppliers.licences.services.reading import lead_days
from suppliers.licences.tables import Licence

OWNERS = ("suppliers", "canteen", "services")
RENEWERS = (Role.BUYER, Role.CANTEEN_MANAGER, Role.SAFETY_OFFICER)


@dataclass(frozen=True, slots=True)
class Band:
    """Papers of the wall that end within `days`: -1 gone, 0 later or without end."""

    days: int
    papers: Sequence[PaperView]


@dataclass(frozen=True, slots=True)
class Wall:
    """The wall of a school on a day: bands from gone to later, and the papers nobody has verified."""

    leads: tuple[int, int, int]
    bands: Sequence[Band]
    pending: Sequence[PaperView]

    @property
    def total(self) -> int:
        """How many papers hang there."""
        return len(self.pending) + sum(len(band.papers) for band in self.bands)


async def wall(school: int, *, today: date, owner: str = "", kind: str = "") -> Wall:
    """Every paper in use, the first to end first. `owner`: suppliers, canteen or services (service firms)."""
    leads = await lead_days(school, today)
    found = await _in_use(school, today, leads[0])
    shown = [view for view in found if _belongs(view, owner) and (not kind or view.paper.kind == kind)]
    pending = [view for view in shown if view.standing.state is PaperState.PENDING]
    hung = [view for view in shown if view.standing.state is not PaperState.PENDING]
    bands = [
        Band(days, [v for v in hung if band_of(v.standing.days_left, leads) == days])
        for days in (-1, *sorted(leads), 0)
    ]
    return Wall(leads, bands, pending)


async def _in_use(school: int, today: date, lead: int) -> list[PaperView]:
    """One query; papers turned down, replaced, or of suppliers that left are not in use."""
    rows = await Licence.select(*COLUMNS).where(Licence.school == school)
    gone = (PaperState.REJECTED, PaperState.SUPERSEDED)
    found = [
        view_of(row, paper, {}, today=today, lead=lead)
        for row, paper in zip(rows, values_of(rows), strict=True)
        if row["supplier_standing"] != Standing.LEFT.value
    ]
    used = (view for view in found if view.standing.state not in gone)
    return sorted(used, key=lambda view: (view.paper.valid_to or date.max, view.paper.id))


def _belongs(view: PaperView, owner: str) -> bool:
    firm = bool(view.row["supplier_source"] == Source.SERVICE.value)
    match owner:
        case "suppliers":
            return view.row["supplier"] is not None and not firm
        case "canteen":
            return view.row["supplier"] is None
        case "services":
            return firm
    return True


async def post_renewals(school: int, *, now: datetime) -> int:
    """A task for each paper that runs out within the school's first notice; returns how many were new.

    A paper that has a newer one waiting to be verified asks for nothing: its own task stands already.
    """
    today = local_day(now)
    leads = await lead_days(school, today)
    found = await _in_use(school, today, leads[0])
    renewed = {view.row["supersedes"] for view in found if view.paper.checked is Checked.PENDING}
    ending = (PaperState.EXPIRING, PaperState.EXPIRED)
    due = [v for v in found if v.standing.state in ending and v.paper.id not in renewed]
    if not due:
        return 0
    async with write():
        return sum([await ask(school, _note(view), now=now) for view in due])


def _note(view: PaperView) -> Note:
    owner = view.row["supplier_name"] or view.row["canteen_name"] or "—"
    return Note(
        RENEW,
        _("{paper} of {owner} ends on {day}: ask for the new one"),
        "licence",
        view.paper.id,
        roles=RENEWERS,
        facts={"paper": Word(PAPER_NAMES[view.paper.kind]), "owner": owner, "day": view.paper.valid_to},
        link=f"/licences/{view.paper.id}",
        level=Level.WARNING,
        due_on=view.paper.valid_to,
    )
