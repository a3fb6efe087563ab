"""A machine's key has one role at one school and is shown once."""

from datetime import timedelta

import pytest

from canteen.accounts.forms import NewKey
from canteen.accounts.rules import Role
from canteen.accounts.services.keys import create_key, keys_of, look_up_key, revoke_key
from canteen.accounts.tables import ApiKey
from canteen.kit.problems import Missing, Refused
from tests.cast import FIRST, NOW, TODAY
from tests.make import Cast

COUNTER = NewKey("售饭机", Role.GENERAL_AFFAIRS)


async def test_a_key_is_shown_once_and_kept_as_a_digest(cast: Cast) -> None:
    token = await create_key(cast.actor("zhou"), COUNTER, now=NOW)
    assert token.startswith(f"{FIRST}.")
    [kept] = await ApiKey.select(ApiKey.token).output(as_list=True)
    assert kept not in token
    user = await look_up_key(token, NOW)
    assert user is not None
    assert (user.school, user.roles, user.person) == (cast.school, {"general_affairs"}, None)
    [shown] = await keys_of(cast.school)
    assert (shown.name, shown.created_by, shown.last_used_at) == ("售饭机", "周校长", NOW)


async def test_a_key_that_is_not_ours_opens_nothing(cast: Cast) -> None:
    token = await create_key(cast.actor("zhou"), COUNTER, now=NOW)
    for wrong in ("", "x", f"A002.{token.partition('.')[2]}", token + "x", token.partition(".")[2]):
        assert await look_up_key(wrong, NOW) is None


async def test_a_revoked_key_and_one_past_its_last_day_open_nothing(cast: Cast) -> None:
    token = await create_key(cast.actor("zhou"), NewKey("一日", Role.COOK, TODAY), now=NOW)
    assert await look_up_key(token, NOW + timedelta(hours=15))
    assert await look_up_key(token, NOW + timedelta(hours=16)) is None
    [key] = await keys_of(cast.school)
    with pytest.raises(Missing):
        await revoke_key(cast.actor("ma"), key.id, now=NOW)
    await revoke_key(cast.actor("zhou"), key.id, now=NOW)
    assert await look_up_key(token, NOW) is None
    with pytest.raises(Missing):
        await revoke_key(cast.actor("zhou"), key.id, now=NOW)


async def test_a_key_has_a_role_that_exists_there(cast: Cast) -> None:
    with pytest.raises(Refused):
        await create_key(cast.actor("zhou"), NewKey("x", Role.DISTRICT_ADMIN), now=NOW)
