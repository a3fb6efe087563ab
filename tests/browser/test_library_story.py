"""A district's menu goes from its library into a school, as both see it in their browsers."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_pages import fits, violations

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_district_copies_changes_and_gives_a_menu_and_a_school_plans_from_it(
    visit: Visit, size: str
) -> None:
    name = f"带量食谱三{size}"
    with visit("shen", size) as page:
        page.goto("/weeks")
        page.get_by_role("link", name="带量食谱一", exact=True).click()
        page.get_by_role("button", name="复制").first.click()
        page.get_by_label("菜谱名称").fill(name)
        page.locator("dialog[open] button.go").click()
        page.get_by_role("heading", name=name).wait_for()
        assert fits(page)
        assert violations(page) == []
        page.get_by_role("link", name="下发给学校").click()
        assert fits(page)
        assert violations(page) == []
        page.get_by_role("button", name="推送到所选学校").click()
        expect(page.locator(".flash")).to_contain_text("2")
        expect(page.get_by_text("2所学校中有2所已是最新版")).to_be_visible()
    with visit("lin", size) as page:
        page.goto("/weeks/templates")
        assert fits(page)
        assert violations(page) == []
        card = page.locator("section.card", has=page.get_by_role("heading", name=name))
        expect(card).to_contain_text("青河区教育局下发")
        card.locator("input[type=date]").fill("2031-03-03" if size == "desk" else "2031-03-10")
        card.get_by_role("button", name="按它排菜").click()
        expect(page.get_by_text(f"照青河区教育局下发的“{name}”编排")).to_be_visible()
