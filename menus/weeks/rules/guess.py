"""What kind of dish a name and its ingredients make, for a planner who types only these."""

from collections.abc import Iterable

from menus.dishes.rules import Ingredient
from menus.dishes.rules.hazards import AMBIGUOUS
from menus.foods.rules import normalised

# By the end of the name, in this order.
ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("汤", ("汤", "羹", "粥")),
    ("牛奶", ("奶", "酸奶")),
    ("主食", ("饭", "馒头", "花卷", "面条", "面", "饼", "包", "饺", "发糕", "米线")),
)


def label_for(name: str, ingredients: Iterable[Ingredient]) -> str:
    """The 类别 a planner would write: by the name's ending, else by what is in it."""
    for label, endings in ENDINGS:
        if name.endswith(endings):
            return label
    main = [i for i in ingredients if i.main and i.food]
    groups = {i.group for i in main}
    if any(i.food and i.food.animal in ("1", "egg") for i in main):
        return "荤菜"
    by_group = {"fruit": "水果", "dairy": "牛奶", "cereal": "主食", "tuber": "素菜"}
    only = groups.pop() if len(groups) == 1 else ""
    return by_group.get(only, "素菜")


def is_ambiguous(name: str) -> bool:
    """Whether the school has to say once which food it means by the name (practice.md 18)."""
    return normalised(name) in AMBIGUOUS
