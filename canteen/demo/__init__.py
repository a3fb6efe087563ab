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
from canteen.kit.db.schema import migrate

DATABASE, NOTE = "demo.sqlite", "demo.json"
Secrets = Mapping[str, str]
"""Passwords or PINs by login."""


async def prepare(folder: Path, *, now: datetime) -> dict[str, Any]:
    """The demo in that folder, made unless it is there. Returns the database's address, secret and people."""
    if kept := _kept(folder):
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
