"""Drafts: what has been typed so far. They are lenient, and nothing that was typed is lost."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.forms import parse
from canteen.kit.problems import Finding, Missing, Refused, error
from canteen.kit.texts import _
from canteen.kit.uploads import Stored
from canteen.schools.services.serials import next_serial
from canteen.schools.services.uploads import keep_file, keep_upload
from suppliers.goods.rules import Source
from suppliers.licences.services import suppliers_by_ids
from suppliers.purchasing.forms.deliveries import ClientId
from suppliers.purchasing.rules import DeliveryKind, DeliveryState, WayIn
from suppliers.purchasing.services.deliveries.reading import SOURCES, canteen_for
from suppliers.purchasing.services.deliveries.writing import claim
from suppliers.purchasing.tables import Delivery

SECRETS = frozenset({"second", "second_pin", "_pin", "_person", "_csrf_token", "deed", "version"})
"""What belongs to a decision and is never kept with a draft."""

MOST_BYTES = 400_000


class Head(msgspec.Struct, frozen=True):
    """The few things of a draft that lists show."""

    kind: DeliveryKind = DeliveryKind.SUPPLIER
    supplier: int | None = None
    canteen: int | None = None
    arrived_at: datetime | None = None
    note_number: str = ""
    note: str = ""
    client_id: ClientId = ""


async def save_draft(
    actor: Actor, typed: Mapping[str, Any], *, now: datetime, way_in: WayIn = WayIn.DOOR
) -> tuple[int, int]:
    """Keep what was typed as a new draft; returns its id and version.

    A draft of the same `client_id` is that draft, changed. Raises Forbidden for another canteen, and Refused
    for more than any delivery holds.
    """
    head, text = _head(typed), _kept(typed)
    canteen = await canteen_for(actor.school, head.canteen)
    refuse_other_canteen(actor, canteen)
    async with write():
        known = await by_client_id(actor.school, head.client_id)
        if known is not None:
            return known.id, await _refill(actor, known, head, text, now)
        place = {"canteen": canteen, "way_in": way_in.value}
        row = await _fresh(actor, head, text, place, now)
        await row.save()
        await _note(actor, "purchasing.save_draft", row, now)
    return int(row.id), 1


async def change_draft(
    actor: Actor, delivery: int, typed: Mapping[str, Any], *, version: int | None, now: datetime
) -> int:
    """Keep what was typed in place of the draft; returns its new version.

    Raises Missing, Forbidden, and Conflict when somebody else has saved it since `version` was opened.
    """
    head, text = _head(typed), _kept(typed)
    async with write():
        row = await draft_of(actor.school, delivery)
        refuse_other_canteen(actor, row.canteen)
        row = await claim(actor, delivery, version)
        return await _refill(actor, row, head, text, now)


async def drop_draft(actor: Actor, delivery: int, *, now: datetime) -> None:
    """Throw a draft away; the trail keeps what stood in it. Raises Missing and Forbidden."""
    async with write():
        row = await draft_of(actor.school, delivery)
        refuse_other_canteen(actor, row.canteen)
        here = (Delivery.school == actor.school) & (Delivery.id == delivery)
        await Delivery.delete().where(here & (Delivery.state == DeliveryState.DRAFT.value))
        before = {"number": row.number, "typed": row.typed}
        deed = "purchasing.drop_draft"
        await record(actor, deed, subject="delivery", subject_id=delivery, before=before, now=now)


async def keep_photos(actor: Actor, photos: list[Stored], *, now: datetime) -> list[str]:
    """Photos taken at the door belong to the school from now on; returns their digests.

    They are kept before the delivery is, so that a broken line loses none of them.
    """
    async with write():
        for photo in photos:
            await keep_upload(actor, photo, now=now)
        digests = [photo.digest for photo in photos]
        after = {"photos": digests}
        await record(actor, "purchasing.keep_photos", subject="delivery", after=after, now=now)
    return digests


async def keep_sent(
    actor: Actor, sent: Sequence[tuple[str, bytes]], folder: Path, *, now: datetime
) -> tuple[dict[str, list[str]], list[Finding]]:
    """Keep the photos of a form by the place they were sent for (`lines.3.`): digests by place, and why some
    cannot be kept.
    """
    stored: list[Stored] = []
    kept: dict[str, list[str]] = {}
    findings: list[Finding] = []
    for at, data in sent:
        try:
            photo = await keep_file(data, folder)
        except Refused as refused:
            findings += [Finding(f.rule, f.level, f.message, f.facts, f"{at}photo") for f in refused.findings]
        else:
            stored.append(photo)
            kept.setdefault(at, []).append(photo.digest)
    if stored:
        await keep_photos(actor, stored, now=now)
    return kept, findings


async def draft_of(school: int, delivery: int) -> Delivery:
    """One draft. Raises Missing, also for what is decided already."""
    here = (Delivery.school == school) & (Delivery.id == delivery)
    found = await Delivery.objects().where(here & (Delivery.state == DeliveryState.DRAFT.value)).first()
    if found is None:
        raise Missing
    return found


async def by_client_id(school: int, client_id: str) -> Delivery | None:
    """The delivery that a phone has sent before under its own number."""
    if not client_id:
        return None
    here = (Delivery.school == school) & (Delivery.client_id == client_id)
    found: Delivery | None = await Delivery.objects().where(here).first()
    return found


def typed_of(row: Delivery) -> dict[str, Any]:
    """What was typed into a draft, nested by name."""
    return msgspec.json.decode(row.typed) if row.typed else {}


def _head(typed: Mapping[str, Any]) -> Head:
    """What can be read of a draft's head; a field that cannot be read yet is left out."""
    head = Head()
    for name in Head.__struct_fields__:
        try:
            one = parse(Head, {name: typed.get(name)})
        except Refused:
            continue
        head = msgspec.structs.replace(head, **{name: getattr(one, name)})
    return head


def _kept(typed: Mapping[str, Any]) -> str:
    text = msgspec.json.encode(_plain(typed)).decode()
    if len(text) > MOST_BYTES:
        raise Refused([error("too_much", _("This is more than one delivery holds."))])
    return text


def _plain(value: Any, deep: int = 0) -> Any:
    """Texts and numbers as they were typed; files are no part of a draft."""
    if isinstance(value, Mapping):
        rows = {str(k): _plain(v, deep + 1) for k, v in value.items() if deep or k not in SECRETS}
        return {k: v for k, v in rows.items() if v is not None}
    if isinstance(value, list | tuple):
        return [one for one in (_plain(v, deep + 1) for v in value) if one is not None]
    return value if isinstance(value, str | int | float | bool) else None


async def _fresh(actor: Actor, head: Head, text: str, place: Mapping[str, Any], now: datetime) -> Delivery:
    year = local_day(now).year
    columns = {**await _columns(actor.school, head, now), **place}
    return Delivery(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        number=f"D{year}-{await next_serial(actor.school, f'draft-{year}'):05d}",
        order=None,
        plan=None,
        state=DeliveryState.DRAFT.value,
        typed=text,
        slips="[]",
        version=1,
        stops="[]",
        checked_by=None,
        checked_at=None,
        second_by=None,
        second_at=None,
        bought_by=None,
        companion="",
        exception_by=None,
        exception_at=None,
        exception_reason="",
        photos="[]",
        fen=0,
        corrects=None,
        client_id=head.client_id or None,
        **columns,
    )


async def _columns(school: int, head: Head, now: datetime) -> dict[str, Any]:
    known = await suppliers_by_ids(school, [head.supplier]) if head.supplier else {}
    row = known.get(head.supplier or 0)
    arrived_at = head.arrived_at or now
    return {
        "kind": head.kind.value,
        "supplier": row.id if row else None,
        "source": row.source if row else SOURCES.get(head.kind, Source.MARKET).value,
        "arrived_at": arrived_at,
        "arrived_on": local_day(arrived_at),
        "note_number": head.note_number,
        "note": head.note,
    }


async def _refill(actor: Actor, row: Delivery, head: Head, text: str, now: datetime) -> int:
    if row.state != DeliveryState.DRAFT.value:
        return int(row.version)
    values = {**await _columns(actor.school, head, row.arrived_at), "typed": text, "version": row.version}
    if head.arrived_at is None:
        values |= {"arrived_at": row.arrived_at, "arrived_on": row.arrived_on}
    here = (Delivery.school == actor.school) & (Delivery.id == row.id)
    await Delivery.update(values).where(here)  # type: ignore[arg-type]
    await _note(actor, "purchasing.change_draft", row, now)
    return int(row.version)


async def _note(actor: Actor, deed: str, row: Delivery, now: datetime) -> None:
    after = {"number": row.number, "supplier": row.supplier, "arrived_on": row.arrived_on}
    await record(actor, deed, subject="delivery", subject_id=row.id, after=after, now=now)
