"""Pages of plans, offers, orders and prices: they open, take what is typed, and refuse strangers."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from canteen.kit.clock import local_day, utc_now
from suppliers.goods.rules import Source
from suppliers.purchasing.services.order_lists import list_orders
from suppliers.purchasing.services.wish_lists import Listing, list_wishes
from tests.cast import SECOND
from tests.make import Cast, client_for
from tests.suppliers.purchasing.chain import OIL, canteen_at, chain_cast, good_at, seller_at

PLANS = "/purchasing/plans"


@pytest.fixture
async def cast(sqlite: str) -> Cast:
    cast = await chain_cast()
    for form in (OIL,):
        await good_at(cast, form)
    await good_at(cast)
    return cast


def photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG")
    return out.getvalue()


async def typed(cast: Cast, **more: Any) -> dict[str, Any]:
    today = local_day(utc_now()).isoformat()
    return {
        "kind": "requisition",
        "version": "0",
        "canteen": str(await canteen_at(cast.school)),
        "first_day": today,
        "last_day": today,
        "lines.0.good": "韭菜",
        "lines.0.count": "20",
        "lines.0.unit": "斤",
        "lines.0.price": "3",
        "lines.1.good": "",
        **more,
    }


async def first_wish(cast: Cast) -> int:
    return (await list_wishes(cast.school, Listing()))[0][0].id


async def test_a_plan_is_typed_sent_approved_ordered_and_printed(cast: Cast) -> None:
    garden = await seller_at(cast, name="学校菜地", source=Source.GARDEN, identity="", phone="")
    async with client_for(cast, "he") as client:
        for way in ("", "?kind=weekly_plan", "?from=deliveries"):
            assert (await client.get(f"{PLANS}/new{way}")).status_code == 200
        answer = await client.post(f"{PLANS}/new", data=await typed(cast))
        assert answer.status_code == 303
        wish = await first_wish(cast)
        for way in ("", "/edit", "/quotes", "/sheet.xlsx"):
            assert (await client.get(f"{PLANS}/{wish}{way}")).status_code == 200, way
        assert (await client.post(f"{PLANS}/{wish}/submit")).status_code == 303
        assert (await client.get("/purchasing/approvals")).status_code == 403
    async with client_for(cast, "zhou") as client:
        page = await client.get("/purchasing/approvals")
        assert "QG-" in page.text and f'value="{wish}-1"' in page.text
        answer = await client.post("/purchasing/approvals", data={"wishes": f"{wish}-1"})
        assert answer.status_code == 303
    async with client_for(cast, "he") as client:
        form = await client.get(f"{PLANS}/{wish}/order")
        line = form.text.split('name="lines.0.line" value="')[1].split('"')[0]
        today = local_day(utc_now()).isoformat()
        sent = {"deliver_on": today, "deliver_by": "05:30", "lines.0.line": line, "lines.0.supplier": garden}
        answer = await client.post(f"{PLANS}/{wish}/order", data=sent)
        assert answer.status_code == 303
        [order] = (await list_orders(cast.school, Listing()))[0]
        page = await client.get(f"/purchasing/orders/{order.id}")
        assert "韭菜 20斤" in page.text and "05:30" in page.text
        for way in ("", "/excel", f"/{order.id}"):
            assert (await client.get(f"/purchasing/orders{way}")).status_code == 200
        refused = await client.post(f"/purchasing/orders/{order.id}/cancel", data={"reason": ""})
        assert refused.status_code == 422
        answer = await client.post(f"/purchasing/orders/{order.id}/cancel", data={"reason": "停课"})
        assert answer.status_code == 303


async def test_a_refused_plan_keeps_what_was_typed_and_says_every_error(cast: Cast) -> None:
    async with client_for(cast, "he") as client:
        sent = await typed(
            cast, **{"lines.1.good": "恐龙肉", "lines.1.count": "二十", "lines.7.good": "生菜"}
        )
        answer = await client.post(f"{PLANS}/new", data=sent)
        assert answer.status_code == 422
        assert "恐龙肉" in answer.text and "二十" in answer.text and 'name="lines.7.good"' in answer.text
        assert answer.text.count('aria-invalid="true"') == 2
        sent = await typed(cast, **{"lines.1.good": "恐龙肉", "lines.1.count": "20"})
        answer = await client.post(f"{PLANS}/new", data=sent)
        assert answer.status_code == 422 and "货品目录里没有" in answer.text


async def test_offers_are_typed_with_a_photo_compared_and_chosen(cast: Cast) -> None:
    async with client_for(cast, "he") as client:
        await client.post(f"{PLANS}/new", data=await typed(cast))
        wish = await first_wish(cast)
        page = await client.get(f"{PLANS}/{wish}/quotes")
        line = page.text.split('name="prices.0.line" value="')[1].split('"')[0]
        for n, price in enumerate(("3.20", "2.80", "3")):
            sent = {
                "name": f"商家{n}",
                "quoted_on": "2026-09-07",
                "prices.0.line": line,
                "prices.0.price": price,
            }
            files = {"photos": ("offer.jpg", photo(), "image/jpeg")}
            answer = await client.post(f"{PLANS}/{wish}/quotes", data=sent, files=files)
            assert answer.status_code == 303, answer.text
        page = await client.get(f"{PLANS}/{wish}/quotes")
        assert page.text.index("商家1") < page.text.index("商家2") < page.text.index("商家0")
        shown = page.text.split(f"{PLANS}/{wish}/quotes/photos/")[1].split('"')[0]
        assert (await client.get(f"{PLANS}/{wish}/quotes/photos/{shown}")).status_code == 200
        assert (await client.get(f"{PLANS}/{wish}/quotes/photos/{'0' * 64}")).status_code == 404
        cheap = page.text.split('name="quote" value="')[1].split('"')[0]
        answer = await client.post(f"{PLANS}/{wish}/quotes/choose", data={"quote": cheap})
        assert answer.status_code == 303
        assert (await client.get(f"{PLANS}/{wish}/comparison.xlsx")).status_code == 200


async def test_prices_of_tender_market_and_deliveries_have_their_pages(cast: Cast) -> None:
    good = await good_at(cast, OIL, school=SECOND)
    async with client_for(cast, "he") as client:
        sent = {
            "name": "秋季中标价",
            "kind": "prices",
            "first_day": "2026-09-01",
            "last_day": "2027-01-31",
            "lines.0.name": "韭菜",
            "lines.0.unit": "斤",
            "lines.0.price": "3.00",
        }
        answer = await client.post("/purchasing/lists/new", data=sent)
        assert answer.status_code == 303
        shown = answer.headers["location"]
        for way in (shown, f"{shown}/excel", "/purchasing/lists", "/purchasing/lists?over=1"):
            assert (await client.get(way)).status_code == 200
        market = {"day": "2026-09-07", "market": "城关市场", "companion": "吴主任", "lines.0.good": "韭菜"}
        refused = await client.post("/purchasing/market/new", data=market)
        assert refused.status_code == 422
        answer = await client.post("/purchasing/market/new", data={**market, "lines.0.price": "2.5"})
        assert answer.headers["location"] == "/purchasing/market?month=2026-09"
        for way in ("", "/new", "/record.xlsx?month=2026-09", "?month=2026-09", "?month=nonsense"):
            assert (await client.get(f"/purchasing/market{way}")).status_code == 200
        page = await client.get("/purchasing/prices")
        assert "韭菜" in page.text and "3.00" in page.text
        assert (await client.get("/purchasing/prices/excel")).status_code == 200
        assert (await client.get(f"/purchasing/prices/{good}")).status_code == 404


async def test_a_file_of_prices_with_errors_gives_the_bad_rows_back(cast: Cast) -> None:
    head = {"name": "价目", "kind": "prices", "first_day": "2026-09-01", "last_day": "2027-01-31"}
    async with client_for(cast, "he") as client:
        bad = {"file": ("p.csv", "品名,单位,单价\n韭菜,捆,3\n".encode(), "text/csv")}
        answer = await client.post("/purchasing/lists/new", data=head, files=bad)
        assert answer.status_code == 422 and "捆" in answer.text
        good = {"file": ("p.csv", "品名,单位,单价\n韭菜,斤,3\n".encode(), "text/csv")}
        assert (await client.post("/purchasing/lists/new", data=head, files=good)).status_code == 303


async def test_papers_are_printed_with_a_number_and_looked_at_without(cast: Cast) -> None:
    async with client_for(cast, "he") as client:
        await client.post(f"{PLANS}/new", data=await typed(cast))
        wish = await first_wish(cast)
        month = "/purchasing/market/record.pdf?month=2026-09"
        for way in (f"{PLANS}/{wish}/sheet.pdf", f"{PLANS}/{wish}/comparison.pdf", month, f"{month}&blank"):
            copy = await client.get(way)
            assert (copy.status_code, copy.content[:5]) == (200, b"%PDF-"), way
            printed = await client.post(way)
            assert printed.status_code == 303, way
            assert (await client.get(printed.headers["location"])).content[:5] == b"%PDF-"
