"""The house has three houses on top, the same furniture in every room, and nothing grown too big."""

import ast
import re
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent.parent
HOUSES = ("canteen", "menus", "suppliers")
FIXED = {*HOUSES, "migrations", "tests", "pyproject.toml", "README.md"}
FURNITURE = {
    "__init__",
    "rules",
    "tables",
    "forms",
    "services",
    "ports",
    "paper",
    "api",
    "web",
    "templates",
    "data",
}
OF_ONE_ROOM = {"accounts": {"guards"}}
NOT_ROOMS = {"kit", "cli", "demo", "templates", "static", "locale"}
FORBIDDEN_NAMES = {"utils", "util", "common", "core", "misc", "helpers", "base", "manager"}


def tracked() -> list[str]:
    listing = subprocess.run(["git", "ls-files"], cwd=TOP, capture_output=True, text=True, check=True)
    return [line for line in listing.stdout.splitlines() if (TOP / line).is_file()]


def sources() -> Iterator[Path]:
    for name in tracked():
        if name.split("/")[0] in HOUSES and name.endswith(".py"):
            yield TOP / name


def rooms() -> Iterator[Path]:
    for house in HOUSES:
        for folder in sorted((TOP / house).iterdir()):
            if folder.is_dir() and folder.name not in NOT_ROOMS and (folder / "__init__.py").exists():
                yield folder


def handlers() -> list[Path]:
    """The files at the rim of the rooms."""
    return [
        f
        for room in rooms()
        for name in ("web", "api")
        for f in (room / f"{name}.py", *(room / name).glob("*.py"))
    ]


def functions(file: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_nothing_stands_on_top_beside_what_the_customer_fixed() -> None:
    top = {name.split("/")[0] for name in tracked()}
    assert {name for name in top if not name.startswith(".")} <= FIXED


@pytest.mark.parametrize("room", list(rooms()), ids=lambda room: room.name)
def test_a_room_holds_only_the_usual_furniture(room: Path) -> None:
    found = {p.stem for p in room.iterdir() if p.name != "__pycache__"}
    assert found <= FURNITURE | OF_ONE_ROOM.get(room.name, set())


@pytest.mark.parametrize("room", list(rooms()), ids=lambda room: room.name)
def test_a_room_with_deeds_has_tests_of_its_own(room: Path) -> None:
    if (room / "services.py").exists() or (room / "services").exists():
        assert list((TOP / "tests" / room.relative_to(TOP)).glob("test_*.py"))


def test_no_module_is_called_after_nothing() -> None:
    assert [f for f in sources() if f.stem in FORBIDDEN_NAMES or f.parent.name in FORBIDDEN_NAMES] == []


def test_no_file_is_longer_than_300_lines() -> None:
    long = {
        str(f.relative_to(TOP)): n
        for f in sources()
        if (n := f.read_text(encoding="utf-8").count("\n")) > 300
    }
    assert long == {}


def test_no_function_is_longer_than_40_lines_and_the_middle_one_has_8() -> None:
    every = [(str(f.relative_to(TOP)), name, lines) for f in sources() for name, lines in functions(f)]
    assert [row for row in every if row[2] > 40] == []
    assert statistics.median(lines for _, _, lines in every) <= 8


def test_nothing_is_left_unfinished() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError|pass  # stub")
    assert [str(f.relative_to(TOP)) for f in sources() if marks.search(f.read_text(encoding="utf-8"))] == []


def test_handlers_try_nothing() -> None:
    rim = [f for f in handlers() if f.exists()]
    tries = [f for f in rim if any(isinstance(n, ast.Try) for n in ast.walk(ast.parse(f.read_text("utf-8"))))]
    assert tries == []


def test_handlers_ask_services_and_no_table() -> None:
    rim = [f for f in handlers() if f.exists()]
    assert [f for f in rim if ".tables" in f.read_text(encoding="utf-8")] == []
