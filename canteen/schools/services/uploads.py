"""Files that belong to a school. The bytes lie in kit.uploads by digest; here stands who may open them."""

import asyncio
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


async def upload_of(school: int, digest: str) -> Upload:
    """A file of the school. Raises Missing, for other schools' files too."""
    here = (Upload.school == school) & (Upload.digest == digest)
    found: Upload | None = await Upload.objects().where(here).first()
    if found is None:
        raise Missing
    return found
