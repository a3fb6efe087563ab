"""Every deed that the trail keeps has a name that a reader of the trail understands, in both languages."""

import re
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
