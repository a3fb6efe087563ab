"""What purchasing asks of the menus: which dishes of a day wait for goods that did not come (practice 19)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from menus.weeks.services.lists import week_on
from menus.weeks.services.sheet import SheetDish, WeekSheet, week_sheet
from suppliers.purchasing.ports import Hit


class PublishedMenus:
    """The published menus of a school, as suppliers.purchasing.ports.Menus."""

    async def dishes_of(
        self, school: int, canteen: int, day: date, foods: Mapping[str, str]
    ) -> Sequence[Hit]:
        """Dishes of the day cooked from these foods, with the page where another takes their place."""
        found: list[Hit] = []
        for week in await week_on(school, day, published=True):
            sheet = await week_sheet(school, week)
            if sheet.head.canteen == canteen:
                found += _hits(sheet, day, foods)
        return found


def _hits(sheet: WeekSheet, day: date, foods: Mapping[str, str]) -> Iterator[Hit]:
    for meal in sheet.meals:
        for dish in meal.dishes if meal.day == day else ():
            if dish.planned and (good := _wanted(dish, foods)):
                url = f"/weeks/{sheet.head.id}/dishes/{dish.id}/swap"
                yield Hit(dish.value.name, meal.name.value, good, url)


def _wanted(dish: SheetDish, foods: Mapping[str, str]) -> str:
    codes = (one.food.code for one in dish.value.ingredients if one.food is not None)
    return next((foods[code] for code in codes if code in foods), "")
