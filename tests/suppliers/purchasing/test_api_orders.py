"""Orders and prices as JSON."""

from datetime import timedelta

import pytest

from canteen.accounts.forms import NewKey
from canteen.accounts.rules import Role
from canteen.accounts.services.keys import create_key
from suppliers.goods.rules import Source
from suppliers.purchasing.forms.wishes import (
    ApprovalForm,
    OrderLineForm,
    OrdersForm,
    WishForm,
    WishLineForm,
)
from suppliers.purchasing.rules import WishKind
from suppliers.purchasing.services.deciding import approve_wishes
from suppliers.purchasing.services.ordering import place_orders
from suppliers.purchasing.services.wish_lists import wish_of
from suppliers.purchasing.services.wishes import add_wish, submit_wish
from tests.cast import NOW, TODAY
from tests.make import Cast, machine_with
from tests.suppliers.purchasing.chain import buyer, canteen_at, chain_cast, delivered, good_at, seller_at


@pytest.fixture
async def cast(database: str) -> Cast:
    return await chain_cast()


async def ordered(cast: Cast) -> int:
    await good_at(cast)
    lines = (WishLineForm("韭菜", 20_000, "斤", 300),)
    form = WishForm(WishKind.REQUISITION, await canteen_at(cast.school), TODAY, TODAY, lines)
    wish = await add_wish(buyer(cast), form, now=NOW)
    await submit_wish(buyer(cast), wish, now=NOW)
    await approve_wishes(cast.actor("zhou"), ApprovalForm((f"{wish}-1",)), now=NOW)
    garden = await seller_at(cast, source=Source.GARDEN, identity="", phone="")
    [line] = (await wish_of(cast.school, wish)).lines
    form_of_orders = OrdersForm(TODAY + timedelta(1), (OrderLineForm(line.id, garden),))
    return (await place_orders(buyer(cast), wish, form_of_orders, now=NOW))[0]


async def test_a_program_reads_orders_with_their_lines(cast: Cast) -> None:
    order = await ordered(cast)
    key = await create_key(cast.actor("zhou"), NewKey("供应商平台", Role.BUYER), now=NOW)
    async with machine_with(key) as machine:
        answer = await machine.get("/api/v1/orders?state=placed")
        assert [item["number"] for item in answer.json()["items"]] == ["DD-2026-0001"]
        whole = (await machine.get(f"/api/v1/orders/{order}")).json()
        assert (whole["fen"], whole["lines"][0]["quantity"]) == (6000, 10_000)
        assert (await machine.get("/api/v1/orders/999999")).status_code == 404


async def test_a_program_reads_what_goods_cost(cast: Cast) -> None:
    await ordered(cast)
    good = (await wish_of(cast.school, 1)).lines[0].good.id
    await delivered(cast, good, 250)
    key = await create_key(cast.actor("zhou"), NewKey("供应商平台", Role.BUYER), now=NOW)
    async with machine_with(key) as machine:
        [price] = (await machine.get("/api/v1/prices")).json()["items"]
        assert (price["name"], price["last"]) == ("韭菜", 500)
