"""The demo's suppliers and papers: enough to buy from, some running out, one gone, two that wait."""

from collections import Counter
from datetime import date
from pathlib import Path

from canteen.demo.cast import SCHOOLS, School
from canteen.kit import uploads
from canteen.kit.pages import Listing
from canteen.kit.problems import Level
from canteen.tenants.services import tenant_by_code
from suppliers.goods.rules import Category, Source
from suppliers.licences.rules import Arrival, PaperState
from suppliers.licences.services import all_suppliers, offers_above, stops_for, wall
from suppliers.licences.tables import Supplier
from tests.canteen.demo.conftest import SATURDAY, demo_at

TODAY = date(2026, 11, 21)


async def id_of(school: School) -> int:
    return int((await tenant_by_code(school.code)).id)


async def sellers_of(school: School) -> list[Supplier]:
    return [line.row for line in await all_suppliers(await id_of(school), Listing(), today=TODAY)]


async def test_each_school_buys_from_a_dozen_sellers_of_every_kind_it_meets(saturday: Path) -> None:
    async with demo_at(saturday, SATURDAY):
        for school in SCHOOLS:
            sources = Counter(Source(row.source) for row in await sellers_of(school))
            assert sources.total() == 12
            assert sources[Source.TRADER] == 6
            assert sources.keys() == set(Source) - {Source.IMPORTER, Source.CATERER, Source.GARDEN}


async def test_three_of_them_come_from_the_districts_library(saturday: Path) -> None:
    async with demo_at(saturday, SATURDAY):
        for school in SCHOOLS:
            offers = await offers_above(await id_of(school))
            assert len(offers) == 3
            assert all(offer.taken for offer in offers)


async def test_a_farmers_identity_number_is_kept_masked_only(saturday: Path) -> None:
    async with demo_at(saturday, SATURDAY):
        for school in SCHOOLS:
            (farmer,) = [row for row in await sellers_of(school) if row.source == Source.FARMER]
            assert farmer.identity_masked[3:14] == "*" * 11


async def test_one_paper_has_run_out_two_will_soon_and_two_wait_for_a_second_person(saturday: Path) -> None:
    async with demo_at(saturday, SATURDAY):
        for school in SCHOOLS:
            hung = await wall(await id_of(school), today=TODAY)
            bands = {band.days: [view.standing.days_left for view in band.papers] for band in hung.bands}
            assert bands[-1] == [-2]
            assert bands[30] == [26]
            assert bands[60] == [52, 55]
            arrivals = {Arrival(view.row["arrival"]) for view in hung.pending}
            assert arrivals == {Arrival.TYPED, Arrival.LINK}


async def test_whose_licence_has_run_out_may_not_deliver_any_more(saturday: Path) -> None:
    async with demo_at(saturday, SATURDAY):
        for school in SCHOOLS:
            here = await id_of(school)
            (spices,) = [row for row in await sellers_of(school) if "调味品" in row.name]
            wanted = [Category.CONDIMENT]
            friday = await stops_for(here, spices.id, wanted, date(2026, 11, 20))
            assert "licence_expired" in {finding.rule for finding in friday[Category.CONDIMENT]}
            thursday = await stops_for(here, spices.id, wanted, date(2026, 11, 19))
            assert Level.ERROR not in {finding.level for finding in thursday[Category.CONDIMENT]}


async def test_no_paper_is_verified_by_who_entered_it_and_each_has_a_scan(saturday: Path) -> None:
    async with demo_at(saturday, SATURDAY):
        for school in SCHOOLS:
            hung = await wall(await id_of(school), today=TODAY)
            views = [*hung.pending, *(view for band in hung.bands for view in band.papers)]
            assert len(views) > 25
            for view in views:
                assert view.row["checked_by"] is None or view.row["checked_by"] != view.row["entered_by"]
                assert uploads.read(saturday, view.scans[0])
            assert {view.standing.state for view in views} >= {PaperState.EXPIRING, PaperState.VERIFIED}
