"""What stops goods at the door."""

from datetime import date, timedelta
from typing import Any

import pytest

from canteen.kit.problems import Level, error
from suppliers.goods.rules import Category, PaperKind, Storage
from suppliers.purchasing.rules import (
    Certificate,
    Goods,
    certificate_findings,
    line_findings,
    may_be_let_through,
    people_findings,
    senses_for,
)

TODAY = date(2026, 3, 10)
HALF_PAST_FIVE, NINE = 5 * 60 + 30, 9 * 60


def goods(**more: Any) -> Goods:
    values: dict[str, Any] = {"category": Category.PRODUCE, "storage": Storage.DRY, "accepted": 5000, **more}
    checks = senses_for(values["category"], values["storage"])
    return Goods(**{"senses": dict.fromkeys(checks, True), **values})


def rules(found: list[Any]) -> list[str]:
    return [each.rule for each in found]


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


@pytest.mark.parametrize(
    ("storage", "tenths", "stopped"),
    [
        (Storage.CHILLED, 80, []),
        (Storage.CHILLED, 81, ["too_warm"]),
        (Storage.FROZEN, -90, []),
        (Storage.FROZEN, -89, ["too_warm"]),
        (Storage.CHILLED, None, ["temperature_missing"]),
        (Storage.WARM, None, []),
        (Storage.DRY, None, []),
    ],
)
def test_chilled_goods_come_at_eight_degrees_and_frozen_at_minus_nine(
    storage: Storage, tenths: int | None, stopped: list[str]
) -> None:
    line = goods(category=Category.MEAT, storage=storage, celsius_tenths=tenths)
    assert rules(line_findings(line, TODAY, "lines.0")) == stopped


def test_fresh_vegetables_and_eggs_come_as_warm_as_the_air_and_frozen_ones_do_not() -> None:
    for category in (Category.PRODUCE, Category.EGG):
        assert line_findings(goods(category=category, storage=Storage.CHILLED), TODAY, "lines.0") == []
    frozen = goods(storage=Storage.FROZEN)
    assert rules(line_findings(frozen, TODAY, "lines.0")) == ["temperature_missing"]


@pytest.mark.parametrize(("expires", "stopped"), [(1, []), (0, []), (-1, ["goods_expired"])])
def test_goods_may_come_on_their_last_day_and_not_after_it(expires: int, stopped: list[str]) -> None:
    assert rules(line_findings(goods(expires_on=day(expires)), TODAY, "lines.0")) == stopped


def test_dates_that_cannot_be_are_told_at_their_fields() -> None:
    found = line_findings(goods(produced_on=day(2), expires_on=day(1)), TODAY, "lines.3")
    assert [(each.rule, each.at) for each in found] == [
        ("produced_later", "lines.3.produced_on"),
        ("dates_turned", "lines.3.expires_on"),
    ]


def test_every_sense_is_asked_for_and_a_wrong_one_stops() -> None:
    checks = senses_for(Category.PRODUCE, Storage.DRY)
    found = line_findings(goods(senses={checks[0]: True, checks[1]: False}), TODAY, "lines.0")
    assert [(each.rule, each.at) for each in found] == [
        ("sense_wrong", f"lines.0.senses.{checks[1]}"),
        ("sense_missing", f"lines.0.senses.{checks[2]}"),
    ]


def test_a_line_that_is_refused_wholly_is_not_asked_for_anything() -> None:
    line = goods(accepted=0, storage=Storage.CHILLED, expires_on=day(-9), senses={})
    assert line_findings(line, TODAY, "lines.0") == []


def certificate(form: str, issued: int, minute: int | None = None) -> Certificate:
    return Certificate(PaperKind.ANIMAL_QUARANTINE, "3301000123", form, day(issued), minute)


@pytest.mark.parametrize(
    ("form", "issued", "minute", "stopped"),
    [
        ("product_b", 0, None, []),
        ("product_b", -1, None, ["quarantine_expired"]),
        ("product_b", -1, 17 * 60 - 1, ["quarantine_expired"]),
        ("product_b", -1, 17 * 60, ["quarantine_evening"]),
        ("product_b", -2, 17 * 60, ["quarantine_expired"]),
        ("product_a", -7, None, []),
        ("product_a", -8, None, ["quarantine_expired"]),
        ("animal_a", -5, None, []),
        ("animal_a", -6, None, ["quarantine_expired"]),
        ("product_a", 1, None, ["paper_later"]),
        ("", 0, None, ["paper_form"]),
    ],
)
def test_product_b_holds_the_same_day_and_product_a_for_seven(
    form: str, issued: int, minute: int | None, stopped: list[str]
) -> None:
    paper = certificate(form, issued, minute)
    assert rules(certificate_findings(paper, TODAY, HALF_PAST_FIVE, NINE, "papers.0")) == stopped


@pytest.mark.parametrize(("arrives", "level"), [(NINE, Level.WARNING), (NINE + 1, Level.ERROR)])
def test_product_b_of_the_evening_before_is_a_warning_until_the_hour_of_the_school(
    arrives: int, level: Level
) -> None:
    [finding] = certificate_findings(certificate("product_b", -1, 20 * 60), TODAY, arrives, NINE, "papers.0")
    assert finding.level is level


def test_a_paper_without_number_and_date_is_told_twice() -> None:
    found = certificate_findings(Certificate(PaperKind.ANIMAL_QUARANTINE, " "), TODAY, NINE, NINE, "papers.0")
    assert [(each.rule, each.at) for each in found] == [
        ("paper_number", "papers.0.number"),
        ("paper_date", "papers.0.issued_on"),
    ]


@pytest.mark.parametrize(("second", "stopped"), [(8, []), (None, ["second_missing"]), (7, ["same_person"])])
def test_two_different_people_look(second: int | None, stopped: list[str]) -> None:
    assert rules(people_findings(7, second)) == stopped


def test_nobody_lets_expired_goods_through() -> None:
    assert may_be_let_through([error("licence_expired", "")])
    assert not may_be_let_through([error("licence_expired", ""), error("goods_expired", "")])
