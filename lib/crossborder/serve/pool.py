"""Pages kept ready: executed notebooks wait for the pages that are visited, and the pool watches over them itself.

Landing page and dashboards are always kept ready; other pages from their first visit on, as many as there is room for,
the one visited longest ago being given up first. Voila holds the waiting pages (its pools) and hands them out; what is
kept, when it is made and whether it is still sound is decided here.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crossborder.serve.logs import in_silence
from crossborder.serve.notebooks import kept_ready
from crossborder.serve.options import ServeOptions

log = logging.getLogger("crossborder.serve")

CHANGED = "what it was made from has changed"
FIRST_PAUSE_SECONDS = 10.0
LONGEST_PAUSE_SECONDS = 600.0
PROVEN_SECONDS = 60.0
LONG_SECONDS = 10.0


@dataclass
class Record:
    """What is known of one notebook's waiting pages."""

    due: float = 0.0  # not made before (monotonic seconds)
    failures: int = 0  # in a row
    made_at: float = 0.0
    version: tuple[int, int] = (0, 0)  # of the files that its page was made from


class KeptReady:
    """Keeps one executed notebook waiting for each wanted page.

    Made one after the other, since kernels that all start at once on two cores delay the first page and may time out.
    """

    def __init__(self, kernels: Any, options: ServeOptions) -> None:
        self.kernels, self.options = kernels, options
        self.always = kept_ready(options.root)
        self.places = max(0, options.pages_ready - len(self.always))  # for pages that are kept since they are visited
        self.visited: list[str] = []  # the last one was visited last
        self._records: dict[str, Record] = {}
        self._news = asyncio.Event()

    # --- for the page that is asked for ------------------------------------------------------------------------------

    async def prepare(self, notebook: str) -> None:
        """Before a visitor is served: a sound page stands first in the pool, or none, and then a fresh one is sooner.

        A page that is just being made is waited for: it is ahead of any that would be begun now. While this looks, the
        page is out of the pool, so that two visitors do not wait for the same one.
        """
        self._note_visit(notebook)
        pool = self._pool(notebook)
        while pool:
            entry = next((entry for entry in pool if entry.done()), pool[0])
            pool.remove(entry)
            await asyncio.wait({entry})
            if await self._fault(notebook, entry) is None:
                pool.insert(0, entry)
                return
            await self._end(entry)

    def ready_count(self, notebook: str) -> int:
        """How many visitors could be served from the pool now."""
        return sum(entry.done() for entry in self._pool(notebook))

    def _note_visit(self, notebook: str) -> None:
        self._record(notebook).due = time.monotonic() + self.options.fill_delay_seconds  # let the page draw first
        if notebook not in self.always and self.places:
            others = [page for page in self.visited if page != notebook]
            self.visited = [*others, notebook][-self.places :]
        self._news.set()

    # --- for the pool itself -----------------------------------------------------------------------------------------

    async def watch(self, first: Awaitable | None = None) -> None:
        """Make what is missing, replace what has died, give up what is no longer wanted; until cancelled.

        ``first`` is waited for before anything is made.
        """
        if first is not None:
            await first
        while True:
            self._news.clear()
            try:
                pause = await self._round()
            except Exception:  # whatever it was, the pool must go on
                log.exception("the pool of ready pages stumbled")
                pause = self.options.pool_check_seconds
            if pause > 0:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await self._news.wait()

    @property
    def wanted(self) -> list[str]:
        """The pages to keep ready, the most wanted first."""
        return [*self.always, *reversed(self.visited)]

    async def _round(self) -> float:
        """Look after the waiting pages and make one that is missing; returns for how many seconds nothing is due."""
        for notebook in list(self.kernels._pools):
            for entry in list(self._pool(notebook)):
                await self._look_after(notebook, entry)
        self.visited = [notebook for notebook in self.visited if self._version(notebook)[0]]
        if self.visited and available_memory_gb() < self.options.spare_memory_gb:
            self.visited.pop(0)
        now = time.monotonic()
        due = {notebook: self._record(notebook).due for notebook in self.wanted if not self._pool(notebook)}
        notebook = next((notebook for notebook, moment in due.items() if moment <= now), None)
        if notebook is None:
            return max(0.01, min([self.options.pool_check_seconds, *(moment - now for moment in due.values())]))
        await self._make(notebook)
        return 0.0

    async def _look_after(self, notebook: str, entry: asyncio.Task) -> None:
        pool, record = self._pool(notebook), self._record(notebook)
        if entry not in pool or not entry.done():
            return
        fault = await self._fault(notebook, entry)
        if entry not in pool:  # a visitor took it meanwhile
            return
        if fault is None and notebook in self.wanted:
            if time.monotonic() - record.made_at > PROVEN_SECONDS:
                record.failures = 0
            return
        pool.remove(entry)
        await self._end(entry)
        if fault is not None and fault != CHANGED:
            self._note_failure(notebook, fault)

    async def _make(self, notebook: str) -> None:
        """Start a kernel and draw the page in it; returns when that is done, has failed, or takes long."""
        record = self._record(notebook)
        record.version, record.made_at = self._version(notebook), time.monotonic()
        configured = self.kernels.kernel_pools_config
        self.kernels.kernel_pools_config = {**configured, notebook: {"pool_size": 1}}
        try:
            with in_silence(record.failures > 0):  # the same traceback is not told again at each try
                self.kernels.fill_if_needed(delay=0, notebook_name=notebook)
        finally:
            self.kernels.kernel_pools_config = configured
        entry = self._pool(notebook)[-1]
        await asyncio.wait({entry})
        if not entry.cancelled() and entry.exception() is None:
            await asyncio.wait({entry.result()["task"]}, timeout=LONG_SECONDS)
        record.made_at = time.monotonic()
        await self._look_after(notebook, entry)

    def _note_failure(self, notebook: str, fault: str) -> None:
        record = self._record(notebook)
        record.failures += 1
        if record.failures == 1:
            log.warning("%s was kept ready, but %s; it is made anew, ever later while it fails", notebook, fault)
            return
        pause = FIRST_PAUSE_SECONDS * 2 ** (record.failures - 2)
        record.due = max(record.due, time.monotonic() + min(pause, LONGEST_PAUSE_SECONDS))

    async def _fault(self, notebook: str, entry: asyncio.Task) -> str | None:
        """Why a waiting page must not be handed to a visitor; None where nothing is wrong with it."""
        if entry.cancelled():
            return "it was given up"
        if entry.exception() is not None:
            return f"its kernel did not start: {entry.exception()}"
        content = entry.result()
        drawing, kernel_id = content["task"], content["kernel_id"]
        if kernel_id not in self.kernels or not await self.kernels.is_alive(kernel_id):
            return "its kernel died"
        if drawing.done() and (drawing.cancelled() or drawing.exception() is not None or content["renderer"].failed):
            return "a part of it could not be shown"
        return CHANGED if self._version(notebook) != self._record(notebook).version else None

    async def _end(self, entry: asyncio.Task) -> None:
        if entry.cancelled() or entry.exception() is not None:
            return
        kernel_id = entry.result()["kernel_id"]
        if kernel_id in self.kernels:
            await self.kernels.shutdown_kernel(kernel_id, now=True)

    def _version(self, notebook: str) -> tuple[int, int]:
        """When the notebook was changed (0 where it is gone), and the user's own file that pages begin with."""
        return changed_at(self.options.root / notebook), changed_at(self.options.data) if self.options.data else 0

    def _pool(self, notebook: str) -> list[asyncio.Task]:
        return self.kernels._pools.setdefault(notebook, [])

    def _record(self, notebook: str) -> Record:
        return self._records.setdefault(notebook, Record())


def changed_at(file: Path) -> int:
    """When a file was changed, in nanoseconds; 0 where there is none."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def available_memory_gb() -> float:
    """What this computer can still give to programs without giving up anything; infinite where it does not say."""
    try:
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) / 1024**2
    except (OSError, ValueError):
        pass
    return float("inf")
