"""A link by which a supplier without an account hands in papers. A person verifies each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from canteen.accounts.services.sessions import digest, make_token
from canteen.accounts.services.throttle import take_try
from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.problems import Missing, Refused, error
from canteen.kit.texts import _
from canteen.kit.uploads import Stored
from canteen.tenants.services import tenant
from suppliers.licences.forms import LinkForm, PaperForm
from suppliers.licences.rules import Arrival, Checked
from suppliers.licences.services.deeds import keep_paper, number_of
from suppliers.licences.services.reading import supplier_of
from suppliers.licences.tables import Licence, UploadLink

SENT = ("kind", "number", "holder", "issuer", "valid_from", "valid_to", "endless", "note")
"""What a supplier itself may say of a paper; goods and renewals are for the school."""

MOST_WAITING = 20
"""So many papers of one supplier may wait to be verified; more would be a nuisance, not a help."""


@dataclass(frozen=True, slots=True)
class OpenLink:
    """What a link opens: whose papers for which school, and until when."""

    id: int
    school: int
    school_name: str
    supplier: int
    supplier_name: str
    expires_at: datetime


async def make_link(actor: Actor, supplier: int, form: LinkForm, *, now: datetime) -> str:
    """A new link's token, shown once. Raises Missing."""
    await supplier_of(actor.school, supplier)
    token, kept = make_token((await tenant(actor.school)).code)
    async with write():
        row = UploadLink(
            school=actor.school,
            entered_at=now,
            entered_by=actor.person,
            supplier=supplier,
            token_digest=kept,
            expires_at=now + timedelta(days=form.days),
            last_used_at=None,
            revoked_at=None,
        )
        await row.save()
        after = {"supplier": supplier, "expires_at": row.expires_at}
        await record(
            actor, "licences.make_link", subject="supplier", subject_id=supplier, after=after, now=now
        )
    return token


async def links_of(school: int, supplier: int, *, now: datetime) -> list[UploadLink]:
    """The links of a supplier that open something, the newest first."""
    here = (UploadLink.school == school) & (UploadLink.supplier == supplier)
    return list(await UploadLink.objects().where(here & _live(now)).order_by(UploadLink.id, ascending=False))


async def revoke_link(actor: Actor, link: int, *, now: datetime) -> int:
    """The link opens nothing any more; returns whose it was. Raises Missing."""
    here = (UploadLink.school == actor.school) & (UploadLink.id == link) & _live(now)
    async with write():
        gone = (
            await UploadLink.update({UploadLink.revoked_at: now}).where(here).returning(UploadLink.supplier)
        )
        if not gone:
            raise Missing
        supplier = int(gone[0]["supplier"])
        await record(actor, "licences.revoke_link", subject="supplier", subject_id=supplier, now=now)
    return supplier


async def open_link(token: str, address: str, *, now: datetime) -> OpenLink:
    """What a link opens. Raises Missing when it is unknown, revoked or too old.

    A wrong token counts as a wrong try of that address: guessing soon has to wait (Refused).
    """
    code = token.partition(".")[0]
    columns = (
        UploadLink.id,
        UploadLink.school,
        UploadLink.supplier,
        UploadLink.expires_at,
        UploadLink.school.name.as_alias("school_name"),
        UploadLink.supplier.name.as_alias("supplier_name"),
    )
    here = (UploadLink.school.code == code) & (UploadLink.token_digest == digest(token))
    row = await UploadLink.select(*columns).where(here & _live(now)).first()
    if row is None:
        await take_try(f"link:{address}", address, now)
        raise Missing
    return OpenLink(**row)


async def hand_in(
    token: str, address: str, form: PaperForm, scans: Sequence[Stored], *, now: datetime, request_id: str = ""
) -> None:
    """A supplier hands in one paper; it waits for a person of the school.

    Raises Missing like open_link, and Refused with everything that is wrong, or when too many wait already.
    """
    link = await open_link(token, address, now=now)
    actor = Actor(None, link.school, request_id=request_id)
    async with write():
        await _refuse_flood(link)
        licence = await keep_paper(actor, link.supplier, form, scans, Arrival.LINK, now=now)
        used = UploadLink.update({UploadLink.last_used_at: now})
        await used.where((UploadLink.school == link.school) & (UploadLink.id == link.id))
        after = {"supplier": link.supplier, "kind": form.kind, "number": number_of(form)}
        await record(actor, "licences.hand_in", subject="licence", subject_id=licence, after=after, now=now)


async def handed_in(link: OpenLink) -> list[dict[str, Any]]:
    """What came in by links and waits or was turned down: `kind`, `number`, `checked`, `rejected_reason`."""
    here = (Licence.school == link.school) & (Licence.supplier == link.supplier)
    mine = here & (Licence.arrival == Arrival.LINK.value)
    columns = (Licence.kind, Licence.number, Licence.checked, Licence.rejected_reason, Licence.entered_at)
    return list(await Licence.select(*columns).where(mine).order_by(Licence.id, ascending=False).limit(20))


async def _refuse_flood(link: OpenLink) -> None:
    here = (Licence.school == link.school) & (Licence.supplier == link.supplier)
    waiting = (Licence.arrival == Arrival.LINK.value) & (Licence.checked == Checked.PENDING.value)
    if await Licence.count().where(here & waiting) >= MOST_WAITING:
        message = _("The school has not looked at your earlier papers yet. Please come back later.")
        raise Refused([error("too_many_waiting", message)])


def _live(now: datetime) -> Any:
    return UploadLink.revoked_at.is_null() & (UploadLink.expires_at > now)
