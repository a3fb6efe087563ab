"""A school's policy file: what it leaves out is the default, what it gets wrong is named."""

from fractions import Fraction

import pytest

from canteen.kit.sheets import BadFile
from menus.weeks.forms import read_policy
from menus.weeks.rules import Composition, Policy


def read(text: str) -> Policy:
    return read_policy(text.encode(), "policy.toml")


def test_an_empty_policy_is_the_default() -> None:
    assert read("") == Policy()


def test_every_key_is_read() -> None:
    counts = "[composition]\nmeat = 1\nvegetable = 3\nsoup = 0"
    switches = "meat_share = 0.6\neggs_are_meat = false\nstrict = false"
    told = Policy(Composition(1, 3, 0), Fraction(3, 5), eggs_are_meat=False, strict=False)
    assert read(f"{switches}\n{counts}") == told


def test_keys_may_be_dotted_and_the_rest_stays() -> None:
    assert read("composition.meat = 1").composition == Composition(1, 2, 1)


def test_a_windows_editor_s_mark_does_no_harm() -> None:
    assert read("\ufeffmeat_share = 1").meat_share == 1


@pytest.mark.parametrize(
    "text",
    [
        *(
            "meat_share = 50",
            "meat_share = -0.1",
            "meat_share = nan",
            "meat_share = inf",
            'meat_share = "0.5"',
        ),
        *("meat_share = true", "composition.meat = -1", "composition.meat = 1.5", "composition.soup = true"),
        *("composition.meat = 'zwei'", "composition = 2", "composition.fruit = 1", "eggs_are_meat = 1"),
        *("strict = 'yes'", "unknown = 1", "not toml at all", "meat_share = "),
    ],
)
def test_what_is_wrong_is_named(text) -> None:
    with pytest.raises(BadFile) as bad:
        read(text)
    assert len(bad.value.errors) == 1


def test_everything_wrong_is_named_at_once() -> None:
    with pytest.raises(BadFile) as bad:
        read("meat_share = 2\nstrict = 0\ncomposition.meat = -1")
    assert {e.column for e in bad.value.errors} == {"meat_share", "strict", "composition.meat"}


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(BadFile):
        read_policy(b"\xff\xfe\x00", "policy.toml")


@pytest.mark.parametrize("text", ["meat_share = " + "9" * 5000, "strict = " + "[" * 5000 + "]" * 5000])
def test_endless_digits_or_brackets_are_refused(text) -> None:
    with pytest.raises(BadFile) as bad:
        read(text)
    assert [e.file for e in bad.value.errors] == ["policy.toml"]
