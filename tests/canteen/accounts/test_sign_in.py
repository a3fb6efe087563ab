"""Signing in: by name and password, slowed down by wrong tries, with a second lock for who wants one."""

import asyncio
import contextvars
from datetime import datetime, timedelta
from typing import Any

import pyotp
import pytest

from canteen.accounts.forms import Code, Current, NewPassword, SignIn
from canteen.accounts.services import authenticator as app
from canteen.accounts.services import resets
from canteen.accounts.services import sign_in as door
from canteen.accounts.services.sessions import (
    Browser,
    look_up,
    revoke_session,
    sessions_of,
    sign_out,
    sign_out_everywhere,
    switch_school,
)
from canteen.accounts.services.trail import deeds
from canteen.accounts.tables import Person, Session, Throttle
from canteen.kit.locks import Lock
from canteen.kit.pages import Listing
from canteen.kit.problems import Missing, Refused
from tests.cast import DISTRICT, FIRST, NOW, PASSWORD, SECOND
from tests.make import LOCK, Cast, give_role

PHONE = Browser("phone", "10.0.0.7")
SECOND_LATER = timedelta(seconds=1)


async def enter(
    login: str = "zhou",
    password: str = PASSWORD,
    *,
    now: datetime = NOW,
    code: str | None = None,
    **more: Any,
) -> str:
    return await door.sign_in(SignIn(login, password, code), more.get("browser", PHONE), lock=LOCK, now=now)


async def refusal(work: Any) -> str:
    with pytest.raises(Refused) as refused:
        await work
    return refused.value.findings[0].rule


async def test_the_right_password_opens_a_session_at_ones_school(cast: Cast) -> None:
    token = await enter(" ZHOU ")
    assert token.startswith(f"{FIRST}.")
    user = await look_up(token, NOW)
    assert user is not None
    assert (user.name, user.school, user.roles) == ("周校长", cast.school, {"principal"})
    [sign_in] = (await deeds(cast.school, Listing()))[0]
    assert (sign_in.who, sign_in.deed) == ("周校长", "accounts.sign_in")


async def test_the_database_holds_no_token(cast: Cast) -> None:
    token = await enter()
    [kept] = await Session.select(Session.token).output(as_list=True)
    assert kept not in token
    assert len(kept) == 64


@pytest.mark.parametrize(("login", "password"), [("zhou", "wrong"), ("nobody", PASSWORD), ("zhou", "")])
async def test_a_wrong_name_and_a_wrong_password_are_refused_alike(
    cast: Cast, login: str, password: str
) -> None:
    assert await refusal(enter(login, password)) == "wrong_sign_in"


async def test_who_has_no_role_today_does_not_get_in(cast: Cast) -> None:
    person = Person(
        login="old", name="旧", password=None, must_change_password=False, language="zh_CN", created_at=NOW
    )
    await person.save()
    assert await refusal(enter("old")) == "wrong_sign_in"
    [zhou] = await Person.objects().where(Person.login == "zhou")
    await Person.update(password=zhou.password).where(Person.login == "old")
    assert await refusal(enter("old")) == "no_place"
    await give_role(person.id, cast.school, "cook")
    assert await enter("old")


async def test_after_five_wrong_tries_one_waits_and_longer_each_time(cast: Cast) -> None:
    for _n in range(5):
        assert await refusal(enter(password="wrong")) == "wrong_sign_in"
    assert await refusal(enter()) == "too_many_tries"
    assert await refusal(enter(now=NOW + timedelta(seconds=4))) == "too_many_tries"
    later = NOW + timedelta(seconds=5)
    assert await refusal(enter(password="wrong", now=later)) == "wrong_sign_in"
    assert await refusal(enter(now=later + timedelta(seconds=9))) == "too_many_tries"
    assert await enter(now=later + timedelta(seconds=10))


async def test_the_wait_ends_within_a_quarter_of_an_hour(cast: Cast) -> None:
    await refusal(enter(password="wrong"))
    await Throttle.update(failures=1000, force=True)
    assert await refusal(enter(now=NOW + timedelta(minutes=14))) == "too_many_tries"
    assert await enter(now=NOW + timedelta(minutes=15))


async def test_a_right_password_forgets_the_wrong_ones(cast: Cast) -> None:
    for _n in range(4):
        await refusal(enter(password="wrong"))
    await enter()
    for _n in range(4):
        assert await refusal(enter(password="wrong")) == "wrong_sign_in"


async def test_one_address_cannot_try_one_name_after_the_other(cast: Cast) -> None:
    for number in range(50):
        await door.take_try(f"name{number}", PHONE.address, NOW)
    assert await refusal(enter("chen")) == "too_many_tries"
    assert await enter("chen", browser=Browser("desk", "10.0.0.8"))


async def test_racing_guesses_are_all_counted(cast: Cast) -> None:
    def guess() -> asyncio.Task[str]:
        return asyncio.create_task(refusal(enter(password="wrong")), context=contextvars.Context())

    said = await asyncio.gather(*(guess() for _n in range(20)))
    assert said.count("wrong_sign_in") == 5
    assert said.count("too_many_tries") == 15


async def test_a_session_ends_after_twelve_idle_hours_and_after_seven_days(cast: Cast) -> None:
    token, now = await enter(), NOW
    assert await look_up(token, now + timedelta(hours=11, minutes=59))
    assert await look_up(await enter(), now + timedelta(hours=12)) is None
    for _n in range(16):
        now += timedelta(hours=10)
        assert await look_up(token, now)
    assert await look_up(token, NOW + timedelta(days=7)) is None


async def test_being_seen_is_written_once_a_minute(cast: Cast) -> None:
    token = await enter()
    await look_up(token, NOW + timedelta(seconds=59))
    assert await Session.select(Session.last_seen_at).first() == {"last_seen_at": NOW}
    await look_up(token, NOW + timedelta(seconds=61))
    assert await Session.select(Session.last_seen_at).first() == {"last_seen_at": NOW + timedelta(seconds=61)}


async def test_signing_in_again_ends_the_session_the_browser_had(cast: Cast) -> None:
    token = await enter()
    user = await look_up(token, NOW)
    form = SignIn("wu", PASSWORD)
    assert await door.sign_in(form, PHONE, lock=LOCK, now=NOW, before=user)
    assert await look_up(token, NOW) is None


async def test_sessions_that_ended_long_ago_are_taken_away(cast: Cast) -> None:
    await enter()
    await enter(now=NOW + timedelta(days=36))
    assert await Session.count() == 2
    await enter(now=NOW + timedelta(days=38))
    assert await Session.count() == 2


async def test_signing_out_ends_this_session_only(cast: Cast) -> None:
    here, there = await enter(), await enter()
    user = await look_up(here, NOW)
    assert user is not None and user.session is not None
    await sign_out(cast.actor("zhou"), user.session, now=NOW)
    assert await look_up(here, NOW) is None
    assert await look_up(there, NOW)


async def test_signing_out_everywhere_keeps_the_session_one_is_in(cast: Cast) -> None:
    here, there = await enter(), await enter()
    others = await enter("wu")
    user = await look_up(here, NOW)
    assert user is not None
    assert await sign_out_everywhere(cast.actor("zhou"), now=NOW, keep=user.session) == 1
    assert await look_up(here, NOW) and await look_up(others, NOW)
    assert await look_up(there, NOW) is None


async def test_nobody_ends_the_session_of_somebody_else(cast: Cast) -> None:
    await enter("wu")
    [session] = await sessions_of(cast.people["wu"], NOW)
    with pytest.raises(Missing):
        await revoke_session(cast.actor("zhou"), session["id"], cast.school, now=NOW)
    await revoke_session(cast.actor("wu"), session["id"], cast.school, now=NOW)
    assert await sessions_of(cast.people["wu"], NOW) == []


async def test_a_district_person_looks_into_its_schools(cast: Cast) -> None:
    token = await enter("shen")
    user = await look_up(token, NOW)
    assert user is not None and user.session is not None
    assert [name for _id, name in user.schools] == ["城关区", "第一小学", "第二小学"]
    there = await switch_school(cast.actor("shen"), user.session, cast.schools[SECOND], PHONE, now=NOW)
    assert there.startswith(f"{SECOND}.")
    assert await look_up(token, NOW) is None
    looking = await look_up(there, NOW)
    assert looking is not None
    assert (looking.school_name, looking.roles, looking.above) == ("第二小学", set(), {"district_admin"})
    assert (await look_up(await enter("shen"), NOW)).school == cast.schools[SECOND]  # type: ignore[union-attr]


async def test_nobody_switches_to_a_school_they_have_no_role_in(cast: Cast) -> None:
    for code in (SECOND, DISTRICT):
        with pytest.raises(Missing):
            await switch_school(cast.actor("zhou"), 1, cast.schools[code], PHONE, now=NOW)


async def test_the_password_is_changed_and_other_sessions_end(cast: Cast) -> None:
    here, there = await enter(), await enter()
    user = await look_up(here, NOW)
    assert user is not None
    form = NewPassword(PASSWORD, "four new words here", "four new words here")
    await door.change_password(cast.actor("zhou"), form, user.session, now=NOW)
    assert await look_up(here, NOW)
    assert await look_up(there, NOW) is None
    assert await refusal(enter()) == "wrong_sign_in"
    assert await enter(password="four new words here")


@pytest.mark.parametrize(
    ("form", "rule"),
    [
        (NewPassword("wrong", "four new words here", "four new words here"), "wrong_password"),
        (NewPassword(PASSWORD, "four new words here", "four new words"), "not_the_same"),
        (NewPassword(PASSWORD, "short", "short"), "password_length"),
        (NewPassword(PASSWORD, "zhou123456", "zhou123456"), "password_easy"),
        (NewPassword(PASSWORD, PASSWORD, PASSWORD), "password_same"),
    ],
)
async def test_a_new_password_is_not_taken(cast: Cast, form: NewPassword, rule: str) -> None:
    assert await refusal(door.change_password(cast.actor("zhou"), form, None, now=NOW)) == rule


async def authenticator(cast: Cast) -> pyotp.TOTP:
    zhou = cast.actor("zhou")
    await app.begin_authenticator(zhou, Current(PASSWORD), lock=LOCK, now=NOW)
    secret = await app.proposed_secret(zhou, LOCK)
    assert secret is not None
    assert "zhou" in app.authenticator_address("zhou", secret)
    totp = pyotp.TOTP(secret)
    await app.confirm_authenticator(zhou, Code(totp.at(NOW)), lock=LOCK, now=NOW)
    return totp


async def test_an_authenticator_asks_for_its_code_and_takes_each_once(cast: Cast) -> None:
    totp = await authenticator(cast)
    later = NOW + timedelta(seconds=60)
    assert await refusal(enter(now=later)) == "code_needed"
    assert await refusal(enter(now=later, code="000000")) == "wrong_code"
    assert await refusal(enter(now=NOW, code=totp.at(NOW))) == "wrong_code"
    assert await enter(now=later, code=totp.at(later))
    assert await refusal(enter(now=later, code=totp.at(later))) == "wrong_code"


async def test_who_knows_the_password_cannot_guess_codes_for_ever(cast: Cast) -> None:
    """The password without a code costs no try, and gives none back that a wrong code has cost."""
    await authenticator(cast)
    later = NOW + timedelta(seconds=60)
    for _n in range(5):
        assert await refusal(enter(now=later)) == "code_needed"
        assert await refusal(enter(now=later, code="000000")) == "wrong_code"
    assert await refusal(enter(now=later)) == "too_many_tries"
    assert await refusal(enter(now=later, code="000000")) == "too_many_tries"


async def test_an_authenticator_counts_only_after_its_first_code(cast: Cast) -> None:
    await app.begin_authenticator(cast.actor("zhou"), Current(PASSWORD), lock=LOCK, now=NOW)
    wrong = app.confirm_authenticator(cast.actor("zhou"), Code("123"), lock=LOCK, now=NOW)
    assert await refusal(wrong) == "wrong_code"
    assert await enter()
    with pytest.raises(Missing):
        await app.confirm_authenticator(cast.actor("wu"), Code("123456"), lock=LOCK, now=NOW)


async def test_an_authenticator_is_removed_with_the_password(cast: Cast) -> None:
    await authenticator(cast)
    wrong = app.remove_authenticator(cast.actor("zhou"), Current("wrong"), now=NOW)
    assert await refusal(wrong) == "wrong_password"
    await app.remove_authenticator(cast.actor("zhou"), Current(PASSWORD), now=NOW)
    assert await enter()


async def test_an_authenticators_secret_lies_locked_and_opens_for_its_owner_alone(cast: Cast) -> None:
    totp = await authenticator(cast)
    later = NOW + timedelta(seconds=60)
    [kept] = await Person.select(Person.totp_secret).where(Person.login == "zhou").output(as_list=True)
    assert totp.secret not in kept
    await Person.update(totp_secret=kept).where(Person.login == "wu")
    form = SignIn("wu", PASSWORD, totp.at(later))
    assert await refusal(door.sign_in(form, PHONE, lock=LOCK, now=later)) == "authenticator_lost"


async def test_after_the_houses_secret_was_lost_the_authenticator_is_reset(cast: Cast) -> None:
    totp = await authenticator(cast)
    later = NOW + timedelta(seconds=60)
    form, other = SignIn("zhou", PASSWORD, totp.at(later)), Lock("another secret than before")
    assert await refusal(door.sign_in(form, PHONE, lock=other, now=later)) == "authenticator_lost"
    await resets.reset_authenticator(cast.actor("shen", school=FIRST), cast.people["zhou"], now=later)
    assert await door.sign_in(SignIn("zhou", PASSWORD), PHONE, lock=other, now=later)


async def test_the_language_is_kept(cast: Cast) -> None:
    await door.choose_language(cast.actor("zhou"), "en", now=NOW)
    assert (await look_up(await enter(), NOW)).language == "en"  # type: ignore[union-attr]
