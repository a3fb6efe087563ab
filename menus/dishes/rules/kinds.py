"""The words that schools write for 类别."""

from collections.abc import Mapping

from canteen.kit.texts import _
from menus.dishes.rules.values import Kind
from menus.foods.rules import normalised

KIND_NAMES: Mapping[Kind, str] = {
    Kind.MEAT: _("Meat dish"),
    Kind.VEGETABLE: _("Vegetable dish"),
    Kind.SOUP: _("Soup or porridge"),
    Kind.STAPLE: _("Staple"),
    Kind.FRUIT: _("Fruit"),
    Kind.DAIRY: _("Milk and dairy"),
    Kind.SNACK: _("Snack"),
    Kind.SEASONING: _("Seasoning"),
}
SIZE_NAMES: Mapping[str, str] = {"big": _("Big meat dish"), "small": _("Small meat dish")}

# The contract's words first, then what else schools write.
KINDS: Mapping[str, Kind] = {
    word: kind
    for kind, words in {
        Kind.STAPLE: "主食 粗粮 staple 杂粮 米饭 面食 饭",
        Kind.MEAT: "大荤 小荤 荤菜 荤 meat 全荤 纯荤 主荤 半荤 次荤 副荤 花荤 半荤半素 荤素 冷荤",
        Kind.VEGETABLE: "素菜 素 vegetable vegetables 蔬菜 全素 纯素 凉菜 冷菜",
        Kind.SOUP: "汤 汤粥 羹 soup 粥 汤羹 例汤 汤品 粥汤 汤水",
        Kind.FRUIT: "水果 fruit 时令水果 鲜果",
        Kind.DAIRY: "牛奶 奶 奶制品 dairy 乳制品 奶品 酸奶 乳品 milk 奶及奶制品",
        Kind.SNACK: "点心 西点 snack 糕点 面点 小吃 甜点 中点",
        Kind.SEASONING: "调味品 seasoning 调料 调味料 佐料 作料 油盐 调味 seasonings",
    }.items()
    for word in words.split()
}
BIG = frozenset(["大荤", "全荤", "纯荤", "主荤"])
SMALL = frozenset(["小荤", "半荤", "次荤", "副荤", "花荤", "半荤半素", "荤素"])


def kind_of(word: str) -> Kind | None:
    """The kind that a 类别 means (`荤菜类` is `荤菜`), None when the word is not one."""
    plain = _plain(word)
    return KINDS.get(plain) or KINDS.get(plain.removesuffix("类"))


def size_of(word: str) -> str:
    """Which meat dish: "big" for 大荤, "small" for 小荤, "" when the 类别 does not say."""
    plain = _plain(word).removesuffix("类")
    return "big" if plain in BIG else "small" if plain in SMALL else ""


def _plain(word: str) -> str:
    return normalised(word).replace("_", "").rstrip("0123456789")
