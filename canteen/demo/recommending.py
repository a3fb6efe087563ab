"""The district's menu library: a menu mended, given and changed since, and another that is still begun."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from canteen.demo.cast import OFFICER, RECOMMENDED, SCHOOLS, School
from canteen.demo.founding import Cast
from canteen.demo.living import CABBAGE, menu_file
from canteen.kit.actor import Actor
from canteen.kit.clock import at_local, local_day
from canteen.kit.problems import Level
from menus.dishes.rules import Kind
from menus.weeks.forms import ImportForm, MendForm, PushForm
from menus.weeks.services import drafts, imports, library, mending, verdict
from menus.weeks.services.verdict import Board

MOST_MENDS = 40


async def recommend(cast: Cast, folder: Path, now: datetime) -> None:
    """Take both published menus over, bring the first under the district's rule and give it to its schools.

    A dish is changed afterwards, which one school has got and the other has not.
    """
    officer, day = cast.actor(OFFICER), local_day(now)
    begun, changed = at_local(day - timedelta(days=20), 10), at_local(day - timedelta(days=6), 15, 30)
    first, _second = [
        await _take(officer, school, name, folder, begun)
        for school, name in zip(SCHOOLS, RECOMMENDED, strict=True)
    ]
    here, there = [cast.tenants[school.code] for school in SCHOOLS]
    await _mend(officer, first, begun)
    await library.push_week(officer, first, PushForm((here, there)), now=begun)
    sheet = (await verdict.board(officer.school, first)).sheet
    meal, greens = next((m, d) for m in sheet.meals for d in m.dishes if d.value.kind is Kind.VEGETABLE)
    await drafts.change_dish(officer, first, greens.id, CABBAGE, version=meal.version, now=changed)
    await library.push_week(officer, first, PushForm((here,)), now=changed)


async def _take(officer: Actor, school: School, name: str, folder: Path, now: datetime) -> int:
    form, data = ImportForm(name=name), menu_file(school)
    [menu] = await imports.import_file(officer, data, school.menu, form, folder=folder, now=now)
    return menu


async def _mend(officer: Actor, menu: int, now: datetime) -> None:
    """Take the first mend of the first error, until no error has one."""
    for _n in range(MOST_MENDS):
        shown = await verdict.board(officer.school, menu)
        for form in _errors(shown):
            if (await mending.mends_for(officer.school, menu, form.meal, form.finding)).mends:
                await mending.apply_mend(officer, menu, form, now=now)
                break
        else:
            return


def _errors(shown: Board) -> Iterator[MendForm]:
    """The first mend of each error of a meal."""
    version = shown.sheet.head.version
    for meal, judged in zip(shown.sheet.filled, shown.verdict.meals, strict=True):
        for number, finding in enumerate(judged.findings):
            if finding.level is Level.ERROR:
                yield MendForm(finding=number, mend=0, version=version, meal=meal.id)
