"""Names as people type them."""

import pytest

from canteen.kit.names import listed, normalised, spelled


@pytest.mark.parametrize("typed", ["木耳（水发）", "木耳 (水发)", "木耳【水发】", " 木耳(水发) "])
def test_one_name_has_one_spelling(typed: str) -> None:
    assert normalised(typed) == "木耳(水发)"


def test_full_width_letters_are_the_same_letters() -> None:
    assert normalised("ＡＤ钙奶") == normalised("ad 钙奶")


def test_a_list_is_parted_by_what_people_use_and_loses_repeats() -> None:
    assert listed("土豆、洋芋；马铃薯,土豆\n 地蛋 ") == ("土豆", "洋芋", "马铃薯", "地蛋")


def test_a_name_is_found_by_its_pinyin_and_by_its_initials() -> None:
    spelling = spelled("土豆")
    assert (spelling.pinyin, spelling.initials) == ("tudou", "td")
