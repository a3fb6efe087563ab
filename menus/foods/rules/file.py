"""A school's own table of foods as a file: which columns it may have, and its rows as foods."""

from collections.abc import Callable, Mapping, Sequence

from canteen.kit.names import listed, normalised
from canteen.kit.sheets import Reading, Row, Sheet, Unreadable, as_figure, as_text, one_of
from canteen.kit.sheets.sheet import Cell
from canteen.kit.texts import DEFAULT, LANGUAGES, _, say
from menus.foods.rules.checks import check_food
from menus.foods.rules.food import ALLERGENS, ANIMAL, BANNED, GROUPS, MATCHES, NUTRIENTS, Food
from menus.foods.rules.table import FoodTable

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("编码", "code", "食物编码"),
    "name": ("名称", "name", "食物名称", "食材", "食材名称"),
    "aliases": ("别名", "aliases", "alias"),
    "group": ("类别", "group", "食物类别", "分类"),
    "animal": ("荤素", "animal", "是否荤"),
    "edible_pct": ("可食部", "edible_pct", "edible", "可食部分"),
    "energy_kcal": ("能量", "energy_kcal", "energy", "热量"),
    "protein_g": ("蛋白质", "protein_g", "protein"),
    "fat_g": ("脂肪", "fat_g", "fat"),
    "carbohydrate_g": ("碳水化合物", "carbohydrate_g", "carb_g", "carbohydrate"),
    "fiber_g": ("膳食纤维", "fiber_g", "fibre", "fiber", "不溶性膳食纤维"),
    "calcium_mg": ("钙", "calcium_mg", "calcium"),
    "iron_mg": ("铁", "iron_mg", "iron"),
    "zinc_mg": ("锌", "zinc_mg", "zinc"),
    "sodium_mg": ("钠", "sodium_mg", "sodium"),
    "vitamin_a_ug_rae": ("维生素A", "vitamin_a_ug_rae", "vit_a_ug_rae", "总维生素A"),
    "vitamin_b1_mg": ("维生素B1", "vitamin_b1_mg", "thiamin_mg", "硫胺素"),
    "vitamin_b2_mg": ("维生素B2", "vitamin_b2_mg", "riboflavin_mg", "核黄素"),
    "vitamin_c_mg": ("维生素C", "vitamin_c_mg", "vit_c_mg"),
    "cholesterol_mg": ("胆固醇", "cholesterol_mg", "cholesterol"),
    "allergens": ("过敏原", "allergens", "致敏物质"),
    "season": ("应季月份", "season", "季节"),
    "banned": ("禁用", "banned"),
    "source": ("来源", "source", "数据来源"),
    "match": ("匹配程度", "match"),
    "note": ("备注", "note", "说明"),
}
REQUIRED = ("name", "group", "edible_pct")
MEAT_GROUPS = {"livestock": "1", "poultry": "1", "aquatic": "1", "egg": "egg"}


def foods_of(sheet: Sheet, table: FoodTable) -> list[Food]:
    """The rows as foods. A row of a known code, or else of a known name, takes that food's code; a new food
    has the code "". Raises BadFile with every wrong cell of every row.
    """
    reading = Reading(sheet, COLUMNS, REQUIRED)
    foods = [(row, _food(reading, row, table)) for row in reading.rows]
    _refuse_doubles(reading, foods)
    reading.finish()
    return [food for _row, food in foods]


def _food(reading: Reading, row: Row, table: FoodTable) -> Food:
    before = len(reading.errors)
    group = reading.need(row, "group", coded(GROUPS)) or ""
    name = reading.need(row, "name", as_text) or ""
    food = Food(
        code=_code(reading, row, name, table),
        name=name,
        aliases=listed(_text(reading, row, "aliases")),
        group=group,
        animal=reading.may(row, "animal", coded(ANIMAL), MEAT_GROUPS.get(group, "0")) or "0",
        edible_pct=reading.need(row, "edible_pct", as_figure) or 0.0,
        nutrients={key: reading.may(row, key, as_figure, None) for key in NUTRIENTS},
        allergens=reading.may(row, "allergens", as_allergens, frozenset()) or frozenset(),
        season=_text(reading, row, "season"),
        banned=reading.may(row, "banned", coded(BANNED), "") or "",
        source=_text(reading, row, "source"),
        match=reading.may(row, "match", coded(MATCHES), "own") or "own",
        note=_text(reading, row, "note"),
    )
    if len(reading.errors) == before:
        for finding in check_food(food):
            reading.refuse(row, finding.at.removeprefix("nutrients."), finding.message, **finding.facts)
    return food


def _code(reading: Reading, row: Row, name: str, table: FoodTable) -> str:
    code = _text(reading, row, "code")
    if code and table.get(code) is None:
        reading.refuse(row, "code", _("a code of the table, or nothing for a new food"))
    known = table.find(name) if name and not code else None
    return code or (known.code if known and known.name == name else "")


def _refuse_doubles(reading: Reading, foods: Sequence[tuple[Row, Food]]) -> None:
    """A name that two rows of the file claim."""
    lines: dict[str, int] = {}
    for row, food in foods:
        for name in food.names:
            line = lines.setdefault(normalised(name), row.line)
            if line != row.line:
                key = "name" if name == food.name else "aliases"
                reading.refuse(row, key, _("a name that line {other} does not have"), other=line)


def coded(vocabulary: Mapping[str, str]) -> Callable[[Cell], str]:
    """A reader that takes a code or its name in any of our languages, with or without 类 at its end."""
    labels = {say(lang, label): code for lang in LANGUAGES for code, label in vocabulary.items() if label}
    kinds = {f"{label.removesuffix('类')}{end}": code for label, code in labels.items() for end in ("", "类")}
    shown = [say(DEFAULT, label) for label in vocabulary.values() if label]
    return one_of({code: code for code in vocabulary} | kinds | labels, shown)


def as_allergens(cell: Cell) -> frozenset[str]:
    """A list of allergens by code or name."""
    known = {say(lang, label): code for lang in LANGUAGES for code, label in ALLERGENS.items()}
    codes = {known.get(part, part) for part in listed(as_text(cell))}
    if strange := sorted(codes - ALLERGENS.keys()):
        raise Unreadable(_("Unknown allergens: {allergens}"), allergens=strange)
    return frozenset(codes)


def _text(reading: Reading, row: Row, key: str) -> str:
    return reading.may(row, key, as_text, "") or ""
