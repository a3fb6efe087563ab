"""One believable school week for two schools and their district, made through the services only."""

import json
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from canteen.accounts.services.passwords import make_password
from canteen.accounts.services.seals import seal_all
from canteen.demo.cast import PEOPLE, SCHOOLS
from canteen.demo.founding import found, settle
from canteen.demo.living import live
from canteen.demo.recommending import recommend
from canteen.kit import db
from canteen.kit.clock import local_day
from canteen.kit.db.schema import migrate

DATABASE, NOTE = "demo.sqlite", "demo.json"


async def prepare(folder: Path, *, now: datetime) -> dict[str, Any]:
    """The demo in that folder, made unless it is there. Returns the database's address, secret and people."""
    if kept := _kept(folder):
        return kept
    passwords = {part.login: make_password() for part in PEOPLE}
    await _build(_unfinished(folder), folder, passwords, now)
    _finish(folder)
    made = {
        "database_url": f"sqlite:///{folder / DATABASE}",
        "secret": secrets.token_urlsafe(32),
        "people": [_shown(part.login, part.name, part.tenant, passwords) for part in PEOPLE],
    }
    _keep(folder, made)
    return made


async def _build(database: Path, folder: Path, passwords: dict[str, str], now: datetime) -> None:
    db.connect(f"sqlite:///{database}")
    try:
        await migrate()
        cast = await found(passwords)
        for school in SCHOOLS:
            await settle(cast, school, local_day(now))
            await live(cast, school, folder, now)
        await recommend(cast, folder, now)
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


def _shown(login: str, name: str, tenant: str, passwords: dict[str, str]) -> dict[str, str]:
    return {"login": login, "name": name, "school": tenant, "password": passwords[login]}
