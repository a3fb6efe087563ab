"""Whoever acts, and their password typed once more before something that matters."""

from datetime import datetime

from canteen.accounts.services.passwords import matches
from canteen.accounts.services.throttle import forgive, take_try
from canteen.accounts.tables import Person
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.problems import Missing, Refused, error
from canteen.kit.texts import _


async def person_of(actor: Actor) -> Person:
    """The acting person. Raises Missing for a machine."""
    person = await Person.objects().where(Person.id == (actor.person or 0)).first()
    if person is None:
        raise Missing
    return person


async def known(actor: Actor, current: str, now: datetime) -> Person:
    """The acting person, after the password was typed once more.

    Raises Refused: `wrong_password`, `too_many_tries`.
    """
    person = await person_of(actor)
    await take_try(person.login, "", now)
    if not await matches(person.password, current):
        raise Refused([error("wrong_password", _("This is not your password."), "current")])
    async with write():
        await forgive(person.login, "")
    return person
