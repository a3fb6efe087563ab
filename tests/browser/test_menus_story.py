"""A week's menu from its file to the wall, as the planner and the principal do it in their browsers."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from canteen.kit.clock import local_day, utc_now
from tests.browser.conftest import Visit, paper
from tests.browser.test_pages import fits, violations

pytestmark = pytest.mark.browser

PUBLISHED = Path(__file__).parent.parent / "data" / "menus" / "zhonggu-2022-02-21.csv"
FIRST_DAY = date(2022, 2, 21)


def menu_file(folder: Path, monday: date, unknown: str) -> Path:
    """The published file moved to another week, as a school saves it (GB18030), with a name nobody knows."""
    text = PUBLISHED.read_text(encoding="utf-8").replace("手撕包菜,圆白菜", f"手撕包菜,{unknown}")
    for day in range(5):
        before, after = (str(first + timedelta(days=day)) for first in (FIRST_DAY, monday))
        text = text.replace(before, after)
    file = folder / "下周菜谱.csv"
    file.write_bytes(text.encode("gb18030"))
    return file


def monday_in(weeks: int) -> date:
    today = local_day(utc_now())
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


def importing(page: Page, file: Path) -> None:
    page.goto("/weeks/import")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="读取文件").click()


@pytest.mark.parametrize(("size", "weeks", "unknown"), [("desk", 6, "脆圆白菜"), ("phone", 7, "嫩圆白菜")])
def test_a_file_becomes_the_poster_on_the_wall(
    visit: Visit, tmp_path: Path, size: str, weeks: int, unknown: str
) -> None:
    with visit("sun", size) as page:
        importing(page, menu_file(tmp_path, monday_in(weeks), unknown))
        page.get_by_label(unknown).first.select_option(label="圆白菜")
        page.locator("main form button.go").click()
        page.wait_for_url("**/weeks/*")
        address = page.url
        expect(page.get_by_text("13个错误").first).to_be_visible()
        assert fits(page)
        assert violations(page) == []
        page.get_by_role("button", name="提交审批").click()
        expect(page.get_by_text("待审批").first).to_be_visible()

    with visit("zheng", size) as page:
        page.goto(address)
        page.get_by_role("link", name="去审批").click()
        page.get_by_label("例外批准的理由").fill("本周供货不足，家委会已知悉。")
        page.get_by_role("button", name="带13个错误批准").click()
        page.wait_for_url(address)
        expect(page.get_by_text("本周供货不足，家委会已知悉。").first).to_be_visible()
        page.once("dialog", lambda asked: asked.accept())
        page.get_by_role("button", name="公示", exact=True).click()
        expect(page.get_by_text("已公示").first).to_be_visible()
        poster = paper(page, f"{address}/poster.pdf")
        assert poster.status == 200
        assert poster.body().startswith(b"%PDF")


def test_a_broken_file_tells_every_bad_cell_and_keeps_nothing(visit: Visit, tmp_path: Path) -> None:
    with visit("sun") as page:
        bad = tmp_path / "bad.csv"
        lines = PUBLISHED.read_text(encoding="utf-8").splitlines()
        lines[2], lines[5] = lines[2].replace("2022-02-21", "某日"), lines[5].rsplit(",", 1)[0] + ",很多"
        bad.write_text("\n".join(lines), encoding="utf-8")
        importing(page, bad)
        expect(page.get_by_text("某日")).to_be_visible()
        expect(page.get_by_text("很多")).to_be_visible()


def open_next_week(page: Page) -> None:
    """The menu that waits for approval is taken back to a draft by its planner, once."""
    page.goto("/weeks")
    page.get_by_role("row").filter(has_text=re.compile("待审批|草稿")).first.get_by_role("link").first.click()
    back = page.get_by_role("button", name="退回草稿")
    if back.count():
        back.click()
    expect(page.get_by_label("给周一午餐加一道菜")).to_be_visible()


def test_the_verdict_follows_what_the_planner_types(visit: Visit) -> None:
    with visit("sun") as page:
        open_next_week(page)
        expect(page.get_by_text("13个错误").first).to_be_visible()
        adding = page.get_by_label("给周一午餐加一道菜")
        adding.fill("清炒土豆丝：土豆 100，油 3")
        adding.press("Enter")
        expect(page.get_by_text("12个错误").first).to_be_visible()
        with page.expect_response("**/line"):
            page.get_by_label("清炒土豆丝的食材和克数").fill("土豆 120，油 3")
            page.get_by_label("清炒土豆丝的食材和克数").press("Enter")
        page.reload()
        expect(page.get_by_label("清炒土豆丝的食材和克数")).to_have_value("土豆 120, 油 3")


def test_a_mend_that_is_offered_helps(visit: Visit) -> None:
    with visit("sun") as page:
        open_next_week(page)
        before = int(page.get_by_text("个错误").first.inner_text().split("个")[0])
        finding = page.locator(".finding.error").first
        finding.get_by_role("button").click()
        page.locator(".mend-choice button").first.click()
        expect(page.get_by_text(f"{before}个错误")).to_have_count(0)
        after = int(page.get_by_text("个错误").first.inner_text().split("个")[0])
        assert after < before


def test_what_is_typed_is_looked_up_and_the_caret_stays_where_it_is(visit: Visit) -> None:
    with visit("lin") as page:
        page.goto("/weeks")
        page.get_by_role("row").filter(has_text="草稿").first.get_by_role("link").first.click()
        adding = page.get_by_label("给周一午餐加一道菜")
        adding.press_sequentially("tudou")
        expect(page.locator("#known-dishes option").first).to_have_attribute("value", re.compile("土豆"))
        adding.fill("炒一窝丝：一窝丝菜 100")
        adding.press("Enter")
        page.locator("#warnings:not([open]) summary").or_(page.locator("#warnings[open] summary")).wait_for()
        if page.locator("#warnings:not([open])").count():
            page.locator("#warnings summary").click()
        meant = page.locator("form.answer input[name=food]").first
        meant.press_sequentially("bocai")
        expect(page.locator("#known-foods option").first).to_have_attribute("value", "菠菜")
        meant.fill("没有这种菜")
        page.locator("form.answer button").first.click()
        expect(page.locator(".refusal")).to_contain_text("没有这种菜")
        expect(meant).to_be_focused()
        meant.fill("菠菜")
        page.locator("form.answer button").first.click()
        expect(page.locator("form.answer")).to_have_count(0)
        page.get_by_role("link", name="炒一窝丝").click()
        name, grams = page.locator("#editor input[name=name]"), page.locator("#editor input.num").first
        expect(name).to_be_focused()  # the dialog has opened
        with page.expect_response("**/judge"):
            grams.press_sequentially("5")
        expect(grams).to_be_focused()
        name.fill("")
        name.press_sequentially("tudou")
        offered = page.locator("#editor datalist option").first
        expect(offered).to_have_attribute("value", re.compile("土豆"))
        expect(name).to_be_focused()


def test_each_date_of_the_new_week_page_has_a_label_of_its_own(visit: Visit) -> None:
    with visit("lin") as page:
        page.goto("/weeks/new")
        dates = page.get_by_label("该周任意一天")
        expect(dates).to_have_count(2)
        for label, field in zip(
            page.locator("label", has_text="该周任意一天").all(), dates.all(), strict=True
        ):
            label.click()
            expect(field).to_be_focused()
