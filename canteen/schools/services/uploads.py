"""Files that belong to a school. The bytes lie in kit.uploads by digest; here stands who may open them."""

import asyncio
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from canteen.kit import uploads
from canteen.kit.actor import Actor
from canteen.kit.problems import Missing
from canteen.kit.uploads import Stored
from canteen.schools.tables import Upload


async def keep_file(data: bytes, folder: Path) -> Stored:
    """Put a photo or PDF on disk; a deed then says whose it is. Raises Refused for anything else."""
    return await asyncio.to_thread(uploads.store, data, folder)


async def keep_upload(actor: Actor, stored: Stored, *, now: datetime) -> None:
    """Step: the school has this file. Sent a second time it is the same file."""
    if await Upload.exists().where((Upload.school == actor.school) & (Upload.digest == stored.digest)):
        return
    await Upload(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        digest=stored.digest,
        media_type=stored.media_type,
        size=stored.size,
    ).save()


async def share_uploads(owner: int, school: int, digests: Iterable[str], *, now: datetime) -> None:
    """Step: a school has the files that came with what it was given by a tenant above it."""
    wanted = sorted(set(digests))
    rows = await Upload.select().where((Upload.school == owner) & Upload.digest.is_in(wanted or [""]))
    mine = await Upload.select(Upload.digest).where(
        (Upload.school == school) & Upload.digest.is_in(wanted or [""])
    )
    known = {row["digest"] for row in mine}
    for row in rows:
        if row["digest"] not in known:
            kept = {name: row[name] for name in ("digest", "media_type", "size")}
            await Upload(school=school, entered_at=now, entered_by=None, **kept).save()


async def upload_of(school: int, digest: str) -> Upload:
    """A file of the school. Raises Missing, for other schools' files too."""
    here = (Upload.school == school) & (Upload.digest == digest)
    found: Upload | None = await Upload.objects().where(here).first()
    if found is None:
        raise Missing
    return found


async def media_types(school: int, digests: Iterable[str]) -> dict[str, str]:
    """What kind of file each of these is, of those that the school has."""
    here = (Upload.school == school) & Upload.digest.is_in(sorted(set(digests)) or [""])
    rows = await Upload.select(Upload.digest, Upload.media_type).where(here)
    return {row["digest"]: row["media_type"] for row in rows}
