"""Any menu file that a school would make is read; a broken one lists every bad row."""

import csv
import io
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from canteen.kit.sheets import BadFile
from menus.foods.rules import shipped
from menus.weeks.forms import MenuLine, read_menu
from menus.weeks.rules import Kind, MealName
from menus.weeks.services.check import week_of

HEAD = "日期,餐次,类别,菜名,食材,克重"
LINE = MenuLine(2, date(2025, 11, 10), MealName.LUNCH, Kind.MEAT, "大荤", "土豆牛肉", "牛肉", 75_000)


def read(*rows: str, head: str = HEAD, encoding: str = "utf-8") -> list[MenuLine]:
    return read_menu("\r\n".join([head, *rows]).encode(encoding), "menu.csv")


def errors(*rows: str, head: str = HEAD) -> list[tuple[int, str, str]]:
    with pytest.raises(BadFile) as bad:
        read(*rows, head=head)
    return [(e.line, e.column, e.found) for e in bad.value.errors]


def workbook(rows, merged=()) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([HEAD.split(","), *rows]):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(place, column, value)
        for first, last, column, value in merged:
            sheet.merge_range(first, column, last, column, value)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_row_is_read_in_any_usual_encoding(encoding) -> None:
    assert read("2025-11-10,午餐,大荤,土豆牛肉,牛肉,75", encoding=encoding) == [LINE]


@pytest.mark.parametrize(
    "row",
    [
        "2025/11/10,午餐,大荤,土豆牛肉,牛肉,75",
        "2025年11月10日,午餐,大荤,土豆牛肉,牛肉,75.0",
        "２０２５－１１－１０,午餐,大荤,土豆牛肉,牛肉,７５",
        " 2025-11-10 ,\u3000午餐\u3000, 大荤\u00a0,土豆牛肉 , 牛肉, 75 ",
        "2025-11-10,午餐,大荤,土豆牛肉,牛肉,75克",
        "2025-11-10,午餐,大荤,土豆牛肉,牛肉,75g",
        "2025-11-10,午餐,大荤,土豆牛肉,牛肉,75 G",
        "2025-11-10,午餐,大荤,土豆牛肉,牛肉,0.075kg",
        "2025-11-10 00:00:00,午餐,大荤,土豆牛肉,牛肉,75",
        "2025.11.10,午餐,大荤,土豆牛肉,牛肉,75",
    ],
)
def test_widths_blanks_units_and_dates_do_not_matter(row) -> None:
    assert read(row) == [LINE]


@pytest.mark.parametrize(
    "head",
    [
        "日期,餐次,类别,菜名,食材,克重(g)",
        "日 期,餐 次,类 别,菜 名,食 材,克 重",
        "date,meal,kind,dish,ingredient,grams",
        "供餐日期,餐别,菜品类别,菜品名称,食材名称,人均克重（克）",
    ],
)
def test_columns_are_known_by_their_usual_names(head) -> None:
    assert read("2025-11-10,午餐,大荤,土豆牛肉,牛肉,75", head=head) == [LINE]


def test_columns_may_stand_in_any_order_beside_others() -> None:
    head = "备注,克重,食材,菜名,类别,餐次,日期,重量"
    assert read("好吃,75,牛肉,土豆牛肉,大荤,午餐,2025-11-10,7500", head=head) == [LINE]


def test_blank_lines_are_skipped_but_numbered() -> None:
    lines = read("", ",,,,,", "2025-11-10,午餐,大荤,土豆牛肉,牛肉,75")
    assert [line.line for line in lines] == [4]


@pytest.mark.parametrize(
    ("word", "meal"),
    [
        *(("早餐", "breakfast"), ("早点", "breakfast"), ("午餐", "lunch"), ("中餐", "lunch")),
        *(("午饭", "lunch"), ("晚餐", "dinner"), ("晚饭", "dinner"), ("加餐", "snack")),
        *(("Lunch", "lunch"), ("课间餐", "snack")),
    ],
)
def test_meals_are_known_by_their_words(word, meal) -> None:
    assert read(f"2025-11-10,{word},大荤,土豆牛肉,牛肉,75")[0].meal == meal


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("主食 粗粮", "staple"),
        ("大荤 小荤 荤菜 荤 荤菜类 大荤1", "meat"),
        ("素菜 素", "vegetable"),
        ("汤 汤粥 羹", "soup"),
        ("水果", "fruit"),
        ("牛奶 奶 奶制品", "dairy"),
        ("点心 西点", "snack"),
        ("调味品", "seasoning"),
    ],
)
def test_kinds_are_known_by_the_words_that_schools_write(words, kind) -> None:
    for word in words.split():
        assert read(f"2025-11-10,午餐,{word},土豆牛肉,牛肉,75")[0].kind == kind


def test_blanks_from_the_left_mean_as_above() -> None:
    lines = read(
        "2025-11-10,午餐,大荤,土豆牛肉,牛肉,75",
        ",,,,土豆,25",
        ",,素菜,炒青菜,青菜,100",
        ",,,炒菠菜,菠菜,100",
        ",晚餐,汤,蛋汤,鸡蛋,10",
        "2025-11-11,午餐,主食,米饭,大米,75",
    )
    assert [(f"{x.day:%d}", x.meal.value, x.label, x.dish) for x in lines] == [
        ("10", "lunch", "大荤", "土豆牛肉"),
        ("10", "lunch", "大荤", "土豆牛肉"),
        ("10", "lunch", "素菜", "炒青菜"),
        ("10", "lunch", "素菜", "炒菠菜"),
        ("10", "dinner", "汤", "蛋汤"),
        ("11", "lunch", "主食", "米饭"),
    ]


def test_a_gap_between_filled_cells_is_an_omission() -> None:
    good = "2025-11-10,午餐,大荤,土豆牛肉,牛肉,75"
    assert errors(good, "2025-11-11,,大荤,土豆牛肉,土豆,25") == [(3, "餐次", "")]
    assert errors(good, "2025-11-10,午餐,,炒青菜,青菜,25") == [(3, "类别", "")]
    assert errors(good, "2025-11-10,午餐,素菜,,青菜,25") == [(3, "菜名", "")]
    assert errors(",午餐,素菜,炒青菜,青菜,25") == [(2, "日期", "")]


def test_a_merged_day_may_stand_beside_blanks() -> None:
    day = datetime(2025, 11, 10)  # noqa: DTZ001  (a workbook knows no zones)
    rows = [
        [day, "早餐", "主食", "馒头", "面粉", "50克"],
        [None, None, "牛奶", "纯牛奶", "纯牛奶", "２００"],
        [None, "午餐", "大荤", "豇豆烧肉", "豇豆", 30],
        [None, None, None, None, "五花肉", "100g"],
        [None, None, None, "红烧肉", "五花肉", 60],
    ]
    lines = read_menu(workbook([["2025-11-10", *row[1:]] for row in rows]), "menu.xlsx")
    assert lines == read_menu(workbook(rows), "menu.xlsx")
    assert [(x.meal.value, x.label, x.dish) for x in lines] == [
        ("breakfast", "主食", "馒头"),
        ("breakfast", "牛奶", "纯牛奶"),
        ("lunch", "大荤", "豇豆烧肉"),
        ("lunch", "大荤", "豇豆烧肉"),
        ("lunch", "大荤", "红烧肉"),
    ]


def test_merged_cells_of_a_workbook_hold_for_all_their_rows() -> None:
    day = datetime(2025, 11, 10)  # noqa: DTZ001  (a workbook knows no zones)
    rows = [
        [day, "午餐", "大荤", "土豆牛肉", "牛肉", 75],
        [None, None, None, None, "土豆", 25.5],
        [None, None, "素菜", "炒青菜", "青菜", "１００克"],
    ]
    merged = [(1, 3, 1, "午餐"), (1, 2, 2, "大荤"), (1, 2, 3, "土豆牛肉")]
    lines = read_menu(workbook(rows, merged), "menu.xlsx")
    assert [(x.day, x.dish, x.ingredient, x.milligrams) for x in lines] == [
        (date(2025, 11, 10), "土豆牛肉", "牛肉", 75_000),
        (date(2025, 11, 10), "土豆牛肉", "土豆", 25_500),
        (date(2025, 11, 10), "炒青菜", "青菜", 100_000),
    ]


def test_a_broken_file_lists_every_bad_cell_of_every_row() -> None:
    assert errors(
        "2025-13-10,午餐,大荤,土豆牛肉,牛肉,75",
        "2025-11-10,宵禁,大荤,土豆牛肉,牛肉,75",
        "2025-11-10,午餐,大菜,土豆牛肉,牛肉,75",
        "2025-11-10,午餐,大荤,土豆牛肉,,75",
        "2025-11-10,午餐,大荤,土豆牛肉,牛肉,",
        "2025-11-10,午餐,大荤,土豆牛肉,牛肉,适量",
        "yesterday,午餐,怪,土豆牛肉,牛肉,-5",
    ) == [
        (2, "日期", "2025-13-10"),
        (3, "餐次", "宵禁"),
        (4, "类别", "大菜"),
        (5, "食材", ""),
        (6, "克重", ""),
        (7, "克重", "适量"),
        (8, "日期", "yesterday"),
        (8, "类别", "怪"),
        (8, "克重", "-5"),
    ]


@pytest.mark.parametrize("grams", ["0", "0.0", "-1", "nan", "inf", "1e400", "五十", "--", "50斤多", "1/2"])
def test_grams_are_a_weight_above_nothing(grams) -> None:
    assert errors(f"2025-11-10,午餐,大荤,土豆牛肉,牛肉,{grams}") == [(2, "克重", grams)]


def test_every_missing_column_is_named() -> None:
    assert errors("午餐,大荤,土豆牛肉,牛肉", head="餐次,类别,菜名,食材") == [(1, "日期", ""), (1, "克重", "")]


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"   \n ", HEAD.encode(), b"\x00\x01\x02junk", b"PK\x03\x04broken", b"%PDF-1.7"),
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe\xfa", HEAD.encode() + b'\n"2025-11-10'),
    ],
)
def test_what_is_no_menu_is_refused_with_a_reason(data) -> None:
    with pytest.raises(BadFile) as bad:
        read_menu(data, "menu.csv")
    assert bad.value.errors


def test_a_dish_keeps_one_kind_within_its_meal() -> None:
    first = "2025-11-10,午餐,荤菜,番茄炒蛋,鸡蛋,50"
    assert errors(first, "2025-11-10,午餐,素菜,番茄炒蛋,番茄,80") == [(3, "类别", "素菜")]
    assert len(read(first, "2025-11-10,午餐,大荤,番茄炒蛋,番茄,80")) == 2
    assert len(read(first, "2025-11-10,晚餐,素菜,番茄炒蛋,番茄,80")) == 2


def test_a_way_of_cooking_is_read_where_the_file_has_it() -> None:
    (line,) = read("2025-11-10,午餐,素菜,黄瓜,黄瓜,80,凉拌", head=f"{HEAD},做法")
    assert line.method == "凉拌"


NAMES = st.text(st.sampled_from("土豆牛肉青菜(水发)鱼 A1、·㐂𠮷"), min_size=1, max_size=8).map(str.strip)
NAMES = NAMES.filter(lambda name: name != "")
ROWS = st.lists(
    st.tuples(
        st.dates(date(2000, 1, 1), date(2099, 12, 31)),
        st.sampled_from(["早餐", "午餐", "晚餐"]),
        st.sampled_from(["主食", "荤菜", "素菜", "汤"]),
        NAMES,
        NAMES,
        st.integers(1, 500_000),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda row: (row[0], row[1], row[3].casefold()),
)
BLANKS = st.sampled_from(["", " ", "\t", "\u3000", "\u00a0"])
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


@settings(deadline=None)
@given(ROWS, BLANKS, BLANKS, st.booleans(), st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
def test_what_was_written_is_read_from_csv(rows, before, after, wide, encoding) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD.split(","))
    for day, *words, milligrams in rows:
        grams = f"{milligrams / 1000:.3f}".translate(WIDE if wide else {})
        writer.writerow([before + cell + after for cell in (day.isoformat(), *words, grams)])
    assert_same(rows, read_menu(out.getvalue().encode(encoding), "menu.csv"))


@settings(deadline=None)
@given(ROWS, st.booleans())
def test_what_was_written_is_read_from_a_workbook(rows, dates) -> None:
    cells = [
        [datetime(d.year, d.month, d.day) if dates else d.isoformat(), *words, mg / 1000]  # noqa: DTZ001
        for d, *words, mg in rows
    ]
    assert_same(rows, read_menu(workbook(cells), "menu.xlsx"))


def assert_same(rows, lines) -> None:
    assert [(x.day, x.label, x.dish, x.ingredient, x.milligrams) for x in lines] == [
        (day, label, dish, food, milligrams) for day, _meal, label, dish, food, milligrams in rows
    ]


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_give_anything_but_lines_or_reasons(data) -> None:
    try:
        read_menu(data, "menu.csv")
    except BadFile as bad:
        assert bad.errors


@settings(deadline=None)
@given(st.lists(st.lists(st.text(max_size=6), min_size=6, max_size=6), max_size=6))
def test_no_cells_give_anything_but_lines_or_reasons(rows) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([HEAD.split(","), *rows])
    try:
        read_menu(out.getvalue().encode("utf-8", "replace"), "menu.csv")
    except BadFile as bad:
        assert bad.errors


@pytest.mark.parametrize("day", ["2025-11-10 星期一", "2025年11月10日（周一）", "2025/11/10 礼拜一"])
def test_a_day_may_carry_its_weekday(day) -> None:
    assert read(f"{day},午餐,大荤,土豆牛肉,牛肉,75") == [LINE]


def test_a_weekday_of_another_day_is_refused() -> None:
    assert errors("2025-11-10 周二,午餐,大荤,土豆牛肉,牛肉,75") == [(2, "日期", "2025-11-10 周二")]


def test_a_date_cell_that_shows_only_its_weekday_is_read() -> None:
    assert read_menu(workbook([[45971, "午餐", "大荤", "土豆牛肉", "牛肉", 75]]), "menu.xlsx") == [LINE]


def test_a_number_that_is_no_day_is_refused() -> None:
    with pytest.raises(BadFile):
        read_menu(workbook([[20251110, "午餐", "大荤", "土豆牛肉", "牛肉", 75]]), "menu.xlsx")


def test_a_title_above_the_headings_is_passed_over() -> None:
    (line,) = read(HEAD, "2025-11-10,午餐,大荤,土豆牛肉,牛肉,75", head="明德小学第11周带量食谱")
    assert (line.line, line.dish) == (3, "土豆牛肉")


CHOICES = f"{HEAD},任选组,任选比例"
BEEF_ROW = "2025-11-10,午餐,大荤,土豆牛肉,牛肉,75"
POTATO_ROW = "2025-11-10,午餐,大荤,土豆牛肉,土豆,25"


@pytest.mark.parametrize(
    ("written", "percent"),
    [
        ("60%", 60), ("６０％", 60), ("60 %", 60), ("60", 60), ("0.6", 60), ("33.3%", 33),
        ("1%", 1), ("0.4%", 1), ("1", 100), ("100%", 100), ("", None),
    ],
)  # fmt: skip
def test_a_dish_that_pupils_choose_carries_its_group_and_share(written, percent) -> None:
    (line,) = read(f"{BEEF_ROW},荤菜A,{written}", head=CHOICES)
    assert (line.choice, line.percent) == ("荤菜A", percent)


@pytest.mark.parametrize("written", ["0", "101", "101%", "-5%", "一半", "60%%", "1e1"])
def test_a_share_that_is_none_is_refused(written) -> None:
    assert errors(f"{BEEF_ROW},荤菜A,{written}", head=CHOICES) == [(2, "任选比例", written)]


def test_a_group_with_an_endless_name_is_refused() -> None:
    assert errors(f"{BEEF_ROW},{'荤' * 17},50%", head=CHOICES) == [(2, "任选组", "荤" * 17)]
    assert read(f"{BEEF_ROW},{'荤' * 16},50%", head=CHOICES)[0].choice == "荤" * 16


def test_english_headings_mean_the_same() -> None:
    head = "date,meal,kind,dish,ingredient,grams,choice_group,choice_share"
    (line,) = read(f"{BEEF_ROW},A,60%", head=head)
    assert (line.choice, line.percent) == ("A", 60)


def test_the_group_may_stand_on_one_line_of_its_dish() -> None:
    for first, second in (("荤菜,60%", ","), (",", "荤菜,60%"), ("荤菜,", "荤菜,60%")):
        lines = read(f"{BEEF_ROW},{first}", f"{POTATO_ROW},{second}", head=CHOICES)
        (meal,) = week_of(lines, shipped()).meals
        assert [(d.choice, d.share) for d in meal.dishes] == [("荤菜", 0.6)]


def test_a_dish_in_two_groups_or_with_two_shares_is_refused() -> None:
    assert errors(f"{BEEF_ROW},A,60%", f"{POTATO_ROW},B,60%", head=CHOICES) == [(3, "任选组", "B")]
    assert errors(f"{BEEF_ROW},A,60%", f"{POTATO_ROW},A,50%", head=CHOICES) == [(3, "任选比例", "50%")]
    blank_first = errors(f"{BEEF_ROW},,", f"{POTATO_ROW},A,60%", f"{POTATO_ROW},B,40%", head=CHOICES)
    assert blank_first == [(4, "任选组", "B"), (4, "任选比例", "40%")]


def test_a_file_without_these_columns_reads_as_it_always_did() -> None:
    (meal,) = week_of(read(BEEF_ROW, POTATO_ROW), shipped()).meals
    assert [(d.choice, d.share) for d in meal.dishes] == [("", 1.0)]
