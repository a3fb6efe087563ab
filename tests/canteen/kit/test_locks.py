"""What is locked with the house's secret opens with it alone, and for its owner alone."""

import pytest

from canteen.kit.locks import Lock

LOCK = Lock("a secret of the house")


def test_what_is_locked_opens_again_and_looks_different_each_time() -> None:
    first, second = LOCK.shut("JBSWY3DP", "person 7"), LOCK.shut("JBSWY3DP", "person 7")
    assert first != second
    assert "JBSWY3DP" not in first
    assert LOCK.open(first, "person 7") == LOCK.open(second, "person 7") == "JBSWY3DP"
    assert Lock("a secret of the house").open(first, "person 7") == "JBSWY3DP"


def test_with_another_secret_or_for_somebody_else_it_stays_shut() -> None:
    kept = LOCK.shut("JBSWY3DP", "person 7")
    assert Lock("another secret").open(kept, "person 7") is None
    assert LOCK.open(kept, "person 8") is None


@pytest.mark.parametrize("kept", ["", "x", "JBSWY3DPEHPK3PXP", "ä" * 40, "A" * 80])
def test_what_was_never_locked_does_not_open(kept: str) -> None:
    assert LOCK.open(kept, "person 7") is None


def test_what_was_touched_does_not_open() -> None:
    kept = LOCK.shut("JBSWY3DP", "person 7")
    touched = kept[:-4] + ("AAAA" if kept[-4:] != "AAAA" else "BBBB")
    assert LOCK.open(touched, "person 7") is None
