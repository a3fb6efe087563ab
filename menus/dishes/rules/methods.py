"""How a dish is cooked, and the words that schools write for it (做法).

WS/T 554-2017 §4 prefers steaming, stewing and stir-frying and asks for few fried dishes. Cold dishes are no
method here: school canteens make none (hazards.py).
"""

from collections.abc import Mapping
from enum import StrEnum

from canteen.kit.texts import _
from menus.foods.rules import normalised


class Method(StrEnum):
    """A way of cooking."""

    STEAM = "steam"
    BOIL = "boil"
    STEW = "stew"
    BRAISE = "braise"
    SIMMER = "simmer"
    STIR_FRY = "stir_fry"
    PAN_FRY = "pan_fry"
    DEEP_FRY = "deep_fry"
    ROAST = "roast"
    SPICE = "spice"
    TOSS = "toss"
    AS_IS = "as_is"


METHOD_NAMES: Mapping[Method, str] = {
    Method.STEAM: _("Steamed"),
    Method.BOIL: _("Boiled"),
    Method.STEW: _("Stewed"),
    Method.BRAISE: _("Braised"),
    Method.SIMMER: _("Simmered in sauce"),
    Method.STIR_FRY: _("Stir-fried"),
    Method.PAN_FRY: _("Pan-fried"),
    Method.DEEP_FRY: _("Deep-fried"),
    Method.ROAST: _("Roasted"),
    Method.SPICE: _("Cooked in spiced stock"),
    Method.TOSS: _("Tossed hot"),
    Method.AS_IS: _("As it is"),
}
WORDS: Mapping[str, Method] = {
    word: method
    for method, words in {
        Method.STEAM: "蒸 清蒸 粉蒸",
        Method.BOIL: "煮 白灼 氽 汆 焯 水煮",
        Method.STEW: "炖 煲 煨 清炖",
        Method.BRAISE: "烧 红烧 焖 扒",
        Method.SIMMER: "烩 溜 熘",
        Method.STIR_FRY: "炒 爆 爆炒 清炒 煸",
        Method.PAN_FRY: "煎 贴 烙",
        Method.DEEP_FRY: "炸 油炸",
        Method.ROAST: "烤 烘 焗",
        Method.SPICE: "卤 酱 酱卤",
        Method.TOSS: "拌 热拌",
        Method.AS_IS: "生 鲜食 即食",
    }.items()
    for word in words.split()
}


def method_of(word: str) -> Method | None:
    """The way of cooking that a 做法 means, None when the word is not one."""
    return WORDS.get(normalised(word))
