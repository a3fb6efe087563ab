"""Letting in whoever lost the second lock."""

from datetime import datetime

from canteen.accounts.services.authenticator import take_away
from canteen.accounts.services.bounds import refuse_if_elsewhere
from canteen.accounts.services.people import person_here
from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import write


async def reset_authenticator(actor: Actor, person: int, *, now: datetime) -> None:
    """Somebody who lost the phone, or whose secret cannot be read, signs in with the password alone.

    Raises Missing for who never worked here, Refused (`works_elsewhere`) as a new first password does.
    """
    await person_here(actor.school, person, local_day(now))
    async with write():
        await refuse_if_elsewhere(actor, person, now)
        await take_away(person)
        await record(actor, "people.reset_authenticator", subject="person", subject_id=person, now=now)
