"""Photos of people for the tiles of the kitchen device: small, of one school, gone when deleted."""

import asyncio
from datetime import datetime
from typing import Any

from canteen.accounts.services.places import refuse_wider, roles_of
from canteen.accounts.services.trail import record
from canteen.accounts.tables import Portrait
from canteen.kit import photos
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Missing


async def set_portrait(actor: Actor, person: int, photo: bytes, *, now: datetime) -> None:
    """A photo of somebody who works here, kept as its thumbnail alone.

    Raises Refused when it is no photo, Missing for somebody without a role here, Forbidden for who works
    beyond the actor's canteens.
    """
    if not await roles_of(actor.school, person, local_day(now)):
        raise Missing
    await refuse_wider(actor, person, local_day(now))
    small = (await asyncio.to_thread(photos.prepared, photo)).thumbnail
    fresh = Portrait(school=actor.school, person=person, jpeg=small, set_at=now)
    again: list[Any] = [(Portrait.jpeg, small), (Portrait.set_at, now)]
    one = (Portrait.school, Portrait.person)
    async with write():
        await Portrait.insert(fresh).on_conflict(target=one, action="DO UPDATE", values=again)
        await record(actor, "people.set_portrait", subject="person", subject_id=person, now=now)


async def remove_portrait(actor: Actor, person: int, *, now: datetime) -> None:
    """The tile shows the name's letter again. Raises Missing when there is no photo, Forbidden as above."""
    await refuse_wider(actor, person, local_day(now))
    async with write():
        if not await take_portrait(actor.school, person):
            raise Missing
        await record(actor, "people.remove_portrait", subject="person", subject_id=person, now=now)


async def take_portrait(school: int, person: int) -> bool:
    """Step: take a photo away; whether there was one."""
    gone = Portrait.delete().where((Portrait.school == school) & (Portrait.person == person))
    return bool(await gone.returning(Portrait.id))


async def portrait_of(school: int, person: int) -> bytes:
    """The small JPEG. Raises Missing."""
    here = (Portrait.school == school) & (Portrait.person == person)
    found = await Portrait.select(Portrait.jpeg).where(here).first()
    if found is None:
        raise Missing
    return bytes(found["jpeg"])


async def portraits(school: int) -> dict[int, int]:
    """Who has a photo at a school, and a number that changes with it."""
    rows = await Portrait.select(Portrait.person, Portrait.set_at).where(Portrait.school == school)
    return {row["person"]: int(row["set_at"].timestamp()) for row in rows}
