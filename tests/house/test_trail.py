"""Whoever writes leaves one row in the trail, in the same transaction, and no secret in it."""

import ast
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest

from canteen.accounts.forms import (
    Code,
    Current,
    DeviceCode,
    Joining,
    NewDevice,
    NewInvitation,
    NewKey,
    NewPassword,
    NewPerson,
    OwnPin,
    SignIn,
)
from canteen.accounts.rules import Role
from canteen.accounts.services import authenticator as app
from canteen.accounts.services import devices, invitations, keys, people, pins
from canteen.accounts.services import sign_in as door
from canteen.accounts.services.sessions import Browser, look_up, switch_school
from canteen.kit.watch import JsonLines
from tests.cast import FIRST, NOW, PASSWORD
from tests.make import LOCK, Cast, make_cast

TOP = Path(__file__).parent.parent.parent
NO_DEED = {
    "accounts/services/answers.py:forget_answers": "takes away answers that were kept long enough",
    "accounts/services/devices.py:check_pin": "counts tries; the deed that the PIN signs leaves the row",
    "accounts/services/keys.py:look_up_key": "notes when a key was used last",
    "accounts/services/seals.py:_seal_batch": "seals the rows of others",
    "accounts/services/sessions.py:_note_seen": "notes that somebody is still there",
    "accounts/services/sign_in.py:_code_step": "gives a try back",
    "accounts/services/own.py:known": "forgives tries; the deed that asked leaves the row",
    "accounts/services/throttle.py:take_try": "counts tries",
    "notices/services/rounds.py:_change": "lets open tasks follow a term; the term's own deed left the row",
    "notices/services/rounds.py:_post": "posts what the calendar asks for; nobody does it",
    "licences/services/wall.py:post_renewals": "posts what the days ask for; nobody does it",
    "payments/services/advances.py:post_overdue": "posts what the days ask for; nobody does it",
}
"""Who writes and does no deed. A new one is written down here on purpose, with its reason."""

Functions = dict[str, ast.AsyncFunctionDef | ast.FunctionDef]


def services() -> Iterator[tuple[str, Functions]]:
    for house in ("canteen", "menus", "suppliers"):
        for file in sorted((TOP / house).rglob("services/*.py")) + sorted((TOP / house).rglob("services.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            kinds = (ast.AsyncFunctionDef, ast.FunctionDef)
            place = file.relative_to(TOP / house).as_posix()
            yield place, {node.name: node for node in tree.body if isinstance(node, kinds)}


def called(node: ast.AST) -> list[str]:
    return [n.func.id for n in ast.walk(node) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]


def writes(node: ast.AST) -> bool:
    withs = (n for n in ast.walk(node) if isinstance(n, ast.AsyncWith))
    return any("write" in called(item.context_expr) for n in withs for item in n.items)


def rows_left(functions: Functions, name: str) -> int:
    """How often `record` stands in a function and in the private steps of its file that it calls."""
    names = called(functions[name])
    inside = [step for step in names if step.startswith("_") and step in functions and step != name]
    return names.count("record") + sum(rows_left(functions, step) for step in inside)


def test_every_deed_leaves_exactly_one_row() -> None:
    deeds = {
        f"{place}:{name}": rows_left(functions, name)
        for place, functions in services()
        for name, node in functions.items()
        if writes(node)
    }
    assert len(deeds) > 60
    assert {deed: rows for deed, rows in deeds.items() if rows != 1} == dict.fromkeys(NO_DEED, 0)


async def all_secrets(cast: Cast) -> list[str]:
    """Every deed that knows a secret, and the secrets."""
    zhou, chen = cast.actor("zhou"), cast.actor("chen")
    browser, words = Browser("desk", "10.0.0.9"), "four new words here"
    _person, first = await people.add_person(zhou, NewPerson("sun", "孙师傅", Role.COOK), now=NOW)
    again = await people.reset_password(zhou, cast.people["lin"], now=NOW)
    invitation = await invitations.invite(zhou, NewInvitation("钱老师", Role.CLASS_TEACHER), now=NOW)
    await invitations.join(invitation, Joining("qian", "钱老师", words, words), now=NOW)
    key = await keys.create_key(zhou, NewKey("售饭机", Role.COOK), now=NOW)
    _device, code = await devices.add_device(chen, NewDevice("库房手机"), now=NOW)
    device = await devices.register_device(DeviceCode(FIRST, code), browser, now=NOW)
    await pins.set_pin(cast.actor("he"), OwnPin("5937", "5937", PASSWORD), now=NOW)
    handed = await pins.reset_pin(chen, cast.people["lin"], now=NOW)
    changed = "other new words here"
    await door.change_password(chen, NewPassword(PASSWORD, changed, changed), None, now=NOW)
    totp = await authenticator(cast)
    shen = await door.sign_in(SignIn("shen", PASSWORD), browser, lock=LOCK, now=NOW)
    user = await look_up(shen, NOW)
    assert user is not None and user.session is not None
    there = await switch_school(cast.actor("shen"), user.session, cast.school, browser, now=NOW)
    token = await enter_with(totp)
    return [
        PASSWORD,
        first,
        again,
        words,
        changed,
        invitation,
        key,
        code,
        handed,
        device,
        shen,
        there,
        token,
        totp,
    ]


async def authenticator(cast: Cast) -> str:
    zhou = cast.actor("zhou")
    await app.begin_authenticator(zhou, Current(PASSWORD), lock=LOCK, now=NOW)
    secret = str(await app.proposed_secret(zhou, LOCK))
    await app.confirm_authenticator(zhou, Code(pyotp.TOTP(secret).at(NOW)), lock=LOCK, now=NOW)
    return secret


async def enter_with(secret: str) -> str:
    later = NOW + timedelta(minutes=1)
    form = SignIn("zhou", PASSWORD, pyotp.TOTP(secret).at(later))
    return await door.sign_in(form, Browser("desk", "10.0.0.9"), lock=LOCK, now=later)


async def test_no_secret_stands_in_the_trail_the_log_or_the_database(
    sqlite: str, caplog: pytest.LogCaptureFixture
) -> None:
    cast = await make_cast()
    with caplog.at_level(logging.INFO):
        secrets = await all_secrets(cast)
    with closing(sqlite3.connect(sqlite.removeprefix("sqlite:///"))) as base:
        kept = list(base.iterdump())
    trail = [line for line in kept if 'INTO "accounts_trail"' in line]
    log = [JsonLines().format(record) for record in caplog.records]
    assert len(trail) >= 14
    assert [s for s in secrets for line in (*trail, *log) if s in line] == []
    assert [s for s in secrets for line in kept if s in line] == []
    assert not any("$argon2" in line or "5937" in line for line in trail)
