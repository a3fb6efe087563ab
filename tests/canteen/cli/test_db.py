"""The database commands migrate, check, back up and put back, and never overwrite."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from canteen.cli import main
from canteen.kit.clock import utc_now
from canteen.kit.db import backup as tar
from tests.postgres import Server, binaries


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CANTEEN_DATA_DIR", str(tmp_path / "data"))
    use_sqlite(tmp_path, "here.sqlite", monkeypatch)
    before = os.umask(0o022)
    yield tmp_path
    os.umask(before)


def use_sqlite(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANTEEN_DATABASE_URL", f"sqlite:///{folder / name}")


def canteen(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["db", *map(str, arguments)], catch_exceptions=False)


def upload(folder: Path, text: str) -> Path:
    file = folder / "data" / "uploads" / "ab" / "abcd"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    return file


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights in another way")
def test_database_and_backup_are_for_the_owners_account_alone(place: Path) -> None:
    """Both hold password hashes and what schools know of children."""
    canteen("migrate")
    canteen("backup", place / "saved.tar")
    for name in ("here.sqlite", "saved.tar"):
        assert (place / name).stat().st_mode & 0o777 == 0o600, name


def test_a_database_that_is_not_there_is_said_and_not_made(place: Path) -> None:
    for asked in (["check"], ["backup", place / "saved.tar"]):
        answer = canteen(*asked)
        assert answer.exit_code == 2
        assert "here.sqlite" in answer.stderr
    assert list(place.iterdir()) == []


def test_nothing_is_saved_of_a_database_of_another_version(place: Path) -> None:
    (place / "here.sqlite").touch()
    assert canteen("backup", place / "saved.tar").exit_code == 2
    assert not (place / "saved.tar").exists()


def test_an_empty_database_has_migrations_outstanding_until_it_is_migrated(place: Path) -> None:
    (place / "here.sqlite").touch()
    assert canteen("check").exit_code == 1
    ran = json.loads(canteen("migrate", "--format", "json").stdout)["ran"]
    assert "accounts_0001_tenants" in ran
    assert canteen("check").exit_code == 0
    assert json.loads(canteen("migrate", "--format", "json").stdout) == {"ran": []}


def test_a_backup_comes_back_with_its_uploads(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    canteen("migrate")
    upload(place, "scan")
    assert canteen("backup", place / "b.tar").exit_code == 0
    use_sqlite(place, "there.sqlite", monkeypatch)
    monkeypatch.setenv("CANTEEN_DATA_DIR", str(place / "elsewhere"))
    assert canteen("restore", place / "b.tar").exit_code == 0
    assert canteen("check").exit_code == 0
    assert (place / "elsewhere" / "uploads" / "ab" / "abcd").read_text() == "scan"


def test_nothing_is_overwritten(place: Path) -> None:
    canteen("migrate")
    canteen("backup", place / "b.tar")
    again = canteen("backup", place / "b.tar")
    back = canteen("restore", place / "b.tar")
    assert (again.exit_code, back.exit_code) == (2, 2)
    assert "已存在" in again.stderr
    assert "已存在" in back.stderr


def test_a_damaged_backup_is_refused_and_leaves_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    canteen("migrate")
    upload(place, "scan-of-a-licence")
    canteen("backup", place / "b.tar")
    raw = (place / "b.tar").read_bytes()
    (place / "bad.tar").write_bytes(raw.replace(b"scan-of-a-licence", b"scan-of-a-forgery"))
    use_sqlite(place, "there.sqlite", monkeypatch)
    monkeypatch.setenv("CANTEEN_DATA_DIR", str(place / "elsewhere"))
    assert canteen("restore", place / "bad.tar").exit_code == 2
    assert not (place / "there.sqlite").exists()
    assert not (place / "elsewhere").exists()


@pytest.mark.parametrize("content", [b"", b"no tar", b"\x1f\x8b\x00"])
def test_what_is_no_backup_is_refused_in_one_line(place: Path, content: bytes) -> None:
    (place / "x.tar").write_bytes(content)
    told = canteen("restore", place / "x.tar")
    assert told.exit_code == 2
    assert told.stderr.count("\n") == 1


def test_a_folder_that_is_not_there_is_told_in_one_line(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a process of its own: the thread of a database that did not open must not outlive the command."""
    use_sqlite(place / "nowhere", "here.sqlite", monkeypatch)
    command = [sys.executable, "-m", "canteen", "db", "migrate"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()) == (2, ["unable to open database file"])


def test_an_address_that_is_no_database_is_refused(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANTEEN_DATABASE_URL", "mysql://x")
    assert canteen("check").exit_code == 2


def test_no_command_line_carries_the_databases_password(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody on a machine sees command lines; a program's environment only its owner sees."""
    program, told = place / "pg_dump", place / "told"
    program.write_text(f'#!/bin/sh\necho "$@ PGPASSWORD=$PGPASSWORD" > {told}\nexit 1\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{place}{os.pathsep}{os.environ['PATH']}")
    for address in (
        "postgresql://school:p%40ss@db.example:5433/canteen?sslmode=require",
        "postgresql://school@db.example:5433/canteen?password=p%40ss&sslmode=require",
    ):
        with pytest.raises(tar.BackupProblem):
            tar.backup(address, place / "data", place / "b.tar", now=utc_now())
        said, _equals, secret = told.read_text().strip().partition(" PGPASSWORD=")
        assert secret == "p@ss"
        assert said.endswith("--dbname=postgresql://school@db.example:5433/canteen?sslmode=require")


def test_postgresql_is_saved_and_put_back_too(
    postgres: Server, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{binaries()}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("CANTEEN_DATABASE_URL", postgres.url("migrated"))
    assert canteen("backup", place / "b.tar").exit_code == 0
    postgres.run("CREATE DATABASE put_back")
    monkeypatch.setenv("CANTEEN_DATABASE_URL", postgres.url("put_back"))
    assert canteen("restore", place / "b.tar").exit_code == 0
    assert canteen("check").exit_code == 0
    assert canteen("restore", place / "b.tar").exit_code == 2
