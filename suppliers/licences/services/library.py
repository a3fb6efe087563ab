"""The district's library of approved suppliers: copied with their papers, and followed from then on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.problems import Missing, Refused, error
from canteen.kit.texts import _
from canteen.schools.services.uploads import share_uploads
from canteen.tenants.services import ancestors, schools_under
from suppliers.licences.forms import TakeForm
from suppliers.licences.rules import Arrival, Checked, Standing
from suppliers.licences.services.papers import scans_of
from suppliers.licences.tables import Licence, Supplier

COPIED = (
    "name",
    "spelling",
    "sound",
    "source",
    "credit_code",
    "credit_code_reason",
    "identity_masked",
    "contact",
    "phone",
    "address",
    "categories",
    "clean_since",
    "listed_checked_on",
    "listed_checked_by",
    "listed_found",
    "standing",
    "standing_reason",
    "standing_at",
)
COPIED_OF_PAPERS = (
    "kind",
    "number",
    "number_reason",
    "holder",
    "issuer",
    "scope",
    "categories",
    "valid_from",
    "valid_to",
    "scans",
    "note",
    "checked",
    "checked_by",
    "checked_at",
    "rejected_reason",
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A supplier of a tenant above; `taken` is the school's own copy, if it has one."""

    row: Supplier
    owner: str
    taken: int | None


async def offers_above(school: int) -> list[Offer]:
    """The suppliers of the tenants above a school that stand well, by sound."""
    above = {t.id: t.name for t in await ancestors(school)}
    if not above:
        return []
    here = Supplier.school.is_in(list(above))
    standing = Supplier.standing.is_in([Standing.ACTIVE.value, Standing.WARNED.value])
    rows = await Supplier.objects().where(here & standing).order_by(Supplier.sound, Supplier.id)
    mine = (Supplier.school == school) & Supplier.origin_id.is_not_null() & (Supplier.standing != "left")
    columns = (Supplier.id, Supplier.origin_school, Supplier.origin_id)
    copies = {
        (c["origin_school"], c["origin_id"]): c["id"] for c in await Supplier.select(*columns).where(mine)
    }
    return [Offer(row, above[row.school], copies.get((row.school, row.id))) for row in rows]


async def take_suppliers(actor: Actor, form: TakeForm, *, now: datetime) -> list[int]:
    """Copy suppliers from above with the papers that were verified there; returns the ids of the copies.

    Raises Missing for what is not on offer, Refused for a name the school has already.
    """
    offers = {offer.row.id: offer for offer in await offers_above(actor.school)}
    wanted = [offers[id_] for id_ in dict.fromkeys(form.suppliers) if id_ in offers]
    if len(wanted) < len(set(form.suppliers)):
        raise Missing
    async with write():
        made = [await _take(actor, offer, now) for offer in wanted if offer.taken is None]
        after = {"suppliers": [offer.row.name for offer in wanted]}
        subject = made[0] if made else None
        await record(
            actor, "licences.take_suppliers", subject="supplier", subject_id=subject, after=after, now=now
        )
    return made


async def share_paper(actor: Actor, licence: int, *, now: datetime) -> int:
    """Step: a verified paper of a district's supplier goes to the schools that have a copy of it.

    What it renews is replaced there too. Returns how many schools got it.
    """
    here = (Licence.school == actor.school) & (Licence.id == licence)
    paper = await Licence.select().where(here).first()
    if paper is None or paper["supplier"] is None:
        return 0
    of_it = (Supplier.origin_school == actor.school) & (Supplier.origin_id == paper["supplier"])
    below = {school.id for school in await schools_under(actor.school)} - {actor.school}
    copies = await Supplier.select(Supplier.id, Supplier.school).where(
        of_it & (Supplier.standing != Standing.LEFT.value) & Supplier.school.is_in(sorted(below) or [0])
    )
    for copy in copies:
        await _copy_papers(copy["school"], copy["id"], [paper], now)
    return len(copies)


async def _take(actor: Actor, offer: Offer, now: datetime) -> int:
    row = offer.row
    here = (Supplier.school == actor.school) & (Supplier.spelling == row.spelling)
    if await Supplier.exists().where(here & (Supplier.standing != Standing.LEFT.value)):
        message = _("There is a supplier called {supplier} already.")
        raise Refused([error("supplier_name", message, "suppliers", supplier=row.name)])
    made = Supplier(
        **{name: getattr(row, name) for name in COPIED},
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        origin_school=row.school,
        origin_id=row.id,
        changed_at=now,
    )
    await made.save()
    live = (Licence.school == row.school) & (Licence.supplier == row.id)
    papers = await Licence.select().where(live & (Licence.checked == Checked.VERIFIED.value))
    await _copy_papers(actor.school, made.id, papers, now)
    return int(made.id)


async def _copy_papers(school: int, supplier: int, papers: Sequence[Any], now: datetime) -> None:
    for paper in papers:
        before = await _copy_of(school, supplier, paper["school"], paper["supersedes"])
        copy = Licence(
            **{name: paper[name] for name in COPIED_OF_PAPERS},
            school=school,
            supplier=supplier,
            canteen=None,
            entered_at=now,
            entered_by=None,
            arrival=Arrival.DISTRICT.value,
            supersedes=before,
            origin_school=paper["school"],
            origin_id=paper["id"],
        )
        await copy.save()
        if before is not None:
            here = (Licence.school == school) & (Licence.id == before)
            await Licence.update({Licence.checked: Checked.SUPERSEDED.value}).where(here)
        await share_uploads(paper["school"], school, scans_of(paper["scans"]), now=now)


async def _copy_of(school: int, supplier: int, owner: int, paper: int | None) -> int | None:
    """The school's copy of a paper above, None when it has none."""
    if paper is None:
        return None
    here = (Licence.school == school) & (Licence.supplier == supplier)
    origin = (Licence.origin_school == owner) & (Licence.origin_id == paper)
    found = await Licence.select(Licence.id).where(here & origin).first()
    return int(found["id"]) if found else None
