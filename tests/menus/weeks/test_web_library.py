"""The pages of a district's menu library, what its schools see of it, and a school with two canteens."""

import re
from pathlib import Path
from typing import Any

import pytest

from canteen.accounts.tables import Membership
from canteen.tenants.services import add_canteen, canteens_of
from menus.dishes.services import library as dish_library
from menus.weeks.forms import DishForm, IngredientForm, MealForm, NewWeek
from menus.weeks.services import drafts
from menus.weeks.services.sheet import week_sheet
from menus.weeks.services.verdict import head
from tests.cast import DISTRICT, NOW, TODAY
from tests.make import Cast, client_for, make_cast

DATA = Path(__file__).parents[2] / "data" / "menus"
DIAOZHUANG = "diaozhuang-2025-11-10.csv"
GREENS = DishForm("炒青菜", (IngredientForm("青菜", 120_000),), "素菜")
PLAN = (MealForm(0, "lunch", (GREENS,)), MealForm(1, "lunch"))


@pytest.fixture
async def cast(sqlite: str) -> Cast:
    return await make_cast()


async def imported(officer: Any, name: str) -> str:
    """The published file taken into the library; the address of its board."""
    data = (DATA / DIAOZHUANG).read_bytes()
    shown = await officer.post("/weeks/import", files={"file": (DIAOZHUANG, data)}, data={"name": name})
    assert f'value="{name}"' in shown.text
    digest = re.search(r'name="digest" value="([0-9a-f]+)"', shown.text)
    assert digest is not None
    form = {"digest": digest[1], "file_name": DIAOZHUANG, "name": name}
    answer = await officer.post("/weeks/import/take", data=form)
    assert answer.status_code == 303
    return str(answer.headers["location"])


async def test_a_district_imports_gives_changes_and_gives_again(cast: Cast) -> None:
    async with client_for(cast, "shen") as officer:
        assert "菜谱库还是空的" in (await officer.get("/weeks")).text
        board = await imported(officer, "带量食谱一")
        shown = (await officer.get(board)).text
        assert "带量食谱一" in shown
        assert f"{board}/push" in shown
        assert "送审" not in shown
        chosen = {"schools": [str(cast.school)]}
        silent = await officer.post(f"{board}/push", data=chosen)
        assert silent.status_code == 422
        assert "请写明原因" in silent.text
        assert re.search(r"这份菜谱还有\d+个错误", (await officer.get(f"{board}/push")).text)
        chosen["reason"] = ["学校急用，其余问题下周一前改正"]
        given = await officer.post(f"{board}/push", data=chosen)
        assert (given.status_code, given.headers["location"]) == (303, board)
        assert "1 所学校" in (await officer.get("/weeks")).text
        sheet = await week_sheet(cast.schools[DISTRICT], int(board.rpartition("/")[2]))
        meal = sheet.meals[0]
        line = {"version": str(meal.version), "ingredients": "大米 80"}
        await officer.post(f"{board}/dishes/{meal.dishes[0].id}/line", data=line)
        assert "1所学校手里还是旧版" in (await officer.get(board)).text
        assert "仍是旧版" in (await officer.get(f"{board}/push")).text
        await officer.post(f"{board}/push", data=chosen)
        assert "2所学校中有1所已是最新版" in (await officer.get(board)).text
    async with client_for(cast, "lin") as planner:
        shown = (await planner.get("/weeks/templates")).text
        assert "上级菜谱库下发的" in shown
        assert "城关区下发" in shown
        assert "（用料有改）" in shown
        use = re.search(r'action="(/weeks/templates/\d+/use)"', shown)
        assert use is not None
        made = await planner.post(use[1], data={"day": str(TODAY)})
        assert "照城关区下发的“带量食谱一”编排" in (await planner.get(made.headers["location"])).text
        assert (await planner.get(f"{board}/push")).status_code == 403


async def test_a_district_plans_and_copies_by_name_and_is_asked_for_one(cast: Cast) -> None:
    async with client_for(cast, "shen") as officer:
        assert 'name="name"' in (await officer.get("/weeks/new")).text
        nameless = await officer.post("/weeks", data={"day": str(TODAY)})
        assert nameless.status_code == 422
        made = await officer.post("/weeks", data={"day": str(TODAY), "name": "秋季菜谱"})
        board = made.headers["location"]
        assert "Kitchen" not in (await officer.get(board)).text
        taken = await officer.post(f"{board}/copy", data={"day": str(TODAY), "name": "秋季菜谱"})
        assert taken.status_code == 422
        copy = await officer.post(f"{board}/copy", data={"day": str(TODAY), "name": "秋季菜谱二"})
        assert copy.status_code == 303
        empty = await officer.post(f"{board}/push", data={"schools": str(cast.school)})
        assert empty.status_code == 422
        assert (await officer.get("/")).status_code == 200


async def test_a_district_fills_its_dishes_and_foods_and_its_schools_find_the_dishes(cast: Cast) -> None:
    async with client_for(cast, "shen") as officer:
        food = {"name": "区南瓜", "group": "vegetable", "edible_pct": "100"}
        assert (await officer.post("/foods/new", data=food)).status_code == 303
        dish = {
            "name": "区里炒菠菜",
            "kind": "vegetable",
            "ingredients.0.name": "菠菜",
            "ingredients.0.grams": "100",
        }
        assert (await officer.post("/dishes/new", data=dish)).status_code == 303
        shipped = next(iter(dish_library.library())).name
        assert (await officer.post("/dishes/library", data={"names": shipped})).status_code == 303
        assert shipped in (await officer.get("/dishes")).text
    async with client_for(cast, "lin") as planner:
        shown = (await planner.get("/dishes/library?from=above")).text
        assert "区里炒菠菜" in shown
        assert "城关区" in shown


async def test_who_plans_for_one_canteen_is_offered_that_one_and_looks_at_the_other(cast: Cast) -> None:
    first = (await canteens_of(cast.school))[0]
    east = await add_canteen(cast.school, "东区食堂", now=NOW)
    week = await drafts.create_week(
        cast.actor("lin"), NewWeek(TODAY, content=PLAN, canteen=first.id), now=NOW
    )
    await Membership.update(canteen=east.id).where(Membership.person == cast.people["lin"])
    async with client_for(cast, "lin") as planner:
        shown = (await planner.get(f"/weeks/{week}")).text
        assert "炒青菜" in shown
        assert 'name="ingredients"' not in shown
        assert f"/weeks/{week}/submit" not in shown
        meal = (await week_sheet(cast.school, week)).meals[0]
        typed = {"dish": "炒菠菜: 菠菜 100", "version": str(meal.version)}
        assert (await planner.post(f"/weeks/{week}/meals/{meal.id}/dishes", data=typed)).status_code == 403
        assert first.name in (await planner.get("/weeks")).text
        for page in ("/weeks/new", "/weeks/import"):
            assert f'<option value="{first.id}"' not in (await planner.get(page)).text
        made = await planner.post("/weeks", data={"day": str(TODAY)})
        copy = int(made.headers["location"].rpartition("/")[2])
        assert (await head(cast.school, copy)).canteen == east.id
        own = (await planner.get(f"/weeks/{copy}")).text
        assert 'name="dish"' in own
