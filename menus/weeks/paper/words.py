"""The words that the papers of a week share."""

from collections.abc import Iterable, Mapping
from datetime import date

from canteen.kit.texts import _, say
from menus.dishes.rules import KIND_NAMES
from menus.weeks.forms import grams_text
from menus.weeks.rules import Age, Dish, MealName
from menus.weeks.services.report import MEALS
from menus.weeks.services.times import Window

# Short, for they stand under every dish.
ALLERGEN_WORDS: Mapping[str, str] = {
    "gluten": _("gluten"),
    "crustacean": _("crustaceans"),
    "fish": _("fish"),
    "egg": _("egg"),
    "peanut": _("peanuts"),
    "soy": _("soy"),
    "milk": _("milk"),
    "nut": _("tree nuts"),
    "sesame": _("sesame"),
    "mollusc": _("molluscs"),
}
WEEKDAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def day_word(day: date, lang: str) -> str:
    """`周一 11月10日`."""
    return f"{say(lang, WEEKDAYS[day.weekday()])} {say(lang, '{day}', day=day)}"


def meal_word(name: MealName, lang: str) -> str:
    """`午餐`."""
    return say(lang, MEALS[name])


def window_word(window: Window) -> str:
    """`11:30–13:30`."""
    return f"{window.first}–{window.last}"


def band_word(age: Age, lang: str) -> str:
    """`9～11岁`."""
    first, last = age.value.split("-")
    return say(lang, _("{first}–{last} years"), first=first, last=last)


def kind_word(dish: Dish, lang: str) -> str:
    """The 类别 as the school wrote it in Chinese, the kind in other languages."""
    return dish.label if dish.label and lang == "zh_CN" else say(lang, KIND_NAMES[dish.kind])


def allergens_of(dish: Dish, lang: str) -> str:
    """`大豆、蛋`, "" when none is known."""
    words = [say(lang, word) for code, word in ALLERGEN_WORDS.items() if code in dish.allergens]
    return joined(words, lang)


def joined(words: Iterable[str], lang: str) -> str:
    """A list of words as the language writes it."""
    return ("、" if lang == "zh_CN" else ", ").join(words)


def in_brackets(words: Iterable[str], lang: str) -> str:
    """`（大荤·烧）`, "" when there is nothing to say."""
    said = "·".join(word for word in words if word)
    if not said:
        return ""
    return f"（{said}）" if lang == "zh_CN" else f" ({said})"


def weight(milligrams: int) -> str:
    """`75g`."""
    return f"{grams_text(milligrams)}g"


def kilograms(milligrams: int) -> str:
    """`31.50`; what is under a hundred grams with a digit more."""
    digits = 2 if milligrams >= 100_000 else 3
    return f"{milligrams / 1_000_000:,.{digits}f}"


def choice_word(dish: Dish, lang: str) -> str:
    """`任选约60%` for a dish that pupils choose among others, else ""."""
    if not dish.choice:
        return ""
    return say(lang, _("choice, about {percent}%"), percent=round(dish.share * 100))
