"""Money is integer fen inside; people read and write yuan, and papers say it in capitals too (大写)."""

import re
import unicodedata

DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万")  # the last is 万亿, whose 亿 follows with the next group
_YUAN = re.compile(r"([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?")
_LARGEST = 10**16 * 100 - 1  # nine thousand nine hundred ninety-nine trillion: four groups of four


def yuan(fen: int) -> str:
    """756875 is `7,568.75`."""
    sign, whole, rest = "-" if fen < 0 else "", *divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{rest:02d}"


def parse_yuan(text: str) -> int:
    """Fen of an amount as people write it: `7,568.75`, `¥12.5`, `12元`, full-width digits too.

    Raises ValueError when it is no amount or has more than two decimals.
    """
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("¥").removesuffix("元").strip()
    found = _YUAN.fullmatch(plain)
    if not found:
        raise ValueError(f"not an amount in yuan: {text!r}")
    sign, whole, rest = found.groups()
    fen = int(whole.replace(",", "")) * 100 + int((rest or "0").ljust(2, "0"))
    return -fen if sign == "-" else fen


def capitals(fen: int) -> str:
    """The amount in the characters that cannot be altered: 42605 is `肆佰贰拾陆元零伍分`.

    After the annex 正确填写票据和结算凭证的基本规定 (支付结算办法, 银发〔1997〕393号): 整 after yuan
    and after jiao, none after fen; one 零 for any run of empty places between figures.
    Raises ValueError from ten quadrillion yuan up.
    """
    if abs(fen) > _LARGEST:
        raise ValueError(f"too large to say: {fen} fen")
    whole, rest = divmod(abs(fen), 100)
    jiao, cents = divmod(rest, 10)
    said = f"{_integer(whole)}元" if whole else ""
    if not rest:
        said = f"{said or '零元'}整"
    elif jiao:
        # the annex allows 壹拾元零伍角 and 壹拾元伍角; with 零 nothing can be slipped in between
        said += ("零" if whole and whole % 10 == 0 else "") + f"{DIGITS[jiao]}角" + _cents(cents)
    else:
        said += ("零" if whole else "") + f"{DIGITS[cents]}分"
    return "负" + said if fen < 0 else said


def _cents(cents: int) -> str:
    return f"{DIGITS[cents]}分" if cents else "整"


def _integer(whole: int) -> str:
    """Four digits at a time, each followed by 万 or 亿, with one 零 where places are empty between."""
    groups = []
    while whole:
        whole, group = divmod(whole, 10_000)
        groups.append(group)
    said = ""
    for place in reversed(range(len(groups))):
        skipped = place + 1 < len(groups) and not groups[place + 1]
        said = _append(said, groups[place], place, skipped=skipped)
    return said


def _append(said: str, group: int, place: int, *, skipped: bool) -> str:
    """One more group of four digits; an empty one says nothing, 亿 apart when 万亿 stands before it."""
    if not group:
        return said + ("亿" if place == 2 and said.endswith("万") else "")
    gap = "零" if said and (group < 1000 or skipped) else ""
    return said + gap + _four(group) + _GROUPS[place]


def _four(group: int) -> str:
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + _PLACES[place]
        gap = not digit
    return said
