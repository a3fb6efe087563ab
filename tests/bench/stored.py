"""Stored weeks in bulk: 5 days x 3 meals x 7 dishes x 4 ingredients, no two weeks of the same grams."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, cycle, islice, product
from typing import Any

from menus.foods.rules import shipped
from menus.weeks.rules import MealName, kind_of
from menus.weeks.tables import Menu, MenuMeal, Portion, Serving
from tests.bench.measure import columns_of, later, pour
from tests.cast import NOW

LABELS = ("主食", "大荤", "小荤", "素菜", "素菜", "汤", "水果")
MEALS = (MealName.BREAKFAST, MealName.LUNCH, MealName.DINNER)
PER_DISH = 4
FIRST_MONDAY = date(2022, 2, 21)
Rows = dict[type[Any], list[dict[str, Any]]]


class Weeks:
    """Weeks that are made up first and poured in together."""

    def __init__(self, part: int = 0) -> None:
        self.rows: Rows = {Menu: [], MenuMeal: [], Serving: [], Portion: []}
        self._ids = {table: count(1_000_000 * (part + 1)) for table in self.rows}
        self._foods = cycle(food for food in shipped() if not food.banned)

    def add(self, school: int, canteen: int, number: int) -> int:
        """The week of that number of a school; returns its id."""
        first_day = later(FIRST_MONDAY, number)
        week = self._put(Menu, _menu(school, canteen, first_day))
        for day, meal in product(range(5), MEALS):
            row = MenuMeal(
                school=school, week=week, day=first_day + timedelta(day), meal=meal.value, version=1
            )
            self._dishes(school, week, self._put(MenuMeal, row))
        return week

    def _dishes(self, school: int, week: int, meal: int) -> None:
        for place, label in enumerate(LABELS):
            serving = self._put(Serving, _serving(school, week, meal, place, label))
            for row in self._portions(school, week, serving):
                self._put(Portion, row)

    def _portions(self, school: int, week: int, serving: int) -> Iterator[Portion]:
        for place, food in enumerate(islice(self._foods, PER_DISH)):
            grams = 25_000 + (serving * 7 + place) % 5_000
            yield Portion(
                school=school, week=week, serving=serving, position=place, name=food.name, milligrams=grams
            )

    def _put(self, table: type[Any], row: Any) -> int:
        id_ = next(self._ids[table])
        self.rows[table].append(columns_of(row, id=id_))
        return id_

    async def store(self) -> None:
        """Pour them in."""
        for table, rows in self.rows.items():
            await pour(table, rows)
            rows.clear()


def _menu(school: int, canteen: int, first_day: date) -> Menu:
    return Menu(
        school=school,
        canteen=canteen,
        first_day=first_day,
        age="9-11",
        audience="",
        state="draft",
        version=1,
        error_count=0,
        warning_count=0,
        created_at=NOW,
        sent_back_reason="",
        approval_reason="",
        approved_errors=0,
    )


def _serving(school: int, week: int, meal: int, place: int, label: str) -> Serving:
    kind = kind_of(label)
    assert kind is not None
    return Serving(
        school=school,
        week=week,
        meal=meal,
        position=place,
        name=f"{label}{meal}",
        kind=kind.value,
        label=label,
        method="",
        choice_group="",
        expected_permille=1000,
        status="planned",
        reason="",
    )
