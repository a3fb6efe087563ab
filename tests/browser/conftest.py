"""A served demo and Debian's chromium, at the size of a phone and of a desk."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest
from playwright.sync_api import APIResponse, Browser, ConsoleMessage, Page, sync_playwright

from canteen.kit.paper import fonts

SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1440, "height": 900}}
PATIENCE_MS = 15_000


def missing(reason: str) -> NoReturn:
    """Skip with the reason, or fail where the tests must run."""
    if os.environ.get("CANTEEN_TESTS_MUST_RUN"):
        pytest.fail(reason)
    pytest.skip(reason)


@dataclass(frozen=True)
class Demo:
    """Where the demo is served and who may sign in."""

    address: str
    passwords: dict[str, str]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's chromium without a screen.

    Closed after each file: while playwright is open its event loop runs, and no other test could run one.
    """
    path = shutil.which("chromium")
    if not path:
        missing("chromium is not installed: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """`canteen demo` as the README starts it, on a free port."""
    folder, port = tmp_path_factory.mktemp("demo"), free_port()
    command = [sys.executable, "-m", "canteen", "demo", "--data", str(folder), "--port", str(port)]
    with (folder / "log").open("wb") as log:
        environment = {**os.environ, "CANTEEN_FONT_CACHE": str(fonts.home())}
        server = subprocess.Popen([*command, "--format", "json"], stdout=log, stderr=log, env=environment)
        try:
            wait_for(f"http://127.0.0.1:{port}/readyz", server, folder / "log")
            made = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
            yield Demo(f"http://127.0.0.1:{port}", {p["login"]: p["password"] for p in made["people"]})
        finally:
            server.terminate()
            server.wait(timeout=20)


def paper(page: Page, path: str) -> APIResponse:
    """A printed paper, waiting while the fonts are still being prepared."""
    for _ in range(30):
        answer = page.request.get(path, timeout=60_000)
        if answer.status != 503:
            break
        time.sleep(5)
    return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the demo did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")


Visit = Callable[..., Any]


@pytest.fixture
def visit(chromium: Browser, demo: Demo) -> Visit:
    """`with visit("lin", "phone") as page:` is a signed-in person's browser; it fails on any script error."""

    @contextmanager
    def signed_in(login: str, size: str = "desk", scheme: str = "light") -> Iterator[Page]:
        context = chromium.new_context(
            base_url=demo.address,
            viewport=SIZES[size],  # type: ignore[arg-type]
            color_scheme=scheme,  # type: ignore[arg-type]
            locale="zh-CN",
            has_touch=size == "phone",
        )
        page = context.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda problem: problems.append(str(problem)))
        page.on("console", lambda said: problems.append(said.text) if is_problem(said) else None)
        page.set_default_timeout(PATIENCE_MS)
        if login:
            sign_in(page, login, demo.passwords[login])
        yield page
        context.close()
        assert problems == []

    return signed_in


def is_problem(said: ConsoleMessage) -> bool:
    """Chromium and htmx report a refused form (4xx) as an error too; that is an answer, not a fault."""
    answers = ("status of 4", "Status Error Code 4")
    return said.type == "error" and not any(answer in said.text for answer in answers)


def sign_in(page: Page, login: str, password: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码", exact=True).fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
