"""A real browser on a real server. Every page a test opens is watched, and fails the test that opened it on an error
in the console, a script error, a request to anybody else, or a button that would send a chart away.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP workbench.example 127.0.0.1",
]
LOCALES = {"en": "en-US", "zh": "zh-CN"}
OPEN_MS = 120_000

# What must never be on a page: plotly's button that offers to send the chart's data to a cloud
SENDS_CHART = "[data-title*='Share chart'], [title*='Share chart'], [aria-label*='Share chart']"


@dataclass
class Watched:
    """What happened on one page."""

    page: Page
    own: str
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)

    def start(self) -> None:
        self.page.on("console", lambda said: said.type == "error" and self.errors.append(f"console: {said.text}"))
        self.page.on("pageerror", lambda error: self.errors.append(f"script: {error}"))
        self.page.on("dialog", lambda dialog: (self.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked(request.url))
        self.page.on("websocket", lambda socket: self.asked(socket.url.replace("ws://", "http://", 1)))

    def asked(self, url: str) -> None:
        self.urls.append(url)
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != urlsplit(self.own).netloc:
            self.outside.append(url)

    def verdict(self) -> list[str]:
        found = [*self.errors, *(f"asked somebody else: {url}" for url in self.outside)]
        if not self.page.is_closed():
            found += ["a button sends the chart away"] * (
                self.page.locator(SENDS_CHART).count() + self.page.get_by_text("Share chart").count()
            )
        return found


def wait_for_function(page: Page, condition: str, *, arg: object = None) -> None:
    """Wait until ``condition`` holds: asked from outside, a page's policy forbids what compiles text."""
    until = time.monotonic() + OPEN_MS / 1000
    while not page.evaluate(condition, arg):
        assert time.monotonic() < until, f"never came true: {condition}"
        page.wait_for_timeout(50)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    assert program, "Browser tests need Chromium, and there is none: apt-get install chromium fonts-noto-cjk"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        yield running
        running.close()


@pytest.fixture(scope="session")
def server(start_server):
    """The workbench on the project's own notebooks."""
    running = start_server("--port", "0")
    yield running
    running.stop()


@pytest.fixture
def watch(browser) -> Iterator[Callable[..., Watched]]:
    """Open any address of any server, watched: ``watch(address, width=390, language="zh")``."""
    contexts: list[BrowserContext] = []
    watched: list[Watched] = []

    def open_address(address: str, width: int = 1400, height: int = 900, language: str | None = None) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": height}, locale=LOCALES[language or "en"])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(OPEN_MS)
        page.wait_for_function = partial(wait_for_function, page)
        one = Watched(page, own=address)
        watched.append(one)
        one.start()
        page.goto(address, wait_until="commit")
        return one

    yield open_address
    found = [problem for one in watched for problem in one.verdict()]
    for one in watched:
        if not one.page.is_closed():
            one.page.close(run_before_unload=True)
    for context in contexts:
        context.close()
    assert found == []


@pytest.fixture(scope="session")
def drawn() -> Callable[[Page], None]:
    """Wait until every cell of a page has run and every widget it announced is drawn."""
    return lambda page: page.wait_for_selector("body.xb-drawn", state="attached", timeout=OPEN_MS) and None


@pytest.fixture
def open_page(watch, server, drawn) -> Callable[..., Page]:
    """Open one of the project's notebooks and wait until it is drawn.

    ``open_page("dashboards/ranking_policy.ipynb", width=390, language="zh", query="price_weight=0.5")``
    """

    def open_notebook(
        path: str, width: int = 1400, language: str | None = None, query: str = "", height: int = 900
    ) -> Page:
        asked = "&".join(part for part in (f"token={server.key}", query) if part)
        page = watch(f"{server.base}/voila/render/{path}?{asked}", width, height, language).page
        drawn(page)
        return page

    return open_notebook
