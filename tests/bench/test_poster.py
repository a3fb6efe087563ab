"""Ten pages of posters against ReportLab's bare drawing of the same strings and lines, in one process.

The quickest round of each counts: the others measure what else the machine does.
"""

import random

import pytest

from canteen.kit.paper import A4_LANDSCAPE, Signed, pen, poster_pdf
from menus.dishes.rules import library
from menus.weeks import paper
from menus.weeks.rules import Dish, Meal, MealName, Week
from tests.bench.test_paper import Recording, bare, timed
from tests.menus.weeks.papers import day, poster_facts

ROUNDS, MOST = 15, 1.5


def ten_pages() -> Week:
    """Seven days of three meals, so many dishes on each that ten sheets of A4 are filled."""
    dice = random.Random(7)
    meals = []
    for number in range(7):
        for name in (MealName.BREAKFAST, MealName.LUNCH, MealName.DINNER):
            chosen = dice.sample(library(), 38)
            dishes = tuple(Dish(r.name, r.kind, r.ingredients, r.label, r.size, r.method) for r in chosen)
            meals.append(Meal(day(number), name, dishes))
    return Week(tuple(meals))


@pytest.mark.bench
def test_ten_pages_of_posters_cost_at_most_half_as_much_again_as_their_bare_strings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signed = Signed("CP-2026-000123", 1, "https://canteen.example/p/A001/CP-2026-000123/1")
    facts = poster_facts(ten_pages())
    poster = paper.poster(facts, "zh_CN", A4_LANDSCAPE, signed)
    Recording.pages.clear()
    with monkeypatch.context() as patch:
        patch.setattr(pen, "Pen", Recording)
        poster_pdf(poster)
    size = (poster.sheet.width, poster.sheet.height)
    ours, limit = [], []
    for _ in range(ROUNDS):
        ours.append(timed(lambda: poster_pdf(poster)))
        limit.append(timed(lambda: bare(size, Recording.pages)))
    count, ratio = len(Recording.pages), min(ours) / min(limit)
    print(
        f"\nposter, {count} pages: {min(ours) / count * 1000:.2f} ms a page, "
        f"bare {min(limit) / count * 1000:.2f} ms, ratio {ratio:.2f}"
    )
    assert count == 10
    assert ratio <= MOST
