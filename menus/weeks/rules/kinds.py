"""The words that schools write for 餐次."""

from collections.abc import Mapping

from menus.foods.rules import normalised
from menus.weeks.rules.values import MealName

MEALS: Mapping[str, MealName] = {
    word: meal
    for meal, words in {
        MealName.BREAKFAST: "早餐 早点 早饭 早 breakfast",
        MealName.LUNCH: "午餐 中餐 午饭 中饭 中午餐 午 中 lunch",
        MealName.DINNER: "晚餐 晚饭 夜餐 晚 dinner supper",
        MealName.SNACK: "加餐 上午加餐 下午加餐 课间餐 课间加餐 课间奶 间餐 间点 午点 晚点 夜宵 宵夜 snack",
    }.items()
    for word in words.split()
}


def meal_of(word: str) -> MealName | None:
    """The meal that a 餐次 means, None when the word is not one."""
    return MEALS.get(normalised(word))
