"""What the product says, in Chinese (the default) and English.

A message id is the plain English sentence with `{named}` places. Chinese stands in
`canteen/locale/zh_CN/<room>.po`, one file a room; all of them are read and merged once at start.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from canteen.kit.problems import Finding

DEFAULT = "zh_CN"
LANGUAGES = ("zh_CN", "en")
LOCALE_FOLDER = Path(__file__).parent.parent / "locale"


class Word(str):
    """A message id among the facts of a message (the name of a paper): said in the reader's tongue."""

    __slots__ = ()


def _(message: str) -> str:
    """Mark a text for the catalogues; it is translated where it is shown."""
    return message


@cache
def catalogue(lang: str) -> Mapping[str, str]:
    """Every translated text of a language: message id to text. English is its own message id.

    Raises ValueError when two rooms translate one text differently.
    """
    texts: dict[str, str] = {}
    for file in sorted((LOCALE_FOLDER / lang).glob("*.po")):
        with file.open("rb") as stream:
            for entry in read_po(stream, locale=lang):
                if not entry.id or not entry.string or entry.fuzzy:
                    continue
                if texts.setdefault(str(entry.id), str(entry.string)) != entry.string:
                    raise ValueError(f"{file.name} translates {entry.id!r} differently from another room")
    return texts


def say(lang: str, message: str, /, **facts: Any) -> str:
    """The message in that language with its places filled."""
    text = catalogue(lang).get(message, message)
    return text.format_map({k: _shown(lang, v) for k, v in facts.items()}) if facts else text


def tell(lang: str, finding: Finding) -> str:
    """A finding as a sentence."""
    return say(lang, finding.message, **finding.facts)


def _shown(lang: str, value: Any) -> Any:
    if isinstance(value, Word):
        return catalogue(lang).get(value, value)
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    if isinstance(value, date):
        return f"{value.month}月{value.day}日" if lang == "zh_CN" else f"{value:%d %b}"
    if isinstance(value, list | tuple):
        return ("、" if lang == "zh_CN" else ", ").join(str(_shown(lang, v)) for v in value)
    return value
