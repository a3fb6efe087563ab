"""Every component of the house, seen by a phone and a desk, by day and by night, and by a screen reader."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.canteen.kit.front import make_front

pytestmark = pytest.mark.browser

PHONE, DESK = ViewportSize(width=390, height=844), ViewportSize(width=1440, height=900)
TARGETS = """() => [...document.querySelectorAll("button, select, summary, .btn, .input, .phone-bar a")]
  .filter(e => e.offsetHeight && e.offsetHeight < 38).map(e => e.outerHTML)"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("look")
    server = uvicorn.Server(uvicorn.Config(make_front(folder), port=0, lifespan="off", log_level="critical"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport=PHONE)
    yield page
    page.close()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_and_reach_everything(
    chromium: Browser, address: str, size: ViewportSize, scheme: str
) -> None:
    page = chromium.new_page(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.goto(f"{address}/test/style")
    assert [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert errors == []
    page.close()


def test_a_thumb_hits_what_it_aims_at(phone: Page, address: str) -> None:
    phone.goto(f"{address}/test/style")
    assert phone.evaluate(TARGETS) == []


def test_a_form_keeps_a_draft_and_puts_the_eye_on_the_first_error(phone: Page, address: str) -> None:
    phone.goto(f"{address}/test/dish")
    phone.fill("#f-name", "番茄豆腐")
    phone.fill("#f-rows-0-grams", "viel")
    phone.once("dialog", lambda asked: asked.accept())
    phone.reload()
    expect(phone.locator("#f-name")).to_have_value("番茄豆腐")
    phone.click("button.go")
    expect(phone.locator("#f-rows-0-grams")).to_be_focused()
    expect(phone.locator("#f-rows-0-grams")).to_have_value("viel")


def test_a_menu_closes_by_escape_and_by_a_press_elsewhere(phone: Page, address: str) -> None:
    phone.goto(f"{address}/test/home")
    menu = phone.locator(".top details.menu").last
    menu.locator("summary").click()
    phone.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    menu.locator("summary").click()
    phone.locator("h1").click()
    expect(menu).not_to_have_attribute("open", "")


def test_a_refused_piece_stands_above_the_page_and_the_rest_stays(phone: Page, address: str) -> None:
    phone.goto(f"{address}/test/pieces")
    phone.click("text=send")
    expect(phone.locator("#refusals")).to_contain_text("此项必填。")
    expect(phone.locator("#piece")).to_have_text("as it was")
    phone.click("text=break")
    expect(phone.locator("#refusals")).to_contain_text("系统出了问题")


def test_a_dialog_opens_and_closes_by_key(phone: Page, address: str) -> None:
    phone.goto(f"{address}/test/style")
    phone.locator("[data-opens]").click()
    expect(phone.locator("dialog")).to_be_visible()
    phone.keyboard.press("Escape")
    expect(phone.locator("dialog")).to_be_hidden()
