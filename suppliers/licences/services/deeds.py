"""Deeds on papers: add, mend, verify by a second person, turn down, renew."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from canteen.accounts.rules import Role
from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.db import write
from canteen.kit.problems import Finding, Forbidden, Refused, error, refuse_if
from canteen.kit.texts import Word, _
from canteen.kit.uploads import Stored
from canteen.notices.services.posting import Note, ask, settle
from canteen.schools.services.uploads import keep_upload
from canteen.tenants.services import canteen_of
from suppliers.goods.rules import PAPER_NAMES, PaperKind
from suppliers.licences.forms import PaperForm, ReasonForm
from suppliers.licences.rules import (
    WITH_CHECK,
    Arrival,
    Checked,
    is_identity_number,
    masked,
    paper_findings,
    same_number,
    verifier_findings,
)
from suppliers.licences.services.library import share_paper
from suppliers.licences.services.papers import kept_categories, kept_scans, paper_row, scans_of
from suppliers.licences.services.reading import supplier_of
from suppliers.licences.tables import Licence

VERIFY, RENEW = "licences.verify", "licences.renew"
"""Topics of the tasks: a paper waits for its second person; a paper runs out."""

VERIFIERS = (Role.SAFETY_OFFICER, Role.CANTEEN_MANAGER, Role.GENERAL_AFFAIRS)
MOST_SCANS = 20


async def add_paper(
    actor: Actor,
    supplier: int | None,
    form: PaperForm,
    scans: Sequence[Stored],
    *,
    now: datetime,
    arrival: Arrival = Arrival.TYPED,
) -> int:
    """A paper of a supplier, or (None) of the school or one of its canteens; returns its id.

    It waits until another person has compared it with the original. Raises Missing, Forbidden, and Refused
    with everything that is wrong.
    """
    if supplier is None:
        refuse_other_canteen(actor, form.canteen)
    async with write():
        licence = await keep_paper(actor, supplier, form, scans, arrival, now=now)
        after = await _told(actor.school, licence)
        await record(actor, "licences.add", subject="licence", subject_id=licence, after=after, now=now)
    return licence


async def keep_paper(
    actor: Actor,
    supplier: int | None,
    form: PaperForm,
    scans: Sequence[Stored],
    arrival: Arrival,
    *,
    now: datetime,
) -> int:
    """Step: a pending paper with its scans, and the task to verify it. Raises Missing and Refused."""
    owner = await _owner(actor.school, supplier, form)
    refuse_if([*form_findings(form, len(scans)), *await _renewal_findings(actor.school, supplier, form)])
    for stored in scans:
        await keep_upload(actor, stored, now=now)
    row = Licence(
        **columns(form),
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        supplier=supplier,
        canteen=form.canteen if supplier is None else None,
        scans=kept_scans(stored.digest for stored in scans),
        arrival=arrival.value,
        checked=Checked.PENDING.value,
        checked_by=None,
        checked_at=None,
        rejected_reason="",
        supersedes=form.supersedes,
        origin_school=None,
        origin_id=None,
    )
    await row.save()
    await _ask_to_verify(actor.school, row, owner, now)
    return int(row.id)


async def change_paper(
    actor: Actor, licence: int, form: PaperForm, scans: Sequence[Stored], *, now: datetime
) -> None:
    """Mend a paper that nobody has verified; new scans come behind those it has.

    Whoever mends it answers for it from then on, and another person verifies. Raises Missing, and Refused
    (`verified_already`: renew it instead).
    """
    async with write():
        row = await _mine(actor, licence)
        if row.checked in (Checked.VERIFIED.value, Checked.SUPERSEDED.value):
            message = _("This paper has been verified. When there is a newer one, add that.")
            raise Refused([error("verified_already", message)])
        before = await _told(actor.school, licence)
        digests = [*scans_of(row.scans), *(stored.digest for stored in scans)]
        refuse_if(form_findings(form, len(digests)))
        for stored in scans:
            await keep_upload(actor, stored, now=now)
        values = {
            **columns(form),
            "scans": kept_scans(dict.fromkeys(digests)),
            "entered_by": actor.person,
            "checked": Checked.PENDING.value,
            "rejected_reason": "",
        }
        await _update(actor.school, licence, values)
        await _ask_to_verify(actor.school, row, await _name(row), now)
        after = await _told(actor.school, licence)
        about: dict[str, Any] = {
            "subject": "licence",
            "subject_id": licence,
            "before": before,
            "after": after,
        }
        await record(actor, "licences.change", **about, now=now)


async def verify_paper(actor: Actor, licence: int, *, now: datetime) -> None:
    """Say that the paper agrees with its original. The paper it renews is replaced by it.

    Raises Missing; Forbidden for a machine; Refused: `same_person` who typed it, `not_pending`.
    """
    if actor.person is None:
        raise Forbidden
    async with write():
        row = await _mine(actor, licence)
        refuse_if([*_pending(row), *verifier_findings(row.entered_by, actor.person)])
        done = {"checked": Checked.VERIFIED.value, "checked_by": actor.person, "checked_at": now}
        await _update(actor.school, licence, done)
        await settle(actor.school, VERIFY, "licence", licence, now=now, by=actor.person)
        if row.supersedes is not None:
            await _update(actor.school, row.supersedes, {"checked": Checked.SUPERSEDED.value})
            await settle(actor.school, RENEW, "licence", row.supersedes, now=now, by=actor.person)
        schools = await share_paper(actor, licence, now=now)
        after = {"kind": row.kind, "number": row.number, "valid_to": row.valid_to, "schools": schools}
        await record(actor, "licences.verify", subject="licence", subject_id=licence, after=after, now=now)


async def reject_paper(actor: Actor, licence: int, form: ReasonForm, *, now: datetime) -> None:
    """Turn a paper down, also one that was verified and proves wrong; what it replaced stands again.

    Raises Missing; Forbidden for a machine; Refused when it is out of use already or without a reason.
    """
    if actor.person is None:
        raise Forbidden
    if not form.reason.strip():
        raise Refused([error("missing", _("This is required."), "reason")])
    async with write():
        row = await _mine(actor, licence)
        if row.checked not in (Checked.PENDING.value, Checked.VERIFIED.value):
            raise Refused([error("not_pending", _("This paper is out of use already."))])
        values = {
            "checked": Checked.REJECTED.value,
            "checked_by": actor.person,
            "checked_at": now,
            "rejected_reason": form.reason,
        }
        await _update(actor.school, licence, values)
        await _reject_copies(actor.school, licence, form.reason, now)
        if row.checked == Checked.VERIFIED.value and row.supersedes is not None:
            await _update(actor.school, row.supersedes, {"checked": Checked.VERIFIED.value})
        await settle(actor.school, VERIFY, "licence", licence, now=now, by=actor.person)
        after = {"kind": row.kind, "number": row.number, "reason": form.reason}
        await record(actor, "licences.reject", subject="licence", subject_id=licence, after=after, now=now)


def form_findings(form: PaperForm, scans: int) -> list[Finding]:
    """What is wrong with a paper by itself."""
    found = paper_findings(
        form.kind,
        form.number,
        reason=form.number_reason,
        valid_from=form.valid_from,
        valid_to=form.valid_to,
        endless=form.endless,
        scans=scans,
    )
    if scans > MOST_SCANS:
        found.append(error("too_many_scans", _("At most {most} pages a paper."), "scans", most=MOST_SCANS))
    return found


def number_of(form: PaperForm) -> str:
    """The number as it is kept: a citizen's number only masked."""
    if is_identity_number(form.number) or form.kind is PaperKind.IDENTITY:
        return masked(form.number) if form.number else ""
    return same_number(form.number) if form.kind in WITH_CHECK else form.number


def columns(form: PaperForm) -> dict[str, Any]:
    """What is typed, as it is kept."""
    return {
        "kind": form.kind.value,
        "number": number_of(form),
        "number_reason": form.number_reason,
        "holder": form.holder,
        "issuer": form.issuer,
        "scope": form.scope,
        "categories": kept_categories(form.categories),
        "valid_from": form.valid_from,
        "valid_to": None if form.endless else form.valid_to,
        "note": form.note,
    }


async def _owner(school: int, supplier: int | None, form: PaperForm) -> str:
    """The name of whose paper it is. Raises Missing."""
    if supplier is not None:
        return str((await supplier_of(school, supplier)).name)
    return str((await canteen_of(school, form.canteen)).name) if form.canteen else ""


async def _name(row: Licence) -> str:
    form = PaperForm(PaperKind(row.kind), canteen=row.canteen)
    return await _owner(row.school, row.supplier, form)


async def _renewal_findings(school: int, supplier: int | None, form: PaperForm) -> list[Finding]:
    """A renewal is of the same kind and owner; what is out of use is not renewed."""
    if form.supersedes is None:
        return []
    old = await paper_row(school, form.supersedes)
    if old.supplier != supplier or old.kind != form.kind.value:
        message = _("A renewal is of the same kind and of the same owner as the paper before.")
        return [error("other_paper", message, "supersedes")]
    if old.checked == Checked.SUPERSEDED.value:
        return [error("renewed_already", _("This paper has been renewed already."), "supersedes")]
    return []


async def _ask_to_verify(school: int, row: Licence, owner: str, now: datetime) -> None:
    """A district's library has nobody of these roles but its own administrator."""
    facts = {"paper": Word(PAPER_NAMES[PaperKind(row.kind)]), "owner": owner or "—"}
    message = _("{paper} of {owner} waits to be compared with the original")
    note = Note(
        VERIFY,
        message,
        "licence",
        row.id,
        roles=(*VERIFIERS, Role.DISTRICT_ADMIN),
        facts=facts,
        link=f"/licences/{row.id}",
    )
    await ask(school, note, now=now)


async def _mine(actor: Actor, licence: int) -> Licence:
    """A paper that the actor may decide about. Raises Missing and Forbidden."""
    row = await paper_row(actor.school, licence)
    if row.supplier is None:
        refuse_other_canteen(actor, row.canteen)
    return row


def _pending(row: Licence) -> list[Finding]:
    if row.checked != Checked.PENDING.value:
        return [error("not_pending", _("This paper does not wait to be verified."))]
    if not scans_of(row.scans):
        return [error("scan_missing", _("Take a photo of the paper or add its scan."), "scans")]
    return []


async def _reject_copies(school: int, licence: int, reason: str, now: datetime) -> None:
    """What the district turns down counts nowhere any more."""
    copies = (Licence.origin_school == school) & (Licence.origin_id == licence)
    values: dict[Any, Any] = {
        Licence.checked: Checked.REJECTED.value,
        Licence.checked_at: now,
        Licence.rejected_reason: reason,
    }
    await Licence.update(values).where(copies & (Licence.checked == Checked.VERIFIED.value))


async def _update(school: int, licence: int, values: dict[str, Any]) -> None:
    await Licence.update(values).where((Licence.school == school) & (Licence.id == licence))  # type: ignore[arg-type]


async def _told(school: int, licence: int) -> dict[str, Any]:
    row = await paper_row(school, licence)
    names = ("kind", "number", "number_reason", "issuer", "valid_from", "valid_to")
    return {**{name: getattr(row, name) for name in names}, "pages": len(scans_of(row.scans))}
