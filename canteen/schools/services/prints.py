"""The register of prints: numbers, versions, and the signed sheets that come back."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from canteen.accounts.services.trail import record
from canteen.kit import codes
from canteen.kit.actor import Actor
from canteen.kit.clock import SHANGHAI, local_day
from canteen.kit.db import write
from canteen.kit.pages import Listing
from canteen.kit.paper import Signed
from canteen.kit.problems import Missing, Refused, error
from canteen.kit.texts import _
from canteen.kit.uploads import Stored
from canteen.schools.rules.prints import PrintMark, PrintState, mark_path, number_of, read_mark
from canteen.schools.services.serials import next_serial
from canteen.schools.services.uploads import keep_upload
from canteen.schools.tables import Print
from canteen.tenants import services as tree


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper on its way to the printer: its kind (`room.paper`), what it is about, its name in the register.

    `content` is what makes it what it is (its data as bytes); `to_sign`: it waits for ink.
    """

    kind: str
    subject: str
    subject_id: int
    title: str
    content: bytes
    to_sign: bool


async def print_paper(actor: Actor, paper: Paper, *, now: datetime) -> Print:
    """Give a paper its number and version; the same content again is a copy and leaves no second row."""
    about = {name: getattr(paper, name) for name in Paper.__slots__}
    async with write():
        before = await latest_print(actor.school, paper.kind, paper.subject, paper.subject_id)
        made = await register_print(actor, **about, now=now)
        if before is None or before.id != made.id:
            after = {"number": made.number, "version": made.version, "title": made.title}
            await record(actor, "schools.print", subject="print", subject_id=made.id, after=after, now=now)
    return made


async def print_of_paper(school: int, print_: int, paper: Paper) -> Print | None:
    """That print, if it is of this paper as it is now: what was changed since has no number yet."""
    about = (Print.kind == paper.kind) & (Print.subject == paper.subject)
    same = (Print.subject_id == paper.subject_id) & (Print.content == _digest(paper.content))
    here = (Print.school == school) & (Print.id == print_)
    found: Print | None = await Print.objects().where(here & about & same).first()
    return found


async def stamp_of(print_: Print, base_url: str) -> Signed:
    """What the paper says of its print: number, version, code, moment, what it replaces."""
    code = base_url + mark_path(await mark_of(print_))
    printed = f"{print_.printed_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    replaces = print_.version - 1 if print_.replaces else None
    return Signed(print_.number, print_.version, code, printed, replaces)


async def register_print(
    actor: Actor,
    *,
    kind: str,
    title: str,
    subject: str,
    subject_id: int,
    content: bytes,
    to_sign: bool,
    now: datetime,
) -> Print:
    """Step: give a paper its number and version.

    `content` is what makes the paper what it is (its data as bytes): the same content again is the same
    print, a changed one the next version, which says what it replaces. `to_sign`: it waits for ink.
    """
    digest = _digest(content)
    before = await latest_print(actor.school, kind, subject, subject_id)
    if before is not None and before.content == digest:
        return before
    made = Print(
        school=actor.school,
        number=before.number if before else await _next_number(actor.school, now),
        version=before.version + 1 if before else 1,
        kind=kind,
        title=title,
        subject=subject,
        subject_id=subject_id,
        content=digest,
        state=(PrintState.WAITING if to_sign else PrintState.PRINTED).value,
        printed_at=now,
        printed_by=actor.person,
        replaces=before.id if before else None,
    )
    await made.save()
    await _mark_replaced(before)
    return made


async def sign_back(actor: Actor, print_: int, photo: Stored, *, now: datetime) -> Print:
    """The signed sheet is back, as a photo. Raises Missing; Refused when it is replaced or needs no ink."""
    async with write():
        row = await print_of(actor.school, print_)
        _refuse_unless_waiting(row)
        await keep_upload(actor, photo, now=now)
        row.state, row.photo = PrintState.SIGNED.value, photo.digest
        row.signed_at, row.signed_by = now, actor.person
        await row.save([Print.state, Print.photo, Print.signed_at, Print.signed_by])
        after = {"number": row.number, "version": row.version, "photo": photo.digest}
        await record(actor, "schools.sign_back", subject="print", subject_id=row.id, after=after, now=now)
    return row


async def latest_print(school: int, kind: str, subject: str, subject_id: int) -> Print | None:
    """The newest version of the paper of a thing."""
    here = (Print.school == school) & (Print.kind == kind)
    about = (Print.subject == subject) & (Print.subject_id == subject_id)
    found: Print | None = (
        await Print.objects().where(here & about).order_by(Print.version, ascending=False).first()
    )
    return found


async def print_of(school: int, print_: int) -> Print:
    """One print. Raises Missing."""
    return _there(await Print.objects().where((Print.school == school) & (Print.id == print_)).first())


async def print_by_mark(school: int, mark: PrintMark) -> Print:
    """The print that a sheet's QR names. Raises Missing, for a sheet of another school too."""
    if (await tree.tenant(school)).code != mark.school_code:
        raise Missing
    here = (Print.school == school) & (Print.number == mark.number) & (Print.version == mark.version)
    return _there(await Print.objects().where(here).first())


async def find_by_photo(school: int, photo: bytes) -> Print:
    """The print whose QR is on a photo. Raises Refused when none of ours is on it, Missing like above."""
    said = await asyncio.to_thread(codes.read, photo)
    marks = [mark for mark in map(read_mark, said) if mark is not None]
    if not marks:
        message = _(
            "No code of one of our sheets is to be seen on the photo. Take it straight, in good light."
        )
        raise Refused([error("no_code", message, "photo")])
    return await print_by_mark(school, marks[0])


def waits(row: Print) -> bool:
    """Whether a sheet waits for its signature."""
    return bool(row.state == PrintState.WAITING.value)


async def mark_of(print_: Print) -> PrintMark:
    """What the QR of a print says."""
    return PrintMark((await tree.tenant(print_.school)).code, print_.number, print_.version)


async def prints(school: int, asked: Listing) -> tuple[list[Print], str | None]:
    """The register, the latest first; filter `state`, searched by number or title."""
    here = _asked_for(school, asked)
    if isinstance(asked.after, int):
        here &= Print.id < asked.after
    found = await Print.objects().where(here).order_by(Print.id, ascending=False).limit(asked.limit + 1)
    return asked.cut(found, lambda row: row.id)


async def all_prints(school: int, asked: Listing) -> list[Print]:
    """The whole register as it is searched and filtered, the latest first."""
    here = _asked_for(school, asked)
    return list(await Print.objects().where(here).order_by(Print.id, ascending=False))


def _asked_for(school: int, asked: Listing) -> Any:
    here: Any = Print.school == school
    if asked.q:
        here &= Print.number.like(f"%{asked.q.upper()}%") | Print.title.like(f"%{asked.q}%")
    if state := asked.filters.get("state"):
        here &= Print.state == state
    return here


async def waiting_count(school: int) -> int:
    """How many sheets wait for their signature."""
    here = (Print.school == school) & (Print.state == PrintState.WAITING.value)
    return int(await Print.count().where(here))


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


async def _next_number(school: int, now: datetime) -> str:
    year = local_day(now).year
    return number_of(year, await next_serial(school, f"print-{year}"))


async def _mark_replaced(before: Print | None) -> None:
    """A signed sheet stays signed; one that nobody signed is void."""
    if before is not None and before.state != PrintState.SIGNED.value:
        before.state = PrintState.REPLACED.value
        await before.save([Print.state])


def _refuse_unless_waiting(row: Print) -> None:
    if row.state == PrintState.REPLACED.value:
        message = _("This sheet was replaced by a newer version. Have the newer one signed.")
        raise Refused([error("print_replaced", message, "photo")])
    if not waits(row):
        raise Refused([error("print_not_waiting", _("This sheet does not wait for a signature."), "photo")])


def _there(found: Print | None) -> Print:
    if found is None:
        raise Missing
    return found
