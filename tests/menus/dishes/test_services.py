"""Dishes are added, changed by versions, copied, retired and found; on both engines, school by school."""

import asyncio
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from canteen.accounts.tables import Trail
from canteen.kit.actor import Actor
from canteen.kit.forms import parse
from canteen.kit.pages import Listing
from canteen.kit.pages.listing import read_cursor
from canteen.kit.problems import Conflict, Missing, Refused
from menus.dishes import services
from menus.dishes.forms import CopyForm, DishForm, Draft, TakeForm
from menus.dishes.rules import Age, Kind, library
from menus.dishes.tables import DishVersion
from menus.foods import services as foods
from menus.foods.forms import FoodForm, NameForm, PriceForm
from tests.cast import DISTRICT, ELSEWHERE, FIRST, NOW, SECOND, TODAY
from tests.make import Cast, make_cast

PORK = {
    "name": "青椒肉丝",
    "kind": "meat",
    "method": "stir_fry",
    "ingredients": [
        {"name": "肉丝", "grams": "45", "grams_6_8": "40"},
        {"name": "青椒", "grams": "45"},
        {"name": "食用油", "grams": "3"},
    ],
}
BY_NAME = Listing(sort="name")


def form(**changes: Any) -> DishForm:
    return parse(DishForm, {**PORK, **changes})


@pytest.fixture
async def cast(database: str) -> Cast:
    return await make_cast()


@pytest.fixture
def lin(cast: Cast) -> Actor:
    """The nutritionist of the first school."""
    return cast.actor("lin")


async def names(school: int, **asked: Any) -> list[str]:
    cards, _next = await services.list_dishes(school, Listing(**{"sort": "name", **asked}), today=TODAY)
    return [card.recipe.name for card in cards]


async def deeds(actor: Actor) -> list[str]:
    rows = await Trail.select(Trail.deed).where(Trail.school == actor.school).order_by(Trail.id)
    return [row["deed"] for row in rows]


async def refusal(deed: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        await deed
    return [(finding.rule, finding.at) for finding in refused.value.findings]


async def test_a_dish_is_added_with_its_figures_and_its_trail(lin: Actor) -> None:
    dish = await services.add_dish(lin, form(), now=NOW)
    card = await services.find_dish(lin.school, dish, today=TODAY)
    assert (card.recipe.name, card.recipe.kind, card.recipe.method) == ("青椒肉丝", Kind.MEAT, "stir_fry")
    assert card.number == card.newest == 1
    assert card.helping.reaches
    assert card.helping.percent == 54.9  # 45 g of pork, 45 g of pepper at 82% edible
    assert card.helping.unknown == ()
    assert await deeds(lin) == ["dishes.add"]


async def test_other_ages_take_their_factor_unless_they_have_their_own_grams(lin: Actor) -> None:
    dish = await services.add_dish(lin, form(), now=NOW)
    card = await services.find_dish(lin.school, dish, today=TODAY)
    table = await foods.table_of(lin.school)
    grams = {age: [i.milligrams for i in card.at(age, table).ingredients] for age in Age}
    assert grams == {
        Age.SIX: [40_000, 36_000, 2_400],
        Age.NINE: [45_000, 45_000, 3_000],
        Age.TWELVE: [51_000, 51_000, 3_400],
        Age.FIFTEEN: [59_000, 59_000, 3_900],
    }


async def test_a_change_makes_a_version_and_the_old_one_stays(lin: Actor) -> None:
    dish = await services.add_dish(lin, form(), now=NOW)
    first = await services.find_dish(lin.school, dish, today=TODAY)
    heavier = [{"name": "肉丝", "grams": "60"}, {"name": "青椒", "grams": "30"}]
    assert await services.change_dish(lin, dish, form(ingredients=heavier, version="1"), now=NOW) == 2
    now = await services.find_dish(lin.school, dish, today=TODAY)
    old = await services.cards_of_versions(lin.school, [first.version_id], today=TODAY)
    assert (now.number, len(now.lines)) == (2, 2)
    assert (old[first.version_id].lines, old[first.version_id].newest) == (first.lines, 2)
    assert (await services.find_dish(lin.school, dish, today=TODAY, number=1)).lines == first.lines
    assert [row["number"] for row in await services.versions_of(lin.school, dish)] == [2, 1]
    assert await deeds(lin) == ["dishes.add", "dishes.change"]


async def test_saving_without_a_change_makes_no_version(lin: Actor) -> None:
    dish = await services.add_dish(lin, form(), now=NOW)
    assert await services.change_dish(lin, dish, form(), now=NOW) == 1
    assert await DishVersion.count().where(DishVersion.school == lin.school) == 1


async def test_two_planners_do_not_overwrite_each_other(lin: Actor) -> None:
    dish = await services.add_dish(lin, form(), now=NOW)
    await services.change_dish(lin, dish, form(note="少油", version="1"), now=NOW)
    with pytest.raises(Conflict):
        await services.change_dish(lin, dish, form(note="多油", version="1"), now=NOW)


async def test_of_two_who_add_the_same_name_at_once_one_is_refused(lin: Actor) -> None:
    tries = [services.add_dish(lin, form(), now=NOW) for _ in range(2)]
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(one).__name__ in ("Refused", "Conflict") for one in done) == [False, True]
    assert await names(lin.school) == ["青椒肉丝"]
    assert await deeds(lin) == ["dishes.add"]


async def test_everything_wrong_with_a_dish_is_said_at_once(lin: Actor) -> None:
    await services.add_dish(lin, form(name="凉粉"), now=NOW)
    beans = [
        {"name": "四季豆", "grams": "60"},
        {"name": "肉丝", "grams": "60"},
        {"name": "肉丝", "grams": "1"},
    ]
    found = await refusal(services.add_dish(lin, form(name="凉拌四季豆", ingredients=beans), now=NOW))
    assert found[:2] == [("ingredient_twice", "ingredients.2.name"), ("banned_food", "ingredients.0.name")]
    assert ("cold_dish", "name") in found
    assert await refusal(services.add_dish(lin, form(name="凉 粉"), now=NOW)) == [("dish_name", "name")]


async def test_a_small_meat_dish_under_the_half_is_kept(lin: Actor) -> None:
    thin = [{"name": "肉丝", "grams": "20"}, {"name": "青椒", "grams": "80"}]
    dish = await services.add_dish(lin, form(ingredients=thin, size="small"), now=NOW)
    card = await services.find_dish(lin.school, dish, today=TODAY)
    assert (card.helping.reaches, card.recipe.size) == (False, "small")


async def test_an_unknown_name_is_kept_and_known_once_it_is_mapped(lin: Actor) -> None:
    odd = [{"name": "里脊肉丝", "grams": "60"}, {"name": "山核菜", "grams": "30"}]
    dish = await services.add_dish(lin, form(ingredients=odd), now=NOW)
    card = await services.find_dish(lin.school, dish, today=TODAY)
    assert "山核菜" in card.helping.unknown
    assert card.helping.nutrients.incomplete
    for name, code in (("山核菜", "F069"), ("里脊肉丝", "F247")):
        await foods.name_food(lin, NameForm(name=name, food_code=code), now=NOW)
    assert (await services.find_dish(lin.school, dish, today=TODAY)).helping.unknown == ()


async def test_the_cost_follows_the_prices_of_the_day(lin: Actor) -> None:
    dish = await services.add_dish(lin, form(), now=NOW)
    table = await foods.table_of(lin.school)
    for name, fen in (("肉丝", 3_600), ("青椒", 800)):
        food = table.find(name)
        assert food is not None
        await foods.set_price(lin, food.code, PriceForm(fen_per_kg=fen, from_day=TODAY), now=NOW)
    cost = (await services.find_dish(lin.school, dish, today=TODAY)).helping.cost
    assert (cost.fen, cost.unpriced) == (198, ("食用油",))


async def test_a_copy_takes_a_free_name_and_remembers_where_it_came_from(lin: Actor) -> None:
    dish = await services.add_dish(lin, form(), now=NOW)
    copy = await services.copy_dish(lin, dish, CopyForm(), now=NOW)
    card = await services.find_dish(lin.school, copy, today=TODAY)
    assert (card.recipe.name, card.origin_id, card.number) == ("青椒肉丝2", dish, 1)
    assert await refusal(services.copy_dish(lin, dish, CopyForm(name="青椒肉丝"), now=NOW)) == [
        ("dish_name", "name")
    ]


async def test_a_retired_dish_leaves_the_lists_and_frees_its_name(lin: Actor) -> None:
    dish = await services.add_dish(lin, form(), now=NOW)
    await services.retire_dish(lin, dish, now=NOW)
    await services.retire_dish(lin, dish, now=NOW)
    assert await names(lin.school) == []
    assert await names(lin.school, filters={"retired": "1"}) == ["青椒肉丝"]
    assert await services.suggest_dishes(lin.school, "青椒") == []
    again = await services.add_dish(lin, form(), now=NOW)
    assert await refusal(services.restore_dish(lin, dish, now=NOW)) == [("dish_name", "name")]
    await services.retire_dish(lin, again, now=NOW)
    await services.restore_dish(lin, dish, now=NOW)
    assert await names(lin.school) == ["青椒肉丝"]


async def test_dishes_are_found_by_name_pinyin_and_kind(lin: Actor) -> None:
    await services.take_dishes(lin, TakeForm(names=("红烧肉", "红烧排骨", "清炒菠菜", "米饭")[:2]), now=NOW)
    await services.take_dishes(lin, TakeForm(names=("米饭", "番茄蛋汤")), now=NOW)
    assert await names(lin.school, q="红烧") == ["红烧排骨", "红烧肉"]
    assert await names(lin.school, q="hongshaorou") == ["红烧肉"]
    assert await names(lin.school, q="HSP") == ["红烧排骨"]
    assert await names(lin.school, q="%") == await names(lin.school)
    assert await names(lin.school, filters={"kind": "soup"}) == ["番茄蛋汤"]
    assert [dish["name"] for dish in await services.suggest_dishes(lin.school, "fq")] == ["番茄蛋汤"]


async def test_pages_follow_each_other_without_gap_or_double(lin: Actor) -> None:
    await services.take_dishes(lin, TakeForm(names=tuple(r.name for r in library()[:23])), now=NOW)
    for sort in ("name", "-name", "changed", "-changed"):
        seen, after = [], None
        for _page in range(4):
            asked = Listing(sort=sort, limit=7, after=after)
            cards, cursor = await services.list_dishes(lin.school, asked, today=TODAY)
            seen += [card.id for card in cards]
            after = read_cursor(cursor or "")
        assert (len(seen), len(set(seen)), after) == (23, 23, None)
    assert await names(lin.school, after=["nonsense"]) == await names(lin.school)


async def test_the_whole_library_can_be_taken_once_and_planned_from(lin: Actor) -> None:
    everything = TakeForm(names=tuple(recipe.name for recipe in library()))
    assert len(await services.take_dishes(lin, everything, now=NOW)) == len(library())
    assert await services.take_dishes(lin, everything, now=NOW) == []
    assert await deeds(lin) == ["dishes.take"]
    planned = await services.pool(lin.school, Age.SIX, today=TODAY)
    assert len(planned) == len(library())
    rice = next(recipe for _card, recipe in planned if recipe.name == "米饭")
    assert [i.milligrams for i in rice.ingredients] == [73_000]
    left, _next = await services.shipped_dishes(lin.school, Listing(filters={"new": "1"}), today=TODAY)
    assert left == []


async def test_the_library_is_searched_and_says_what_is_here_already(lin: Actor) -> None:
    await services.take_dishes(lin, TakeForm(names=("红烧肉",)), now=NOW)
    offers, _next = await services.shipped_dishes(lin.school, Listing(q="红烧肉"), today=TODAY)
    assert [(offer.recipe.name, offer.mine) for offer in offers] == [("红烧肉", True)]
    first, cursor = await services.shipped_dishes(lin.school, Listing(limit=10), today=TODAY)
    assert (len(first), read_cursor(cursor or "")) == (10, 10)
    with pytest.raises(Missing):
        await services.take_dishes(lin, TakeForm(names=("没有的菜",)), now=NOW)


async def test_a_districts_dish_is_copied_with_its_origin(cast: Cast) -> None:
    shen, lin = cast.actor("shen"), cast.actor("lin")
    theirs = await services.add_dish(shen, form(name="区推荐青椒肉丝"), now=NOW)
    offered = await services.dishes_above(lin.school, BY_NAME, today=TODAY)
    assert [(place, card.id) for place, card in offered] == [("城关区", theirs)]
    [copy] = await services.take_dishes(lin, TakeForm(dishes=(theirs,)), now=NOW)
    card = await services.find_dish(lin.school, copy, today=TODAY)
    assert (card.origin_school, card.origin_id) == (cast.schools[DISTRICT], theirs)
    assert await services.take_dishes(lin, TakeForm(dishes=(theirs,)), now=NOW) == []


async def test_a_districts_own_food_is_not_mistaken_for_the_schools_own(cast: Cast) -> None:
    """Both call their first own food S001; the copy must go by the name, or its allergens would be wrong."""
    shen, lin = cast.actor("shen"), cast.actor("lin")
    await foods.add_food(shen, FoodForm("区花生酱", "nut", 100, allergens=("peanut",)), now=NOW)
    await foods.add_food(lin, FoodForm("校南瓜泥", "vegetable", 100), now=NOW)
    sauce = {"name": "区花生酱", "grams": "20"}
    theirs = await services.add_dish(shen, form(ingredients=[*PORK["ingredients"], sauce]), now=NOW)
    [copy] = await services.take_dishes(lin, TakeForm(dishes=(theirs,)), now=NOW)
    card = await services.find_dish(lin.school, copy, today=TODAY)
    found = {i.name: i.food.name if i.food else None for i in card.recipe.ingredients}
    assert found["区花生酱"] is None
    assert found["青椒"] is not None


async def test_a_stranger_sees_changes_and_copies_nothing(cast: Cast) -> None:
    lin = cast.actor("lin")
    dish = await services.add_dish(lin, form(), now=NOW)
    card = await services.find_dish(lin.school, dish, today=TODAY)
    for stranger in (cast.actor("ma"), cast.actor("zheng")):
        assert stranger.school in (cast.schools[ELSEWHERE], cast.schools[SECOND])
        assert await names(stranger.school) == []
        assert await services.cards_of_versions(stranger.school, [card.version_id], today=TODAY) == {}
        assert await services.versions_of(stranger.school, dish) == []
        for deed in (
            services.find_dish(stranger.school, dish, today=TODAY),
            services.photo_of(stranger.school, dish),
            services.change_dish(stranger, dish, form(), now=NOW),
            services.copy_dish(stranger, dish, CopyForm(), now=NOW),
            services.retire_dish(stranger, dish, now=NOW),
            services.restore_dish(stranger, dish, now=NOW),
            services.take_dishes(stranger, TakeForm(dishes=(dish,)), now=NOW),
        ):
            with pytest.raises(Missing):
                await deed
    assert await deeds(cast.actor("lin", school=FIRST)) == ["dishes.add"]


async def test_a_photo_is_kept_and_anything_else_refused(lin: Actor, tmp_path: Path) -> None:
    dish = await services.add_dish(lin, form(), now=NOW)
    with pytest.raises(Missing):
        await services.photo_of(lin.school, dish)
    picture = BytesIO()
    Image.new("RGB", (40, 30), "red").save(picture, "JPEG")
    await services.set_photo(lin, dish, picture.getvalue(), tmp_path, now=NOW)
    assert len(await services.photo_of(lin.school, dish)) == 64
    assert await refusal(services.set_photo(lin, dish, b"%PDF-1.4 %%EOF", tmp_path, now=NOW)) == [
        ("photo_format", "photo")
    ]


async def test_a_draft_is_judged_as_far_as_it_is_typed(lin: Actor) -> None:
    typed: Mapping[str, Any] = {
        "kind": "meat",
        "ingredients": {
            0: {"name": "肉丝", "grams": "４９.９"},
            1: {"name": "大白莱", "grams": "50.1"},
            2: {"name": "青椒", "grams": "很多"},
            3: {"name": "", "grams": "5"},
        },
    }
    look = await services.look_at(lin.school, parse(Draft, typed), today=TODAY)
    assert look.helping.percent == 49.9
    assert [finding.rule for finding in look.findings] == ["meat_share"]
    [(name, candidates)] = look.candidates
    assert name == "大白莱"
    assert "大白菜" in [food.name for food in candidates]


async def test_foods_are_suggested_by_pinyin_but_never_banned_ones(lin: Actor) -> None:
    assert "土豆" in [food.name for food in await services.suggest_foods(lin.school, "td")]
    assert await services.suggest_foods(lin.school, " ") == []
    assert "发芽土豆" not in [food.name for food in await services.suggest_foods(lin.school, "发芽")]
