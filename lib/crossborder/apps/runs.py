"""Runs behind the screen: at once when they are fast, in a thread when they are slow, only the newest one counts."""

import asyncio
import inspect
import logging
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable
from typing import Any

from crossborder.errors import CrossborderError
from crossborder.i18n import _

log = logging.getLogger("crossborder.apps")

Deliver = Callable[[Any, str], None]
Progress = Callable[[int, int], None]


class Cancelled(CrossborderError):
    """A run was given up because a newer one replaced it, or because the reader asked."""


def call(verb: Callable[..., Any], scenario: Any, *, rng: Any, progress: Progress | None = None) -> Any:
    """Call a verb with what it takes: always the scenario, ``rng`` and ``progress`` where it has them."""
    offered = {"rng": rng, "progress": progress}
    known = inspect.signature(verb).parameters
    open_ended = any(p.kind is p.VAR_KEYWORD for p in known.values())
    return verb(
        scenario, **{name: value for name, value in offered.items() if name in known or (open_ended and name == "rng")}
    )


def told(problem: Exception) -> str:
    """What the reader hears of a failure: a sentence of ours as it is, for all else a number to find it in the log."""
    if isinstance(problem, MemoryError):
        return _(
            "This run needs more memory than a page may use. Take fewer rows, days or worlds, or run it in a notebook."
        )
    sentence = str(problem)
    if isinstance(problem, CrossborderError) or (type(problem) is ValueError and sentence.endswith((".", "。"))):
        return sentence
    reference = uuid.uuid4().hex[:8]
    log.error("run %s failed", reference, exc_info=problem)
    return _("Something went wrong that should not. The settings are kept; reference {reference}.").format(
        reference=reference
    )


class Runner:
    """Runs work in the background, one at a time; a newer job cancels the older one and its result is dropped."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._number = 0
        self._thread: threading.Thread | None = None
        self._handed_over: deque[Callable[[], None]] = deque()
        self.running = False

    def start(self, work: Callable[[Progress], Any], deliver: Deliver, progress: Progress) -> None:
        """``work(report)`` in a thread; then ``deliver(result, error sentence)`` where the caller's own code runs."""
        loop = _loop()
        with self._lock:
            self._number += 1
            mine = self._number
            self.running = True
        previous = self._thread

        def hand_over(function: Callable[..., None], *values: Any) -> None:
            def only_newest() -> None:
                if mine == self._number:
                    function(*values)

            if loop is None:
                only_newest()
            else:  # whoever is there first takes it: the loop in its turn, or one that waits for the run
                self._handed_over.append(only_newest)
                loop.call_soon_threadsafe(self._take)

        last = [0.0]

        def report(done: int, total: int) -> None:
            if mine != self._number:
                raise Cancelled(_("The run was cancelled."))
            if time.monotonic() - last[0] > 0.1 or done == total:
                last[0] = time.monotonic()
                hand_over(progress, done, total)

        def body() -> None:
            if previous is not None:
                previous.join()
            result, error = None, ""
            try:
                if mine == self._number:
                    result = work(report)
            except Cancelled:
                return
            except Exception as problem:  # whatever it was, the page must say so and live on
                error = told(problem)
            if mine == self._number:
                self.running = False
                hand_over(deliver, result, error)

        self._thread = threading.Thread(target=body, daemon=True, name="crossborder-run")
        self._thread.start()

    def cancel(self) -> None:
        """Give up what is running; nothing of it will be delivered."""
        with self._lock:
            self._number += 1
            self.running = False

    def wait(self, seconds: float = 60.0) -> None:
        """Wait for the newest job, and for one that it starts in turn; what they hand over is taken here."""
        until = time.monotonic() + seconds
        waited_for = None
        while self._thread is not waited_for and time.monotonic() < until:
            waited_for = self._thread
            if waited_for is not None:
                waited_for.join(until - time.monotonic())
                self._take()

    def _take(self) -> None:
        while self._handed_over:
            self._handed_over.popleft()()


def _loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
