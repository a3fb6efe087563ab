"""A deed is told in words: names, days, money and weights as people write them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from canteen.accounts.services.trail import Noted
from canteen.accounts.web.told import Teller, Told
from canteen.app import value_names

AT = datetime(2026, 9, 1, tzinfo=UTC)
ANYWHERE: dict[str, dict[str, dict[Any, str]]] = {"": {}}
for room in value_names().values():
    for name, meanings in room.items():
        ANYWHERE[""].setdefault(name, {}).update(meanings)
CHINESE = Teller("zh_CN", ANYWHERE, {3: "周立群"})
ENGLISH = Teller("en", ANYWHERE, {3: "周立群"})


def deed(before: dict[str, Any] | None, after: dict[str, Any] | None) -> Noted:
    return Noted(1, AT, AT, "周立群", None, None, "a.b", "week", 1, None, before, after, "r", True)


@pytest.mark.parametrize(
    ("field", "value", "chinese", "english"),
    [
        ("from_day", "2021-09-01", "2021年9月1日", "1 Sep 2021"),
        ("published_at", "2025-11-07T06:05:00Z", "2025年11月7日 14:05", "7 Nov 2025 14:05"),
        ("published_by", 3, "周立群", "周立群"),
        ("published_by", 9, "9", "9"),
        ("fen_per_kg", 123450, "1,234.50元/公斤", "1,234.50 yuan per kg"),
        ("milligrams", 115_500, "115.5克", "115.5 g"),
        ("locked", True, "是", "Yes"),
        ("role", "principal", "校长", "Principal"),
        ("as_weekday", 0, "周一", "Monday"),
        ("heads", {"6-8": 143, "9-11": 206}, "6–8岁：143、9–11岁：206", "6–8 years: 143, 9–11 years: 206"),
        ("weeks", [{"0": ["lunch", "dinner"]}], "周一：午餐、晚餐", "Monday: Lunch, Dinner"),
        (
            "errors",
            ["two_meats", "two_meats", "meat_share"],
            "两荤、荤菜肉类占比",
            "two meat dishes, meat share",
        ),
        ("allergens", '["egg"]', "蛋类", "Eggs"),
        ("ingredients", [{"food_code": None, "milligrams": 3000, "name": "油"}], "油 3克", "油 3 g"),
        ("digest", "8a" * 32, "8a8a8a8a8a8a…", "8a8a8a8a8a8a…"),
        ("name", "[不是数据", "[不是数据", "[不是数据"),
        ("something_new", "kept", "kept", "kept"),
    ],
)
def test_a_value_reads_as_people_write_it(field: str, value: Any, chinese: str, english: str) -> None:
    for teller, text in ((CHINESE, chinese), (ENGLISH, english)):
        assert teller.told(deed(None, {field: value})) == [Told(teller.name_of(field), "", text)]


def test_a_field_without_a_name_is_shown_all_the_same() -> None:
    assert CHINESE.told(deed(None, {"something_new": "kept"})) == [Told("something_new", "", "kept")]


def test_a_decision_reads_by_what_was_decided() -> None:
    made = {"key": "small_cash_fen", "value": 5000}
    assert CHINESE.lines(deed(None, made)) == ("", "事项：零星现金采购；设定值：50.00元")
    chosen = {"key": "menu_composition", "value": "two_meats"}
    assert "两荤两素一汤" not in ENGLISH.lines(deed(chosen, None))[0]


def test_the_same_word_in_two_rooms_reads_as_the_room_of_the_deed_has_it() -> None:
    rooms = {"": {"state": {"open": "Active"}}, "a": {"state": {"open": "Missing"}}, "c": {}}
    teller = Teller("en", rooms, {})
    assert [told.after for told in teller.told(deed(None, {"state": "open"}))] == ["Missing"]


def test_only_what_changed_is_told_and_of_something_new_only_what_was_given() -> None:
    before = {"name": "春季学期", "first_day": "2026-02-15"}
    after = {"name": "春季学期", "first_day": "2026-02-16", "last_day": None}
    assert CHINESE.told(deed(before, after)) == [Told("开始日期", "2026年2月15日", "2026年2月16日")]
    assert CHINESE.told(deed(None, {"firm": "", "name": "东区"})) == [Told("名称", "", "东区")]
    assert CHINESE.told(deed({"name": "东区"}, None)) == [Told("名称", "东区", "")]
