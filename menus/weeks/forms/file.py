"""A school's weekly menu file as lines, whatever it calls its columns; all errors of all rows at once."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from canteen.kit.sheets import (
    BadFile,
    Cell,
    Reading,
    Row,
    RowError,
    Sheet,
    Unreadable,
    as_day,
    as_grams,
    as_text,
    read_rows,
    same_heading,
)
from canteen.kit.texts import _
from menus.foods.rules import normalised
from menus.weeks.rules import Kind, MealName, kind_of, meal_of

COLUMNS: Mapping[str, Sequence[str]] = {
    "day": ("日期", "供餐日期", "用餐日期", "date", "day"),
    "meal": ("餐次", "餐别", "meal"),
    "kind": ("类别", "菜品类别", "菜品类型", "分类", "类型", "kind", "class", "category", "type"),
    "dish": ("菜名", "菜品名称", "菜品", "菜肴名称", "菜肴", "菜式", "dish", "dish name"),
    "ingredient": ("食材", "食材名称", "原料", "原料名称", "原材料", "ingredient", "ingredients"),
    "grams": ("克重", "克数", "人均克重", "每人克重", "用量", "重量", "带量", "grams", "g", "weight"),
    "method": ("做法", "烹调方法", "烹饪方法", "烹调方式", "烹饪方式", "加工方式", "method"),
    "choice": ("任选组", "choice_group"),
    "share": ("任选比例", "choice_share"),
}
REQUIRED = ("day", "meal", "kind", "dish", "ingredient", "grams")
# A merged cell stands only in its first row: these may be left blank and then mean "as above".
MERGED = ("day", "meal", "kind", "dish")

# 2000 to 2099, so that no other number is taken for a day.
SERIAL_ZERO = date(1899, 12, 30)
SERIAL_DAYS = range(36_526, 73_051)
WEEKDAYS = "一二三四五六日"
DATED = re.compile(r"(?P<day>.*\d日?)\s*\(?\s*(?:星期|礼拜|周)(?P<weekday>[一二三四五六日天])\s*\)?")
PERCENT = re.compile(r"(?P<number>\d{1,3}(?:\.\d+)?)\s*(?P<sign>%?)", re.ASCII)
LONGEST_GROUP = 16

MEAL_WORDS = ("早餐", "午餐", "晚餐", "加餐")
KIND_WORDS = ("主食", "粗粮", "大荤", "小荤", "荤菜", "素菜", "汤", "水果", "牛奶", "点心", "调味品")


@dataclass(frozen=True, slots=True)
class MenuLine:
    """One ingredient of one dish. `label` is the 类别 as written, `milligrams` raw per head.

    `choice` names the group that pupils choose from and `percent` how many of a hundred take the dish; a line
    that says nothing leaves them to the other lines of its dish.
    """

    line: int
    day: date
    meal: MealName
    kind: Kind
    label: str
    dish: str
    ingredient: str
    milligrams: int
    method: str = ""
    choice: str = ""
    percent: int | None = None


def read_menu(data: bytes, filename: str) -> list[MenuLine]:
    """The lines of a menu file (CSV or workbook). Raises BadFile with every error of every row."""
    sheet = read_rows(data, filename)
    reading = Reading(sheet, _columns_of(sheet), REQUIRED)
    lines = _lines(reading)
    reading.finish()
    if not lines:
        raise BadFile([RowError(filename, 1, "", "", _("The file has no rows."))])
    return lines


def _columns_of(sheet: Sheet) -> dict[str, Sequence[str]]:
    """The usual name of a column where the file has it, so that a second column like it does not disturb."""
    present = {same_heading(heading) for heading in sheet.headings}
    return {
        key: next(([name] for name in names if same_heading(name) in present), names)
        for key, names in COLUMNS.items()
    }


def _lines(reading: Reading) -> list[MenuLine]:
    above: dict[str, tuple[Cell, Any]] = {}
    dishes: dict[tuple[date, MealName, str], MenuLine] = {}
    lines = []
    for row in reading.rows:
        if all(reading.cell(row, key) == "" for key in REQUIRED):
            continue
        line = _line(reading, row, above)
        if line and _agrees(reading, row, line, dishes):
            lines.append(line)
    return lines


def _line(reading: Reading, row: Row, above: dict[str, tuple[Cell, Any]]) -> MenuLine | None:
    """One row, with what it leaves blank from `above` (cells and values, kept up to date); None if wrong."""
    cells = {key: reading.cell(row, key) for key in MERGED}
    for key in _written(cells, above) if above else MERGED:
        above[key] = cells[key], reading.need(row, key, READERS[key])
    ingredient = reading.need(row, "ingredient", as_text)
    grams = reading.need(row, "grams", as_grams)
    method = reading.may(row, "method", as_text, "")
    choice, percent = reading.may(row, "choice", _as_group, ""), reading.may(row, "share", _as_percent, 0)
    day, meal, named, dish = (above[key][1] for key in MERGED)
    if ingredient is None or grams is None or method is None or choice is None or percent is None:
        return None
    if None in (day, meal, named, dish):
        return None
    (kind, label), milligrams = named, round(grams * 1000)
    read = (row.line, day, meal, kind, label, dish, ingredient, milligrams, method)
    return MenuLine(*read, choice=choice, percent=percent or None)


def _written(cells: Mapping[str, Cell], above: Mapping[str, tuple[Cell, Any]]) -> list[str]:
    """The columns that a row does not take from the one above.

    A blank means "as above" while nothing to its left is new. A row that repeats day and meal but leaves out
    the class of a new dish, or the name of a dish, is no merge but an omission.
    """
    blank = {key: cells[key] == "" for key in MERGED}
    same = {key: blank[key] or cells[key] == above[key][0] for key in MERGED}
    meal_as_above = blank["meal"] and same["day"]
    kind_as_above = blank["kind"] and same["day"] and same["meal"] and (blank["meal"] or same["dish"])
    dish_as_above = blank["dish"] and kind_as_above
    taken = (blank["day"], meal_as_above, kind_as_above, dish_as_above)
    return [key for key, from_above in zip(MERGED, taken, strict=True) if not from_above]


def _agrees(
    reading: Reading, row: Row, line: MenuLine, dishes: dict[tuple[date, MealName, str], MenuLine]
) -> bool:
    """Whether a dish keeps one kind within its meal (meat and vegetable at once would count twice), and one
    choice group and share. `dishes` keeps the first line of each, with what later ones add.
    """
    key = (line.day, line.meal, normalised(line.dish))
    first = dishes.setdefault(key, line)
    choice, percent = first.choice or line.choice, first.percent or line.percent
    dishes[key] = replace(first, choice=choice, percent=percent)
    wrong = [
        (column, said)
        for column, said, same in (
            ("kind", first.label, first.kind is line.kind),
            ("choice", choice, line.choice in ("", choice)),
            ("share", f"{percent}%", line.percent in (None, percent)),
        )
        if not same
    ]
    for column, said in wrong:
        reading.refuse(row, column, _("{label}, as on line {first}"), label=said, first=first.line)
    return not wrong


def _as_day(cell: Cell) -> date:
    """A day, also with its weekday behind it (`2025-11-10 周一`); a wrong weekday is refused.

    A date cell that shows only its weekday arrives as the workbook's count of days.
    """
    if isinstance(cell, float) and cell in SERIAL_DAYS:
        return SERIAL_ZERO + timedelta(days=cell)
    dated = DATED.fullmatch(unicodedata.normalize("NFKC", as_text(cell)))
    if not dated:
        return as_day(cell)
    day = as_day(dated["day"])
    if WEEKDAYS.index(dated["weekday"].replace("天", "日")) != day.weekday():
        raise Unreadable(_("a day that agrees with its weekday"))
    return day


def _as_meal(cell: Cell) -> MealName:
    meal = meal_of(as_text(cell))
    if meal is None:
        raise Unreadable(_("one of {words}"), words=MEAL_WORDS)
    return meal


def _as_kind(cell: Cell) -> tuple[Kind, str]:
    label = as_text(cell)
    kind = kind_of(label)
    if kind is None:
        raise Unreadable(_("one of {words}"), words=KIND_WORDS)
    return kind, label


def _as_group(cell: Cell) -> str:
    group = as_text(cell)
    if len(group) > LONGEST_GROUP:
        raise Unreadable(_("at most {count} characters"), count=LONGEST_GROUP)
    return group


def _as_percent(cell: Cell) -> int:
    """`60%`, `60`, or the 0.6 that a percent cell of a workbook holds; a bare 1 is such a cell, 100%."""
    found = PERCENT.fullmatch(unicodedata.normalize("NFKC", as_text(cell)))
    number = Decimal(found["number"]) if found else Decimal(0)
    percent = number if found and (found["sign"] or number > 1) else number * 100
    if not 0 < percent <= 100:
        raise Unreadable(_("a share such as 60% or 0.6"))
    return max(1, round(percent))


READERS: Mapping[str, Any] = {"day": _as_day, "meal": _as_meal, "kind": _as_kind, "dish": as_text}
