"""`canteen menus check`: exit codes, one JSON document, reasons on standard error, never a traceback."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from canteen.cli import main

MENUS = Path(__file__).parent.parent.parent / "data" / "menus"
REAL = str(MENUS / "diaozhuang-2025-11-10.csv")
HEAD = "日期,餐次,类别,菜名,食材,克重"
GOOD = [
    "2025-11-10,午餐,主食,米饭,大米,100",
    "2025-11-10,午餐,大荤,牛肉,牛肉,60",
    "2025-11-10,午餐,小荤,炒蛋,鸡蛋,50",
    "2025-11-10,午餐,素菜,青菜,青菜,100",
    "2025-11-10,午餐,素菜,菠菜,菠菜,100",
    "2025-11-10,午餐,汤,番茄汤,番茄,30",
]


@pytest.fixture
def menu(tmp_path):
    def written(*rows: str, name: str = "menu.csv") -> str:
        file = tmp_path / name
        file.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
        return str(file)

    return written


def run(*arguments: str):
    return CliRunner().invoke(main, ["menus", "check", *arguments])


def test_a_menu_without_errors_exits_0(menu) -> None:
    answer = run(menu(*GOOD), "--format", "json")
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert list(json.loads(answer.stdout)) == ["age", "meals", "week", "unknown_ingredients"]


def test_a_menu_with_errors_exits_1_and_is_one_document() -> None:
    answer = run(REAL, "--format", "json")
    assert (answer.exit_code, answer.stderr) == (1, "")
    document = json.loads(answer.stdout)
    assert document["age"] == "9-11"
    (share,) = [f for f in document["meals"][0]["findings"] if f["rule"] == "meat_share"]
    assert share == {
        "rule": "meat_share",
        "level": "error",
        "text": "莴苣炒蛋：荤菜肉类占比39.2%，不足50%，请增加肉量或减少配菜",
        "dish": "莴苣炒蛋",
    }


def test_the_text_is_grouped_by_meal_and_marks_what_is_wrong() -> None:
    answer = run(REAL)
    assert answer.exit_code == 1
    assert "2025-11-10 午餐  荤菜 1  素菜 1  汤 1  主食 1" in answer.stdout
    assert "  [错误] 莴苣炒蛋：荤菜肉类占比39.2%，不足50%，请增加肉量或减少配菜" in answer.stdout
    assert answer.stdout.splitlines()[-1].startswith("错误15项")


def test_an_unknown_ingredient_is_named_with_its_nearest(menu) -> None:
    answer = run(menu(*GOOD, "2025-11-10,午餐,素菜,杂炒,土豆泥巴,10"))
    assert "食材“土豆泥巴”未知，相近的有：" in answer.stdout


def test_the_age_is_asked_for_and_told(menu) -> None:
    assert json.loads(run(menu(*GOOD), "--age", "12-14", "--format", "json").stdout)["age"] == "12-14"
    assert run(menu(*GOOD), "--age", "5").exit_code == 2


def test_a_policy_changes_the_verdict(menu, tmp_path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text("strict = false\nmeat_share = 0.2\n[composition]\nmeat = 2\nvegetable = 1\nsoup = 1\n")
    assert run(REAL, "--policy", str(policy)).exit_code == 0


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_bad_file_exits_2_with_every_error_and_one_line_of_reason(menu, form) -> None:
    answer = run(menu("2025-11-10,午餐,怪菜,牛肉,牛肉,60", "昨天,午餐,大荤,牛肉,牛肉,-1"), "--format", form)
    assert answer.exit_code == 2
    assert len(answer.stderr.splitlines()) == 1
    assert "menu.csv:2 类别" in answer.stderr
    if form == "json":
        errors = json.loads(answer.stdout)["errors"]
        assert [(e["file"], e["line"], e["column"], e["found"]) for e in errors] == [
            ("menu.csv", 2, "类别", "怪菜"),
            ("menu.csv", 3, "日期", "昨天"),
            ("menu.csv", 3, "克重", "-1"),
        ]
        assert all(error["expected"] for error in errors)


@pytest.mark.parametrize("policy", ["meat_share = 50", "[[[", "composition.meat = true"])
def test_a_bad_policy_exits_2(menu, tmp_path, policy) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(policy)
    answer = run(menu(*GOOD), "--policy", str(file), "--format", "json")
    assert answer.exit_code == 2
    assert len(json.loads(answer.stdout)["errors"]) == len(answer.stderr.splitlines()) == 1


def test_what_cannot_be_read_exits_2(tmp_path) -> None:
    for path in (tmp_path / "missing.csv", tmp_path):
        answer = run(str(path), "--format", "json")
        assert answer.exit_code == 2
        assert len(answer.stderr.splitlines()) == 1
        assert json.loads(answer.stdout)["errors"]
    assert run(REAL, "--policy", str(tmp_path / "missing.toml")).exit_code == 2
    assert run().exit_code == 2


def test_a_column_that_is_missing_is_said_to_be(tmp_path) -> None:
    (tmp_path / "menu.csv").write_text("餐次,类别,菜名,食材,克重\n午餐,主食,米饭,大米,100", encoding="utf-8")
    assert run(str(tmp_path / "menu.csv")).stderr == "menu.csv:1 日期: 缺少“日期”这一列\n"


def test_help_says_what_it_does() -> None:
    answer = run("--help")
    assert answer.exit_code == 0
    assert "--policy" in answer.stdout
