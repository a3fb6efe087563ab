"""Amounts as people read, write and sign them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canteen.kit import money

PLACE = {"拾": 10, "佰": 100, "仟": 1000}


def read_capitals(text: str) -> int:
    """What a clerk reads aloud, back in fen; knows nothing of how it was written."""
    sign, text = (-1, text[1:]) if text.startswith("负") else (1, text)
    whole, _, rest = text.removesuffix("整").rpartition("元")
    jiao, _, cents = rest.removeprefix("零").rpartition("角")
    fen = money.DIGITS.index(jiao or "零") * 10 + money.DIGITS.index(cents.removesuffix("分") or "零")
    return sign * (read_integer(whole) * 100 + fen)


def read_integer(text: str) -> int:
    if not text:
        return 0
    for unit, worth in (("亿", 10**8), ("万", 10**4)):
        if unit in text:
            high, _, low = text.rpartition(unit)
            return read_integer(high) * worth + read_integer(low)
    total, digit = 0, 0
    for char in text:
        if char in PLACE:
            total, digit = total + digit * PLACE[char], 0
        else:
            digit = money.DIGITS.index(char)
    return total + digit


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (42600, "肆佰贰拾陆元整"),
        (42605, "肆佰贰拾陆元零伍分"),
        (140950, "壹仟肆佰零玖元伍角整"),
        (640914, "陆仟肆佰零玖元壹角肆分"),
        (168032, "壹仟陆佰捌拾元零叁角贰分"),
        (10700053, "壹拾万柒仟元零伍角叁分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (10010000, "壹拾万零壹佰元整"),
        (10000500000, "壹亿零伍仟元整"),
        (1000000000000000, "壹拾万亿元整"),
        (-500, "负伍元整"),
    ],
)
def test_an_amount_is_said_in_capitals_as_the_payment_rules_write_it(fen: int, said: str) -> None:
    assert money.capitals(fen) == said


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_capitals_read_back_are_the_same_amount_with_no_zero_beside_another(fen: int) -> None:
    said = money.capitals(fen)
    assert "零零" not in said
    assert read_capitals(said) == fen


@given(st.integers(-(10**15), 10**15))
def test_yuan_written_and_read_back_is_the_same_amount(fen: int) -> None:
    assert money.parse_yuan(money.yuan(fen)) == fen


@pytest.mark.parametrize(
    ("text", "fen"), [("¥12.5", 1250), ("１２．５０", 1250), ("7,568.75", 756875), ("3元", 300)]
)
def test_an_amount_is_read_as_people_write_it(text: str, fen: int) -> None:
    assert money.parse_yuan(text) == fen


@pytest.mark.parametrize("text", ["", "abc", "1.234", "1,23", "--5", "1e5", "12.5.0"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        money.parse_yuan(text)


def test_an_amount_beyond_all_budgets_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        money.capitals(10**18)
