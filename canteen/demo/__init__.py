"""One believable school week for two schools and their district, made through the services only."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from canteen.accounts.rules import pin_findings
from canteen.accounts.services.passwords import make_password
from canteen.accounts.services.seals import seal_all
from canteen.demo.buying import buy
from canteen.demo.cast import PEOPLE, SCHOOLS, Part
from canteen.demo.founding import found, settle
from canteen.demo.living import live
from canteen.demo.recommending import recommend
from canteen.kit import db
from canteen.kit.clock import local_day
from canteen.kit.db.schema import migrate, outstanding
from canteen.kit.texts import _

DATABASE, NOTE = "demo.sqlite", "demo.json"
NOTED = {"login", "name", "school", "password", "pin"}
"""What the note keeps of a person."""
Secrets = Mapping[str, str]
"""Passwords or PINs by login."""


class OtherDemo(ValueError):
    """The folder holds the demo of another version. `message` is a message id, `facts` fill it."""

    message = _(
        "{folder} holds the demo of another version: name another folder, or take this one away first"
    )

    def __init__(self, folder: Path) -> None:
        self.facts = {"folder": str(folder)}
        super().__init__(self.message.format(**self.facts))


async def prepare(folder: Path, *, now: datetime) -> dict[str, Any]:
    """The demo in that folder, made unless it is there. Returns the database's address, secret and people.

    Raises OtherDemo when the one that is there cannot be served as it is.
    """
    if kept := _kept(folder):
        if not await _is_ours(kept):
            raise OtherDemo(folder)
        return kept
    passwords = {part.login: make_password() for part in PEOPLE}
    pins = {part.login: _make_pin() for part in PEOPLE if part.has_pin}
    await _build(_unfinished(folder), folder, passwords, pins, now)
    _finish(folder)
    made = {
        "database_url": f"sqlite:///{folder / DATABASE}",
        "secret": secrets.token_urlsafe(32),
        "people": [_shown(part, passwords, pins) for part in PEOPLE],
    }
    _keep(folder, made)
    return made


async def _is_ours(kept: Mapping[str, Any]) -> bool:
    """Whether this version made it, by what is noted of its people and by its schema."""
    people = {person["login"] for person in kept["people"] if person.keys() == NOTED}
    if people != {part.login for part in PEOPLE}:
        return False
    db.connect(kept["database_url"])
    try:
        return not await outstanding()
    finally:
        await db.close()


async def _build(database: Path, folder: Path, passwords: Secrets, pins: Secrets, now: datetime) -> None:
    db.connect(f"sqlite:///{database}")
    try:
        await migrate()
        cast = await found(passwords, pins)
        for school in SCHOOLS:
            await settle(cast, school, local_day(now))
            await live(cast, school, folder, now)
        await recommend(cast, folder, now)
        await buy(cast, folder, now)
        await seal_all(now)
    finally:
        await db.close()


def _kept(folder: Path) -> dict[str, Any] | None:
    note = folder / NOTE
    return json.loads(note.read_text(encoding="utf-8")) if note.exists() else None


def _keep(folder: Path, made: dict[str, Any]) -> None:
    note = folder / NOTE
    note.touch(mode=0o600)
    note.write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")


def _unfinished(folder: Path) -> Path:
    """Build under another name: a demo that was interrupted is begun anew."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{DATABASE}*"):
        left.unlink()
    return folder / f"{DATABASE}.part"


def _finish(folder: Path) -> None:
    (folder / f"{DATABASE}.part").rename(folder / DATABASE)


def _make_pin() -> str:
    """Four digits that the rules take."""
    while pin_findings(pin := f"{secrets.randbelow(10_000):04d}"):
        continue
    return pin


def _shown(part: Part, passwords: Secrets, pins: Secrets) -> dict[str, str]:
    return {
        "login": part.login,
        "name": part.name,
        "school": part.tenant,
        "password": passwords[part.login],
        "pin": pins.get(part.login, ""),
    }
