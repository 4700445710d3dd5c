"""The course of a run: the quick verb at once or behind the page, then a slower one that refines it."""

import time
from collections.abc import Callable
from typing import Any

from crossborder.apps.runs import Progress, Runner, call, told
from crossborder.params import Params
from crossborder.result import Result

SLOW_SECONDS = 0.4
SETTLE_SECONDS = 0.35


class Course:
    """Runs a scenario; the newest wins. ``deliver(result, error)`` gets what came out, ``report`` how far it is."""

    def __init__(
        self,
        run: Callable[..., Result],
        refine: Callable[..., Result] | None,
        rng: Any,
        *,
        slow: bool,
        deliver: Callable[[Result | None, str], None],
        report: Callable[[int, int], None],
    ) -> None:
        self.run, self.refine, self.rng = run, refine, rng
        self.refined = False
        self._slow = self._always_slow = slow
        self._deliver, self._report, self._runner = deliver, report, Runner()

    @property
    def verb(self) -> Callable[..., Result]:
        """The verb whose result was delivered last."""
        return self.refine if self.refined and self.refine else self.run

    def start(self, scenario: Params, *, at_once: bool, behind: bool) -> None:
        """Run ``scenario``: behind the page if asked to, or if the last run took long and nobody waits for this one."""
        self.refined = False
        self._runner.cancel()
        if behind or (self._slow and not at_once):
            self._report(0, 0)
            self._runner.start(
                lambda report: self._timed(scenario, report), lambda *got: self._quick(scenario, *got), self._report
            )
            return
        try:
            result = self._timed(scenario)
        except Exception as problem:  # whatever it was, the page must say so and live on
            self._deliver(None, told(problem))
            return
        self._quick(scenario, result, "")

    def cancel(self) -> None:
        """Give up what runs behind the page."""
        self._runner.cancel()

    def wait(self, seconds: float) -> None:
        """Wait until the newest run was delivered."""
        self._runner.wait(seconds)

    def _timed(self, scenario: Params, report: Progress | None = None) -> Result:
        started = time.perf_counter()
        result: Result = call(self.run, scenario, rng=self.rng, progress=report)
        self._slow = self._always_slow or time.perf_counter() - started > SLOW_SECONDS
        return result

    def _quick(self, scenario: Params, result: Result | None, error: str) -> None:
        self._deliver(result, error)
        if self.refine is not None and not error:
            self._report(0, 0)
            self._runner.start(lambda report: self._finer(scenario, report), self._refined, self._report)

    def _finer(self, scenario: Params, report: Callable[[int, int], None]) -> Result:
        until = time.monotonic() + SETTLE_SECONDS  # a slider on its way does not start a long run at every step
        while time.monotonic() < until:
            report(0, 1)
            time.sleep(0.03)
        return call(self.refine, scenario, rng=self.rng, progress=report)  # type: ignore[arg-type]

    def _refined(self, result: Result | None, error: str) -> None:
        self.refined = not error
        self._deliver(result, error)
