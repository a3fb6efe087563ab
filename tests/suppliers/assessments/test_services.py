"""A supplier's school year: figures of real deliveries, the deed, the district over its schools."""

from datetime import date
from typing import Any

import pytest

from canteen.accounts.rules import Role
from canteen.kit.actor import Actor
from canteen.kit.pages import Listing
from canteen.kit.problems import Forbidden, Missing, Refused
from suppliers.assessments import services
from suppliers.assessments.forms import AssessmentForm
from suppliers.assessments.rules import Outcome
from suppliers.licences.rules import Standing
from suppliers.licences.services import supplier_of
from tests.cast import DISTRICT, ELSEWHERE, NOW, SECOND
from tests.make import Cast, make_cast
from tests.suppliers.make import delivery_row, order_row, supplier_row

YEAR = 2025
IN_YEAR = date(2026, 3, 10)


@pytest.fixture
async def cast(database: str) -> Cast:
    """The cast on each engine in turn."""
    return await make_cast()


def form(
    outcome: Outcome = Outcome.KEEP, service: int | None = 90, reason: str = "", year: int = YEAR
) -> AssessmentForm:
    """An assessment as it is sent."""
    return AssessmentForm(year, outcome, service, reason)


async def a_year(cast: Cast, school: int | None = None, **changes: Any) -> int:
    """A supplier with four deliveries: one part, one late, one let through by the principal."""
    at = school or cast.school
    supplier = await supplier_row(at, **changes)
    order = await order_row(at, supplier, IN_YEAR, by_minute=5 * 60)
    stops = '[{"rule":"licence_missing","level":"error","message":"m","facts":{},"at":""}]'
    await delivery_row(at, supplier, [(20, 20, 500)], day=IN_YEAR)
    await delivery_row(at, supplier, [(20, 15, 500)], day=IN_YEAR)
    await delivery_row(at, supplier, [(10, 10, 500)], day=IN_YEAR, order=order)
    await delivery_row(at, supplier, [(10, 10, 500)], day=IN_YEAR, stops=stops, exception_at=NOW)
    await delivery_row(at, supplier, [(99, 0, 500)], day=date(2025, 8, 31))
    return supplier


async def test_the_figures_are_those_of_the_school_years_deliveries(cast: Cast) -> None:
    supplier = await a_year(cast)
    figures = (await services.year_figures(cast.school, YEAR))[supplier]
    assert (figures.deliveries, figures.lines, figures.refused_lines) == (4, 4, 1)
    assert (figures.accepted_fen, figures.refused_fen) == (27_500, 2_500)
    assert figures.share_permille == 63
    assert (figures.ordered, figures.late, figures.gaps, figures.exceptions) == (1, 1, 1, 1)
    assert figures.price_permille is None


async def test_prices_are_measured_against_the_other_sellers(cast: Cast) -> None:
    dear, cheap = await supplier_row(cast.school, "贵"), await supplier_row(cast.school, "便宜")
    await delivery_row(cast.school, dear, [(10, 10, 550)], day=IN_YEAR)
    await delivery_row(cast.school, cheap, [(10, 10, 500)], day=IN_YEAR)
    figures = await services.year_figures(cast.school, YEAR)
    assert (figures[dear].price_permille, figures[dear].compared_lines) == (100, 1)
    assert figures[cheap].price_permille == -91


async def test_an_assessment_is_kept_and_a_second_one_corrects_it(cast: Cast) -> None:
    supplier = await a_year(cast)
    first = await services.assess(cast.actor("zhou"), supplier, form(Outcome.WARN, 50, "迟到"), now=NOW)
    await services.assess(cast.actor("zhou"), supplier, form(Outcome.WARN, 100, "迟到"), now=NOW)
    rows = await services.history(cast.school, supplier)
    assert [row["corrects"] for row in rows] == [first, None]
    assert [row["score"] for row in rows] == [23, 18]
    one = await services.assessment_of(cast.school, supplier, YEAR)
    assert (one.row or {})["who"] == "周校长"
    assert (await supplier_of(cast.school, supplier)).standing == Standing.WARNED


async def test_without_deliveries_service_or_reason_nothing_is_judged(cast: Cast) -> None:
    supplier = await a_year(cast)
    idle = await supplier_row(cast.school, "无送货")
    for who, wanted, rule in (
        (idle, form(), ("", "nothing_delivered")),
        (supplier, form(service=None), ("service", "missing")),
        (supplier, form(Outcome.SUSPEND), ("reason", "missing")),
        (supplier, form(year=2027), ("year", "year_later")),
    ):
        with pytest.raises(Refused) as refused:
            await services.assess(cast.actor("zhou"), who, wanted, now=NOW)
        assert [(f.at, f.rule) for f in refused.value.findings] == [rule]
    with pytest.raises(Forbidden):
        machine = Actor(None, cast.school, frozenset({Role.PRINCIPAL}), key=1)
        await services.assess(machine, supplier, form(), now=NOW)
    with pytest.raises(Missing):
        await services.assess(cast.actor("ma"), supplier, form(), now=NOW)


async def test_the_district_sums_its_schools_and_suspends_for_all(cast: Cast) -> None:
    district = cast.schools[DISTRICT]
    library = await supplier_row(district, "全区配送")
    copies = [
        await a_year(cast, cast.schools[at], name="全区配送", origin_school=district, origin_id=library)
        for at in ("A001", SECOND)
    ]
    wu = Actor(cast.people["zheng"], cast.schools[SECOND], frozenset({Role.PRINCIPAL}))
    await services.assess(cast.actor("zhou"), copies[0], form(Outcome.WARN, 80, "迟到"), now=NOW)
    await services.assess(wu, copies[1], form(Outcome.WARN, 60, "迟到"), now=NOW)
    one = await services.assessment_of(district, library, YEAR)
    assert (one.schools, len(one.said), one.figures.deliveries, one.figures.service) == (2, 2, 8, 70)
    suspend = form(Outcome.SUSPEND, None, "两校均缺证")
    await services.assess(cast.actor("shen"), library, suspend, now=NOW)
    for school, supplier in ((cast.school, copies[0]), (cast.schools[SECOND], copies[1])):
        assert (await supplier_of(school, supplier)).standing == Standing.SUSPENDED
    assert (await services.assessment_of(district, library, YEAR)).outcome is Outcome.SUSPEND


async def test_a_school_year_is_listed_searched_and_filtered(cast: Cast) -> None:
    supplier = await a_year(cast)
    other = await supplier_row(cast.school, "城西蔬菜")
    await delivery_row(cast.school, other, [(10, 10, 500)], day=IN_YEAR)
    await services.assess(cast.actor("zhou"), supplier, form(Outcome.WARN, 50, "迟到"), now=NOW)
    for asked, expected in (
        (Listing(sort="score"), [supplier, other]),
        (Listing(q="城西"), [other]),
        (Listing(filters={"outcome": "warn"}), [supplier]),
        (Listing(filters={"outcome": "open"}), [other]),
    ):
        found = await services.assessed(cast.school, YEAR, asked)
        assert [one.supplier.id for one in found] == expected
    assert await services.assessed(cast.schools[ELSEWHERE], YEAR, Listing()) == []
