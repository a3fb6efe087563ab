"""At the kitchen's phone: a deed asks for a face and a PIN, a wrong PIN loses nothing that was typed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Demo, Visit

pytestmark = pytest.mark.browser

PIN = "5937"


def code_for_a_pin(page: Page) -> str:
    page.goto("/people")
    page.get_by_role("link", name="林晓").click()
    page.get_by_role("button", name="新 PIN 码的代码").click()
    return page.locator(".secret code").inner_text()


def choose_pin(page: Page, code: str) -> None:
    page.locator("summary", has_text="库房手机").click()
    page.get_by_role("link", name="设置新 PIN 码").click()
    page.get_by_label("您是哪位？").select_option(label="林晓")
    page.get_by_label("代码（或登录密码）").fill(code)
    for name in ("pin", "again"):
        page.locator(f"[name={name}]").fill(PIN)
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="设置 PIN 码").click()
    page.get_by_text("PIN 码已设置").wait_for()


def code_for_a_phone(page: Page) -> str:
    page.goto("/devices")
    page.locator("form[action='/devices'] [name=name]").fill("库房手机")
    page.get_by_role("button", name="获取代码").click()
    return page.locator(".secret code").inner_text()


@contextmanager
def kitchen_phone(chromium: Browser, demo: Demo) -> Iterator[Page]:
    """A phone on which the refusal of a wrong PIN is no error."""
    context = chromium.new_context(
        base_url=demo.address, viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True
    )
    yield context.new_page()
    context.close()


def press(page: Page, pin: str) -> None:
    for digit in pin:
        page.locator(f"[data-digit='{digit}']").click()


def test_a_cook_signs_a_deed_on_the_kitchens_phone(visit: Visit, chromium: Browser, demo: Demo) -> None:
    with visit("zhou") as page:
        pin_code = code_for_a_pin(page)
        code = code_for_a_phone(page)
    with kitchen_phone(chromium, demo) as page:
        page.goto("/device")
        page.get_by_label("学校代码").fill("QH01")
        page.get_by_label("设备代码").fill(code)
        page.get_by_role("button", name="登录这台设备").click()
        page.wait_for_url(re.compile("/$"))
        choose_pin(page, pin_code)
        page.goto("/dishes")
        page.locator("main tbody a").first.click()
        page.get_by_role("button", name="复制").click()
        page.locator(".face", has_text="林晓").click()
        assert Axe().run(page).response["violations"] == []
        with page.expect_response("**/device/pin") as tried:
            press(page, "0000")
        assert tried.value.status == 422
        page.get_by_text("PIN 码不正确").wait_for()
        before = page.url
        press(page, PIN)
        page.wait_for_url(lambda url: url != before)
        assert "/dishes/" in page.url
