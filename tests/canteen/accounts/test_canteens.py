"""A role given for one canteen of a school opens nothing of the other, and makes no power out of some."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from canteen.accounts.forms import (
    EndOfRole,
    Face,
    NewDelegation,
    NewDevice,
    NewInvitation,
    NewKey,
    NewPerson,
    NewRole,
    OwnPin,
    PersonFacts,
)
from canteen.accounts.guards import user_canteens
from canteen.accounts.rules import Role
from canteen.accounts.rules.canteens import canteens_for, confined
from canteen.accounts.services import delegations, devices, invitations, keys, people, pins, portraits, resets
from canteen.accounts.services.sessions import SignedIn, look_up
from canteen.accounts.tables import Membership
from canteen.kit.actor import Actor, acts_at, refuse_other_canteen
from canteen.kit.problems import Forbidden
from canteen.tenants.services import add_canteen, canteens_of
from tests.cast import NOW, PASSWORD, TODAY
from tests.make import Cast, give_role, session_for

EAST, WEST = 1, 2


@pytest.mark.parametrize(
    ("held", "permission", "canteens"),
    [
        ([("nutritionist", None)], "weeks.edit", None),
        ([("nutritionist", EAST)], "weeks.edit", {EAST}),
        ([("nutritionist", EAST), ("nutritionist", WEST)], "weeks.edit", {EAST, WEST}),
        ([("nutritionist", EAST), ("nutritionist", None)], "weeks.edit", None),
        ([("nutritionist", EAST), ("canteen_manager", WEST)], "weeks.edit", {EAST, WEST}),
        ([("nutritionist", EAST), ("general_affairs", None)], "weeks.edit", None),
        ([("canteen_manager", EAST), ("class_teacher", None)], "weeks.edit", {EAST}),
        ([("canteen_manager", EAST), ("class_teacher", None)], "weeks.read", None),
        ([("cook", EAST)], "weeks.serve", {EAST}),
        ([("class_teacher", None)], "weeks.edit", None),
    ],
)
def test_a_permission_reaches_as_far_as_the_roles_that_hold_it(
    held: list[tuple[str, int | None]], permission: str, canteens: set[int] | None
) -> None:
    assert canteens_for([role for role, _canteen in held], confined(held), permission) == canteens


@pytest.mark.parametrize(
    ("canteens", "canteen", "free"),
    [
        (None, EAST, True),
        (None, None, True),
        (frozenset({EAST}), EAST, True),
        (frozenset({EAST}), WEST, False),
        (frozenset({EAST}), None, False),
    ],
)
def test_a_deed_stays_in_its_canteens(
    canteens: frozenset[int] | None, canteen: int | None, free: bool
) -> None:
    actor = Actor(7, 1, canteens=canteens)
    assert acts_at(actor, canteen) is free
    if free:
        refuse_other_canteen(actor, canteen)
    else:
        with pytest.raises(Forbidden):
            refuse_other_canteen(actor, canteen)


async def of_canteen(cast: Cast, login: str, canteen: int) -> None:
    """Whatever this person is, from now on only at that canteen."""
    await Membership.update(canteen=canteen).where(Membership.person == cast.people[login])


async def signed_in(cast: Cast, login: str) -> SignedIn:
    user = await look_up(await session_for(cast.people[login], cast.school), NOW)
    assert user is not None
    return user


async def test_who_signs_in_acts_where_the_role_was_given(cast: Cast) -> None:
    east = (await add_canteen(cast.school, "东区", now=NOW)).id
    await of_canteen(cast, "chen", east)
    assert user_canteens(await signed_in(cast, "chen"), "weeks.edit") == {east}
    await give_role(cast.people["chen"], cast.school, "class_teacher")
    assert user_canteens(await signed_in(cast, "chen"), "weeks.edit") == {east}
    await give_role(cast.people["chen"], cast.school, "general_affairs")
    assert user_canteens(await signed_in(cast, "chen"), "weeks.edit") is None


async def test_a_role_that_was_lent_reaches_no_further_than_its_lenders(cast: Cast) -> None:
    east = (await add_canteen(cast.school, "东区", now=NOW)).id
    await of_canteen(cast, "chen", east)
    form = NewDelegation(cast.people["he"], Role.CANTEEN_MANAGER, TODAY, TODAY, "外出学习")
    await delegations.delegate(cast.actor("chen"), form, now=NOW)
    user = await look_up(await session_for(cast.people["he"], cast.school), NOW)
    assert user is not None
    assert "canteen_manager" in user.roles
    assert user_canteens(user, "weeks.edit") == {east}


async def test_a_cook_at_a_device_is_of_one_canteen_there_too(cast: Cast) -> None:
    first = (await canteens_of(cast.school))[0].id
    device, _code = await devices.add_device(cast.actor("zhou"), NewDevice("灶台"), now=NOW)
    await pins.set_pin(cast.actor("he"), OwnPin("5937", "5937", PASSWORD), now=NOW)
    await of_canteen(cast, "he", first)
    user = SignedIn(cast.school, "第一小学", device=device)
    person = await devices.identify(user, Face(cast.people["he"], "5937"), now=NOW)
    assert user_canteens(person, "weeks.serve") == {first}


WORK: dict[str, Callable[[Actor, Cast, int], Awaitable[Any]]] = {
    "a person for the whole school": lambda a, c, _m: people.add_person(
        a, NewPerson("sun", "孙", Role.COOK), now=NOW
    ),
    "a role for the whole school": lambda a, c, _m: people.give_role(
        a, c.people["xu"], NewRole(Role.COOK), now=NOW
    ),
    "the end of somebody's role": lambda a, c, m: people.end_role(a, m, EndOfRole(), now=NOW),
    "the end of somebody": lambda a, c, _m: people.deactivate(a, c.people["lin"], now=NOW),
    "somebody's sign-in name": lambda a, c, _m: people.change_facts(
        a, c.people["lin"], PersonFacts("lin2", "林"), now=NOW
    ),
    "somebody's password": lambda a, c, _m: people.reset_password(a, c.people["lin"], now=NOW),
    "somebody's PIN": lambda a, c, _m: pins.reset_pin(a, c.people["lin"], now=NOW),
    "somebody's authenticator": lambda a, c, _m: resets.reset_authenticator(a, c.people["lin"], now=NOW),
    "somebody's photo": lambda a, c, _m: portraits.remove_portrait(a, c.people["lin"], now=NOW),
    "a device of the whole school": lambda a, c, _m: devices.add_device(a, NewDevice("库房"), now=NOW),
    "an invitation to the whole school": lambda a, c, _m: invitations.invite(
        a, NewInvitation("甲", Role.COOK), now=NOW
    ),
    "a key to the whole school": lambda a, c, _m: keys.create_key(a, NewKey("机", Role.COOK), now=NOW),
}


@pytest.mark.parametrize("work", WORK.values(), ids=list(WORK))
async def test_who_acts_at_one_canteen_appoints_nobody_for_the_school(
    cast: Cast, work: Callable[[Actor, Cast, int], Awaitable[Any]]
) -> None:
    east = (await add_canteen(cast.school, "东区", now=NOW)).id
    role = (await people.person_here(cast.school, cast.people["lin"], TODAY)).roles[0].id
    narrow = replace(cast.actor("zhou"), canteens=frozenset({east}))
    with pytest.raises(Forbidden):
        await work(narrow, cast, role)


async def test_who_acts_at_one_canteen_appoints_and_helps_its_own(cast: Cast) -> None:
    east = (await add_canteen(cast.school, "东区", now=NOW)).id
    narrow = replace(cast.actor("zhou"), canteens=frozenset({east}))
    person, _password = await people.add_person(
        narrow, NewPerson("sun", "孙", Role.COOK, canteen=east), now=NOW
    )
    await pins.reset_pin(narrow, person, now=NOW)
    await devices.add_device(narrow, NewDevice("东区灶台", east), now=NOW)
    await people.deactivate(narrow, person, now=NOW)
