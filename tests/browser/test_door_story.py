"""The manager at half past five with a phone: twelve goods, photos, papers, two people, three minutes."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PATIENCE_MS, SIZES, free_port, wait_for
from tests.cast import PASSWORD
from tests.make import SECRET
from tests.suppliers.purchasing.door import PIN

GOODS = (
    ("小白菜", "35", "2.2"), ("菠菜", "20", "3.5"), ("土豆", "60", "1.6"), ("胡萝卜", "25", "1.9"),
    ("番茄", "30", "3.2"), ("黄瓜", "30", "2.8"), ("茄子", "20", "3.0"), ("青椒", "15", "4.1"),
    ("大白菜", "50", "1.1"), ("冬瓜", "40", "1.3"), ("洋葱", "15", "1.8"), ("南瓜", "30", "1.5"),
)  # fmt: skip
THREE_MINUTES = 180


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A house of its own with a seller and goods, served."""
    folder, port = tmp_path_factory.mktemp("counter"), free_port()
    url = f"sqlite:///{folder / 'canteen.sqlite'}"
    subprocess.run([sys.executable, "-m", "tests.browser.counter", url], check=True)
    settings = {"CANTEEN_SECRET": SECRET, "CANTEEN_DATABASE_URL": url, "CANTEEN_DATA_DIR": str(folder)}
    command = [sys.executable, "-m", "uvicorn", "canteen.app:create_app", "--factory", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **settings})
        try:
            wait_for(f"http://127.0.0.1:{port}/readyz", server, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def phone(chromium: Browser, house: str) -> Iterator[Page]:
    """陈师傅's phone, signed in."""
    context = chromium.new_context(
        base_url=house,
        viewport=SIZES["phone"],
        locale="zh-CN",
        has_touch=True,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto("/sign-in")
    page.fill("input[name=login]", "chen")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/")
    yield page
    context.close()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """What a phone's camera makes: six megapixels."""
    file = tmp_path / "photo.jpg"
    Image.effect_noise((3000, 2000), 80).convert("RGB").save(file, quality=85)
    return file


def type_goods(page: Page) -> None:
    """Each good as fingers do it: letters, Enter for the offer, weight, Enter, price, Enter for the next."""
    for number, (name, weight, price) in enumerate(GOODS):
        page.locator("[data-line]").nth(number).locator("[data-cell=name]").tap()
        for text in (name, weight, price):
            page.keyboard.type(text, delay=60)
            page.keyboard.press("Enter")


def test_a_manager_logs_twelve_goods_with_photos_in_under_three_minutes(phone: Page, photo: Path) -> None:
    phone.goto("/deliveries/new")
    phone.wait_for_load_state("networkidle")
    began = time.monotonic()
    phone.select_option("[name=supplier]", label="绿源配送有限公司")
    phone.fill("[name=note_number]", "SH-20261121")
    phone.set_input_files("[data-shots=''] input[type=file]", photo)
    type_goods(phone)
    phone.locator("[data-line] .of-photo input[type=file]").first.set_input_files(photo)
    phone.locator("[data-all-fine]").tap()
    paper = phone.locator(".door-paper.needed").first
    paper.locator("[name$='.number']").fill("CNHG-20261121")
    paper.locator("input[type=file]").set_input_files(photo)
    phone.locator("form#door .taken img").nth(2).wait_for()
    phone.locator(".tile-choice", has_text="何厨师").tap()
    phone.fill("[name=second_pin]", PIN)
    phone.locator("button[value=accept]").tap()
    phone.wait_for_url("**/deliveries/*")
    assert time.monotonic() - began < THREE_MINUTES
    assert "验收合格" in phone.locator("main").inner_text()
    assert "771.00" in phone.locator("tfoot").inner_text()
    assert phone.locator(".taken img").count() == 3


def test_what_was_typed_survives_a_reload(phone: Page) -> None:
    phone.goto("/deliveries/new")
    phone.wait_for_load_state("networkidle")
    phone.select_option("[name=supplier]", label="绿源配送有限公司")
    phone.locator("[data-cell=name]").first.fill("土豆")
    phone.locator("[data-cell=count]").first.fill("60")
    phone.locator("#saved", has_text="已保存").wait_for()
    phone.reload()
    assert phone.locator("[data-cell=name]").first.input_value() == "土豆"
    assert phone.locator("[data-cell=count]").first.input_value() == "60"
    assert "/edit" in phone.url


def test_rows_from_a_spreadsheet_are_pasted(phone: Page) -> None:
    phone.goto("/deliveries/new")
    phone.wait_for_load_state("networkidle")
    rows = "品名\t数量\t单位\t单价\n土豆\t60\t斤\t0.8\n冬瓜\t40\t斤\t0.7"
    phone.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const cell = document.querySelector("[data-cell=name]");
            const how = { clipboardData: data, bubbles: true, cancelable: true };
            cell.dispatchEvent(new ClipboardEvent("paste", how));
        }""",
        rows,
    )
    cells = phone.locator("[data-cell=name]")
    assert [cells.nth(n).input_value() for n in range(2)] == ["土豆", "冬瓜"]
    assert phone.locator("[data-cell=unit]").nth(1).input_value() == "斤"
    assert phone.locator("[data-total]").inner_text() == "76.00"
