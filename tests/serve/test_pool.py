"""The pool of ready pages: what waits, what is replaced, what is given up; on kernels that are made up."""

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace

import pytest

from crossborder.serve import pool
from crossborder.serve.options import ServeOptions
from crossborder.serve.pool import KeptReady, available_memory_gb

ALWAYS = ["index.ipynb", "dashboards/sales.ipynb"]
OTHERS = ["lessons/a.ipynb", "lessons/b.ipynb", "lessons/c.ipynb"]


class Kernels:
    """Stands in for Voila's manager: the part of it that the pool uses, with kernels that die when told to."""

    def __init__(self) -> None:
        self._pools: dict[str, list[asyncio.Task]] = {}
        self.kernel_pools_config: dict = {"default": {"pool_size": 0}}
        self.alive: set[str] = set()
        self.started: list[str] = []
        self.refuses: set[str] = set()  # notebooks whose kernel does not start
        self.fails: set[str] = set()  # notebooks with a part that cannot be shown
        self.at_once = self.most_at_once = 0
        self.gate = asyncio.Event()
        self.gate.set()

    def fill_if_needed(self, delay: float, notebook_name: str) -> None:
        size = self.kernel_pools_config.get(notebook_name, self.kernel_pools_config["default"])["pool_size"]
        for _ in range(size - len(self._pools.setdefault(notebook_name, []))):
            self._pools[notebook_name].append(asyncio.create_task(self._start(notebook_name)))

    async def _start(self, notebook: str) -> dict:
        self.started.append(notebook)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self.gate.wait()
            await asyncio.sleep(0)
        finally:
            self.at_once -= 1
        if notebook in self.refuses:
            raise RuntimeError("no memory left")
        kernel_id = f"{notebook}#{len(self.started)}"
        self.alive.add(kernel_id)
        drawing = asyncio.create_task(asyncio.sleep(0))
        return {
            "kernel_id": kernel_id,
            "task": drawing,
            "renderer": SimpleNamespace(failed=notebook in self.fails),
        }

    def __contains__(self, kernel_id: str) -> bool:
        return kernel_id in self.alive

    async def is_alive(self, kernel_id: str) -> bool:
        return kernel_id in self.alive

    async def shutdown_kernel(self, kernel_id: str, now: bool = False) -> None:
        self.alive.discard(kernel_id)

    def waiting(self) -> list[str]:
        return sorted(notebook for notebook, entries in self._pools.items() if any(entry.done() for entry in entries))

    def take(self, notebook: str) -> str:
        """As Voila's handler does right after ``prepare``."""
        return self._pools[notebook].pop(0).result()["kernel_id"]

    async def until(self, met: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not met():
                await asyncio.sleep(0.001)


@contextlib.asynccontextmanager
async def watched(options: ServeOptions) -> AsyncIterator[tuple[Kernels, KeptReady]]:
    kernels = Kernels()
    ready = KeptReady(kernels, options)
    watching = asyncio.create_task(ready.watch())
    try:
        yield kernels, ready
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


@pytest.fixture
def options(tmp_path, write_notebook) -> ServeOptions:
    for path in (*ALWAYS, *OTHERS):
        write_notebook(tmp_path, path, "1")
    return ServeOptions(root=tmp_path, pages_ready=4, fill_delay_seconds=0, pool_check_seconds=0.01, spare_memory_gb=0)


@pytest.fixture
def unhurried(options) -> ServeOptions:
    """Nothing is made anew while a test looks."""
    return replace(options, fill_delay_seconds=60)


def run(options: ServeOptions, story: Callable) -> None:
    async def told() -> None:
        async with watched(options) as (kernels, ready):
            await kernels.until(lambda: kernels.waiting() == sorted(ALWAYS))
            await story(kernels, ready)

    asyncio.run(told())


def test_the_landing_page_is_ready_first_and_one_kernel_starts_at_a_time(options):
    async def story(kernels, ready):
        assert kernels.started == ALWAYS
        for page in OTHERS:
            await ready.prepare(page)
        await kernels.until(lambda: len(kernels.waiting()) == 4)
        assert kernels.most_at_once == 1

    run(options, story)


def test_a_waiting_kernel_that_dies_is_replaced_before_anybody_comes(options, caplog):
    async def story(kernels, ready):
        kernels.alive.remove("index.ipynb#1")
        await kernels.until(lambda: len(kernels.started) == 3 and kernels.waiting() == sorted(ALWAYS))
        await ready.prepare("index.ipynb")
        assert kernels.take("index.ipynb") == "index.ipynb#3"

    run(options, story)
    assert [record.getMessage() for record in caplog.records if "index.ipynb" in record.getMessage()] == [
        "index.ipynb was kept ready, but its kernel died; it is made anew, ever later while it fails"
    ]


def test_a_visitor_who_comes_right_after_the_death_does_not_meet_it(unhurried):
    async def story(kernels, ready):
        kernels.alive.remove("index.ipynb#1")
        await ready.prepare("index.ipynb")
        assert kernels._pools["index.ipynb"] == []  # a fresh start

    run(unhurried, story)


@pytest.mark.parametrize("how", ["refuses", "fails"])
def test_a_page_that_keeps_failing_is_tried_ever_later_and_told_once(options, monkeypatch, caplog, how):
    now = [0.0]
    monkeypatch.setattr(pool, "time", SimpleNamespace(monotonic=lambda: now[0]))
    tries = []

    async def story(kernels, ready):
        getattr(kernels, how).add("index.ipynb")
        kernels.alive.remove("index.ipynb#1")
        for _ in range(1500):
            now[0] += 1
            before = len(kernels.started)
            for _ in range(20):
                ready._news.set()
                await asyncio.sleep(0)
            tries.extend([now[0]] * (len(kernels.started) - before))
        assert "dashboards/sales.ipynb" in kernels.waiting()
        getattr(kernels, how).clear()
        now[0] += pool.LONGEST_PAUSE_SECONDS
        await kernels.until(lambda: "index.ipynb" in kernels.waiting())

    run(options, story)
    pauses = [round(later - sooner) for sooner, later in pairwise(tries)]
    assert pauses == [10, 20, 40, 80, 160, 320, 600]
    assert len([record for record in caplog.records if record.levelno >= logging.WARNING]) == 1


def test_a_visited_page_is_ready_from_then_on_and_the_oldest_gives_way(options):
    async def story(kernels, ready):
        for page in OTHERS[:2]:
            await ready.prepare(page)
            assert kernels._pools[page] == []  # nothing to hand out yet
            await kernels.until(lambda page=page: page in kernels.waiting())
        oldest = kernels._pools[OTHERS[0]][0].result()["kernel_id"]
        await ready.prepare(OTHERS[2])
        await kernels.until(lambda: kernels.waiting() == sorted([*ALWAYS, *OTHERS[1:]]))
        assert oldest not in kernels.alive
        assert len(kernels.alive) == 4

    run(options, story)


def test_without_room_for_visited_pages_only_the_others_wait(options):
    async def story(kernels, ready):
        await ready.prepare(OTHERS[0])
        assert ready.wanted == ALWAYS

    run(replace(options, pages_ready=1), story)


def test_when_memory_runs_short_visited_pages_are_given_up_and_the_others_stay(options, monkeypatch):
    async def story(kernels, ready):
        for page in OTHERS[:2]:
            await ready.prepare(page)
        await kernels.until(lambda: len(kernels.waiting()) == 4)
        monkeypatch.setattr(pool, "available_memory_gb", lambda: -1.0)
        await kernels.until(lambda: kernels.waiting() == sorted(ALWAYS) and len(kernels.alive) == 2)

    run(options, story)


def test_of_two_who_come_at_once_one_takes_the_ready_page_and_the_other_starts_afresh(unhurried):
    async def story(kernels, ready):
        await ready.prepare("index.ipynb")
        assert ready.ready_count("index.ipynb") == 1
        kernels.take("index.ipynb")
        await ready.prepare("index.ipynb")
        assert ready.ready_count("index.ipynb") == 0

    run(unhurried, story)


def test_a_page_that_is_being_made_is_waited_for_by_one_visitor_only(options):
    async def story(kernels, ready):
        kernels.gate.clear()
        await ready.prepare(OTHERS[0])
        await kernels.until(lambda: kernels.started.count(OTHERS[0]) == 1)
        first = asyncio.create_task(visit(kernels, ready))
        await asyncio.sleep(0)
        assert await visit(kernels, ready) is None
        assert not first.done()
        kernels.gate.set()
        assert await first in kernels.alive

    async def visit(kernels, ready):
        await ready.prepare(OTHERS[0])
        return kernels.take(OTHERS[0]) if ready.ready_count(OTHERS[0]) else None

    run(options, story)


def test_after_a_visit_the_next_is_made_only_when_the_page_has_drawn(options):
    async def story(kernels, ready):
        before = asyncio.get_running_loop().time()
        await ready.prepare("index.ipynb")
        kernels.take("index.ipynb")
        await kernels.until(lambda: len(kernels.started) == 3)
        assert asyncio.get_running_loop().time() - before >= 0.3

    run(replace(options, fill_delay_seconds=0.3), story)


def test_a_notebook_that_was_edited_is_shown_as_it_is_now(unhurried, tmp_path, write_notebook, caplog):
    async def story(kernels, ready):
        before = kernels._pools["index.ipynb"][0]
        write_notebook(tmp_path, "index.ipynb", "2")
        await kernels.until(lambda: before not in kernels._pools["index.ipynb"] and "index.ipynb" in kernels.waiting())
        write_notebook(tmp_path, "index.ipynb", "3")
        await ready.prepare("index.ipynb")
        assert ready.ready_count("index.ipynb") == 0

    run(unhurried, story)
    assert caplog.records == []


def test_pages_made_from_the_user_s_own_file_are_made_anew_when_it_changes(options, tmp_path, caplog):
    file = tmp_path / "listings.csv"
    file.write_text("title\nlamp\n")

    async def story(kernels, ready):
        os.utime(file, ns=(1, 1))
        await kernels.until(lambda: len(kernels.started) == 4 and kernels.waiting() == sorted(ALWAYS))

    run(replace(options, data=file), story)
    assert caplog.records == []


def test_a_notebook_that_was_taken_away_is_not_missed(options, tmp_path, caplog):
    async def story(kernels, ready):
        await ready.prepare(OTHERS[0])
        await kernels.until(lambda: OTHERS[0] in kernels.waiting())
        (tmp_path / OTHERS[0]).unlink()
        await kernels.until(lambda: ready.wanted == ALWAYS and kernels.waiting() == sorted(ALWAYS))

    run(options, story)
    assert caplog.records == []


def test_the_watch_goes_on_after_a_stumble_and_sleeps_in_between(options, monkeypatch, caplog):
    async def story(kernels, ready):
        rounds = []
        look_after = ready._round

        async def stumble():
            rounds.append(1)
            if len(rounds) == 1:
                raise OSError("odd")
            return await look_after()

        monkeypatch.setattr(ready, "_round", stumble)
        kernels.alive.clear()
        await kernels.until(lambda: len(kernels.started) == 4)
        settled = len(rounds)
        await asyncio.sleep(0.2)
        assert len(rounds) - settled <= 21  # a round for each check, no more

    run(options, story)
    assert "the pool of ready pages stumbled" in caplog.text


def test_memory_is_read_from_this_computer():
    assert 0.01 < available_memory_gb() < 100_000
