"""The rows of a week put together."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from menus.weeks.rules import Age, Dish, Kind, MealName, size_of
from menus.weeks.rules.states import ServingStatus, State
from menus.weeks.services.sheet.larder import Larder
from menus.weeks.services.sheet.values import SheetDish, SheetMeal, WeekHead, WeekSheet

Row = Mapping[str, Any]
Grouped = dict[int, list[Row]]
PLACE = {name: place for place, name in enumerate(MealName)}


def head_of(row: Row) -> WeekHead:
    """A row of menus_week, or of a join with it, as a head."""
    values = {name: row.get(f"week.{name}", row.get(name)) for name in WeekHead.__slots__}
    return WeekHead(**{**values, "age": Age(values["age"]), "state": State(values["state"])})


def grouped(rows: Iterable[Row], by: str, order: Sequence[str] = ()) -> Grouped:
    """The rows by one of their columns; those of each in the order of some others."""
    groups: Grouped = {}
    for row in sorted(rows, key=itemgetter(*order)) if order else rows:
        groups.setdefault(row[by], []).append(row)
    return groups


def built(
    head: WeekHead, meals: Iterable[Row], servings: Grouped, portions: Grouped, larder: Larder
) -> WeekSheet:
    """A week from the rows of its meals, the servings by meal and the portions by serving, both in order."""
    made = [_meal(row, servings.get(row["id"], []), portions, larder) for row in meals]
    return WeekSheet(head, tuple(sorted(made, key=lambda meal: (meal.day, PLACE[meal.name]))))


def _meal(row: Row, servings: Iterable[Row], portions: Grouped, larder: Larder) -> SheetMeal:
    dishes = tuple(_dish(serving, portions.get(serving["id"], []), larder) for serving in servings)
    name = MealName(row["meal"])
    return SheetMeal(row["id"], row["day"], name, row["version"], row["served_at"], dishes)


def _dish(row: Row, lines: list[Row], larder: Larder) -> SheetDish:
    ingredients = tuple(larder.ingredient(x["name"], x["milligrams"], x["food_code"]) for x in lines)
    cost_fen, unpriced = larder.cost(ingredients)
    value = Dish(
        name=row["name"],
        kind=Kind(row["kind"]),
        ingredients=ingredients,
        label=row["label"],
        size=size_of(row["label"]),
        method=row["method"],
        choice=row["choice_group"],
        share=row["expected_permille"] / 1000,
        cost_fen=cost_fen,
        unpriced=unpriced,
    )
    return SheetDish(
        id=row["id"],
        position=row["position"],
        value=value,
        typed=tuple((line["name"], line["milligrams"]) for line in lines),
        recipe=row["dish"],
        status=ServingStatus(row["status"]),
        reason=row["reason"],
        replaces=row["replaces"],
    )
