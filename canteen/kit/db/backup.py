"""One tar holds the database, the uploads and a manifest with the digest of each file.

It is made while the service runs: SQLite through its own online backup, PostgreSQL through `pg_dump`. The
database is copied first; uploads are never changed or deleted, so the later copy holds all it names.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from canteen.kit.texts import _

MANIFEST = "manifest.json"
FILES = {"sqlite": "database.sqlite", "postgresql": "database.pgdump"}


class BackupProblem(Exception):
    """A backup could not be made, read or put back. `message` is a message id, `facts` fill it."""

    def __init__(self, message: str, **facts: str) -> None:
        super().__init__(message.format(**facts))
        self.message, self.facts = message, facts


def backup(url: str, data_dir: Path, target: Path, *, now: datetime) -> int:
    """Write the tar; returns how many files it holds. It appears under its name only when complete.

    Raises BackupProblem when the target exists, or the database cannot be copied.
    """
    if target.exists():
        raise BackupProblem(_("{file} exists already; a backup is never overwritten"), file=str(target))
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        kind = kind_of(url)
        copy = Path(folder) / FILES[kind]
        _copy_sqlite(url, copy) if kind == "sqlite" else _dump_postgres(url, copy)
        members = {FILES[kind]: copy, **dict(uploads(data_dir))}
        made = Path(folder) / "backup.tar"
        _write_tar(made, members, {"kind": kind, "made_at": now.isoformat()})
        made.rename(target)
    return len(members)


def restore(source: Path, url: str, data_dir: Path) -> int:
    """Put a backup back into an empty place; returns how many files it brought.

    Raises BackupProblem when the tar is damaged, of the other engine, or something is already there.
    """
    with tempfile.TemporaryDirectory() as folder:
        manifest = _unpack(source, Path(folder))
        kind = kind_of(url)
        if manifest["kind"] != kind:
            raise BackupProblem(
                _("the backup is of {found}, the address is of {asked}"), found=manifest["kind"], asked=kind
            )
        _refuse_overwrite(url, data_dir)
        _move_uploads(Path(folder), data_dir)
        copy = Path(folder) / FILES[kind]
        _place_sqlite(copy, url) if kind == "sqlite" else _load_postgres(url, copy)
    return len(manifest["files"])


def kind_of(url: str) -> str:
    """`sqlite` or `postgresql`."""
    return "sqlite" if url.startswith("sqlite:///") else "postgresql"


def uploads(data_dir: Path) -> Iterator[tuple[str, Path]]:
    """Every stored upload with its name in the tar."""
    top = data_dir / "uploads"
    for file in sorted(top.rglob("*")) if top.exists() else ():
        if file.is_file():
            yield f"uploads/{file.relative_to(top).as_posix()}", file


def _write_tar(target: Path, members: dict[str, Path], about: dict[str, str]) -> None:
    digests = {name: _digest(file) for name, file in members.items()}
    manifest = target.with_name(MANIFEST)
    manifest.write_text(json.dumps({**about, "files": digests}, indent=1), encoding="utf-8")
    with tarfile.open(target, "w") as tar:
        tar.add(manifest, MANIFEST)
        for name, file in members.items():
            tar.add(file, name)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _copy_sqlite(url: str, target: Path) -> None:
    path = Path(url.removeprefix("sqlite:///"))
    if not path.exists():
        raise BackupProblem(_("there is no database at {file}"), file=str(path))
    source, copy = sqlite3.connect(path), sqlite3.connect(target)
    try:
        source.backup(copy)
    finally:
        source.close()
        copy.close()


def _dump_postgres(url: str, target: Path) -> None:
    address, secret = _apart(url)
    _run("pg_dump", "--format=custom", f"--file={target}", f"--dbname={address}", secret=secret)


def _load_postgres(url: str, source: Path) -> None:
    address, secret = _apart(url)
    _run(
        "pg_restore", "--single-transaction", "--no-owner", f"--dbname={address}", str(source), secret=secret
    )


def _apart(url: str) -> tuple[str, str]:
    """The address without its password, and the password: everybody on a machine sees command lines."""
    parts = urlsplit(url)
    asked = parse_qsl(parts.query, keep_blank_values=True)
    secret = unquote(parts.password or "") or dict(asked).get("password", "")
    options = urlencode([(name, value) for name, value in asked if name != "password"])
    user, at, place = parts.netloc.rpartition("@")
    address = f"{parts.scheme}://{user.partition(':')[0]}{at}{place}{parts.path}"
    return f"{address}?{options}" if options else address, secret


def _run(program: str, *arguments: str, secret: str) -> None:
    """Run one of PostgreSQL's programs; the password goes through its environment."""
    if not shutil.which(program):
        raise BackupProblem(
            _("{program} is not installed; install PostgreSQL's client programs"), program=program
        )
    around = {**os.environ, "PGPASSWORD": secret} if secret else None
    done = subprocess.run(  # noqa: S603
        [program, *arguments], capture_output=True, text=True, check=False, env=around
    )
    if done.returncode:
        raise BackupProblem(_("{program} failed: {reason}"), program=program, reason=done.stderr.strip())


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(source) as tar:
            tar.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, EOFError, tarfile.TarError, ValueError) as problem:
        raise BackupProblem(
            _("{file} is no backup: {reason}"), file=str(source), reason=str(problem)
        ) from problem
    files = manifest["files"]
    for name, digest in files.items():
        file = folder / PurePosixPath(name)
        if not file.is_file() or _digest(file) != digest:
            raise BackupProblem(_("{file} in the backup is damaged"), file=name)
    return manifest


def _refuse_overwrite(url: str, data_dir: Path) -> None:
    if any(uploads(data_dir)):
        raise BackupProblem(_("{file} holds uploads already; nothing is overwritten"), file=str(data_dir))
    path = Path(url.removeprefix("sqlite:///"))
    if kind_of(url) == "sqlite" and path.exists():
        raise BackupProblem(_("{file} exists already; nothing is overwritten"), file=str(path))


def _move_uploads(folder: Path, data_dir: Path) -> None:
    for name, file in uploads(folder):
        target = data_dir / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(file, target)


def _place_sqlite(copy: Path, url: str) -> None:
    target = Path(url.removeprefix("sqlite:///"))
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(copy, target)
