"""A browser that knows nobody but this machine, and one visit of a page, measured."""

import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Error, sync_playwright

from pages import processes
from pages.network import FROM_AFAR
from pages.servers import Server

CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",  # outside requests fail at once, for everybody alike
]
WATCH = Path(__file__).parent / "watch.js"
DRAWN = "pageWatch.drawn"  # a promise; a page's policy may forbid to evaluate text, so nothing is polled from here
WINDOW = {"width": 1200, "height": 900}
GIVE_UP_MS = 60_000
SETTLE_S = 0.5  # what the page still does right behind its first picture belongs to its load


def program() -> str | None:
    """Where Chromium is."""
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


@contextmanager
def open_browser() -> Iterator[Any]:
    """One Chromium for the whole comparison."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program(), args=SWITCHES)
        yield running
        running.close()


def browser_processes() -> list[int]:
    """Chromium's own process, below the driver that has started it."""
    below = psutil.Process(os.getpid()).children(recursive=True)
    named = {process.pid: process for process in below if "chrom" in process.name()}
    return [pid for pid, process in named.items() if process.ppid() not in named]


@dataclass
class Traffic:
    """What a page asked for and received."""

    http_requests: int = 0
    http_bytes: float = 0.0
    websockets: int = 0
    websocket_bytes: float = 0.0
    outside: set[str] = field(default_factory=set)

    def watch(self, session: Any, base: str) -> None:
        """Count from now on."""
        self.base = base
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._received)
        session.on("Network.webSocketCreated", self._connected)
        session.on("Network.webSocketFrameReceived", self._framed)
        session.on("Network.webSocketFrameSent", self._framed)

    def _asked(self, event: dict) -> None:
        url = event["request"]["url"]
        if url.startswith("http"):
            self.http_requests += 1
            if not url.startswith(self.base):
                self.outside.add(url.split("?")[0])

    def _received(self, event: dict) -> None:
        self.http_bytes += event["encodedDataLength"]

    def _connected(self, _event: dict) -> None:
        self.websockets += 1

    def _framed(self, event: dict) -> None:
        frame = event["response"]
        text = len(frame["payloadData"])
        self.websocket_bytes += text if frame["opcode"] == 1 else text * 3 / 4  # binary frames are told in base64


@contextmanager
def visit(browser: Any, server: Server, far: str = "") -> Iterator[tuple[Any, Traffic]]:
    """A page in a browser context that has never been here, perhaps from ``far``; closed as a person closes a tab."""
    context = browser.new_context(viewport=WINDOW, locale="en-US")
    try:
        if far:
            context.set_extra_http_headers(FROM_AFAR)
        server.enter(context, far or server.base)
        page = context.new_page()
        page.add_init_script(path=WATCH)
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        traffic = Traffic()
        traffic.watch(session, far or server.base)
        try:
            yield page, traffic
        finally:
            # A page that hangs does not close; its context does
            with contextlib.suppress(Error), page.expect_event("close", timeout=5_000):
                page.close(run_before_unload=True)
            time.sleep(0.3)  # its last message
    finally:
        context.close()
        server.left()


def open_page(page: Any, server: Server, far: str = "") -> dict[str, float]:
    """Go to the app and wait until it is drawn; seconds to its first picture and to its live chart."""
    page.goto((far or server.base) + server.contender.path, wait_until="commit", timeout=GIVE_UP_MS)
    seen = page.evaluate(DRAWN)
    return {"picture_s": seen["pictureMs"] / 1000, "live_s": seen["liveMs"] / 1000}


def load(browser: Any, server: Server, far: str = "") -> dict[str, Any]:
    """One first load on a quiet machine, and what it cost."""
    server.rest()
    ours, theirs = processes.CpuMeter(), processes.CpuMeter()
    with visit(browser, server, far) as (page, traffic):
        busy = processes.wait_for_quiet()
        chromium = browser_processes()
        ours_before, theirs_before = ours.read(*chromium), theirs.read(server.pid)
        times = open_page(page, server, far)
        time.sleep(SETTLE_S)
        found = {
            **times,
            "browser_cpu_s": ours.read(*chromium) - ours_before,
            "server_cpu_s": theirs.read(server.pid) - theirs_before,
            "requests": traffic.http_requests,
            "http_mb": traffic.http_bytes / 1e6,
            "websocket_mb": traffic.websocket_bytes / 1e6,
            "outside": sorted(traffic.outside),
            "busy_percent": busy,
        }
    server.rest()
    found["visit_server_cpu_s"] = theirs.read(server.pid) - theirs_before
    return found
