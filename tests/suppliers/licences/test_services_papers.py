"""Papers: two people, renewals, the wall, gaps, tasks, and the supplier's own link."""

from datetime import date, timedelta

import pytest

from canteen.kit.actor import Actor
from canteen.kit.problems import Forbidden, Missing, Refused
from canteen.notices.tables import Notice
from canteen.tenants.services import canteens_of
from suppliers.goods.rules import Category, PaperKind, Source
from suppliers.licences import services
from suppliers.licences.forms import LinkForm, ReasonForm
from suppliers.licences.rules import PaperState
from tests.cast import ELSEWHERE, NOW, TODAY
from tests.make import Cast
from tests.suppliers.licences.conftest import (
    CODE,
    JY,
    add_paper,
    add_supplier,
    manager,
    officer,
    paper_form,
    stored,
)


def rules(problem: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(f.at, f.rule) for f in problem.value.findings]


async def standing(cast: Cast, licence: int) -> PaperState:
    found = await services.paper_of(cast.school, licence, today=TODAY, lead=90)
    return found.standing.state


async def open_tasks(school: int, topic: str) -> list[int]:
    here = (Notice.school == school) & (Notice.topic == topic) & Notice.done_at.is_null()
    return sorted(row["subject_id"] for row in await Notice.select(Notice.subject_id).where(here))


async def test_a_paper_counts_only_after_a_second_person_saw_the_original(cast: Cast) -> None:
    supplier = await add_supplier(cast)
    licence = await add_paper(cast, supplier, verified=False)
    assert await standing(cast, licence) is PaperState.PENDING
    assert await open_tasks(cast.school, "licences.verify") == [licence]
    with pytest.raises(Refused) as refused:
        await services.verify_paper(manager(cast), licence, now=NOW)
    assert rules(refused) == [("", "same_person")]
    await services.verify_paper(officer(cast), licence, now=NOW)
    assert await standing(cast, licence) is PaperState.VERIFIED
    assert await open_tasks(cast.school, "licences.verify") == []
    found = await services.paper_of(cast.school, licence, today=TODAY, lead=90)
    assert (found.row["entered_name"], found.row["checked_name"]) == ("陈师傅", "何厨师")


async def test_a_machine_verifies_nothing(cast: Cast) -> None:
    licence = await add_paper(cast, await add_supplier(cast), verified=False)
    with pytest.raises(Forbidden):
        await services.verify_paper(Actor(None, cast.school, key=1), licence, now=NOW)


async def test_everything_wrong_with_a_paper_is_said_at_once(cast: Cast) -> None:
    supplier = await add_supplier(cast)
    bad = paper_form(number="JY13301080111718", valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 1))
    with pytest.raises(Refused) as refused:
        await services.add_paper(manager(cast), supplier, bad, [], now=NOW)
    assert rules(refused) == [("number", "number_check"), ("scans", "scan_missing"), ("valid_to", "days")]


async def test_a_licence_needs_a_number_and_an_end(cast: Cast) -> None:
    supplier = await add_supplier(cast)
    with pytest.raises(Refused) as refused:
        await services.add_paper(
            manager(cast), supplier, paper_form(number="", valid_to=None), [stored()], now=NOW
        )
    assert rules(refused) == [("number", "missing"), ("valid_to", "missing")]


async def test_who_mends_a_paper_does_not_verify_it(cast: Cast) -> None:
    licence = await add_paper(cast, await add_supplier(cast), verified=False)
    await services.change_paper(officer(cast), licence, paper_form(issuer="市局"), [stored("blue")], now=NOW)
    with pytest.raises(Refused) as refused:
        await services.verify_paper(officer(cast), licence, now=NOW)
    assert rules(refused) == [("", "same_person")]
    await services.verify_paper(manager(cast), licence, now=NOW)
    found = await services.paper_of(cast.school, licence, today=TODAY, lead=90)
    assert len(found.scans) == 2
    with pytest.raises(Refused) as refused:
        await services.change_paper(manager(cast), licence, paper_form(), [], now=NOW)
    assert rules(refused) == [("", "verified_already")]


async def test_a_paper_is_turned_down_with_a_reason_and_mended(cast: Cast) -> None:
    licence = await add_paper(cast, await add_supplier(cast), verified=False)
    with pytest.raises(Refused):
        await services.reject_paper(officer(cast), licence, ReasonForm(" "), now=NOW)
    await services.reject_paper(officer(cast), licence, ReasonForm("看不清"), now=NOW)
    assert await standing(cast, licence) is PaperState.REJECTED
    await services.change_paper(manager(cast), licence, paper_form(), [stored("blue")], now=NOW)
    assert await standing(cast, licence) is PaperState.PENDING
    assert await open_tasks(cast.school, "licences.verify") == [licence]


async def test_a_renewal_replaces_the_old_paper_when_it_is_verified_and_begins(cast: Cast) -> None:
    supplier = await add_supplier(cast)
    old = await add_paper(cast, supplier, valid_to=TODAY + timedelta(days=20))
    new = await add_paper(
        cast,
        supplier,
        verified=False,
        supersedes=old,
        valid_from=TODAY + timedelta(days=5),
        valid_to=date(2031, 9, 1),
    )
    assert await standing(cast, old) is PaperState.EXPIRING
    await services.verify_paper(officer(cast), new, now=NOW)
    assert await standing(cast, old) is PaperState.EXPIRING
    later = TODAY + timedelta(days=5)
    found = await services.paper_of(cast.school, old, today=later, lead=90)
    assert found.standing.state is PaperState.SUPERSEDED
    with pytest.raises(Refused) as refused:
        await add_paper(cast, supplier, supersedes=old)
    assert rules(refused) == [("supersedes", "renewed_already")]


async def test_turning_down_a_verified_renewal_brings_the_old_paper_back(cast: Cast) -> None:
    supplier = await add_supplier(cast)
    old = await add_paper(cast, supplier)
    new = await add_paper(cast, supplier, supersedes=old, valid_from=TODAY)
    assert await standing(cast, old) is PaperState.SUPERSEDED
    await services.reject_paper(officer(cast), new, ReasonForm("伪造"), now=NOW)
    assert (await standing(cast, old), await standing(cast, new)) == (
        PaperState.VERIFIED,
        PaperState.REJECTED,
    )


async def test_a_renewal_is_of_the_same_kind_and_owner(cast: Cast) -> None:
    supplier = await add_supplier(cast)
    old = await add_paper(cast, supplier)
    with pytest.raises(Refused) as refused:
        await add_paper(cast, supplier, kind=PaperKind.CONTRACT, number="1", supersedes=old)
    assert rules(refused) == [("supersedes", "other_paper")]


async def test_a_stranger_finds_no_paper(cast: Cast) -> None:
    licence = await add_paper(cast, await add_supplier(cast), verified=False)
    stranger = cast.actor("ma")
    for deed in (
        services.change_paper(stranger, licence, paper_form(), [], now=NOW),
        services.verify_paper(stranger, licence, now=NOW),
        services.reject_paper(stranger, licence, ReasonForm("x"), now=NOW),
        services.paper_of(stranger.school, licence, today=TODAY, lead=90),
    ):
        with pytest.raises(Missing):
            await deed


async def test_the_canteens_own_papers_hang_on_the_same_wall(cast: Cast) -> None:
    [canteen] = await canteens_of(cast.school)
    own = await add_paper(cast, None, number="JY33301080000018", canteen=canteen.id)
    firm = await add_supplier(
        cast, name="洁净餐厨回收公司", source=Source.SERVICE, categories=(), credit_code="9131000063159284XQ"
    )
    contract = await add_paper(cast, firm, kind=PaperKind.SERVICE_CONTRACT, number="2026-1")
    seller = await add_paper(cast, await add_supplier(cast))
    by_owner = {}
    for owner in ("", *services.OWNERS):
        found = await services.wall(cast.school, today=TODAY, owner=owner)
        by_owner[owner] = sorted(view.paper.id for band in found.bands for view in band.papers)
    assert by_owner == {
        "": sorted([own, contract, seller]),
        "suppliers": [seller],
        "canteen": [own],
        "services": [contract],
    }
    assert (await services.wall(cast.schools[ELSEWHERE], today=TODAY)).total == 0


async def test_who_acts_at_one_canteen_keeps_no_papers_of_another(cast: Cast) -> None:
    [canteen] = await canteens_of(cast.school)
    elsewhere = cast.actor("chen", canteens=frozenset({canteen.id + 1}))
    with pytest.raises(Forbidden):
        await services.add_paper(elsewhere, None, paper_form(canteen=canteen.id), [stored()], now=NOW)


@pytest.mark.parametrize(
    ("left", "days"), ((-1, -1), (0, 30), (30, 30), (31, 60), (60, 60), (90, 90), (91, 0))
)
async def test_a_paper_hangs_in_the_band_of_its_last_day(cast: Cast, left: int, days: int) -> None:
    await add_paper(cast, await add_supplier(cast), valid_to=TODAY + timedelta(days=left))
    found = await services.wall(cast.school, today=TODAY)
    assert [band.days for band in found.bands if band.papers] == [days]
    assert [band.days for band in found.bands] == [-1, 30, 60, 90, 0]


async def test_tasks_ask_for_what_runs_out_once_and_close_with_the_renewal(cast: Cast) -> None:
    supplier = await add_supplier(cast)
    old = await add_paper(cast, supplier, valid_to=TODAY + timedelta(days=90))
    await add_paper(
        cast, supplier, kind=PaperKind.BUSINESS_LICENCE, number=CODE, valid_to=TODAY + timedelta(91)
    )
    assert await services.post_renewals(cast.school, now=NOW) == 1
    assert await services.post_renewals(cast.school, now=NOW) == 0
    assert await open_tasks(cast.school, "licences.renew") == [old]
    new = await add_paper(cast, supplier, supersedes=old, verified=False, valid_to=date(2031, 1, 1))
    await services.verify_paper(officer(cast), new, now=NOW)
    assert await open_tasks(cast.school, "licences.renew") == []
    assert await services.post_renewals(cast.school, now=NOW) == 0


async def test_a_category_nobody_may_supply_is_a_gap_until_the_papers_are_there(cast: Cast) -> None:
    supplier = await add_supplier(cast)

    async def missing() -> set[Category]:
        found = await services.gaps(cast.school, TODAY)
        return {covered.category for covered in found.covered if covered.is_gap}

    assert {Category.OIL, Category.MEAT_PRODUCT, Category.PORK} <= await missing()
    await add_paper(cast, supplier)
    assert Category.OIL in await missing()
    await add_paper(cast, supplier, kind=PaperKind.BUSINESS_LICENCE, number=CODE)
    assert not {Category.OIL, Category.MEAT_PRODUCT} & await missing()
    assert Category.PORK in await missing()


async def test_a_phone_without_a_line_knows_who_may_sell_what_and_until_when(cast: Cast) -> None:
    supplier = await add_supplier(cast)
    await add_paper(cast, supplier, valid_to=TODAY + timedelta(days=3))
    [told] = await services.seller_snapshot(cast.school, TODAY)
    assert (told["id"], told["stops"]["oil"], told["until"]) == (
        supplier,
        ["licence_missing"],
        TODAY + timedelta(days=3),
    )
    await add_paper(cast, supplier, kind=PaperKind.BUSINESS_LICENCE, number=CODE)
    [told] = await services.seller_snapshot(cast.school, TODAY)
    assert told["stops"] == {"oil": [], "meat_product": []}


async def test_a_supplier_hands_in_a_paper_by_its_link_and_a_person_verifies_it(cast: Cast) -> None:
    supplier = await add_supplier(cast)
    token = await services.make_link(manager(cast), supplier, LinkForm(14), now=NOW)
    link = await services.open_link(token, "10.0.0.9", now=NOW)
    assert (link.supplier_name, link.school_name) == ("绿源配送有限公司", "第一小学")
    await services.hand_in(token, "10.0.0.9", paper_form(), [stored()], now=NOW)
    [paper] = await services.papers_of(cast.school, supplier, today=TODAY, lead=90)
    assert (paper.standing.state, paper.row["arrival"], paper.row["entered_by"]) == (
        PaperState.PENDING,
        "link",
        None,
    )
    [told] = await services.handed_in(link)
    assert (told["number"], told["checked"]) == (JY, "pending")
    await services.verify_paper(manager(cast), paper.paper.id, now=NOW)


async def test_a_link_ends_by_time_or_by_hand_and_is_kept_only_as_a_digest(cast: Cast) -> None:
    supplier = await add_supplier(cast)
    token = await services.make_link(manager(cast), supplier, LinkForm(1), now=NOW)
    [link] = await services.links_of(cast.school, supplier, now=NOW)
    assert token not in link.token_digest
    with pytest.raises(Missing):
        await services.open_link(token, "10.0.0.9", now=NOW + timedelta(days=1))
    with pytest.raises(Missing):
        await services.revoke_link(cast.actor("ma"), link.id, now=NOW)
    assert await services.revoke_link(manager(cast), link.id, now=NOW) == supplier
    with pytest.raises(Missing):
        await services.open_link(token, "10.0.0.9", now=NOW)


async def test_who_guesses_links_soon_has_to_wait(cast: Cast) -> None:
    seen = []
    for number in range(40):
        with pytest.raises((Missing, Refused)) as problem:
            await services.open_link(f"A001.guess{number}", "10.0.0.66", now=NOW)
        seen.append(type(problem.value))
    assert seen[0] is Missing
    assert Refused in seen


async def test_a_supplier_cannot_heap_up_papers(cast: Cast) -> None:
    supplier = await add_supplier(cast)
    token = await services.make_link(manager(cast), supplier, LinkForm(14), now=NOW)
    for _number in range(20):
        await services.hand_in(token, "10.0.0.9", paper_form(), [stored()], now=NOW)
    with pytest.raises(Refused) as refused:
        await services.hand_in(token, "10.0.0.9", paper_form(), [stored()], now=NOW)
    assert rules(refused) == [("", "too_many_waiting")]


async def test_a_citizens_number_on_an_identity_card_is_kept_masked(cast: Cast) -> None:
    supplier = await add_supplier(cast)
    identity = {"kind": PaperKind.IDENTITY, "number": "360426199101010071"}
    licence = await add_paper(cast, supplier, verified=False, **identity)
    found = await services.paper_of(cast.school, licence, today=TODAY, lead=90)
    assert found.paper.number == "360***********0071"
    again = paper_form(kind=PaperKind.IDENTITY, number=found.paper.number)
    await services.change_paper(manager(cast), licence, again, [], now=NOW)
    found = await services.paper_of(cast.school, licence, today=TODAY, lead=90)
    assert found.paper.number == "360***********0071"
