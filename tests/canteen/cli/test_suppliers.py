"""`canteen suppliers check-number`: the kind of each number, whether it holds, exit codes."""

import json

from click.testing import CliRunner

from canteen.cli import main

GOOD = ["JY13301080111719", "SC10133010800011", "911101083303521997"]


def run(*arguments: str):
    return CliRunner().invoke(main, ["suppliers", "check-number", *arguments])


def test_numbers_that_hold_exit_0() -> None:
    answer = run(*GOOD, "--format", "json")
    assert (answer.exit_code, answer.stderr) == (0, "")
    numbers = json.loads(answer.stdout)["numbers"]
    assert [(n["number"], n["kind"], n["holds"]) for n in numbers] == [
        (GOOD[0], "JY", True),
        (GOOD[1], "SC", True),
        (GOOD[2], "USCC", True),
    ]


def test_one_wrong_number_among_good_ones_exits_1() -> None:
    answer = run(
        GOOD[0], "JY13301080111718", "91350211M0000XUF46", "YB13301080111719", "hello", "--format", "json"
    )
    assert (answer.exit_code, answer.stderr) == (1, "")
    numbers = json.loads(answer.stdout)["numbers"]
    assert [(n["kind"], n["holds"]) for n in numbers] == [
        ("JY", True),
        ("JY", False),
        ("USCC", False),
        ("unknown", False),
        ("unknown", False),
    ]


def test_the_text_has_a_line_a_number_and_says_what_it_stands_for() -> None:
    answer = run(*GOOD, "QS330104010123")
    assert answer.exit_code == 1
    lines = answer.stdout.splitlines()
    assert len(lines) == 4
    assert "食品销售经营者" in lines[0]
    assert "2018年10月" in lines[3]


def test_without_a_number_it_cannot_work() -> None:
    answer = run()
    assert answer.exit_code == 2
    assert "NUMBER" in answer.stderr
    assert "Traceback" not in answer.output


def test_help_says_what_it_does() -> None:
    answer = run("--help")
    assert answer.exit_code == 0
    assert "Tell of each NUMBER its kind" in answer.stdout


def test_bytes_that_are_no_text_are_no_reason_to_fall() -> None:
    answer = run("JY\udcff", "--format", "json")
    assert answer.exit_code == 1
    assert json.loads(answer.stdout)["numbers"][0]["number"] == "JY?"
