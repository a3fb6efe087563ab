"""Every deed that the trail keeps has a name that a reader of the trail understands, in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from canteen.kit.texts import LANGUAGES, catalogue
from menus.weeks.rules.states import Step

TOP = Path(__file__).parent.parent.parent
CALL = re.compile(r'record\(\s*[^"]*?"([a-z]+\.[a-z_]+)"', re.DOTALL)
SUBJECT = re.compile(r'subject="([a-z_]+)"')


def services() -> list[str]:
    files = [f for house in ("canteen", "menus", "suppliers") for f in (TOP / house).rglob("*.py")]
    return [f.read_text(encoding="utf-8") for f in files if "record(" in f.read_text(encoding="utf-8")]


def recorded() -> set[str]:
    steps = {f"weeks.{step}" for step in Step if step is not Step.FINISH}
    return steps | {deed for text in services() for deed in CALL.findall(text)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_deed_and_subject_has_a_name(lang: str) -> None:
    subjects = {subject for text in services() for subject in SUBJECT.findall(text)}
    assert {"foods.price", "weeks.import", "weeks.approve"} <= recorded()
    assert sorted((recorded() | subjects) - set(catalogue(lang))) == []


TOLD_IN = ("told", "_told_row", "_facts", "_role_json", "columns_of")


def kept_in(tree: ast.AST) -> Iterator[ast.AST]:
    """Where a service writes down what its deed set: arguments, variables and functions of these names."""
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg="before" | "after" | "noted", value=value):
                yield value
            case ast.Assign(targets=[ast.Name(id="before" | "after" | "noted" | "old" | "new")], value=value):
                yield value
            case ast.FunctionDef(name=name) if name in TOLD_IN:
                yield node


def fields() -> set[str]:
    dicts = [d for text in services() for kept in kept_in(ast.parse(text)) for d in ast.walk(kept)]
    keys = [key for d in dicts if isinstance(d, ast.Dict) for key in d.keys]
    return {str(key.value) for key in keys if isinstance(key, ast.Constant)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_of_a_deed_has_a_name(lang: str) -> None:
    assert {"first_day", "fen_per_kg", "until_day"} <= fields()
    assert sorted(field for field in fields() if f"field.{field}" not in catalogue(lang)) == []
