"""Which dishes wait for goods that did not come."""

from pathlib import Path

from canteen.tenants.services import canteens_of
from menus.weeks.services.sheet import week_sheet
from menus.weeks.services.wanting import PublishedMenus
from tests.make import make_cast
from tests.menus.weeks.test_services_life import DIAOZHUANG, publish, take


async def test_a_published_dish_that_needs_a_refused_food_is_named_with_its_page(
    sqlite: str, tmp_path: Path
) -> None:
    cast = await make_cast()
    week = await take(cast, DIAOZHUANG, tmp_path)
    sheet = await week_sheet(cast.school, week)
    meal = sheet.meals[0]
    dish = next(d for d in meal.dishes if d.value.name == "油焖茄子")
    foods = {one.food.code: "茄子" for one in dish.value.ingredients if one.food and "茄" in one.name}
    canteen = (await canteens_of(cast.school))[0].id
    ask = PublishedMenus().dishes_of
    assert await ask(cast.school, canteen, meal.day, foods) == []
    await publish(cast, week)
    [hit] = await ask(cast.school, canteen, meal.day, foods)
    assert (hit.dish, hit.good, hit.url) == ("油焖茄子", "茄子", f"/weeks/{week}/dishes/{dish.id}/swap")
    assert await ask(cast.school, canteen + 1, meal.day, foods) == []
