"""A page opened and closed two hundred times: nothing but the pool's kernels may be left."""

import time
from typing import Any

from pages import processes
from pages.browser import open_page, visit
from pages.servers import Server

CYCLES = 200
GONE_S = 30.0


def open_and_close(browser: Any, server: Server, times: int = CYCLES) -> dict[str, float]:
    """Kernels beyond the pool's after so many visits, each drawn to its live chart and closed as a tab is closed."""
    server.rest()
    memory = processes.memory_mb(server.pid)
    started = time.monotonic()
    for turn in range(times):
        with visit(browser, server) as (page, _traffic):
            open_page(page, server)
        if turn % 50 == 49:
            print(f"  {turn + 1} pages opened and closed", flush=True)
    took = time.monotonic() - started
    server.rest()
    end = time.monotonic() + GONE_S
    while _beyond_pool(server) > 0 and time.monotonic() < end:
        time.sleep(0.5)
    return {
        "cycles": times,
        "kernels": processes.kernels(server.pid),
        "beyond_pool": _beyond_pool(server),
        "memory_growth_mb": processes.memory_mb(server.pid) - memory,
        "took_s": took,
    }


def _beyond_pool(server: Server) -> int:
    """Kernels for nobody: by the processes that run, and by what the server knows."""
    state, running = server.state(), processes.kernels(server.pid)
    assert running >= state["kept_ready"], "the server's kernels are not recognised among its processes"
    return max(running - state["kept_ready"], state["pages_open"])
