"""What is weighed and counted, and which papers goods need: the rules, at their boundaries."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suppliers.goods.rules import (
    CATEGORY_NAMES,
    SELLERS,
    Category,
    Good,
    Layer,
    Matrix,
    Measure,
    Need,
    PaperKind,
    PaperNeedRule,
    Per,
    Source,
    Storage,
    Unit,
    amount_fen,
    banned_findings,
    changes_of,
    count_of,
    fen_per_kg,
    lead_days,
    lead_of,
    loosens,
    missing_papers,
    needs_of,
    price_doubts,
    quantity_of,
    said,
    shipped_needs,
    unit_findings,
    units_of,
    weight_doubts,
)

RICE = Good(
    1, "大米", (), Category.GRAIN, "25kg/袋", Measure.GRAMS, "袋", (Unit("袋", 25_000),), Storage.DRY, 180
)
EGGS = Good(
    2, "鸡蛋", (), Category.EGG, "", Measure.PIECES, "箱", (Unit("板", 30), Unit("箱", 360)), Storage.DRY
)
BEFORE, SINCE = date(2026, 1, 31), date(2026, 2, 1)
CONFORMITY = PaperKind.CONFORMITY


def batch_needs(category: Category, source: Source, on: date) -> dict[PaperKind, Need]:
    needs = needs_of(shipped_needs(), category, source, on)
    return {need.paper: need.need for need in needs if need.per is Per.BATCH}


@pytest.mark.parametrize(
    ("unit", "count", "grams"),
    [
        ("斤", 12_500, 6250),
        ("公斤", 12_500, 12_500),
        ("KG", 1000, 1000),
        ("两", 3000, 150),
        ("袋", 2500, 62_500),
    ],
)
def test_jin_kilograms_and_sacks_become_grams(unit: str, count: int, grams: int) -> None:
    assert quantity_of(units_of(RICE), unit, count) == grams
    assert count_of(units_of(RICE), unit, grams) == count


def test_eggs_are_counted_by_tray_and_box() -> None:
    assert quantity_of(units_of(EGGS), "板", 2000) == 60
    assert quantity_of(units_of(EGGS), "箱", 500) == 180
    assert quantity_of(units_of(EGGS), "个", 7000) == 7


def test_a_unit_nobody_knows_is_refused_and_a_weight_is_no_count() -> None:
    for good, unit in ((RICE, "筐"), (EGGS, "斤")):
        with pytest.raises(ValueError, match="unknown unit"):
            quantity_of(units_of(good), unit, 1000)


def test_the_unit_it_is_bought_in_comes_first_and_every_unit_once() -> None:
    names = [unit.name for unit in units_of(EGGS)]
    assert names == ["箱", "板", "个"]
    assert units_of(RICE)[0].name == "袋"


def test_half_a_fen_is_rounded_up_and_taken_back_whole() -> None:
    assert [amount_fen(count, 3) for count in (499, 500, 501, 1500)] == [1, 2, 2, 5]
    assert amount_fen(-500, 3) == -2


@given(st.integers(-(10**9), 10**9), st.integers(0, 10**7))
def test_an_amount_is_never_half_a_fen_off_and_a_correction_undoes_it(count: int, price: int) -> None:
    assert abs(amount_fen(count, price) * 1000 - count * price) <= 500
    assert amount_fen(-count, price) == -amount_fen(count, price)


def test_a_price_for_a_jin_or_a_sack_is_told_by_the_kilogram() -> None:
    assert fen_per_kg(1280, 500) == 2560
    assert fen_per_kg(13_500, 25_000) == 540
    assert fen_per_kg(1, 3000) == 0


@pytest.mark.parametrize(
    ("price", "asked"), [(1799, False), (1800, True), (2000, True), (556, False), (555, True), (500, True)]
)
def test_twice_or_half_the_usual_price_asks_jin_or_kilogram(price: int, asked: bool) -> None:
    assert [f.rule for f in price_doubts(price, 1000)] == ["jin_or_kilogram"] * asked
    assert [f.rule for f in weight_doubts(price, 1000)] == ["jin_or_kilogram"] * asked


def test_nothing_is_asked_where_nothing_is_usual() -> None:
    assert price_doubts(1000, None) == price_doubts(1000, 0) == weight_doubts(1000, None) == []
    assert price_doubts(2000, 1000)[0].facts["times"] == "2"


def test_quantities_are_said_in_packs_and_in_the_school_s_own_weight() -> None:
    assert said(75_000, RICE, "kg") == "3 袋（75 公斤）"
    assert said(12_250, RICE, "kg") == "12.25 公斤"
    assert said(12_250, RICE, "jin") == "24.5 斤，合 12.25 公斤"
    assert said(75_000, RICE, "jin") == "3 袋（150 斤，合 75 公斤）"
    assert said(720, EGGS, "kg") == "2 箱（720 个）"
    assert said(7, EGGS, "kg") == "7 个"
    assert said(-500, RICE, "kg", "en") == "-0.5 kg"


def test_units_that_cannot_stand_are_all_named() -> None:
    units = [Unit("斤", 600), Unit("袋", 0), Unit("袋", 5000)]
    found = [(f.rule, f.at) for f in unit_findings(Measure.GRAMS, "筐", units)]
    assert found == [
        ("unit_known", "units.0.name"),
        ("unit_empty", "units.1.quantity"),
        ("unit_twice", "units.2.name"),
        ("unit_unknown", "unit"),
    ]
    assert unit_findings(Measure.GRAMS, "斤", []) == []


def test_every_category_has_its_days_and_a_good_may_have_its_own() -> None:
    assert all(lead_days(category) > 0 for category in CATEGORY_NAMES)
    assert (lead_of(RICE), lead_of(replace(RICE, expiry_lead_days=0))) == (30, 0)


@pytest.mark.parametrize("category", [Category.PRODUCE, Category.EGG, Category.AQUATIC])
@pytest.mark.parametrize("source", [Source.TRADER, Source.MARKET, Source.FARMER, Source.PRODUCER])
def test_fresh_produce_needs_the_conformity_certificate_from_february_2026(
    category: Category, source: Source
) -> None:
    assert batch_needs(category, source, BEFORE)[CONFORMITY] is Need.CONDITIONAL
    assert batch_needs(category, source, SINCE)[CONFORMITY] is Need.REQUIRED


def test_on_its_last_day_a_farmer_s_own_word_still_did_and_on_the_next_it_does_not() -> None:
    at_hand = {PaperKind.OWN_SALE_PROOF, PaperKind.PURCHASE_PROOF}
    for on, missing in ((BEFORE, []), (SINCE, [(CONFORMITY,)])):
        needs = needs_of(shipped_needs(), Category.PRODUCE, Source.FARMER, on)
        found = [m for m in missing_papers(needs, at_hand, Per.BATCH) if m.required]
        assert [m.papers for m in found] == missing


def test_the_certificate_itself_sufficed_before_it_was_asked_for() -> None:
    needs = needs_of(shipped_needs(), Category.EGG, Source.TRADER, BEFORE)
    at_hand = {CONFORMITY, PaperKind.PURCHASE_PROOF}
    assert [m for m in missing_papers(needs, at_hand, Per.BATCH) if m.required] == []


def test_wild_fish_may_come_with_the_fisher_s_word_and_farmed_fish_with_the_certificate() -> None:
    needs = needs_of(shipped_needs(), Category.AQUATIC, Source.MARKET, SINCE)
    for paper in (CONFORMITY, PaperKind.OWN_SALE_PROOF, PaperKind.BATCH_REPORT):
        found = missing_papers(needs, {PaperKind.PURCHASE_PROOF, paper}, Per.BATCH)
        assert not any(m.required for m in found)
    only_bill = missing_papers(needs, {PaperKind.PURCHASE_PROOF}, Per.BATCH)
    assert CONFORMITY in only_bill[0].papers and only_bill[0].required


@pytest.mark.parametrize(
    "source", [Source.SLAUGHTERHOUSE, Source.TRADER, Source.MARKET, Source.FARMER, Source.GARDEN]
)
def test_pork_comes_with_two_certificates_each_time_whoever_sells_it(source: Source) -> None:
    needs = batch_needs(Category.PORK, source, date(2025, 11, 10))
    assert needs[PaperKind.ANIMAL_QUARANTINE] is needs[PaperKind.MEAT_INSPECTION] is Need.REQUIRED


def test_one_certificate_for_split_carcasses_stands_for_both() -> None:
    needs = needs_of(shipped_needs(), Category.PORK, Source.TRADER, SINCE)
    bill = PaperKind.PURCHASE_PROOF
    quarantine, inspection = PaperKind.ANIMAL_QUARANTINE, PaperKind.MEAT_INSPECTION

    def stopping(*papers: PaperKind) -> list[PaperKind]:
        return [m.papers[0] for m in missing_papers(needs, {bill, *papers}, Per.BATCH) if m.required]

    assert stopping(PaperKind.SPLIT_SALE) == stopping(quarantine, inspection) == []
    assert stopping() == [quarantine, inspection]
    assert stopping(quarantine) == [inspection]
    assert stopping(inspection) == [quarantine]


def test_a_split_certificate_is_no_paper_of_a_slaughterhouse() -> None:
    assert PaperKind.SPLIT_SALE not in batch_needs(Category.PORK, Source.SLAUGHTERHOUSE, SINCE)


def test_a_paper_under_a_condition_is_asked_for_and_does_not_stop() -> None:
    needs = needs_of(shipped_needs(), Category.PORK, Source.SLAUGHTERHOUSE, SINCE)
    at_hand = {PaperKind.ANIMAL_QUARANTINE, PaperKind.MEAT_INSPECTION}
    found = missing_papers(needs, at_hand, Per.BATCH)
    assert {m.papers[0]: m.required for m in found} == {
        PaperKind.SWINE_FEVER: False,
        PaperKind.PURCHASE_PROOF: False,
    }
    assert all(m.rule.condition for m in found)


@pytest.mark.parametrize(
    ("source", "paper"),
    [
        (Source.PRODUCER, PaperKind.FOOD_PRODUCTION),
        (Source.TRADER, PaperKind.FOOD_OPERATION),
        (Source.WORKSHOP, PaperKind.WORKSHOP_REGISTRATION),
        (Source.IMPORTER, PaperKind.BUSINESS_LICENCE),
    ],
)
def test_a_seller_without_its_licence_stops(source: Source, paper: PaperKind) -> None:
    needs = needs_of(shipped_needs(), Category.SOY, source, SINCE)
    wanted = {need.paper for need in needs if need.per is Per.SUPPLIER} - {paper}
    missing = missing_papers(needs, wanted - {PaperKind.PREPACKAGED_FILING}, Per.SUPPLIER)
    assert [m.papers[0] for m in missing if m.required] == [paper]


def test_a_farmer_shows_the_identity_card_or_a_cooperative_its_licence() -> None:
    needs = needs_of(shipped_needs(), Category.PRODUCE, Source.FARMER, SINCE)
    for paper in (PaperKind.IDENTITY, PaperKind.BUSINESS_LICENCE):
        assert not any(m.required for m in missing_papers(needs, {paper}, Per.SUPPLIER))


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("source", SELLERS)
def test_nobody_sells_anything_without_any_paper(category: Category, source: Source) -> None:
    needs = needs_of(shipped_needs(), category, source, SINCE)
    own = {Category.GRAIN, Category.EGG, Category.PRODUCE, Category.AQUATIC, Category.CONDIMENT}
    if source is Source.GARDEN and category in own:
        assert not any(need.need is Need.REQUIRED for need in needs)
    else:
        assert any(need.need is Need.REQUIRED for need in needs)
    assert all(need.text for need in needs)


def test_imported_food_comes_with_its_inspection_from_whom_ever() -> None:
    for source in (Source.IMPORTER, Source.TRADER, Source.MARKET):
        assert PaperKind.IMPORT_QUARANTINE in batch_needs(Category.IMPORTED, source, SINCE)
    assert PaperKind.IMPORT_QUARANTINE in batch_needs(Category.PORK, Source.IMPORTER, SINCE)


def test_the_days_on_which_a_cell_changes_are_told_the_latest_first() -> None:
    days = changes_of(shipped_needs(), Category.PRODUCE, Source.FARMER)
    assert days == [SINCE, date(2019, 4, 1)]


SHIPPED = PaperNeedRule(
    Category.PRODUCE,
    Source.MARKET,
    PaperKind.QUICK_TEST,
    Per.BATCH,
    Need.CONDITIONAL,
    date(2019, 4, 1),
    text="操作规范2018",
)


def decided(layer: Layer, need: Need, on: date, *, row: int = 1, locked: bool = False) -> PaperNeedRule:
    return replace(SHIPPED, layer=layer, need=need, from_day=on, row=row, locked=locked)


def standing(*rows: PaperNeedRule, on: date = SINCE) -> PaperNeedRule | None:
    return next(iter(Matrix(on, [SHIPPED, *rows]).needs(Category.PRODUCE, Source.MARKET)), None)


def test_a_district_s_row_holds_from_its_day_on() -> None:
    row = decided(Layer.DISTRICT, Need.REQUIRED, SINCE)
    assert standing(row, on=BEFORE) == SHIPPED
    assert standing(row, on=SINCE) == row


def test_a_school_s_row_goes_before_the_district_s_unless_that_is_locked() -> None:
    school = decided(Layer.SCHOOL, Need.CONDITIONAL, SINCE)
    loose = decided(Layer.DISTRICT, Need.REQUIRED, BEFORE)
    assert standing(loose, school) == school
    assert standing(school, replace(loose, locked=True)) == replace(loose, locked=True)


def test_of_two_rows_of_one_day_the_later_entered_counts_and_none_takes_a_paper_back() -> None:
    rows = [
        decided(Layer.DISTRICT, Need.REQUIRED, SINCE, row=4),
        decided(Layer.DISTRICT, Need.NONE, SINCE, row=5),
    ]
    assert standing(*rows) is None
    assert standing(*rows, on=SINCE - timedelta(days=1)) == SHIPPED


def test_a_new_law_that_asks_more_goes_before_what_was_decided_before_it() -> None:
    law = replace(SHIPPED, need=Need.REQUIRED, from_day=SINCE, row=9)
    old, new = decided(Layer.DISTRICT, Need.NONE, BEFORE), decided(Layer.DISTRICT, Need.NONE, SINCE)
    assert standing(old, law) == law
    assert standing(new, law) is None


def test_a_school_is_told_when_it_asks_less() -> None:
    assert loosens(replace(SHIPPED, need=Need.REQUIRED), Need.CONDITIONAL)
    assert not loosens(SHIPPED, Need.REQUIRED) and not loosens(SHIPPED, Need.CONDITIONAL)
    assert not loosens(None, Need.NONE)


@pytest.mark.parametrize("name", ["亚硝酸盐", "食用亚硝酸钠（护色剂）", "四季豆", "鲜黄花菜", "发芽土豆"])
def test_what_no_school_may_buy_is_named_with_its_source(name: str) -> None:
    found = banned_findings([name], SINCE)
    assert [f.rule for f in found] == ["banned_good"] and "45号令" in found[0].facts["source"]


@pytest.mark.parametrize("name", ["黄花菜（干）", "土豆", "四季豆罐头盒", "豇豆"])
def test_what_only_sounds_alike_is_not(name: str) -> None:
    assert banned_findings([name], SINCE) == []


def test_a_ban_holds_from_its_day_and_for_other_names_too() -> None:
    assert banned_findings(["护色剂", "亚硝酸盐"], date(2019, 4, 1))
    assert banned_findings(["亚硝酸盐"], date(2019, 3, 31)) == []
