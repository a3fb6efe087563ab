"""Every page that the navigation leads to fits a phone and a desk, in light and dark, and is accessible."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

WHO = {
    "lin": ["/", "/weeks", "/dishes", "/foods", "/school"],
    "zhou": ["/", "/weeks", "/people", "/trail", "/school"],
    "shen": ["/", "/weeks", "/dishes", "/foods", "/school", "/people", "/trail"],
    "gu": ["/", "/weeks", "/school", "/trail"],
}


@pytest.mark.parametrize(
    ("login", "size", "scheme"),
    [
        *((login, "phone", "light") for login in WHO),
        ("lin", "desk", "light"),
        ("shen", "desk", "light"),
        ("zhou", "desk", "dark"),
        ("lin", "phone", "dark"),
    ],
)
def test_the_main_pages_fit_and_are_accessible(visit: Visit, login: str, size: str, scheme: str) -> None:
    with visit(login, size, scheme) as page:
        for path in WHO[login]:
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200, path
            assert fits(page), f"{path} is wider than a {size}"
            assert violations(page) == [], path


def test_the_sign_in_page_is_accessible(visit: Visit) -> None:
    with visit("", "phone") as page:
        page.goto("/sign-in")
        assert fits(page)
        assert violations(page) == []


def fits(page: Page) -> bool:
    """Whether the page does not scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def violations(page: Page) -> list[str]:
    """What axe finds wrong, by rule and place."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]
