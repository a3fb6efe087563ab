"""Printing: a paper keeps its number until it changes; strangers get nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from canteen.accounts.tables import Trail
from canteen.kit.pages import Listing
from canteen.kit.paper import fonts
from canteen.schools.rules.prints import PrintState
from canteen.schools.services.prints import prints
from menus.weeks.forms import ApprovalForm, DishForm, ImportForm, IngredientForm
from menus.weeks.services import approval, changes, imports, papers
from menus.weeks.services.sheet import WeekSheet, week_sheet
from menus.weeks.web import prints as web
from tests.cast import FIRST, NOW, SECOND
from tests.make import Cast, client_for, make_cast
from tests.menus.weeks.papers import pages

DATA = Path(__file__).parents[2] / "data" / "menus"
REAL = "diaozhuang-2025-11-10.csv"
Client = AsyncTestClient[Litestar]


@pytest.fixture
async def cast(sqlite: str) -> Cast:
    return await make_cast()


@pytest.fixture
async def sheet(cast: Cast, tmp_path: Path) -> WeekSheet:
    """The real week of Diaozhuang as a draft of the first school."""
    data = (DATA / REAL).read_bytes()
    made = await imports.import_file(cast.actor("lin"), data, REAL, ImportForm(), folder=tmp_path, now=NOW)
    return await week_sheet(cast.school, made[0])


async def publish(cast: Cast, week: int) -> None:
    await approval.submit_week(cast.actor("lin"), week, now=NOW)
    version = (await week_sheet(cast.school, week)).head.version
    await approval.approve_week(cast.actor("zhou"), week, ApprovalForm(version, "供货商缺货"), now=NOW)
    await approval.publish_week(cast.actor("lin"), week, now=NOW)


async def swap(cast: Cast, sheet: WeekSheet) -> None:
    dish = DishForm("红烧鸡块", (IngredientForm("鸡肉", 80_000),), label="大荤", method="烧")
    gone = sheet.meals[0].dishes[1].id
    await changes.swap_dish(cast.actor("lin"), sheet.head.id, gone, dish, reason="牛肉未到货", now=NOW)


def addresses(sheet: WeekSheet) -> list[str]:
    at = f"/weeks/{sheet.head.id}"
    meal = f"{at}/kitchen/{sheet.meals[0].id}"
    files = [f"{at}/{name}" for name in ("poster.pdf", "poster.xlsx", "menu.xlsx", "menu.csv")]
    return [*files, f"{meal}.pdf", f"{meal}.xlsx"]


async def text_of(client: Client, path: str) -> str:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    return "".join(pages(answer.content))


async def print_of(client: Client, path: str) -> str:
    """One tap: the paper is registered, and the browser led to it."""
    answer = await client.post(path)
    assert answer.status_code == 303, answer.text
    return await text_of(client, answer.headers["location"])


async def registered(cast: Cast) -> list[Any]:
    rows, _next = await prints(cast.school, Listing())
    return list(reversed(rows))


async def test_everybody_of_the_school_may_print_and_nobody_else(cast: Cast, sheet: WeekSheet) -> None:
    async with client_for(cast, "he") as client:
        for path in addresses(sheet):
            assert (await client.get(path)).status_code == 200, path
    async with client_for(cast) as nobody:
        for path in addresses(sheet):
            assert (await nobody.get(path)).headers["location"].startswith("/sign-in"), path


@pytest.mark.parametrize("stranger", ["ma", "zheng"])
async def test_the_papers_of_another_school_are_not_there(
    cast: Cast, sheet: WeekSheet, stranger: str
) -> None:
    await publish(cast, sheet.head.id)
    async with client_for(cast, stranger) as client:
        for path in addresses(sheet):
            assert (await client.get(path)).status_code == 404, path
            if path.endswith(".pdf"):
                assert (await client.post(path)).status_code == 404, path
    assert await registered(cast) == []


async def test_a_draft_is_printed_as_one_and_gets_no_number(cast: Cast, sheet: WeekSheet) -> None:
    async with client_for(cast, "lin") as client:
        for path in addresses(sheet):
            if path.endswith(".pdf"):
                assert "【草稿】" in await text_of(client, path)
                assert "【草稿】" in await print_of(client, path)
    assert await registered(cast) == []


async def test_a_published_poster_has_a_number_and_its_copies_keep_it(cast: Cast, sheet: WeekSheet) -> None:
    await publish(cast, sheet.head.id)
    async with client_for(cast, "lin") as client:
        said = await print_of(client, f"/weeks/{sheet.head.id}/poster.pdf")
        assert "编号 CP-2026-000001 · 第 1 版" in said and "草稿" not in said and "副本" not in said
        for copy in ("?size=a3", "?size=a4"):
            assert "CP-2026-000001 · 第 1 版" in await print_of(
                client, f"/weeks/{sheet.head.id}/poster.pdf{copy}"
            )
    rows = await registered(cast)
    assert [(row.title, row.state) for row in rows] == [
        ("一周带量食谱 2025年11月10日～11月14日 9～11岁", PrintState.PRINTED)
    ]
    assert await Trail.count().where(Trail.deed == "schools.print") == 1


async def test_looking_registers_nothing_and_says_that_it_is_a_copy(cast: Cast, sheet: WeekSheet) -> None:
    await publish(cast, sheet.head.id)
    papers_ = [path for path in addresses(sheet) if path.endswith(".pdf")]
    async with client_for(cast, "he") as client:
        for path in papers_:
            said = await text_of(client, path)
            assert "【副本·未登记】" in said and "CP-2026" not in said
    assert await registered(cast) == []


async def test_an_inspector_looks_at_a_copy_and_prints_nothing(cast: Cast, sheet: WeekSheet) -> None:
    await publish(cast, sheet.head.id)
    poster = f"/weeks/{sheet.head.id}/poster.pdf"
    async with client_for(cast, "lin") as client:
        await print_of(client, poster)
    async with client_for(cast, "gu", school=FIRST) as inspector:
        assert (await inspector.post(poster)).status_code == 403
        said = await text_of(inspector, f"{poster}?print=1")
        assert "【副本·未登记】" in said and "CP-2026" not in said
        assert f'href="{poster}"' in (await inspector.get(f"/weeks/{sheet.head.id}")).text
    assert len(await registered(cast)) == 1


async def test_a_changed_week_is_the_next_version_and_says_what_it_replaces(
    cast: Cast, sheet: WeekSheet
) -> None:
    await publish(cast, sheet.head.id)
    async with client_for(cast, "lin") as client:
        await print_of(client, f"/weeks/{sheet.head.id}/poster.pdf")
        await swap(cast, sheet)
        changed = await text_of(client, f"/weeks/{sheet.head.id}/poster.pdf?print=1")
        assert "【副本·未登记】" in changed and "CP-2026" not in changed, "the old number is of the old paper"
        said = await print_of(client, f"/weeks/{sheet.head.id}/poster.pdf")
    assert "CP-2026-000001 · 第 2 版" in said and "第 1 版，原版作废" in said
    assert "红烧鸡块【已调整】" in said and "原因：牛肉未到货" in said
    assert [row.state for row in await registered(cast)] == [PrintState.REPLACED, PrintState.PRINTED]


async def test_the_kitchen_sheet_waits_for_its_signatures(cast: Cast, sheet: WeekSheet) -> None:
    await publish(cast, sheet.head.id)
    meal = f"/weeks/{sheet.head.id}/kitchen/{sheet.meals[0].id}.pdf"
    async with client_for(cast, "he") as client:
        for asked in ("", "?tables=8", "?blank=1"):
            assert "CP-2026-00000" in await print_of(client, meal + asked)
    rows = await registered(cast)
    assert [(row.kind, row.version, row.state) for row in rows] == [
        (papers.KITCHEN, 1, PrintState.WAITING),
        (papers.BLANK_KITCHEN, 1, PrintState.WAITING),
    ]


@pytest.mark.parametrize("asked", ["?tables=-1", "?tables=99", "?tables=x"])
async def test_an_impossible_table_is_refused(cast: Cast, sheet: WeekSheet, asked: str) -> None:
    async with client_for(cast, "he") as client:
        path = f"/weeks/{sheet.head.id}/kitchen/{sheet.meals[0].id}.pdf{asked}"
        assert (await client.get(path)).status_code == 422


async def test_unknown_papers_are_missing(cast: Cast, sheet: WeekSheet) -> None:
    at = f"/weeks/{sheet.head.id}"
    async with client_for(cast, "he") as client:
        for path in (f"{at}/kitchen/999999.pdf", f"{at}/kitchen/1.doc", f"{at}/kitchen/x.pdf"):
            assert (await client.get(path)).status_code == 404, path
        assert (await client.get(f"{at}/poster.pdf?size=a0")).status_code == 422
        assert (await client.get("/weeks/999999/poster.pdf")).status_code == 404


async def test_the_file_of_a_week_can_be_handed_in_again(
    cast: Cast, sheet: WeekSheet, tmp_path: Path
) -> None:
    async with client_for(cast, "lin") as client:
        for name in ("menu.xlsx", "menu.csv"):
            data = (await client.get(f"/weeks/{sheet.head.id}/{name}")).content
            made = await imports.import_file(
                cast.actor("zheng"), data, name, ImportForm(replace=True), folder=tmp_path, now=NOW
            )
            again = await week_sheet(cast.schools[SECOND], made[0])
            assert again.week == sheet.week


@pytest.fixture
def fonts_in_the_making(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A house whose fonts take longer than a reader waits."""
    before = dict(fonts._WORKERS)
    monkeypatch.setenv("CANTEEN_FONT_CACHE", str(tmp_path / "fonts"))
    monkeypatch.setattr(fonts, "_WORK", "import time; time.sleep(0.2)")
    monkeypatch.setattr(web, "SECONDS_FOR_FONTS", 0.1)
    yield
    for file in fonts._WORKERS.keys() - before.keys():
        fonts._WORKERS.pop(file).wait()


@pytest.mark.usefixtures("fonts_in_the_making")
async def test_while_fonts_are_made_the_reader_is_asked_to_come_back(cast: Cast, sheet: WeekSheet) -> None:
    await publish(cast, sheet.head.id)
    async with client_for(cast, "lin") as client:
        answer = await client.post(f"/weeks/{sheet.head.id}/poster.pdf")
        told = await client.get(f"/weeks/{sheet.head.id}/poster.pdf", headers={"accept": "application/json"})
        client.cookies.set("language", "en")
        english = await client.get(f"/weeks/{sheet.head.id}/poster.pdf")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "20")
    assert "正在准备打印字体" in answer.text
    assert (told.status_code, told.headers["retry-after"]) == (503, "20")
    assert "fonts are being prepared" in english.text
    assert await registered(cast) == [], "what was not printed has no number"


async def test_the_page_of_a_week_offers_its_papers(cast: Cast, sheet: WeekSheet) -> None:
    async with client_for(cast, "he") as client:
        shown = (await client.get(f"/weeks/{sheet.head.id}")).text
    for path in addresses(sheet):
        assert f'"{path}"' in shown, path
