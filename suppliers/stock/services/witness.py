"""The second person at a destruction or a count: on the same phone or desk, proved by the own PIN."""

from datetime import date, datetime

from canteen.accounts.forms import Face
from canteen.accounts.services.devices import check_pin
from canteen.accounts.services.people import people_of
from canteen.accounts.services.places import roles_of
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.problems import Refused, error
from canteen.kit.texts import _


async def possible_witnesses(actor: Actor, today: date) -> list[tuple[int, str]]:
    """Who may stand by: everybody of the school with a PIN, apart from whoever acts."""
    found = await people_of(actor.school, today)
    return [(one.id, one.name) for one in found if one.has_pin and one.id != actor.person]


async def colleagues(actor: Actor, today: date) -> list[tuple[int, str]]:
    """Who may take goods: everybody of the school, by name."""
    return [(one.id, one.name) for one in await people_of(actor.school, today)]


async def prove_witness(actor: Actor, person: int, pin: str, *, now: datetime) -> int:
    """The witness, once the PIN is right. Opens its own transaction: before the deed's.

    Raises Refused: `same_person`, `no_witness`, and those of check_pin.
    """
    if person == actor.person:
        message = _("The witness is another person than whoever enters this.")
        raise Refused([error("same_person", message, "witness")])
    if not await roles_of(actor.school, person, local_day(now)):
        raise Refused([error("no_witness", _("This person does not work at this school."), "witness")])
    await check_pin(actor.school, Face(person, pin), now=now)
    return person
