"""What people type becomes a form, or all of its errors at once."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from canteen.kit.forms import CelsiusTenths, Fen, Milligrams, NonNegativeFen, nest, parse
from canteen.kit.problems import Refused


class Kind(StrEnum):
    MEAT = "meat"
    SOUP = "soup"


class Line(msgspec.Struct, frozen=True):
    food: str
    grams: Annotated[int, msgspec.Meta(ge=1, le=2000)]


class Order(msgspec.Struct, frozen=True):
    name: Annotated[str, msgspec.Meta(min_length=2, max_length=10)]
    day: date
    kind: Kind
    price: NonNegativeFen
    lines: Annotated[list[Line], msgspec.Meta(min_length=1)]
    meal: Literal["lunch", "dinner"] = "lunch"
    note: str | None = None
    urgent: bool = False
    tags: frozenset[str] = frozenset()


GOOD = {
    "name": "开学订单",
    "day": "2025-09-01",
    "kind": "meat",
    "price": "12.50",
    "lines.0.food": "猪肉",
    "lines.0.grams": "80",
}


def refusals(form: type[Any], mapping: Mapping[str, Any]) -> dict[str, str]:
    with pytest.raises(Refused) as refused:
        parse(form, mapping)
    return {f.at: f.rule for f in refused.value.findings}


def sent(**changes: Any) -> dict[str, Any]:
    flat = GOOD | {k.replace("__", "."): v for k, v in changes.items()}
    return nest((k, v) for k, v in flat.items() if v is not None)


def read(kind: Any, value: Any) -> Any:
    form = msgspec.defstruct("Form", [("value", kind)])
    return parse(form, {"value": value}).value  # type: ignore[attr-defined]


def refused_rule(kind: Any, value: Any) -> str:
    return refusals(msgspec.defstruct("Form", [("value", kind)]), {"value": value})["value"]


def test_a_well_filled_form_is_read() -> None:
    assert parse(Order, sent()) == Order(
        name="开学订单", day=date(2025, 9, 1), kind=Kind.MEAT, price=1250, lines=[Line("猪肉", 80)]
    )


def test_every_error_is_said_at_once_and_at_its_field() -> None:
    wrong = sent(
        name="一",
        day="31 September",
        kind="fish",
        price="-1",
        meal="tea",
        lines__0__food=" ",
        lines__0__grams="0",
    )
    assert refusals(Order, wrong) == {
        "name": "too_short",
        "day": "not_a_date",
        "kind": "not_one_of",
        "price": "too_small",
        "meal": "not_one_of",
        "lines.0.food": "missing",
        "lines.0.grams": "too_small",
    }


def test_an_empty_form_names_all_that_is_required_and_nothing_else() -> None:
    assert refusals(Order, {}) == {
        "name": "missing",
        "day": "missing",
        "kind": "missing",
        "price": "missing",
        "lines": "too_few",
    }


def test_blanks_around_a_text_go_and_a_blank_text_is_nothing() -> None:
    order = parse(Order, sent(name="\u3000 开学订单 \n", note="  "))
    assert (order.name, order.note) == ("开学订单", None)


def test_an_error_in_the_third_row_is_shown_at_the_third_row() -> None:
    wrong = sent(lines__1__food="", lines__1__grams="", lines__2__food="葱", lines__2__grams="viel")
    assert refusals(Order, wrong) == {"lines.2.grams": "not_a_number"}


def test_rows_come_in_the_order_of_their_numbers_and_blank_ones_are_left_out() -> None:
    form = nest(
        [
            ("lines[10][food]", "葱"),
            ("lines[10][grams]", "5"),
            ("lines[2][food]", "姜"),
            ("lines[2][grams]", "3"),
        ]
        + [("lines[3][food]", " "), ("lines[3][grams]", "")]
        + [(k, v) for k, v in GOOD.items() if not k.startswith("lines")]
    )
    assert [line.food for line in parse(Order, form).lines] == ["姜", "葱"]


def test_a_name_that_comes_twice_is_a_list_and_the_last_one_counts_for_a_single_field() -> None:
    form = nest([*GOOD.items(), ("tags", "a"), ("tags", "b"), ("urgent", "0"), ("urgent", "1")])
    order = parse(Order, form)
    assert (order.tags, order.urgent) == (frozenset({"a", "b"}), True)


def test_one_ticked_box_of_several_is_a_list_of_one() -> None:
    assert parse(Order, sent(tags="a")).tags == frozenset({"a"})


@pytest.mark.parametrize(
    ("typed", "number"),
    [("１２", 12), (" 12 ", 12), ("1,200", 1200), ("+3", 3), ("12.0", 12), (7, 7), (7.0, 7)],
)
def test_whole_numbers_are_read_as_people_write_them(typed: Any, number: int) -> None:
    assert read(int, typed) == number


@pytest.mark.parametrize(
    "typed", ["", "abc", "1,2", "1e400", "NaN", "inf", True, [], {"a": 1}, "--1", "９９九"]
)
def test_what_is_no_number_is_refused(typed: Any) -> None:
    assert refused_rule(int, typed) in {"not_a_number", "missing"}


def test_half_a_person_is_refused() -> None:
    assert refused_rule(int, "1.5") == "not_whole"


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (Fen, "12.5", 1250),
        (Fen, "0.01", 1),
        (Fen, "-3", -300),
        (Fen, 1250, 1250),
        (Milligrams, "2.5", 2500),
        (CelsiusTenths, "-18.5", -185),
    ],
)
def test_units_people_type_become_the_integers_we_keep(kind: Any, typed: Any, kept: int) -> None:
    assert read(kind, typed) == kept


def test_a_third_decimal_of_a_yuan_is_refused() -> None:
    assert refused_rule(Fen, "1.005") == "too_fine"


def test_a_bound_is_said_in_the_unit_that_was_typed() -> None:
    price = Annotated[int, msgspec.Meta(le=50_00, extra={"typed_scale": 100})]
    with pytest.raises(Refused) as refused:
        parse(msgspec.defstruct("Form", [("price", price)]), {"price": "50.01"})
    assert refused.value.findings[0].facts == {"bound": "50"}


@pytest.mark.parametrize(
    "typed", ["2025-09-01", "2025/9/1", "2025.9.1", "20250901", "2025年9月1日", "２０２５－９－１"]
)
def test_days_are_read_as_people_write_them(typed: str) -> None:
    assert read(date, typed) == date(2025, 9, 1)


@pytest.mark.parametrize("typed", ["2025-02-30", "9/1", "tomorrow", 5, "2025-9", "00000101"])
def test_what_is_no_day_is_refused(typed: Any) -> None:
    assert refused_rule(date, typed) == "not_a_date"


def test_a_time_of_day_is_read_and_25_oclock_is_not() -> None:
    assert read(time, "7:05") == time(7, 5)
    assert refused_rule(time, "25:00") == "not_a_time"


def test_an_instant_without_a_zone_is_the_schools_wall_clock() -> None:
    assert read(datetime, "2025-09-01T08:00") == datetime(2025, 9, 1, 0, 0, tzinfo=UTC)
    assert read(datetime, "2025-09-01T08:00+00:00") == datetime(2025, 9, 1, 8, 0, tzinfo=UTC)


def test_yes_and_no_are_read_and_maybe_is_refused() -> None:
    assert [read(bool, v) for v in ("on", "1", "true", True, "是", "0", "off", False, None)] == [True] * 5 + [
        False
    ] * 4
    assert refused_rule(bool, "maybe") == "not_yes_or_no"


def test_a_table_by_name_is_read_with_errors_at_its_keys() -> None:
    heads = dict[str, Annotated[int, msgspec.Meta(ge=0)]]
    assert read(heads, {"6-8": "120", "9-11": " "}) == {"6-8": 120}
    assert refusals(msgspec.defstruct("Form", [("heads", heads)]), {"heads": {"6-8": "-1"}}) == {
        "heads.6-8": "too_small"
    }


def test_a_decimal_stays_exact() -> None:
    assert read(Decimal, "0.1") == Decimal("0.1")


def test_a_text_where_a_form_belongs_is_refused() -> None:
    assert refused_rule(Line, "pork") == "not_an_object"
    assert refused_rule(str, 5) == "not_text"
    assert refused_rule(str, "a\0b") == "not_text"


def test_more_rows_than_anybody_types_are_refused() -> None:
    assert refused_rule(list[str], ["x"] * 5001) == "too_many"


def test_a_json_body_is_read_by_the_same_rules() -> None:
    body = {"name": "开学订单", "day": "2025-09-01", "kind": "meat", "price": 1250}
    order = parse(Order, body | {"lines": [{"food": "猪肉", "grams": 80}], "urgent": True})
    assert (order.price, order.lines[0].grams, order.urgent) == (1250, 80, True)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*Order.__struct_fields__, "else"]), ANYTHING))
def test_whatever_is_sent_is_read_or_refused_and_never_breaks(sent: dict[str, Any]) -> None:
    try:
        order = parse(Order, sent)
    except Refused as refused:
        assert refused.findings
    else:
        assert msgspec.convert(msgspec.to_builtins(order), Order) == order


@given(st.lists(st.tuples(st.text(alphabet="ab.[]01", max_size=9), st.text(max_size=3)), max_size=6))
def test_whatever_the_fields_are_called_nesting_them_never_breaks(items: list[tuple[str, str]]) -> None:
    assert isinstance(nest(items), dict)


@given(st.integers(min_value=0, max_value=10**9))
def test_an_amount_shown_as_yuan_is_read_back_as_the_same_fen(fen: int) -> None:
    assert read(Fen, f"{fen // 100:,}.{fen % 100:02d}") == fen
