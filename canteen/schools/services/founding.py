"""The beginning of a house: its first school, its first administrator and the first answer."""

from dataclasses import dataclass
from datetime import datetime

from canteen.accounts.forms import NewRole
from canteen.accounts.rules import Role
from canteen.accounts.services.passwords import hashed, make_password
from canteen.accounts.services.people import give, make_person
from canteen.accounts.services.sign_in import login_of
from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.problems import Refused, error
from canteen.kit.texts import _
from canteen.schools.forms import FoundingForm
from canteen.schools.services.policies import enter_first
from canteen.tenants import services as tree
from canteen.tenants.tables import Tenant


@dataclass(frozen=True, slots=True)
class Founded:
    """What the first administrator needs to sign in; the password is shown this once."""

    school: str
    code: str
    login: str
    password: str


async def found_house(form: FoundingForm, *, now: datetime) -> Founded:
    """Make the first school (under a district, when one is named) and its first administrator.

    Raises Refused in a house that has a school already, for a bad code, or sample hours under 24.
    """
    password = make_password()
    kept = await hashed(password)
    async with write():
        if await tree.any_tenant():
            message = _("There is a school here already. Take further ones in on the page of their district.")
            raise Refused([error("already_founded", message)])
        district = await _district(form, now)
        above = district.id if district else None
        school = await tree.create_school(code=form.code, name=form.school, parent=above, now=now)
        login = login_of(form.login)
        person = await make_person(login, form.name, kept, now=now, must_change=True)
        for place in filter(None, (school, district)):
            await give(place.id, person, NewRole(Role.SYSTEM_ADMIN), now)
        await _settle(Actor(person, school.id, frozenset({Role.SYSTEM_ADMIN})), form, now)
    return Founded(form.school, school.code, login, password)


async def _district(form: FoundingForm, now: datetime) -> Tenant | None:
    if form.district is None:
        return None
    code = form.district_code or await tree.free_code()
    return await tree.create_district(code=code, name=form.district, now=now)


async def _settle(actor: Actor, form: FoundingForm, now: datetime) -> None:
    await enter_first(actor, "sample_hours", form.sample_hours, now=now)
    after = {"school": form.school, "login": form.login, "sample_hours": form.sample_hours}
    await record(
        actor, "schools.found_house", subject="school", subject_id=actor.school, after=after, now=now
    )
