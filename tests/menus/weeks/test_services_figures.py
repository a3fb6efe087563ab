"""The week's means against their bands, and the pips of a meal."""

from pathlib import Path

import pytest

from menus.weeks.rules import PRESETS, Policy, Week, judge
from menus.weeks.services.check import check_file
from menus.weeks.services.figures import Gauge, gauges, pips

FILE = Path(__file__).parents[2] / "data" / "menus" / "diaozhuang-2025-11-10.csv"


@pytest.mark.parametrize(("found", "tone"), [(49.9, "due"), (50.0, ""), (100.0, ""), (100.1, "due")])
def test_outside_its_band_a_figure_is_amber(found: float, tone: str) -> None:
    assert Gauge("x", "X", found, "g", 0, 50.0, 100.0).tone == tone


def test_a_figure_far_out_still_stands_within_the_drawing() -> None:
    gauge = Gauge("x", "X", 1000.0, "g", 0, 50.0, None)
    assert 0 <= gauge.at(gauge.found, 0) <= 100
    assert gauge.at(gauge.most, 100) == 100


def test_every_finding_on_nutrition_has_its_gauge_in_amber() -> None:
    verdict = check_file(FILE.read_bytes(), FILE.name)
    shown = {gauge.rule: gauge.tone for gauge in gauges(verdict)}
    told = {finding.rule for finding in verdict.findings} & set(shown)
    assert {rule for rule, tone in shown.items() if tone} == told - {"oil"}


def test_an_empty_week_has_nothing_to_draw() -> None:
    assert gauges(judge(Week(()))) == []


def test_pips_follow_the_schools_own_composition() -> None:
    verdict = check_file(FILE.read_bytes(), FILE.name)
    default = [(p.have, p.want) for p in pips(verdict.meals[0], verdict.policy)]
    assert default == [(1, 2), (1, 2), (1, 1)]
    policy = Policy(composition=PRESETS["one_big_one_small_one_vegetable_one_soup"])
    other = [(p.have, p.want) for p in pips(verdict.meals[0], policy)]
    assert other == [(1, 1), (1, 1), (1, 1), (1, 1)]
