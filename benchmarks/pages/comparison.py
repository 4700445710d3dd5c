"""All contenders on one machine in one run: they are asked in turn, so that what disturbs one disturbs all."""

import datetime as dt
import os
import re
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from environments import PEERS
from playwright.sync_api import Error

from pages import browser, crowd, cycles, network, processes, steps
from pages.lineup import LINEUP, OURS, Contender
from pages.servers import Server


def measure(quick: bool, peers: bool = True) -> dict | None:
    """The figures of every contender; None where there is no browser."""
    if browser.program() is None:
        print("No Chromium here: the served pages are not compared.")
        return None
    uncounted, loads, far_loads, visits, moves, crowds = (0, 2, 1, 1, 6, 1) if quick else (1, 6, 3, 2, 16, 2)
    started = time.time()
    found: dict[str, Any] = {"date": dt.date.today().isoformat(), "quick": quick, "load_before": os.getloadavg()[0]}
    taking = [one for one in LINEUP if peers or not one.peer]
    with tempfile.TemporaryDirectory() as folder, browser.open_browser() as running:
        found["network"] = {"mbit_s": network.MBIT_S, "latency_ms": network.LATENCY_MS, **network.reach(running)}
        with _started(taking, Path(folder)) as servers:
            kept = {server.contender.key: Kept() for server in servers}
            present = [server for server in servers if not server.missing]
            _in_turn(
                "a first load each, not counted", uncounted, present, kept, lambda server: _unkept(running, server)
            )
            _in_turn("first loads", loads, present, kept, lambda server: browser.load(running, server))
            _in_turn("first loads on a slow line", far_loads, present, kept, lambda server: _far(running, server))
            _in_turn("slider to picture", visits, present, kept, lambda server: _steps(running, server, moves))
            _in_turn("ten pages at once", crowds, present, kept, lambda server: _crowd(running, server))
            found["contenders"] = [kept[server.contender.key].figures(server) for server in servers]
            ours = next((server for server in present if server.contender is OURS), None)
            found["cycles"] = None
            if ours is not None and not quick and not ours.missing:
                _say(f"{cycles.CYCLES} pages opened and closed")
                found["cycles"] = cycles.open_and_close(running, ours)
    found["load_after"] = os.getloadavg()[0]
    found["took_s"] = time.time() - started
    return found


class Kept:
    """The values of one contender, by measure."""

    def __init__(self) -> None:
        self.values: dict[str, list[Any]] = {}
        self.failed: list[str] = []

    def take(self, values: dict[str, Any]) -> None:
        """Add what one turn has shown."""
        for name, value in values.items():
            self.values.setdefault(name, []).extend(value if isinstance(value, list) else [value])

    def figures(self, server: Server) -> dict[str, Any]:
        """Median, lowest and highest of each measure; or why there is none."""
        named = {"key": server.contender.key, "label": label_of(server.contender)}
        outside = sorted(set(self.values.pop("outside", [])))
        on_release = any(self.values.pop("on_release", []))
        if server.missing or not self.values:
            return {**named, "missing": server.missing or "; ".join(self.failed) or "it was not asked"}
        told: dict[str, Any] = {name: summary(values) for name, values in self.values.items()}
        told |= {
            "failed": self.failed,
            "outside": outside,
            "on_release": on_release,
            "kernels_left": server.kernels_left,
            "visits": server.visits,
        }
        return {**named, **told}


def summary(values: list[float | None]) -> dict[str, float | None]:
    """Median, lowest, highest, how many, and how many did not come at all (None).

    >>> summary([3.0, 1.0, None, 2.0])
    {'median': 2.0, 'low': 1.0, 'high': 3.0, 'n': 3, 'without': 1}
    """
    came = [value for value in values if value is not None]
    return {
        "median": median(came) if came else None,
        "low": min(came, default=None),
        "high": max(came, default=None),
        "n": len(came),
        "without": len(values) - len(came),
    }


def label_of(contender: Contender) -> str:
    """Its name with its version, as pinned or installed."""
    if contender.peer:
        pins = (PEERS / contender.peer / "requirements.txt").read_text()
        pinned = re.search(rf"(?m)^{contender.peer}==(\S+)", pins)
        return f"{contender.label} {pinned.group(1)}" if pinned else contender.label
    return f"{contender.label} (Voila {version('voila')})" if contender.key == "stock" else contender.label


@contextmanager
def _started(taking: list[Contender], folder: Path) -> Iterator[list[Server]]:
    servers = [Server(contender, folder) for contender in taking]
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # whoever ends the run ends the servers too
    try:
        for server in servers:
            _say(f"starting: {server.contender.label}")
            if not server.start():
                print(f"  not measured: {server.missing}", flush=True)
        yield servers
    finally:
        for server in servers:
            server.stop()
        signal.signal(signal.SIGTERM, before)


def _in_turn(
    what: str, rounds: int, servers: list[Server], kept: dict[str, Kept], ask: Callable[[Server], dict[str, Any]]
) -> None:
    """Ask every server once a round; one that fails is noted and asked again next time."""
    for turn in range(rounds):
        _say(f"{what}, {turn + 1} of {rounds}")
        for server in servers:
            mine = kept[server.contender.key]
            if server.missing:
                continue
            try:
                mine.take(ask(server))
            except (Error, OSError, AssertionError) as error:
                mine.failed.append(f"{what}: {str(error).splitlines()[0].removeprefix('Page.evaluate: Error: ')}")
                print(f"  {server.contender.label}: {mine.failed[-1]}", flush=True)


def _unkept(running: Any, server: Server) -> dict[str, Any]:
    browser.load(running, server)
    return {}


def _far(running: Any, server: Server) -> dict[str, Any]:
    with network.slow_line(server.base) as far:
        seen = browser.load(running, server, far)
    return {f"far_{name}": seen[name] for name in ("picture_s", "live_s", "http_mb")} | {"outside": seen["outside"]}


def _steps(running: Any, server: Server, moves: int) -> dict[str, Any]:
    server.rest()
    with browser.visit(running, server) as (page, _traffic):
        browser.open_page(page, server)
        processes.wait_for_quiet()
        return {"key_ms": steps.by_key(page, moves), **steps.by_drag(page, moves)}


def _crowd(running: Any, server: Server) -> dict[str, Any]:
    try:
        return crowd.ten_at_once(running, server)
    finally:
        server.rest()
        server.shed()


def _say(what: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')}]   {what} ...", flush=True)
