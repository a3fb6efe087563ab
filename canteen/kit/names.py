"""Names as people type them: one spelling to compare, and their pinyin."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

BRACKETS = str.maketrans("[{【〔〖「『<《", "(" * 9) | str.maketrans("]}】〕〗」』>》", ")" * 9)


@lru_cache(maxsize=20_000)
def normalised(name: str) -> str:
    """One spelling of a name: half width, no blanks, round brackets, lower case.

    `木耳（水发）`, `木耳 (水发)` and `木耳【水发】` are one name.
    """
    text = unicodedata.normalize("NFKC", name).translate(BRACKETS).casefold()
    if text.isprintable():  # holds no blank but the plain one, and nothing unseen
        return text.replace(" ", "")
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) != "Cf")


def listed(text: str) -> tuple[str, ...]:
    """The parts of a list that people separate by semicolons, commas or 、; blanks and repeats left out."""
    parts = (part.strip() for part in re.split(r"[;；,，、\n]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name's pinyin without tones: whole (`tudou`) and initials (`td`)."""

    pinyin: str
    initials: str


@lru_cache(maxsize=20_000)
def spelled(name: str) -> Spelling:
    """The pinyin of a name; what is not Chinese stands for itself."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415  (its dictionaries are slow to load, searches rare)

    text = "".join(c for c in normalised(name) if c.isalnum())
    return Spelling("".join(lazy_pinyin(text)), "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)))
