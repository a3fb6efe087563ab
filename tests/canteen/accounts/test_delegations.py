"""An absent principal lends the role for some days; what is signed then says so."""

from datetime import date, timedelta
from typing import Any

import pytest

from canteen.accounts.forms import NewDelegation, SignIn
from canteen.accounts.guards import user_may
from canteen.accounts.rules import Role
from canteen.accounts.services import delegations, people
from canteen.accounts.services.places import signs_for
from canteen.accounts.services.sessions import Browser, look_up
from canteen.accounts.services.sign_in import sign_in
from canteen.kit.problems import Missing, Refused
from tests.cast import NOW, PASSWORD, TODAY
from tests.make import LOCK, Cast, give_role

DAY = timedelta(days=1)


def away(cast: Cast, **change: Any) -> NewDelegation:
    given = {
        "to_person": cast.people["wu"],
        "role": Role.PRINCIPAL,
        "from_day": TODAY,
        "until_day": TODAY + 2 * DAY,
        "reason": "外出培训",
    }
    return NewDelegation(**(given | change))


async def may_approve(cast: Cast, day: int) -> bool:
    now = NOW + day * DAY
    user = await look_up(await sign_in(SignIn("wu", PASSWORD), Browser(), lock=LOCK, now=now), now)
    assert user is not None
    return user_may(user, "weeks.approve")


async def test_a_lent_role_holds_on_its_days_only(cast: Cast) -> None:
    await delegations.delegate(cast.actor("zhou"), away(cast, from_day=TODAY + DAY), now=NOW)
    assert [await may_approve(cast, day) for day in range(4)] == [False, True, True, False]


async def test_what_is_signed_with_a_lent_role_says_whose_it_is(cast: Cast) -> None:
    await delegations.delegate(cast.actor("zhou"), away(cast), now=NOW)
    school, wu, zhou = cast.school, cast.people["wu"], cast.people["zhou"]
    assert await signs_for(school, wu, "principal", TODAY) == zhou
    assert await signs_for(school, wu, "deputy", TODAY) is None
    assert await signs_for(school, zhou, "principal", TODAY) is None


async def test_a_lent_role_appoints_nobody(cast: Cast) -> None:
    await delegations.delegate(cast.actor("zhou"), away(cast), now=NOW)
    user = await look_up(await sign_in(SignIn("wu", PASSWORD), Browser(), lock=LOCK, now=NOW), NOW)
    assert user is not None
    assert user_may(user, "weeks.approve")
    assert not user_may(user, "people.edit")
    assert not user_may(user, "keys.edit")


async def test_a_role_is_taken_back_at_once_and_only_by_its_owner(cast: Cast) -> None:
    lent = await delegations.delegate(cast.actor("zhou"), away(cast), now=NOW)
    with pytest.raises(Missing):
        await delegations.take_back(cast.actor("wu"), lent, now=NOW)
    await delegations.take_back(cast.actor("zhou"), lent, now=NOW)
    assert not await may_approve(cast, 0)
    [shown] = await delegations.delegations_of(cast.school, cast.people["wu"])
    assert (shown.from_name, shown.to_name, shown.revoked) == ("周校长", "吴主任", True)


async def test_a_lent_role_ends_with_the_lenders_own(cast: Cast) -> None:
    await delegations.delegate(cast.actor("zhou"), away(cast), now=NOW)
    await give_role(cast.people["lin"], cast.school, "system_admin")
    await people.deactivate(cast.actor("lin"), cast.people["zhou"], now=NOW)
    assert not await may_approve(cast, 0)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"role": Role.DEPUTY}, "role_not_yours"),
        ({"until_day": TODAY - DAY}, "days_order"),
        ({"from_day": TODAY - 3 * DAY, "until_day": TODAY - DAY}, "days_past"),
        ({"until_day": TODAY + 63 * DAY}, "days_too_many"),
        ({"to_person": "zhou"}, "delegate_self"),
        ({"to_person": "ma"}, "delegate_elsewhere"),
    ],
)
async def test_a_role_is_not_lent(cast: Cast, change: dict[str, Any], rule: str) -> None:
    if isinstance(change.get("to_person"), str):
        change = {**change, "to_person": cast.people[change["to_person"]]}
    with pytest.raises(Refused) as refused:
        await delegations.delegate(cast.actor("zhou"), away(cast, **change), now=NOW)
    assert rule in {f.rule for f in refused.value.findings}


async def test_sixty_two_days_are_the_most(cast: Cast) -> None:
    last: date = TODAY + 62 * DAY
    assert await delegations.delegate(cast.actor("zhou"), away(cast, until_day=last), now=NOW)


async def test_everybody_of_the_school_may_be_chosen(cast: Cast) -> None:
    names = [name for _id, name in await delegations.possible_delegates(cast.school, cast.people["zhou"])]
    assert sorted(names) == sorted(["吴主任", "陈师傅", "林营养", "何厨师", "许老师"])
