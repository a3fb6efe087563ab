"""At the counter: whose goods are stopped today, and why."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from canteen.kit.problems import Level
from suppliers.goods.rules import Category, Need, PaperKind, Per, Source
from suppliers.licences.rules import (
    Checked,
    Paper,
    PaperState,
    Seller,
    Standing,
    band_of,
    coverage,
    covers,
    holds,
    leads_of,
    record_findings,
    standing_of,
    supplier_stops,
)

TODAY = date(2026, 11, 20)
YESTERDAY, TOMORROW = date(2026, 11, 19), date(2026, 11, 21)
SELLER = Seller(1, "绿源配送", Source.TRADER, frozenset({Category.OIL, Category.MEAT_PRODUCT}))
LICENCE = Paper(7, PaperKind.FOOD_OPERATION, "JY13301080111719", valid_to=TODAY, checked=Checked.VERIFIED)


@dataclass(frozen=True)
class Row:
    """A row of the paper matrix."""

    paper: PaperKind
    need: Need = Need.REQUIRED
    one_of: str = ""
    per: Per = Per.SUPPLIER
    condition: str = ""


JY = Row(PaperKind.FOOD_OPERATION)
EITHER = (Row(PaperKind.FOOD_OPERATION, one_of="a"), Row(PaperKind.PREPACKAGED_FILING, one_of="a"))


def stops(*papers: Paper, seller: Seller = SELLER, needs=(JY,), category=Category.OIL, on=TODAY) -> list[str]:
    return [f.rule for f in supplier_stops(seller, papers, needs, category, on) if f.level is Level.ERROR]


def test_a_licence_that_ends_today_still_holds_today() -> None:
    assert stops(LICENCE) == []


def test_a_licence_that_ended_yesterday_stops() -> None:
    assert stops(replace(LICENCE, valid_to=YESTERDAY)) == ["licence_expired"]
    assert stops(LICENCE, on=TOMORROW) == ["licence_expired"]


def test_a_licence_that_ends_tomorrow_or_never_holds() -> None:
    assert stops(replace(LICENCE, valid_to=TOMORROW)) == []
    assert stops(replace(LICENCE, valid_to=None)) == []


def test_a_licence_that_begins_tomorrow_does_not_hold_yet() -> None:
    assert stops(replace(LICENCE, valid_from=TOMORROW, valid_to=None)) == ["licence_not_begun"]
    assert stops(replace(LICENCE, valid_from=TODAY, valid_to=None)) == []


def test_nothing_is_taken_from_a_seller_without_the_licence() -> None:
    assert stops() == ["licence_missing"]
    assert stops(replace(LICENCE, kind=PaperKind.BUSINESS_LICENCE)) == ["licence_missing"]


def test_a_paper_that_nobody_verified_does_not_count() -> None:
    assert stops(replace(LICENCE, checked=Checked.PENDING)) == ["licence_not_verified"]


def test_a_paper_that_was_turned_down_is_as_good_as_none() -> None:
    assert stops(replace(LICENCE, checked=Checked.REJECTED)) == ["licence_missing"]


def test_a_valid_paper_beside_an_expired_one_is_enough() -> None:
    assert stops(replace(LICENCE, valid_to=YESTERDAY), replace(LICENCE, id=8)) == []


@pytest.mark.parametrize("standing", (Standing.SUSPENDED, Standing.BLACKLISTED, Standing.LEFT))
def test_nothing_is_taken_from_a_seller_who_is_suspended_blacklisted_or_gone(standing: Standing) -> None:
    assert stops(LICENCE, seller=replace(SELLER, standing=standing)) == ["supplier_suspended"]


def test_a_seller_on_the_list_of_bad_faith_stops() -> None:
    assert stops(LICENCE, seller=replace(SELLER, listed_found=True)) == ["supplier_listed"]


def test_a_warned_seller_is_told_about_and_does_not_stop() -> None:
    warned = replace(SELLER, standing=Standing.WARNED, reason="late three times")
    (found,) = supplier_stops(warned, [LICENCE], [JY], Category.OIL, TODAY)
    assert (found.rule, found.level) == ("supplier_warned", Level.WARNING)


def test_goods_that_were_not_agreed_stop() -> None:
    assert stops(LICENCE, category=Category.PORK) == ["category_not_covered"]


def test_goods_outside_the_scope_of_the_licence_stop() -> None:
    only_meat = replace(LICENCE, categories=frozenset({Category.MEAT_PRODUCT}))
    assert stops(only_meat) == ["category_not_covered"]
    assert stops(only_meat, category=Category.MEAT_PRODUCT) == []


def test_one_paper_of_a_group_is_enough() -> None:
    assert stops(LICENCE, needs=EITHER) == []
    assert stops(needs=EITHER) == ["licence_missing"]


def test_papers_of_the_batch_are_not_the_sellers_matter() -> None:
    assert stops(LICENCE, needs=(JY, Row(PaperKind.BATCH_REPORT, per=Per.BATCH))) == []


def test_a_paper_asked_for_on_a_condition_is_asked_about_and_does_not_stop() -> None:
    row = Row(PaperKind.SWINE_FEVER, Need.CONDITIONAL, condition="where the market asks for it")
    (found,) = supplier_stops(SELLER, [LICENCE], [JY, row], Category.OIL, TODAY)
    assert (found.rule, found.level) == ("licence_missing", Level.WARNING)


def test_a_need_that_was_taken_back_asks_for_nothing() -> None:
    assert stops(LICENCE, needs=(JY, Row(PaperKind.CONTRACT, Need.NONE))) == []


def test_everything_that_is_wrong_is_said_at_once() -> None:
    bad = replace(SELLER, standing=Standing.SUSPENDED)
    needs = (JY, Row(PaperKind.CONTRACT))
    assert stops(seller=bad, needs=needs, category=Category.PORK) == [
        "supplier_suspended",
        "category_not_covered",
        "licence_missing",
        "licence_missing",
    ]


def made(number: str, *ticked: Category) -> Paper:
    return Paper(1, PaperKind.FOOD_PRODUCTION, number, frozenset(ticked), checked=Checked.VERIFIED)


def test_a_dairy_licence_does_not_cover_meat_products() -> None:
    dairy, meat = made("SC10533010800012"), made("SC10451010400238")
    assert (covers(dairy, Category.DAIRY), covers(dairy, Category.MEAT_PRODUCT)) == (True, False)
    assert (covers(meat, Category.DAIRY), covers(meat, Category.MEAT_PRODUCT)) == (False, True)


def test_a_producers_list_may_hold_more_kinds_than_its_number() -> None:
    assert covers(made("SC10533010800012", Category.SOY), Category.SOY)


def test_a_caterers_licence_covers_no_goods_unless_they_are_ticked() -> None:
    caterer = replace(LICENCE, number="JY25114020001234")
    assert not covers(caterer, Category.OIL)
    assert covers(replace(caterer, categories=frozenset({Category.OIL})), Category.OIL)


def test_a_filing_covers_packed_food_and_nothing_fresh() -> None:
    filing = replace(LICENCE, kind=PaperKind.PREPACKAGED_FILING, number="YB13301080111710")
    assert (covers(filing, Category.OIL), covers(filing, Category.PORK)) == (True, False)
    assert not covers(replace(filing, categories=frozenset({Category.PORK})), Category.PORK)


def test_an_operation_licence_covers_no_tableware() -> None:
    assert not covers(LICENCE, Category.TABLEWARE)


@pytest.mark.parametrize(
    ("left", "state"),
    ((91, "verified"), (90, "expiring"), (1, "expiring"), (0, "expiring"), (-1, "expired")),
)
def test_a_paper_is_expiring_from_ninety_days_to_its_last(left: int, state: str) -> None:
    paper = replace(LICENCE, valid_to=date.fromordinal(TODAY.toordinal() + left))
    found = standing_of(paper, TODAY)
    assert (found.state, found.days_left) == (state, left)


def test_a_paper_without_an_end_stays_valid() -> None:
    found = standing_of(replace(LICENCE, valid_to=None), TODAY)
    assert (found.state, found.days_left) == (PaperState.VERIFIED, None)


def test_a_replaced_paper_stands_until_the_new_one_begins() -> None:
    old = replace(LICENCE, checked=Checked.SUPERSEDED, valid_to=date(2026, 12, 31))
    assert not holds(old, TODAY)
    assert holds(replace(old, replaced_from=TOMORROW), TODAY)
    assert not holds(replace(old, replaced_from=TOMORROW), TOMORROW)


def test_the_wall_has_bands_of_ninety_sixty_and_thirty_days() -> None:
    leads = leads_of(90)
    assert leads == (90, 60, 30)
    assert [band_of(days, leads) for days in (-1, 0, 30, 31, 60, 61, 90, 91, None)] == [
        -1, 30, 30, 60, 60, 90, 90, 0, 0,
    ]  # fmt: skip


def test_a_category_without_a_usable_seller_is_a_gap_and_says_why() -> None:
    matrix = lambda category, source: [JY]  # noqa: E731
    wanted = (Category.OIL, Category.MEAT_PRODUCT, Category.PORK)
    other = Seller(2, "老张肉铺", Source.MARKET, frozenset({Category.MEAT_PRODUCT}))
    found = coverage(
        wanted, [SELLER, other], {1: [replace(LICENCE, valid_to=YESTERDAY)], 2: [LICENCE]}, matrix, TODAY
    )
    assert [(c.category, list(c.usable), c.is_gap) for c in found] == [
        (Category.OIL, [], True),
        (Category.MEAT_PRODUCT, [2], False),
        (Category.PORK, [], True),
    ]
    assert [f.rule for f in found[0].stopped[1]] == ["licence_expired"]
    assert found[2].stopped == {}


def test_three_clean_years_and_the_list_of_bad_faith_are_asked_for() -> None:
    assert [f.rule for f in record_findings(None, None, TODAY)] == ["clean_record", "bad_faith_list"]
    assert record_findings(date(2023, 11, 20), date(2026, 1, 5), TODAY) == []
    assert [f.rule for f in record_findings(date(2023, 11, 21), TODAY, TODAY)] == ["clean_record"]
