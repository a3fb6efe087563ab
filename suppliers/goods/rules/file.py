"""A list of goods as a file: which columns it may have, and its rows as goods."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from canteen.kit.names import listed, normalised
from canteen.kit.sheets import Reading, Row, Sheet, Unreadable, as_figure, as_text, one_of
from canteen.kit.sheets.sheet import Cell
from canteen.kit.texts import DEFAULT, LANGUAGES, _, say
from suppliers.goods.rules.good import Good, banned_findings, unit_findings
from suppliers.goods.rules.kinds import CATEGORY_NAMES, STORAGE_NAMES, Category, Measure, Storage
from suppliers.goods.rules.starter import units_told
from suppliers.goods.rules.units import Unit

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("名称", "name", "货品名称", "品名", "食品名称", "商品名称"),
    "aliases": ("别名", "aliases", "alias"),
    "category": ("品类", "category", "类别", "分类"),
    "spec": ("规格", "spec", "规格型号", "品牌及规格"),
    "measure": ("计量", "measure", "计量方式"),
    "unit": ("单位", "unit", "采购单位", "计量单位"),
    "units": ("换算", "units", "单位换算"),
    "storage": ("储存", "storage", "储存条件", "贮存条件", "贮存"),
    "shelf_life_days": ("保质期", "shelf_life_days", "保质期天数", "shelf life"),
    "expiry_lead_days": ("临期提前", "expiry_lead_days", "临期提前天数"),
    "food_code": ("食材编码", "food_code", "食物编码"),
}
REQUIRED = ("name", "category", "unit")
MEASURES: Mapping[str, Measure] = {
    "grams": Measure.GRAMS, "重量": Measure.GRAMS, "称重": Measure.GRAMS, "克": Measure.GRAMS,
    "pieces": Measure.PIECES, "计数": Measure.PIECES, "件数": Measure.PIECES, "个": Measure.PIECES,
}  # fmt: skip
SHORT: Mapping[str, Storage] = {
    "常温": Storage.DRY,
    "阴凉": Storage.DRY,
    "冷藏": Storage.CHILLED,
    "冷冻": Storage.FROZEN,
    "热鲜": Storage.WARM,
}
SPOKEN: Mapping[str, Category] = {
    "米面": Category.GRAIN, "粮油": Category.GRAIN, "主食": Category.GRAIN, "油": Category.OIL,
    "猪肉类": Category.PORK, "牛羊肉": Category.MEAT, "禽肉": Category.MEAT, "肉类": Category.MEAT,
    "蛋类": Category.EGG, "鸡蛋": Category.EGG, "蛋": Category.EGG,
    "蔬菜": Category.PRODUCE, "水果": Category.PRODUCE, "食用菌": Category.PRODUCE, "果蔬": Category.PRODUCE,
    "水产": Category.AQUATIC, "鱼类": Category.AQUATIC, "奶": Category.DAIRY, "奶制品": Category.DAIRY,
    "调味品": Category.CONDIMENT, "调料": Category.CONDIMENT, "干货": Category.CONDIMENT,
    "添加剂": Category.ADDITIVE, "进口": Category.IMPORTED, "餐具": Category.TABLEWARE,
    "消毒用品": Category.TABLEWARE, "洗消用品": Category.TABLEWARE,
}  # fmt: skip
LONGEST = 60
Code = TypeVar("Code", Category, Storage)


def read_goods(sheet: Sheet, on: date) -> list[tuple[Row, Good]]:
    """The rows as goods without ids. Raises BadFile with every wrong cell of every row."""
    reading = Reading(sheet, COLUMNS, REQUIRED)
    goods = [(row, _good(reading, row, on)) for row in reading.rows]
    _refuse_doubles(reading, goods)
    reading.finish()
    return goods


def _good(reading: Reading, row: Row, on: date) -> Good:
    before = len(reading.errors)
    category = reading.need(row, "category", coded(CATEGORY_NAMES, SPOKEN)) or Category.GRAIN
    good = Good(
        id=0,
        name=reading.need(row, "name", as_name) or "",
        aliases=listed(_text(reading, row, "aliases")),
        category=category,
        spec=_text(reading, row, "spec"),
        measure=reading.may(row, "measure", one_of(MEASURES), Measure.GRAMS) or Measure.GRAMS,
        unit=reading.need(row, "unit", as_text) or "",
        units=reading.may(row, "units", as_units, ()) or (),
        storage=reading.may(row, "storage", coded(STORAGE_NAMES, SHORT), Storage.DRY) or Storage.DRY,
        shelf_life_days=_days(reading, row, "shelf_life_days"),
        expiry_lead_days=_days(reading, row, "expiry_lead_days"),
        food_code=_text(reading, row, "food_code") or None,
    )
    if len(reading.errors) == before:
        found = [*unit_findings(good.measure, good.unit, good.units), *banned_findings(good.names, on)]
        for finding in found:
            reading.refuse(row, finding.at.partition(".")[0], finding.message, **finding.facts)
    return good


def _refuse_doubles(reading: Reading, goods: list[tuple[Row, Good]]) -> None:
    """A name that two rows of the file have."""
    lines: dict[str, int] = {}
    for row, good in goods:
        line = lines.setdefault(normalised(good.name), row.line) if good.name else row.line
        if line != row.line:
            reading.refuse(row, "name", _("a name that line {other} does not have"), other=line)


def coded(vocabulary: Mapping[Code, str], spoken: Mapping[str, Code]) -> Callable[[Cell], Code]:
    """A reader that takes a code, its name in any of our languages, or a word people use for it."""
    labels = {say(lang, label): code for lang in LANGUAGES for code, label in vocabulary.items()}
    shown = [say(DEFAULT, label) for label in vocabulary.values()]
    return one_of({**{str(code): code for code in vocabulary}, **spoken, **labels}, shown)


def as_name(cell: Cell) -> str:
    """A name of at most 60 characters."""
    text = as_text(cell)
    if len(text) > LONGEST:
        raise Unreadable(_("a name of at most {most} characters"), most=LONGEST)
    return text


def as_units(cell: Cell) -> tuple[Unit, ...]:
    """Conversions to grams (or pieces): `袋=25000;箱=10000`."""
    try:
        return units_told(as_text(cell))
    except ValueError:
        raise Unreadable(_("conversions in grams or pieces such as 袋=25000;箱=10000")) from None


def as_days(cell: Cell) -> int:
    """A whole number of days, `180`, `180天`, `6个月` or `2年`."""
    text = as_text(cell).strip()
    for ending, days in (("个月", 30), ("月", 30), ("年", 365), ("天", 1), ("日", 1), ("", 1)):
        if text.endswith(ending):
            number = as_figure(text.removesuffix(ending)) * days
            break
    if not number.is_integer() or not 0 < number <= 3650:
        raise Unreadable(_("days such as 180, 6个月 or 2年"))
    return int(number)


def _days(reading: Reading, row: Row, key: str) -> int | None:
    return reading.may(row, key, as_days, None)


def _text(reading: Reading, row: Row, key: str) -> str:
    return reading.may(row, key, as_text, "") or ""
