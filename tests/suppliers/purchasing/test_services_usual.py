"""What goods usually cost, and what a tender lets them cost."""

from datetime import date, timedelta
from typing import Any

import pytest

from suppliers.purchasing import services
from suppliers.purchasing.rules import DeliveryState, ListKind
from suppliers.purchasing.rules.quotes import Usual
from suppliers.purchasing.tables import MarketPrice, PriceLine, PriceList
from tests.cast import DISTRICT, ELSEWHERE, NOW, SECOND, TODAY
from tests.make import Cast
from tests.suppliers.purchasing.chain import LETTUCE, chain_cast, delivered, good_at, seller_at


@pytest.fixture
async def cast(database: str) -> Cast:
    return await chain_cast()


async def put_list(school: int, **changes: Any) -> int:
    values: dict[str, Any] = {
        "school": school,
        "entered_at": NOW,
        "entered_by": None,
        "name": "2026年秋季中标价",
        "kind": ListKind.PRICES.value,
        "supplier": None,
        "supplier_name": "",
        "first_day": date(2026, 9, 1),
        "last_day": date(2027, 1, 31),
        "discount_permille": None,
    }
    row = PriceList(**{**values, **changes})
    await row.save()
    return int(row.id)


async def put_price(school: int, price_list: int, fen_per_kg: int, name: str = "韭菜") -> None:
    line = PriceLine(
        school=school,
        entered_at=NOW,
        entered_by=None,
        price_list=price_list,
        name=name,
        spelling=name,
        unit="公斤",
        price_fen=fen_per_kg,
        fen_per_kg=fen_per_kg,
    )
    await line.save()


async def market_asks(school: int, good: int, fen_per_kg: int, days_ago: int = 1) -> None:
    row = MarketPrice(
        school=school,
        entered_at=NOW,
        entered_by=None,
        good=good,
        day=TODAY - timedelta(days=days_ago),
        market="城关农贸市场",
        stall="3号",
        unit="公斤",
        price_fen=fen_per_kg,
        fen_per_kg=fen_per_kg,
        companion="",
    )
    await row.save()


async def test_the_usual_price_is_the_middle_of_what_was_accepted_in_thirty_days(cast: Cast) -> None:
    good = await good_at(cast)
    for price, days_ago in ((250, 1), (300, 2), (900, 29), (100, 30)):
        await delivered(cast, good, price, days_ago=days_ago)
    await delivered(cast, good, 5000, state=DeliveryState.DRAFT)
    await delivered(cast, good, 5000, state=DeliveryState.REPLACED)
    assert await services.usual_prices(cast.school, [good], TODAY) == {good: Usual(own_median=600)}
    await delivered(cast, good, 500)
    assert (await services.usual_prices(cast.school, [good], TODAY))[good].own_median == 800


async def test_the_district_says_what_its_other_schools_pay_and_nobody_elses(cast: Cast) -> None:
    good = await good_at(cast)
    theirs = await good_at(cast, school=SECOND)
    strange = await good_at(cast, school=ELSEWHERE)
    await delivered(cast, theirs, 200, school=SECOND)
    await delivered(cast, strange, 900, school=ELSEWHERE)
    assert await services.usual_prices(cast.school, [good], TODAY) == {good: Usual(district_median=400)}
    alone = await services.usual_prices(cast.schools[ELSEWHERE], [strange], TODAY)
    assert alone == {strange: Usual(own_median=1800)}


async def test_a_good_that_was_never_bought_has_no_usual_price(cast: Cast) -> None:
    good = await good_at(cast, LETTUCE)
    assert await services.usual_prices(cast.school, [good], TODAY) == {good: Usual()}
    assert await services.usual_prices(cast.school, [], TODAY) == {}


async def test_a_price_list_holds_from_its_first_to_its_last_day(cast: Cast) -> None:
    good, first = await good_at(cast), date(2026, 9, 1)
    one = await put_list(cast.school, first_day=first, last_day=TODAY)
    await put_price(cast.school, one, 500)
    for day, known in ((first, True), (TODAY, True), (first - timedelta(1), False)):
        found = await services.listed_price(cast.school, None, "韭 菜", day)
        assert (found is not None) is known
    assert await services.listed_price(cast.school, None, "韭菜", TODAY + timedelta(1)) is None
    assert (await services.usual_prices(cast.school, [good], TODAY))[good].listed == 500


async def test_the_schools_own_list_goes_before_the_districts(cast: Cast) -> None:
    district = cast.schools[DISTRICT]
    theirs = await put_list(district)
    await put_price(district, theirs, 480)
    found = await services.listed_price(cast.school, None, "韭菜", TODAY)
    assert found is not None and (found.fen_per_kg, found.price_list) == (480, theirs)
    own = await put_list(cast.school)
    await put_price(cast.school, own, 500)
    found = await services.listed_price(cast.school, None, "韭菜", TODAY)
    assert found is not None and found.price_list == own
    assert await services.listed_price(cast.schools[ELSEWHERE], None, "韭菜", TODAY) is None


async def test_a_list_of_another_seller_says_nothing(cast: Cast) -> None:
    seller = await seller_at(cast)
    one = await put_list(cast.school, supplier_name="绿源配送有限公司")
    await put_price(cast.school, one, 500)
    assert await services.listed_price(cast.school, seller, "韭菜", TODAY) is None
    company = await seller_at(cast, name="绿源配送有限公司", phone="1")
    assert await services.listed_price(cast.school, company, "韭菜", TODAY) is not None


async def test_a_rate_is_taken_off_what_the_market_asked_within_a_month(cast: Cast) -> None:
    good = await good_at(cast)
    await put_list(cast.school, kind=ListKind.DISCOUNT.value, discount_permille=85)
    assert await services.listed_price(cast.school, None, "韭菜", TODAY) is None
    for price, days_ago in ((1000, 1), (1200, 30), (9000, 31)):
        await market_asks(cast.school, good, price, days_ago)
    found = await services.listed_price(cast.school, None, "韭菜", TODAY)
    assert found is not None
    assert (found.fen_per_kg, found.discount_permille, found.market_fen_per_kg) == (1007, 85, 1100)
