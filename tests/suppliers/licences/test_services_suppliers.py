"""Suppliers: added, changed, suspended, declared clean; lists; the district's library."""

from datetime import date, timedelta

import pytest

from canteen.kit.pages import Listing
from canteen.kit.problems import Conflict, Missing, Refused
from canteen.schools.services.uploads import upload_of
from suppliers.goods.rules import Category, PaperKind, Source
from suppliers.licences import services
from suppliers.licences.forms import ReasonForm, RecordForm, StandingForm, TakeForm
from suppliers.licences.rules import PaperState, Standing
from tests.cast import DISTRICT, ELSEWHERE, NOW, SECOND, TODAY
from tests.make import Cast
from tests.suppliers.licences.conftest import (
    CODE,
    add_paper,
    add_supplier,
    manager,
    paper_form,
    stored,
    supplier_form,
)

IDENTITY = "360426199101010071"
FARMER = {
    "name": "农户老李",
    "source": Source.FARMER,
    "credit_code": "",
    "categories": (Category.PRODUCE,),
}


def rules(problem: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(f.at, f.rule) for f in problem.value.findings]


async def test_a_supplier_is_added_and_found_by_name_pinyin_and_credit_code(cast: Cast) -> None:
    supplier = await add_supplier(cast)
    for typed in ("绿源", "lyps", "luyuan", "91110108"):
        lines, _next = await services.list_suppliers(cast.school, Listing(q=typed), today=TODAY)
        assert [line.row.id for line in lines] == (
            [supplier] if typed != "luyuan" else [line.row.id for line in lines]
        )


async def test_everything_wrong_with_a_supplier_is_said_at_once(cast: Cast) -> None:
    form = supplier_form(credit_code="91350211M0000XUF46", categories=(), phone="")
    with pytest.raises(Refused) as refused:
        await services.add_supplier(manager(cast), form, now=NOW)
    assert rules(refused) == [
        ("credit_code", "credit_code_check"),
        ("categories", "missing"),
        ("phone", "missing"),
    ]


async def test_a_wrong_credit_code_is_taken_with_a_reason(cast: Cast) -> None:
    await add_supplier(cast, credit_code="91350211M0000XUF46", credit_code_reason="执照原件如此")


async def test_two_suppliers_have_neither_one_name_nor_one_code(cast: Cast) -> None:
    await add_supplier(cast)
    with pytest.raises(Refused) as refused:
        await services.add_supplier(manager(cast), supplier_form(name="绿源配送 有限公司"), now=NOW)
    assert rules(refused) == [("name", "supplier_name"), ("credit_code", "supplier_code")]


async def test_a_farmers_identity_number_is_kept_masked_and_stays_when_left_blank(cast: Cast) -> None:
    supplier = await add_supplier(cast, **FARMER, identity=IDENTITY)
    row = await services.supplier_of(cast.school, supplier)
    assert row.identity_masked == "360***********0071"
    await services.change_supplier(manager(cast), supplier, supplier_form(**FARMER, phone="139"), now=NOW)
    row = await services.supplier_of(cast.school, supplier)
    assert (row.identity_masked, row.phone) == ("360***********0071", "139")


async def test_a_farmer_without_any_number_and_one_with_a_wrong_one_are_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        await add_supplier(cast, **FARMER)
    assert rules(refused) == [("identity", "credit_code_or_identity")]
    with pytest.raises(Refused) as refused:
        await add_supplier(cast, **FARMER, identity="360426199101010072")
    assert rules(refused) == [("identity", "identity_number")]


async def test_who_changes_what_somebody_changed_meanwhile_looks_again(cast: Cast) -> None:
    supplier = await add_supplier(cast)
    seen = (await services.supplier_of(cast.school, supplier)).changed_at.isoformat()
    later = NOW + timedelta(minutes=1)
    await services.change_supplier(manager(cast), supplier, supplier_form(phone="1", seen=seen), now=later)
    with pytest.raises(Conflict):
        await services.change_supplier(
            manager(cast), supplier, supplier_form(phone="2", seen=seen), now=later
        )


async def test_a_stranger_finds_no_supplier(cast: Cast) -> None:
    supplier = await add_supplier(cast)
    stranger = cast.actor("ma")
    for deed in (
        services.change_supplier(stranger, supplier, supplier_form(), now=NOW),
        services.decide_standing(stranger, supplier, StandingForm(Standing.SUSPENDED, "x"), now=NOW),
        services.declare_record(stranger, supplier, RecordForm(), now=NOW),
        services.add_paper(stranger, supplier, paper_form(), [stored()], now=NOW),
    ):
        with pytest.raises(Missing):
            await deed
    assert await services.suppliers_by_ids(cast.schools[ELSEWHERE], [supplier]) == {}


async def test_who_is_suspended_sells_nothing_until_taken_back(cast: Cast) -> None:
    supplier = await add_supplier(cast)
    await add_paper(cast, supplier)
    await add_paper(cast, supplier, kind=PaperKind.BUSINESS_LICENCE, number=CODE)
    head = cast.actor("zhou")
    with pytest.raises(Refused):
        await services.decide_standing(head, supplier, StandingForm(Standing.SUSPENDED, " "), now=NOW)
    await services.decide_standing(head, supplier, StandingForm(Standing.SUSPENDED, "三次迟到"), now=NOW)
    found = await services.stops_for(cast.school, supplier, [Category.OIL], TODAY)
    assert [f.rule for f in found[Category.OIL] if f.level == "error"] == ["supplier_suspended"]
    await services.decide_standing(head, supplier, StandingForm(Standing.ACTIVE, ""), now=NOW)
    found = await services.stops_for(cast.school, supplier, [Category.OIL], TODAY)
    assert [f for f in found[Category.OIL] if f.level == "error"] == []


async def test_who_has_left_frees_the_name_and_may_not_come_back_to_a_taken_one(cast: Cast) -> None:
    supplier = await add_supplier(cast)
    left = StandingForm(Standing.LEFT, "合同到期")
    await services.decide_standing(manager(cast), supplier, left, now=NOW)
    await add_supplier(cast)
    with pytest.raises(Refused) as refused:
        await services.decide_standing(manager(cast), supplier, StandingForm(Standing.ACTIVE, ""), now=NOW)
    assert rules(refused) == [("name", "supplier_name")]


async def test_the_list_of_bad_faith_is_looked_up_by_somebody_on_a_day(cast: Cast) -> None:
    supplier = await add_supplier(cast)
    form = RecordForm(clean_since=date(2020, 1, 1), listed=True)
    await services.declare_record(manager(cast), supplier, form, now=NOW)
    row = await services.supplier_of(cast.school, supplier)
    assert (row.clean_since, row.listed_checked_on, row.listed_checked_by) == (
        date(2020, 1, 1),
        TODAY,
        cast.people["chen"],
    )
    assert services.supplier_notes(row, TODAY) == []
    await services.declare_record(manager(cast), supplier, RecordForm(date(2020, 1, 1), found=True), now=NOW)
    row = await services.supplier_of(cast.school, supplier)
    assert [f.rule for f in services.supplier_notes(row, TODAY)] == ["supplier_listed"]


async def test_the_list_is_filtered_by_goods_kind_and_state_of_papers_and_goes_on(cast: Cast) -> None:
    first = await add_supplier(cast)
    await add_paper(cast, first, valid_to=TODAY - timedelta(days=1))
    stall = {"source": Source.MARKET, "credit_code": "", "categories": (Category.PORK,)}
    second = await add_supplier(cast, name="老张肉铺", **stall)
    third = await add_supplier(cast, name="阿明菜摊", **stall)

    async def ids(**filters: str) -> list[int]:
        lines, _next = await services.list_suppliers(cast.school, Listing(filters=filters), today=TODAY)
        return [line.row.id for line in lines]

    assert await ids() == [third, second, first]
    assert await ids(category="oil") == [first]
    assert set(await ids(source="market")) == {second, third}
    assert await ids(papers="expired") == [first]
    page, following = await services.list_suppliers(cast.school, Listing(limit=2), today=TODAY)
    assert (len(page), following is not None) == (2, True)


async def test_the_lines_say_what_the_papers_ask_for_first(cast: Cast) -> None:
    supplier = await add_supplier(cast)
    await add_paper(cast, supplier)
    await add_paper(cast, supplier, kind=PaperKind.BUSINESS_LICENCE, number=CODE, valid_to=None, endless=True)
    [line], _next = await services.list_suppliers(cast.school, Listing(), today=TODAY)
    assert line.states == {PaperState.VERIFIED: 2}
    assert line.next_end == TODAY + timedelta(days=365)
    assert line.worst is PaperState.VERIFIED


async def library(cast: Cast) -> tuple[int, int]:
    """A supplier of the district with a verified licence."""
    shen = cast.actor("shen")
    supplier = await services.add_supplier(shen, supplier_form(), now=NOW)
    licence = await services.add_paper(shen, supplier, paper_form(), [stored()], now=NOW)
    inspector = cast.actor("wu", school=DISTRICT)
    await services.verify_paper(inspector, licence, now=NOW)
    return supplier, licence


async def test_a_school_takes_an_approved_supplier_with_its_verified_papers_and_scans(cast: Cast) -> None:
    supplier, _licence = await library(cast)
    [offer] = await services.offers_above(cast.school)
    assert (offer.row.id, offer.owner, offer.taken) == (supplier, "城关区", None)
    [copy] = await services.take_suppliers(manager(cast), TakeForm((supplier,)), now=NOW)
    [paper] = await services.papers_of(cast.school, copy, today=TODAY, lead=90)
    assert (paper.standing.state, paper.row["arrival"]) == (PaperState.VERIFIED, "district")
    assert await upload_of(cast.school, paper.scans[0])
    [offer] = await services.offers_above(cast.school)
    assert offer.taken == copy
    assert await services.take_suppliers(manager(cast), TakeForm((supplier,)), now=NOW) == []


async def test_nothing_is_taken_from_somebody_elses_library(cast: Cast) -> None:
    supplier, _licence = await library(cast)
    with pytest.raises(Missing):
        await services.take_suppliers(cast.actor("ma"), TakeForm((supplier,)), now=NOW)


async def test_a_newer_paper_of_the_district_reaches_every_school_that_has_the_supplier(cast: Cast) -> None:
    supplier, licence = await library(cast)
    copies = {}
    for login, code in (("chen", ""), ("zheng", SECOND)):
        actor = cast.actor(login, school=code)
        [copies[actor.school]] = await services.take_suppliers(actor, TakeForm((supplier,)), now=NOW)
    shen = cast.actor("shen")
    renewed = paper_form(valid_to=date(2031, 1, 1), supersedes=licence)
    newer = await services.add_paper(shen, supplier, renewed, [stored("blue")], now=NOW)
    await services.verify_paper(cast.actor("wu", school=DISTRICT), newer, now=NOW)
    for school, copy in copies.items():
        papers = await services.papers_of(school, copy, today=TODAY, lead=90)
        assert [(p.standing.state, p.paper.valid_to) for p in papers] == [
            (PaperState.VERIFIED, date(2031, 1, 1)),
            (PaperState.SUPERSEDED, TODAY + timedelta(days=365)),
        ]
        assert await upload_of(school, papers[0].scans[0])


async def test_what_the_district_suspends_is_suspended_in_its_schools_until_it_takes_it_back(
    cast: Cast,
) -> None:
    supplier, _licence = await library(cast)
    [copy] = await services.take_suppliers(manager(cast), TakeForm((supplier,)), now=NOW)
    shen = cast.actor("shen")
    await services.decide_standing(shen, supplier, StandingForm(Standing.BLACKLISTED, "抽检不合格"), now=NOW)
    row = await services.supplier_of(cast.school, copy)
    assert (row.standing, row.standing_reason) == ("blacklisted", "抽检不合格")
    await services.decide_standing(shen, supplier, StandingForm(Standing.ACTIVE, ""), now=NOW)
    assert (await services.supplier_of(cast.school, copy)).standing == "active"


async def test_the_districts_taking_back_leaves_what_a_school_decided_itself(cast: Cast) -> None:
    supplier, _licence = await library(cast)
    [copy] = await services.take_suppliers(manager(cast), TakeForm((supplier,)), now=NOW)
    own = StandingForm(Standing.SUSPENDED, "本校退货三次")
    await services.decide_standing(manager(cast), copy, own, now=NOW)
    await services.decide_standing(cast.actor("shen"), supplier, StandingForm(Standing.ACTIVE, ""), now=NOW)
    assert (await services.supplier_of(cast.school, copy)).standing == "suspended"


async def test_a_paper_the_district_turns_down_counts_nowhere(cast: Cast) -> None:
    supplier, licence = await library(cast)
    [copy] = await services.take_suppliers(manager(cast), TakeForm((supplier,)), now=NOW)
    await services.reject_paper(cast.actor("shen"), licence, ReasonForm("伪造"), now=NOW)
    [paper] = await services.papers_of(cast.school, copy, today=TODAY, lead=90)
    assert paper.standing.state is PaperState.REJECTED
