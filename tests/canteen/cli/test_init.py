"""A house begins: the first school, its first administrator, and 24 or 48 hours."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from canteen.cli import main

ANSWERS = ("--school", "第一小学", "--code", "a001", "--district", "", "--name", "王老师", "--login", "wang")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANTEEN_DATABASE_URL", f"sqlite:///{tmp_path / 'here.sqlite'}")


def canteen(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=typed, catch_exceptions=False)


def test_a_script_gives_all_answers_as_options() -> None:
    done = canteen("init", *ANSWERS, "--sample-hours", "48", "--format", "json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert (told["school"], told["code"], told["login"]) == ("第一小学", "A001", "wang")
    assert len(told["password"]) >= 10


def test_a_script_may_leave_out_what_has_an_answer_already() -> None:
    done = canteen("init", *ANSWERS[:4], *ANSWERS[6:], "--format", "json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["school"] == "第一小学"


def test_a_script_that_leaves_out_a_name_is_told_which() -> None:
    bad = canteen("init", *ANSWERS[:6], *ANSWERS[8:])
    assert bad.exit_code == 2
    assert "--name" in bad.stderr


def test_on_a_terminal_it_asks_24_or_48_plainly() -> None:
    done = canteen("init", typed="第一小学\nA001\n城关区\n王老师\nwang\n48\n")
    assert done.exit_code == 0
    assert "24 还是 48" in done.stderr
    assert "第一小学（A001）已就绪" in done.stdout


def test_a_second_beginning_is_refused() -> None:
    assert canteen("init", *ANSWERS, "--sample-hours", "24").exit_code == 0
    again = canteen("init", *ANSWERS, "--sample-hours", "24")
    assert again.exit_code == 2
    assert "已经有学校" in again.stderr
    assert "Traceback" not in again.stderr


def test_everything_wrong_is_told_at_its_option() -> None:
    bad = canteen(
        "init", *ANSWERS[:4], "--district", "", "--name", " ", "--login", "?", "--sample-hours", "24"
    )
    assert bad.exit_code == 2
    assert "--name" in bad.stderr
    assert "--login" in bad.stderr


def test_a_bad_code_makes_nothing() -> None:
    bad = canteen("init", *ANSWERS[:2], "--code", "12", *ANSWERS[4:], "--sample-hours", "24")
    assert bad.exit_code == 2
    assert "--code" in bad.stderr
    assert canteen("init", *ANSWERS, "--sample-hours", "24").exit_code == 0
