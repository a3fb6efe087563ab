"""The pages between menu and store."""

import re

import pytest

from menus.demand import services
from tests.cast import TODAY
from tests.make import client_for
from tests.menus.demand.test_services import publish_lunch
from tests.suppliers.stock.conftest import Store, line, make_store

DAY = TODAY.isoformat()


@pytest.fixture
async def house(sqlite: str) -> Store:
    """Monday's lunch is published and rice lies there."""
    store = await make_store()
    await publish_lunch(store)
    await store.opened(line("大米", 50, 480), line("大白菜", 4, 200))
    return store


async def test_the_meals_slip_is_proposed_changed_and_confirmed(house: Store) -> None:
    async with client_for(house.cast, "chen") as client:
        shown = (await client.get(f"/demand/issue?day={DAY}")).text
        assert "100 人就餐：白米饭、炝炒白菜" in shown and "缺 8 公斤" in shown and "龙须" in shown
        goods = re.findall(r'name="(lines\.\d+\.good)" value="(\d+)"', shown)
        counts = re.findall(r'name="(lines\.\d+\.count)"[^>]*value="([^"]*)"', shown)
        data = {"canteen": str(house.canteen), "day": DAY, "meal": "lunch", **dict(goods), **dict(counts)}
        data |= {f"lines.{n}.unit": "公斤" for n in range(len(goods))}
        at = (await client.post("/demand/issue", data={**data, "lines.0.count": "7.5"})).headers["location"]
        slip = (await client.get(at)).text
        assert "−7.5 公斤" in slip and "−4 公斤" in slip
        again = await client.post("/demand/issue", data=data)
        assert again.status_code == 422 and "再次领用" in again.text


async def test_what_to_buy_is_shown_and_saved_as_a_workbook(house: Store) -> None:
    async with client_for(house.cast, "chen") as client:
        shown = (await client.get(f"/demand?from={DAY}&to={DAY}")).text
        assert "大白菜" in shown and "<strong>8</strong>" in shown
        assert (await client.get(f"/demand/excel?from={DAY}")).status_code == 200
        assert "没有已公布的菜谱" in (await client.get("/demand?from=2030-01-01")).text
        assert "当天没有已公布的菜谱" in (await client.get("/demand/issue?day=2030-01-01")).text


async def test_a_name_is_led_to_a_good_on_the_spot(house: Store) -> None:
    cabbage = house.goods["大白菜"]
    async with client_for(house.cast, "chen") as client:
        data = {"good": str(cabbage), "food_code": "F061"}
        back = await client.post("/demand/map?back=/demand", data=data)
        assert back.headers["location"] == "/demand"
    found = await services.to_buy(house.cast.school, house.canteen, TODAY, TODAY)
    assert "大白菜" in [need.name for need in found.unmatched]
