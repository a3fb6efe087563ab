"""The figures of each day beside the mean of the week."""

from pathlib import Path

import pytest

from menus.weeks.rules import Week, judge
from menus.weeks.services.check import check_file
from menus.weeks.services.daily import by_day

FILE = Path(__file__).parents[2] / "data" / "menus" / "diaozhuang-2025-11-10.csv"


def test_the_days_of_a_figure_make_the_mean_of_its_gauge() -> None:
    shown = {one.gauge.rule: one for one in by_day(check_file(FILE.read_bytes(), FILE.name))}
    assert list(shown) == ["energy", "protein", "fat_share", "calcium"]
    for rule in ("energy", "protein", "calcium"):
        assert sum(shown[rule].values) / 5 == pytest.approx(shown[rule].gauge.found)
    assert all(len(one.days) == len(one.values) == 5 for one in shown.values())
    assert all(0 < share < 100 for share in shown["fat_share"].values)


def test_an_empty_week_has_no_days_to_draw() -> None:
    assert by_day(judge(Week(()))) == []
