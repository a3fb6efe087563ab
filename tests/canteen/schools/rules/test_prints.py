"""A sheet can be found again by its number or its QR."""

import pytest

from canteen.schools.rules.prints import PrintMark, mark_path, number_of, read_mark


def test_a_number_counts_within_the_year() -> None:
    assert number_of(2026, 123) == "CP-2026-000123"
    assert number_of(2026, 1234567) == "CP-2026-1234567"


def test_a_mark_is_read_back_whatever_address_stands_before_it() -> None:
    mark = PrintMark("A001", "CP-2026-000123", 2)
    assert read_mark("https://canteen.example" + mark_path(mark)) == mark
    assert read_mark(" http://10.0.0.5:8000" + mark_path(mark) + "\n") == mark


@pytest.mark.parametrize(
    "text", ["", "https://weixin.qq.com/r/x", "/p/A001/CP-26-1/1", "/p/A001/CP-2026-000123/"]
)
def test_other_codes_are_none_of_ours(text: str) -> None:
    assert read_mark(text) is None
