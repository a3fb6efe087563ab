"""Every text that code or a page shows has its Chinese, and each place in it is filled in both languages."""

import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract

from canteen.kit.texts import LOCALE_FOLDER, catalogue

TOP = Path(__file__).parent.parent.parent
KEYWORDS = {
    "_": None,
    "say": (2,),
    "error": (2,),
    "warning": (2,),
    "advice": (2,),
    "Finding": (3,),
    "BackupProblem": None,
}
TEMPLATE_OPTIONS = {"silent": "false", "newstyle_gettext": "true"}


def texts_of_code() -> Iterator[tuple[Path, str]]:
    for house in ("canteen", "menus", "suppliers"):
        for file in sorted((TOP / house).rglob("*.py")):
            yield from _texts(file, "python", KEYWORDS, {})
        for file in sorted((TOP / house).rglob("*.html")):
            yield from _texts(
                file, "jinja2.ext:babel_extract", {"_": None, "gettext": None}, TEMPLATE_OPTIONS
            )


def _texts(
    file: Path, method: str, keywords: dict[str, object], options: dict[str, str]
) -> Iterator[tuple[Path, str]]:
    with file.open("rb") as stream:
        for _line, message, _comments, _context in extract(method, stream, keywords, (), options):  # type: ignore[arg-type]
            for text in message if isinstance(message, tuple) else (message,):
                if text:
                    yield file.relative_to(TOP), text


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_no_text_is_missing_in_chinese() -> None:
    chinese = catalogue("zh_CN")
    missing = sorted({f"{file}: {text}" for file, text in texts_of_code() if text not in chinese})
    assert missing == []


def test_both_languages_fill_the_same_places() -> None:
    assert {e: z for e, z in catalogue("zh_CN").items() if not places(z) <= places(e)} == {}


@pytest.mark.parametrize("file", sorted(LOCALE_FOLDER.glob("*/*.po")), ids=lambda f: f.name)
def test_a_catalogue_holds_no_fuzzy_and_no_empty_text(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "#, fuzzy" not in text
    assert text.count('msgstr ""\n\n') == 0
