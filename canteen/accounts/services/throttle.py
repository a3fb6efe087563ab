"""Wrong tries cost time: counted before the secret is looked at, so that racing guesses are counted too."""

from datetime import datetime, timedelta

from canteen.accounts.rules.passwords import (
    FORGOTTEN_AFTER,
    FREE_TRIES,
    FREE_TRIES_OF_ADDRESS,
    failures_now,
    wait_after,
)
from canteen.accounts.services.sessions import digest
from canteen.accounts.tables import Throttle
from canteen.kit.db import write
from canteen.kit.problems import Refused, error
from canteen.kit.texts import _


async def take_try(login: str, address: str, now: datetime) -> None:
    """Count a try for this name and, unless it is blank, from this address.

    Raises Refused (`too_many_tries`) while one must wait; such a try is not counted.
    """
    async with write():
        for key, free in _keys(login, address):
            await _count(key, free, now)
        await Throttle.delete().where(Throttle.last_at < now - FORGOTTEN_AFTER)


async def forgive(login: str, address: str) -> None:
    """Step: the try was right. The name starts anew, the address has this one try back."""
    of_login, *of_address = (key for key, _free in _keys(login, address))
    await Throttle.update(failures=0).where(Throttle.key == of_login)
    await _give_back(of_address)


async def uncount(login: str, address: str) -> None:
    """Step: the try was not wrong, but it settles nothing either. Name and address have this one try back."""
    await _give_back([key for key, _free in _keys(login, address)])


async def _give_back(keys: list[str]) -> None:
    for key in keys:
        less = Throttle.update({Throttle.failures: Throttle.failures - 1})
        await less.where((Throttle.key == key) & (Throttle.failures > 0))


def _keys(login: str, address: str) -> list[tuple[str, int]]:
    of_login = (digest(f"login:{login}"), FREE_TRIES)
    return [of_login, (digest(f"address:{address}"), FREE_TRIES_OF_ADDRESS)] if address else [of_login]


async def _count(key: str, free: int, now: datetime) -> None:
    fresh = Throttle(key=key, failures=0, last_at=now)
    await Throttle.insert(fresh).on_conflict(target=Throttle.key, action="DO NOTHING")
    lock = Throttle.update({Throttle.key: key}).where(Throttle.key == key)
    [row] = await lock.returning(Throttle.failures, Throttle.last_at)
    failures = failures_now(row["failures"], row["last_at"], now)
    refuse_while_waiting(wait_after(failures, free), row["last_at"], now)
    await Throttle.update(failures=failures + 1, last_at=now).where(Throttle.key == key)


def refuse_while_waiting(wait: timedelta, since: datetime, now: datetime, at: str = "") -> None:
    """Raise Refused (`too_many_tries`) while some of the wait is left."""
    left = since + wait - now
    if wait and left > timedelta(0):
        seconds = int(left.total_seconds()) + 1
        message = _("Too many wrong tries. Wait {seconds} seconds, then try again.")
        raise Refused([error("too_many_tries", message, at, seconds=seconds)])
