"""Price lists typed and from a file, what the market asks, and who delivered at which price."""

from datetime import date, timedelta
from typing import Any

import pytest

from canteen.kit.pages import Listing
from canteen.kit.problems import Missing, Refused
from canteen.kit.sheets import BadFile, Column, write_xlsx
from suppliers.goods.rules import Source
from suppliers.purchasing import services
from suppliers.purchasing.forms.prices import AskedForm, MarketForm, PriceLineForm, PriceListForm
from suppliers.purchasing.rules import DeliveryState, ListKind
from suppliers.purchasing.services.history import last_sellers, list_prices, since, sold_of_good
from suppliers.purchasing.services.market import (
    asked_of_good,
    market_of_month,
    record_market,
    withdraw_market_price,
)
from suppliers.purchasing.services.price_lists import (
    add_price_list,
    bad_price_rows,
    import_price_list,
    withdraw_price_list,
)
from suppliers.purchasing.services.price_reading import list_price_lists, price_items, price_list_of
from tests.cast import DISTRICT, ELSEWHERE, NOW, SECOND, TODAY
from tests.make import Cast
from tests.suppliers.purchasing.chain import OIL, buyer, chain_cast, delivered, good_at, seller_at


@pytest.fixture
async def cast(database: str) -> Cast:
    return await chain_cast()


def list_form(*lines: PriceLineForm, **changes: Any) -> PriceListForm:
    values: dict[str, Any] = {
        "name": "秋季中标价",
        "kind": ListKind.PRICES,
        "first_day": date(2026, 9, 1),
        "last_day": date(2027, 1, 31),
        "lines": lines or (PriceLineForm("韭菜", 300, "斤"),),
    }
    return PriceListForm(**{**values, **changes})


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(one.at, one.rule) for one in refused.value.findings]


async def test_a_price_list_is_kept_in_any_unit_and_compared_by_the_kilogram(cast: Cast) -> None:
    await good_at(cast, OIL)
    lines = (PriceLineForm("韭菜", 300, "斤"), PriceLineForm("菜籽油", 24_000, "桶"))
    made = await add_price_list(buyer(cast), list_form(*lines), now=NOW)
    items = await price_items(await price_list_of(cast.school, made))
    assert [(one.name, one.fen_per_kg) for one in items] == [("韭菜", 600), ("菜籽油", 1200)]
    found = await services.listed_price(cast.school, None, "韭菜", TODAY)
    assert found is not None and found.price_list == made
    await withdraw_price_list(buyer(cast), made, now=NOW)
    assert await services.listed_price(cast.school, None, "韭菜", TODAY) is None
    with pytest.raises(Missing):
        await withdraw_price_list(buyer(cast), made, now=NOW)


async def test_everything_wrong_with_a_price_list_is_said_at_once(cast: Cast) -> None:
    lines = (PriceLineForm("韭菜", 300, "捆"), PriceLineForm("韭 菜", 300, "捆"))
    form = list_form(*lines, last_day=date(2026, 8, 31))
    with pytest.raises(Refused) as refused:
        await add_price_list(buyer(cast), form, now=NOW)
    assert rules(refused) == [
        ("last_day", "days_order"),
        ("lines.0.unit", "unit_unknown"),
        ("lines.1.unit", "unit_unknown"),
        ("lines.1.name", "stands_twice"),
    ]
    with pytest.raises(Refused) as refused:
        await add_price_list(buyer(cast), list_form(kind=ListKind.DISCOUNT), now=NOW)
    assert rules(refused) == [("discount", "missing"), ("lines", "rate_with_prices")]


def a_file(*rows: list[Any]) -> bytes:
    return write_xlsx([Column("品名"), Column("单位"), Column("单价", "fen")], rows)


async def test_a_price_list_comes_from_a_file_all_rows_or_none(cast: Cast) -> None:
    bad = a_file(["韭菜", "捆", 300], ["", "斤", 300], ["生菜", "斤", 0])
    with pytest.raises(BadFile) as refused:
        await import_price_list(buyer(cast), list_form(lines=()), bad, "a.xlsx", again=False, now=NOW)
    assert [(one.line, one.column) for one in refused.value.errors] == [
        (2, "单位"),
        (3, "品名"),
        (4, "单价"),
    ]
    shown = await bad_price_rows(cast.school, bad, "a.xlsx", "zh_CN")
    assert shown is not None and len(shown.errors) == 3
    good = a_file(["韭菜", "斤", 300], ["生菜", "公斤", 500])
    made = await import_price_list(buyer(cast), list_form(lines=()), good, "a.xlsx", again=False, now=NOW)
    assert len(await price_items(await price_list_of(cast.school, made))) == 2
    with pytest.raises(Refused) as again:
        await import_price_list(buyer(cast), list_form(lines=()), good, "b.xlsx", again=False, now=NOW)
    assert rules(again) == [("again", "same_file")]


async def test_a_school_sees_its_own_lists_and_those_above_it(cast: Cast) -> None:
    own = await add_price_list(buyer(cast), list_form(), now=NOW)
    theirs = await add_price_list(cast.actor("shen"), list_form(name="区级中标价"), now=NOW)
    await add_price_list(cast.actor("zheng"), list_form(), now=NOW)
    heads, _next = await list_price_lists(cast.school, Listing(), TODAY)
    assert [(head.id, head.owner) for head in heads] == [(theirs, "城关区"), (own, "")]
    assert (await list_price_lists(cast.school, Listing(filters={"over": "1"}), TODAY))[0] == []
    heads, _next = await list_price_lists(cast.school, Listing(filters={"over": "1"}), date(2027, 2, 1))
    assert len(heads) == 2
    with pytest.raises(Missing):
        await price_list_of(cast.schools[ELSEWHERE], theirs)
    assert (await price_list_of(cast.schools[DISTRICT], theirs)).owner == ""


async def test_the_market_is_asked_once_a_month_and_the_record_kept(cast: Cast) -> None:
    good = await good_at(cast)
    lines = (AskedForm("韭菜", 250, "斤", "3号摊"), AskedForm("韭菜", 600, "公斤", "8号摊"))
    first, second = await record_market(
        buyer(cast), MarketForm(TODAY, "城关农贸市场", "吴主任", lines), now=NOW
    )
    found = await market_of_month(cast.school, date(2026, 9, 30))
    assert [(one.stall, one.fen_per_kg, one.entered_name) for one in found] == [
        ("3号摊", 500, "何厨师"),
        ("8号摊", 600, "何厨师"),
    ]
    assert await market_of_month(cast.school, date(2026, 8, 31)) == []
    await withdraw_market_price(buyer(cast), first, now=NOW)
    assert [one.id for one in await asked_of_good(cast.school, good, TODAY, TODAY)] == [second]
    with pytest.raises(Missing):
        await withdraw_market_price(cast.actor("zheng"), second, now=NOW)


async def test_a_market_record_is_neither_of_tomorrow_nor_of_unknown_goods(cast: Cast) -> None:
    form = MarketForm(TODAY + timedelta(1), "市场", "吴主任", (AskedForm("恐龙肉", 1),))
    with pytest.raises(Refused) as refused:
        await record_market(buyer(cast), form, now=NOW)
    assert rules(refused) == [("day", "asked_later"), ("lines.0.good", "good_unknown")]


async def test_the_history_of_a_good_says_who_delivered_it_at_which_price(cast: Cast) -> None:
    good = await good_at(cast)
    one = await seller_at(cast)
    other = await seller_at(cast, name="菜地", source=Source.GARDEN, identity="")
    for price, days_ago, who in ((250, 40, one), (300, 2, other), (280, 2, one)):
        await delivered(cast, good, price, days_ago=days_ago, supplier=who)
    await delivered(cast, good, 999, days_ago=1, state=DeliveryState.REFUSED)
    sold = await sold_of_good(cast.school, good, since(TODAY, 3), TODAY)
    assert [(line.fen_per_kg, line.supplier_name) for line in sold] == [
        (500, "农户老李"),
        (600, "菜地"),
        (560, "农户老李"),
    ]
    assert await last_sellers(cast.school, [good]) == {good: one}
    [now], _next = await list_prices(cast.school, Listing(), TODAY)
    assert now.last is not None and (now.last.price_fen, now.usual.own_median) == (280, 580)
    assert await sold_of_good(cast.schools[SECOND], good, since(TODAY, 3), TODAY) == []
