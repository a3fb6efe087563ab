"""Who works here, in which roles and until when; nobody takes over an account that others trust too."""

from datetime import timedelta
from typing import Any

import pytest

from canteen.accounts.forms import EndOfRole, Joining, NewInvitation, NewPerson, NewRole, PersonFacts, SignIn
from canteen.accounts.rules import Role
from canteen.accounts.services import invitations, people
from canteen.accounts.services.places import places_of
from canteen.accounts.services.sessions import Browser, look_up
from canteen.accounts.services.sign_in import sign_in
from canteen.kit.problems import Missing, Refused
from tests.cast import DISTRICT, ELSEWHERE, NOW, PASSWORD, SECOND, TODAY
from tests.make import LOCK, Cast, give_role, session_for

DESK = Browser("desk", "10.0.0.9")
DAY = timedelta(days=1)


async def refusal(work: Any) -> str:
    with pytest.raises(Refused) as refused:
        await work
    return refused.value.findings[0].rule


async def roles(cast: Cast, login: str, day: Any = TODAY) -> set[str]:
    here = (await places_of(cast.people[login], day)).get(cast.school)
    return set(here.roles) if here else set()


async def test_somebody_new_gets_a_first_password_that_must_be_changed(cast: Cast) -> None:
    form = NewPerson("Sun@school", "孙师傅", Role.STOREKEEPER)
    person, password = await people.add_person(cast.actor("zhou"), form, now=NOW)
    token = await sign_in(SignIn("sun@school", password), DESK, lock=LOCK, now=NOW)
    user = await look_up(token, NOW)
    assert user is not None
    assert (user.person, user.must_change_password, user.roles) == (person, True, {"storekeeper"})


async def test_a_taken_name_and_an_impossible_role_are_refused_at_once(cast: Cast) -> None:
    form = NewPerson("CHEN", "陈二", Role.DISTRICT_ADMIN, until_day=TODAY - DAY)
    with pytest.raises(Refused) as refused:
        await people.add_person(cast.actor("zhou"), form, now=NOW)
    assert [f.rule for f in refused.value.findings] == ["role_place", "days_order", "login_taken"]


async def test_the_list_shows_who_works_here_today(cast: Cast) -> None:
    await give_role(cast.people["ma"], cast.school, "accountant", TODAY - 5 * DAY, TODAY - DAY)
    here = await people.people_of(cast.school, TODAY)
    assert {c.login for c in here} == {"zhou", "wu", "chen", "lin", "he", "xu"}
    everybody = await people.people_of(cast.school, TODAY, everybody=True)
    assert {c.login for c in everybody} - {c.login for c in here} == {"ma"}
    assert [c.name for c in await people.people_of(cast.school, TODAY, q="陈")] == ["陈师傅"]
    assert [c.login for c in await people.people_of(cast.school, TODAY, role="cook")] == ["he"]
    assert [len(c.roles) for c in here if c.login == "wu"] == [2]


async def test_a_role_holds_from_its_first_to_its_last_day(cast: Cast) -> None:
    form = NewRole(Role.BUYER, from_day=TODAY + DAY, until_day=TODAY + 3 * DAY)
    await people.give_role(cast.actor("zhou"), cast.people["xu"], form, now=NOW)
    days = [await roles(cast, "xu", TODAY + n * DAY) for n in range(5)]
    assert [("buyer" in held) for held in days] == [False, True, True, True, False]


async def test_the_cashier_is_never_the_accountant(cast: Cast) -> None:
    await people.give_role(cast.actor("zhou"), cast.people["xu"], NewRole(Role.ACCOUNTANT), now=NOW)
    both = people.give_role(cast.actor("zhou"), cast.people["xu"], NewRole(Role.CASHIER), now=NOW)
    assert await refusal(both) == "cashier_keeps_books"


async def test_a_role_is_not_given_twice(cast: Cast) -> None:
    again = people.give_role(cast.actor("zhou"), cast.people["he"], NewRole(Role.COOK), now=NOW)
    assert await refusal(again) == "role_held"


async def test_a_role_ends_at_once_or_on_a_day(cast: Cast) -> None:
    wu = await people.person_here(cast.school, cast.people["wu"], TODAY)
    deputy, affairs = wu.roles
    await people.end_role(cast.actor("zhou"), deputy.id, EndOfRole(), now=NOW)
    await people.end_role(cast.actor("zhou"), affairs.id, EndOfRole(TODAY), now=NOW)
    assert await roles(cast, "wu") == {"general_affairs"}
    assert await roles(cast, "wu", TODAY + DAY) == set()


async def test_the_last_who_may_manage_people_stays(cast: Cast) -> None:
    zhou = cast.people["zhou"]
    assert await refusal(people.deactivate(cast.actor("zhou"), zhou, now=NOW)) == "last_admin"
    [role] = (await people.person_here(cast.school, zhou, TODAY)).roles
    assert await refusal(people.end_role(cast.actor("zhou"), role.id, EndOfRole(), now=NOW)) == "last_admin"
    await people.give_role(cast.actor("zhou"), cast.people["wu"], NewRole(Role.SYSTEM_ADMIN), now=NOW)
    await people.deactivate(cast.actor("wu"), zhou, now=NOW)
    assert await roles(cast, "zhou") == set()


async def test_who_leaves_is_signed_out(cast: Cast) -> None:
    token = await sign_in(SignIn("chen", PASSWORD), DESK, lock=LOCK, now=NOW)
    await people.deactivate(cast.actor("zhou"), cast.people["chen"], now=NOW)
    assert await look_up(token, NOW) is None


async def test_a_locked_out_person_gets_a_new_first_password(cast: Cast) -> None:
    token = await sign_in(SignIn("chen", PASSWORD), DESK, lock=LOCK, now=NOW)
    password = await people.reset_password(cast.actor("zhou"), cast.people["chen"], now=NOW)
    assert await look_up(token, NOW) is None
    user = await look_up(await sign_in(SignIn("chen", password), DESK, lock=LOCK, now=NOW), NOW)
    assert user is not None and user.must_change_password


async def test_a_school_does_not_take_over_an_account_that_others_trust(cast: Cast) -> None:
    await give_role(cast.people["shen"], cast.school, "parent_committee")
    reset = people.reset_password(cast.actor("zhou"), cast.people["shen"], now=NOW)
    assert await refusal(reset) == "works_elsewhere"
    facts = PersonFacts("mine", "我的")
    taken = people.change_facts(cast.actor("zhou"), cast.people["shen"], facts, now=NOW)
    assert await refusal(taken) == "works_elsewhere"
    own = cast.actor("shen")
    assert await people.reset_password(own, cast.people["shen"], now=NOW)


async def test_a_school_does_not_take_over_an_account_that_others_will_trust_tomorrow(cast: Cast) -> None:
    await give_role(cast.people["he"], cast.schools[ELSEWHERE], "cook", TODAY + DAY)
    assert await refusal(people.reset_password(cast.actor("zhou"), cast.people["he"], now=NOW)) == (
        "works_elsewhere"
    )


async def test_a_district_helps_the_principal_of_its_school(cast: Cast) -> None:
    actor = cast.actor("shen", school="A001")
    assert await people.reset_password(actor, cast.people["zhou"], now=NOW)


async def test_names_are_corrected(cast: Cast) -> None:
    chen = cast.people["chen"]
    await people.change_facts(cast.actor("zhou"), chen, PersonFacts("chen.x", "陈大师傅"), now=NOW)
    assert (await people.person_here(cast.school, chen, TODAY)).name == "陈大师傅"
    taken = people.change_facts(cast.actor("zhou"), chen, PersonFacts("wu", "陈"), now=NOW)
    assert await refusal(taken) == "login_taken"


async def test_people_of_another_school_are_nobody_here(cast: Cast) -> None:
    stranger = cast.actor("ma")
    person = cast.people["chen"]
    for work in (
        people.person_here(stranger.school, person, TODAY),
        people.give_role(stranger, person, NewRole(Role.COOK), now=NOW),
        people.end_role(stranger, 1, EndOfRole(), now=NOW),
        people.deactivate(stranger, person, now=NOW),
        people.reset_password(stranger, person, now=NOW),
        people.change_facts(stranger, person, PersonFacts("xx", "x"), now=NOW),
    ):
        with pytest.raises(Missing):
            await work


async def test_an_invitation_brings_somebody_new_in(cast: Cast) -> None:
    form = NewInvitation("钱会计", Role.ACCOUNTANT)
    token = await invitations.invite(cast.actor("zhou"), form, now=NOW)
    offered = await invitations.look_up_invitation(token, NOW)
    assert (offered.name, offered.role, offered.school_name) == ("钱会计", "accountant", "第一小学")
    joining = Joining("qian", "钱会计", "four words by oneself", "four words by oneself")
    await invitations.join(token, joining, now=NOW)
    user = await look_up(
        await sign_in(SignIn("qian", "four words by oneself"), DESK, lock=LOCK, now=NOW), NOW
    )
    assert user is not None
    assert (user.roles, user.must_change_password) == ({"accountant"}, False)
    with pytest.raises(Missing):
        await invitations.join(token, Joining("qian2", "钱", "four other words", "four other words"), now=NOW)
    assert await invitations.open_invitations(cast.school, NOW) == []


async def test_an_invitation_is_accepted_with_the_account_one_has(cast: Cast) -> None:
    token = await invitations.invite(
        cast.actor("zheng"), NewInvitation("周校长", Role.PARENT_COMMITTEE), now=NOW
    )
    await invitations.join_as(cast.actor("zhou"), token, now=NOW)
    found = await places_of(cast.people["zhou"], TODAY)
    assert {p.id: p.roles for p in found.values()} == {
        cast.school: {"principal"},
        cast.schools[SECOND]: {"parent_committee"},
    }


async def test_an_invitation_is_good_for_a_week_and_can_be_withdrawn(cast: Cast) -> None:
    actor = cast.actor("zhou")
    token = await invitations.invite(actor, NewInvitation("甲", Role.COOK), now=NOW)
    with pytest.raises(Missing):
        await invitations.look_up_invitation(token, NOW + timedelta(days=7))
    [offered] = await invitations.open_invitations(cast.school, NOW)
    with pytest.raises(Missing):
        await invitations.withdraw_invitation(cast.actor("ma"), offered.id, now=NOW)
    await invitations.withdraw_invitation(actor, offered.id, now=NOW)
    with pytest.raises(Missing):
        await invitations.look_up_invitation(token, NOW)


async def test_an_invitation_refuses_a_weak_password_and_a_taken_name(cast: Cast) -> None:
    token = await invitations.invite(cast.actor("zhou"), NewInvitation("甲", Role.COOK), now=NOW)
    with pytest.raises(Refused) as refused:
        await invitations.join(token, Joining("wu", "甲", "short", "shorter"), now=NOW)
    assert [f.rule for f in refused.value.findings] == ["password_length", "not_the_same", "login_taken"]


async def test_a_central_place_counts_for_the_schools_below(cast: Cast) -> None:
    found = await places_of(cast.people["gu"], TODAY)
    assert {p.id: (set(p.roles), set(p.above)) for p in found.values()} == {
        cast.schools[DISTRICT]: ({"inspector"}, set()),
        cast.school: (set(), {"inspector"}),
        cast.schools[SECOND]: (set(), {"inspector"}),
    }
    assert cast.schools[ELSEWHERE] not in found
    assert await session_for(cast.people["gu"], cast.school)
