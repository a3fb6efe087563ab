"""Numbers of licences: what they are, whether their last character holds, and what is said of a wrong one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from canteen.kit.problems import Level
from suppliers.goods.rules import PaperKind
from suppliers.licences.rules import (
    NumberKind,
    check_number,
    credit_code_findings,
    is_identity_number,
    masked,
    number_findings,
)

OPERATION = (
    "JY13301080111719",
    "JY11108071215650",
    "JY33301080000018",
    "JY25114020001234",
    "JY11101087654326",
)
PRODUCTION = ("SC10133010800011", "SC10451010400238")
CREDIT = (
    "911101083303521997",
    "91350100M000100Y43",
    "91512081MA62K0260E",
    "9131000063159284XQ",
    "12330108470100001K",
)
WRONG_ON_REAL_LICENCES = ("91350211M0000XUF46", "91350100M0001TGQXM")


@pytest.mark.parametrize("number", OPERATION)
def test_real_and_made_operation_licences_hold(number: str) -> None:
    assert (check_number(number).kind, check_number(number).holds) == (NumberKind.JY, True)


@pytest.mark.parametrize("number", PRODUCTION)
def test_production_licences_hold(number: str) -> None:
    assert (check_number(number).kind, check_number(number).holds) == (NumberKind.SC, True)


@pytest.mark.parametrize("number", CREDIT)
def test_credit_codes_hold_the_example_of_the_standard_among_them(number: str) -> None:
    assert (check_number(number).kind, check_number(number).holds) == (NumberKind.USCC, True)


@pytest.mark.parametrize("number", WRONG_ON_REAL_LICENCES)
def test_credit_codes_on_real_licences_may_have_a_wrong_check_character(number: str) -> None:
    assert (check_number(number).kind, check_number(number).holds) == (NumberKind.USCC, False)


@pytest.mark.parametrize("number", (*OPERATION, *PRODUCTION))
def test_changing_any_digit_of_a_licence_breaks_it(number: str) -> None:
    for place in range(2, 16):
        for digit in "0123456789":
            if digit != number[place]:
                assert not check_number(number[:place] + digit + number[place + 1 :]).holds


@given(st.text("0123456789", min_size=13, max_size=13), st.sampled_from(("JY", "SC")))
def test_every_licence_number_with_its_check_digit_holds_and_no_other(thirteen: str, letters: str) -> None:
    right = mod_11_10.calc_check_digit(thirteen)
    assert [d for d in "0123456789" if check_number(letters + thirteen + d).holds] == [right]


@given(st.text(max_size=40))
def test_whatever_is_typed_gets_an_answer(text: str) -> None:
    found = check_number(text)
    assert found.holds is False or found.kind in (NumberKind.JY, NumberKind.SC, NumberKind.USCC)


@pytest.mark.parametrize(
    "typed",
    ("jy13301080111719", " JY1 3301 0801 11719 ", "ＪＹ１３３０１０８０１１１７１９", "JY1-3301080111719"),
)
def test_small_letters_blanks_dashes_and_full_width_do_not_matter(typed: str) -> None:
    assert check_number(typed).number == "JY13301080111719"
    assert check_number(typed).holds


@pytest.mark.parametrize("number", ("", "hello", "JZ13301080111719", "91110108330352199", "许可证"))
def test_what_is_no_number_is_unknown(number: str) -> None:
    assert (check_number(number).kind, check_number(number).holds) == (NumberKind.UNKNOWN, False)


@pytest.mark.parametrize("number", ("JY", "JY1330108011171", "JY133010801117190", "JY1330108011171A", "SC1"))
def test_a_licence_number_of_the_wrong_length_does_not_hold(number: str) -> None:
    assert not check_number(number).holds


def test_the_first_digit_of_jy_says_what_the_business_is() -> None:
    meanings = [check_number(n).meaning for n in ("JY13301080111719", "JY25114020001234", "JY33301080000018")]
    assert meanings == ["Sells food", "Catering", "Canteen of an institution"]


def test_the_digits_of_sc_say_what_food_is_made() -> None:
    assert [check_number(n).meaning for n in PRODUCTION] == ["Processed grain", "Meat products, by licence"]


def test_a_wrong_operation_licence_is_refused_whatever_the_reason() -> None:
    (found,) = number_findings(PaperKind.FOOD_OPERATION, "JY13301080111718", reason="so it is printed")
    assert (found.rule, found.level) == ("number_check", Level.ERROR)


def test_a_production_licence_is_no_operation_licence() -> None:
    (found,) = number_findings(PaperKind.FOOD_OPERATION, PRODUCTION[0])
    assert found.rule == "number_shape"


def test_a_filing_has_letters_and_digits_but_no_check() -> None:
    assert number_findings(PaperKind.PREPACKAGED_FILING, "YB13301080111710") == []
    (found,) = number_findings(PaperKind.PREPACKAGED_FILING, "YB1330108")
    assert found.rule == "number_shape"


@pytest.mark.parametrize("kind", PaperKind)
def test_a_qs_number_is_refused_on_every_paper(kind: PaperKind) -> None:
    assert [f.rule for f in number_findings(kind, "QS330104010123")] == ["number_qs"]


def test_a_wrong_credit_code_asks_for_a_reason_and_is_then_only_a_warning() -> None:
    (asked,) = credit_code_findings(WRONG_ON_REAL_LICENCES[0])
    (taken,) = credit_code_findings(WRONG_ON_REAL_LICENCES[0], reason="printed so on the original")
    assert (asked.level, taken.level) == (Level.ERROR, Level.WARNING)
    assert credit_code_findings(CREDIT[0]) == []


def test_a_credit_code_of_seventeen_characters_is_no_reason_matter() -> None:
    (found,) = credit_code_findings("9111010833035219", reason="so it is")
    assert (found.rule, found.level) == ("credit_code_shape", Level.ERROR)


def test_provincial_papers_keep_their_own_numbers() -> None:
    assert number_findings(PaperKind.WORKSHOP_REGISTRATION, "浙杭小作坊20230017") == []


def test_a_citizens_number_holds_by_its_check_and_its_day_of_birth() -> None:
    assert is_identity_number("360426199101010071")
    assert not is_identity_number("360426199101010072")
    assert not is_identity_number("36042619910101007")


def test_a_citizens_number_is_kept_masked() -> None:
    assert masked("360426199101010071") == "360***********0071"
    assert masked("12345") == "*****"
