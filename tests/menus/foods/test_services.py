"""A school's own foods, names and prices lie over the shipped table and over nobody else's."""

import base64
from datetime import date

import pytest

from canteen.accounts.tables import Trail
from canteen.kit.actor import Actor
from canteen.kit.forms import parse
from canteen.kit.pages import Listing
from canteen.kit.problems import Missing, Refused
from canteen.kit.sheets import BadFile, read_rows
from menus.foods import services
from menus.foods.forms import FoodForm, NameForm, PriceForm
from menus.foods.paper import foods_workbook
from menus.foods.rules import shipped
from tests.cast import NOW
from tests.make import Cast, make_cast

WILD = {
    "name": "山野菜",
    "group": "vegetable",
    "edible_pct": "62.5",
    "aliases": "刺嫩芽、树头菜",
    "nutrients": {"protein_g": "2.5", "iron_mg": ""},
    "season": "4-5",
    "source": "县农科所检测",
}
FILE = "名称,类别,可食部,蛋白质,钙\n山野菜,蔬菜,90,2.5,\n土豆,薯类,88,2.1,9\n".encode()


@pytest.fixture
async def cast(database: str) -> Cast:
    """The fixed cast."""
    return await make_cast()


@pytest.fixture
def planner(cast: Cast) -> Actor:
    """林营养 of the first school."""
    return cast.actor("lin")


async def deeds(actor: Actor) -> list[str]:
    rows = await Trail.select(Trail.deed).where(Trail.school == actor.school).order_by(Trail.id)
    return [row["deed"] for row in rows]


def wild(**changes: object) -> FoodForm:
    return parse(FoodForm, {**WILD, **changes})


async def test_a_new_school_cooks_by_the_shipped_table(planner: Actor) -> None:
    assert list(await services.table_of(planner.school)) == list(shipped())


async def test_an_own_food_is_found_by_all_its_names_and_keeps_what_is_unknown(planner: Actor) -> None:
    added = await services.add_food(planner, wild(), now=NOW)
    found = (await services.table_of(planner.school)).find("树头菜")
    assert found == added
    assert (found.code, found.edible_pct, found.match, found.season) == ("S001", 62.5, "own", "4-5")
    assert (found.nutrients["protein_g"], found.nutrients["iron_mg"]) == (2.5, None)
    assert services.is_own(found)
    assert await deeds(planner) == ["foods.add"]


async def test_own_foods_count_on(planner: Actor) -> None:
    codes = [(await services.add_food(planner, wild(name=n, aliases=""), now=NOW)).code for n in "甲乙"]
    assert codes == ["S001", "S002"]


async def test_another_school_sees_nothing_of_it(cast: Cast, planner: Actor) -> None:
    neighbour = cast.actor("zheng")
    await services.add_food(planner, wild(), now=NOW)
    await services.name_food(planner, NameForm("秘制小菜", "F048"), now=NOW)
    await services.set_price(planner, "F048", PriceForm(320, date(2026, 9, 1)), now=NOW)
    table = await services.table_of(neighbour.school)
    assert table.find("山野菜") is None and table.find("秘制小菜") is None
    assert await services.prices_on(neighbour.school, date(2026, 9, 2)) == {}
    assert await services.names_of(neighbour.school) == []
    with pytest.raises(Missing):
        await services.find_food(neighbour.school, "S001")
    with pytest.raises(Missing):
        await services.change_food(neighbour, "S001", wild(), now=NOW)
    with pytest.raises(Missing):
        await services.set_price(neighbour, "S001", PriceForm(320, date(2026, 9, 1)), now=NOW)


async def test_a_food_that_cannot_be_is_refused_whole(planner: Actor) -> None:
    with pytest.raises(Refused) as refused:
        await services.add_food(planner, wild(group="herbs", edible_pct="0", allergens=["dust"]), now=NOW)
    assert {f.at for f in refused.value.findings} == {"group", "edible_pct", "allergens"}
    assert await deeds(planner) == []


async def test_a_name_of_an_own_food_is_not_given_twice(planner: Actor) -> None:
    await services.add_food(planner, wild(), now=NOW)
    with pytest.raises(Refused) as refused:
        await services.add_food(planner, wild(name="树头菜", aliases=""), now=NOW)
    assert [(f.rule, f.at) for f in refused.value.findings] == [("name_taken", "name")]


async def test_own_figures_replace_the_shipped_ones_and_can_be_changed_again(planner: Actor) -> None:
    form = wild(name="土豆", group="tuber", aliases="", nutrients={"protein_g": "2.4"})
    await services.change_food(planner, "F048", form, now=NOW)
    await services.change_food(planner, "F048", wild(name="土豆", group="tuber", aliases=""), now=NOW)
    table = await services.table_of(planner.school)
    mashed = table.find("马铃薯")
    assert mashed and (mashed.code, mashed.nutrients["protein_g"]) == ("F048", 2.5)
    assert len(table) == 479
    assert await deeds(planner) == ["foods.change", "foods.change"]


async def test_a_name_is_mapped_once_for_good_and_can_be_mapped_anew(planner: Actor) -> None:
    await services.name_food(planner, NameForm("秘制 小菜", "F048"), now=NOW)
    await services.name_food(planner, NameForm("秘制小菜", "F049"), now=NOW)
    assert (await services.table_of(planner.school)).find("秘制小菜").code == "F049"  # type: ignore[union-attr]
    assert [row["food_code"] for row in await services.names_of(planner.school)] == ["F049"]


async def test_a_name_cannot_mean_a_food_that_is_not_there(planner: Actor) -> None:
    with pytest.raises(Refused) as refused:
        await services.name_food(planner, NameForm("秘制小菜", "X999"), now=NOW)
    assert [f.at for f in refused.value.findings] == ["food_code"]


async def test_a_price_holds_from_its_day_and_the_past_keeps_its_own(planner: Actor) -> None:
    for fen, day in ((320, 1), (350, 10), (360, 10)):
        await services.set_price(planner, "F048", PriceForm(fen, date(2026, 9, day)), now=NOW)
    on = {day: await services.prices_on(planner.school, date(2026, 9, day)) for day in (1, 9, 10)}
    assert on == {1: {"F048": 320}, 9: {"F048": 320}, 10: {"F048": 360}}
    assert await services.prices_on(planner.school, date(2026, 8, 31)) == {}
    assert [row["fen_per_kg"] for row in await services.price_history(planner.school, "F048")] == [
        360,
        350,
        320,
    ]


@pytest.mark.parametrize("typed", ["0", "-1", "", "abc", "1.234"])
def test_a_price_is_money_above_nothing(typed: str) -> None:
    with pytest.raises(Refused):
        parse(PriceForm, {"fen_per_kg": typed, "from_day": "2026-09-01"})


async def test_a_file_adds_new_foods_and_replaces_known_ones(planner: Actor) -> None:
    assert await services.import_foods(planner, FILE, "ours.csv", again=False, now=NOW) == 2
    table = await services.table_of(planner.school)
    assert [food.code for food in table if services.is_own(food)] == ["F048", "S001"]
    assert table.find("山野菜").nutrients["calcium_mg"] is None  # type: ignore[union-attr]
    assert await deeds(planner) == ["foods.import"]


async def test_the_same_file_is_refused_unless_told(planner: Actor) -> None:
    await services.import_foods(planner, FILE, "ours.csv", again=False, now=NOW)
    with pytest.raises(Refused) as refused:
        await services.import_foods(planner, FILE, "renamed.csv", again=False, now=NOW)
    assert [(f.rule, f.facts["file"]) for f in refused.value.findings] == [("same_file", "ours.csv")]
    assert await services.import_foods(planner, FILE, "renamed.csv", again=True, now=NOW) == 0


async def test_a_file_with_one_bad_row_changes_nothing_and_the_row_comes_back(planner: Actor) -> None:
    data = FILE + "野菜,蔬菜,abc,1,1\n".encode()
    with pytest.raises(BadFile):
        await services.import_foods(planner, data, "ours.csv", again=False, now=NOW)
    assert list(await services.table_of(planner.school)) == list(shipped())
    bad = await services.bad_rows(planner.school, data, "ours.csv", "zh_CN")
    assert bad and [(e.line, e.column) for e in bad.errors] == [(4, "可食部")]
    back = read_rows(base64.b64decode(bad.file), "back.xlsx")
    assert [row.cells["名称"] for row in back.rows] == ["野菜"]
    assert await services.bad_rows(planner.school, FILE, "ours.csv", "zh_CN") is None


async def test_the_exported_table_is_read_back_without_a_change(planner: Actor) -> None:
    await services.add_food(planner, wild(), now=NOW)
    data = foods_workbook(await services.table_of(planner.school))
    assert await services.import_foods(planner, data, "table.xlsx", again=False, now=NOW) == 0


async def test_the_list_is_searched_filtered_and_paged(planner: Actor) -> None:
    await services.add_food(planner, wild(), now=NOW)
    found, _next = await services.search_foods(planner.school, Listing(q="syc"))
    assert [food.name for food in found] == ["山野菜"]
    own, _next = await services.search_foods(planner.school, Listing(filters={"own": "1"}))
    assert [food.code for food in own] == ["S001"]
    first, following = await services.search_foods(planner.school, Listing(limit=300))
    second, end = await services.search_foods(planner.school, Listing(limit=300, after=300))
    assert following and end is None
    assert [*first, *second] == list(await services.table_of(planner.school))
    eggs, _next = await services.search_foods(planner.school, Listing(filters={"group": "egg"}))
    assert len(eggs) == 9
