"""Ten pages at once: when the last is drawn, and what memory each one holds."""

import time
from contextlib import ExitStack
from typing import Any

from pages import processes
from pages.browser import DRAWN, GIVE_UP_MS, open_page, visit
from pages.servers import Server

PAGES = 10
START_ALL = "address => { setTimeout(() => { location.href = address; }, 0); }"


def ten_at_once(browser: Any, server: Server) -> dict[str, float]:
    """Seconds until all ten are drawn; megabytes of the server and its kernels for each page beyond the first."""
    address = server.base + server.contender.path
    server.rest()
    with ExitStack() as pages:
        first, _traffic = pages.enter_context(visit(browser, server))
        open_page(first, server)
        server.left()  # its kernel came out of the pool
        opened = [pages.enter_context(visit(browser, server))[0] for _ in range(PAGES)]
        server.rest()
        before = processes.memory_mb(server.pid)
        processes.wait_for_quiet()
        started = time.time()
        for page in opened:
            page.evaluate(START_ALL, address)
        for page in opened:
            page.wait_for_url(address, wait_until="commit", timeout=GIVE_UP_MS)
        seen = [page.evaluate(DRAWN) for page in opened]
        drawn = max(one["started"] + one["liveMs"] for one in seen) / 1000 - started
        server.left()
        server.rest()
        session = (processes.memory_mb(server.pid) - before) / PAGES
    return {"ten_pages_s": drawn, "session_mb": session, "server_mb": before}
