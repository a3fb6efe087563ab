"""`canteen trail verify` walks every chain and names the first row that does not hold."""

import asyncio
import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from canteen.accounts.services.trail import record
from canteen.cli import main
from canteen.kit import db
from tests.cast import NOW
from tests.conftest import fresh_sqlite
from tests.make import make_cast


async def live(url: str) -> None:
    db.connect(url)
    try:
        cast = await make_cast()
        for number in range(3):
            async with db.write():
                await record(cast.actor("zhou"), "weeks.edit", subject="week", subject_id=number, now=NOW)
    finally:
        await db.close()


@pytest.fixture
def file(migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    url = fresh_sqlite(migrated_file, tmp_path)
    monkeypatch.setenv("CANTEEN_DATABASE_URL", url)
    asyncio.run(live(url))
    return tmp_path / "canteen.sqlite"


def verify(*more: str) -> Result:
    return CliRunner().invoke(main, ["trail", "verify", *more], catch_exceptions=False)


def touch(file: Path, sql: str) -> None:
    connection = sqlite3.connect(file)
    for deed in ("update", "delete"):
        connection.execute(f"DROP TRIGGER accounts_trail_frozen_{deed}")
    connection.execute(sql)
    connection.commit()
    connection.close()


def test_an_untouched_trail_holds(file: Path) -> None:
    done = verify("--format", "json")
    assert done.exit_code == 0
    chains = {chain["school"]: chain for chain in json.loads(done.stdout)["chains"]}
    assert set(chains) == {"A001", "A002", "D001", "Z001"}
    assert (chains["A001"]["sealed"], chains["A001"]["unsealed"], chains["A001"]["broken"]) == (3, 0, None)


def test_a_touched_row_is_named(file: Path) -> None:
    assert verify().exit_code == 0
    touch(file, "UPDATE accounts_trail SET deed = 'weeks.approve' WHERE subject_id = 1")
    done = verify()
    assert done.exit_code == 1
    assert "A001：第 2 条（记录号 2）被改动过" in done.stdout
    [chain] = json.loads(verify("--school", "a001", "--format", "json").stdout)["chains"]
    assert chain["broken"] == {"place": 2, "row": 2, "kind": "changed"}


def test_a_row_that_is_gone_is_missed(file: Path) -> None:
    verify()
    touch(file, "DELETE FROM accounts_trail WHERE subject_id = 2")
    done = verify("--school", "A001")
    assert done.exit_code == 1
    assert "第 3 条记录缺失" in done.stdout


def test_an_unknown_school_and_a_database_without_tables_are_told(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = verify("--school", "XXXX")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "XXXX" in done.stderr
    monkeypatch.setenv("CANTEEN_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.sqlite'}")
    done = verify()
    assert done.exit_code == 2
    assert "Traceback" not in done.stderr


def test_a_database_without_the_schema_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANTEEN_DATABASE_URL", f"sqlite:///{tmp_path / 'new.sqlite'}")
    done = verify()
    assert done.exit_code == 2
    assert "canteen db migrate" in done.stderr
