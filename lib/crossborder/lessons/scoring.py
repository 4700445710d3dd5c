"""How good were the predictions? Ranges by their interval score, choices by their Brier score; lower is better."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd

from crossborder.i18n import N_, _
from crossborder.lessons.piece import gap
from crossborder.lessons.progress import Event, Progress
from crossborder.origin import Origin, observed
from crossborder.result import Result

LEVEL = 0.8


def interval_score(low: float, high: float, truth: float, level: float = LEVEL) -> float:
    """Width of the range, plus 2/alpha for each unit by which the truth lies outside, alpha = 1 - level.

    A narrow range that holds scores best [Gneiting and Raftery 2007, eq. 43].

    >>> interval_score(0.2, 0.4, 0.3), round(interval_score(0.2, 0.4, 0.5), 9)
    (0.2, 1.2)
    """
    penalty = 2.0 / (1.0 - level)
    return (high - low) + penalty * max(low - truth, 0.0) + penalty * max(truth - high, 0.0)


def brier_score(chances: Mapping[str, float], truth: str) -> float:
    """Sum of squared gaps between the chances given and what came: 0 is perfect, 2 is surely wrong [Brier 1950].

    >>> brier_score({"a": 0.8, "b": 0.1, "c": 0.1}, "a")
    0.06
    """
    return round(sum((chance - (name == truth)) ** 2 for name, chance in chances.items()), 12)


def spread_chances(options: Sequence[str], chosen: str, sure: float) -> dict[str, float]:
    """The chance ``sure`` for the chosen option, the rest in equal parts for the others.

    >>> spread_chances(["a", "b", "c"], "b", 0.5)
    {'a': 0.25, 'b': 0.5, 'c': 0.25}
    """
    rest = (1.0 - sure) / (len(options) - 1)
    return {name: sure if name == chosen else rest for name in options}


@dataclass(frozen=True, kw_only=True)
class PredictionScores(Result):
    """``table``: one row per prediction that was made, the newest of each: lesson, name, kind, score, held."""

    columns: ClassVar[Mapping[str, str]] = {
        "lesson": N_("Lesson"),
        "name": N_("Prediction"),
        "kind": N_("Kind"),
        "score": N_("Score (lower is better)"),
        "held": N_("Came true"),
    }

    table: pd.DataFrame

    @property
    def text(self) -> str:
        ranges = self.table[self.table["kind"] == "range"]
        choices = self.table[self.table["kind"] == "choice"]
        parts = []
        if len(ranges):
            parts.append(
                _("Ranges: {held} of {n} held what came (four in five should).").format(
                    held=int(ranges["held"].sum()), n=len(ranges)
                )
            )
        if len(choices):
            parts.append(_("Choices: {held} of {n} right.").format(held=int(choices["held"].sum()), n=len(choices)))
        return gap().join(parts) or _("No predictions yet.")

    @property
    def origin(self) -> Mapping[str, Origin]:
        return {"*": observed(N_("your own predictions"))}


def score_predictions(progress: Progress) -> PredictionScores:
    """How good were one learner's predictions over all lessons? The newest of each counts; declining costs nothing."""
    newest = {(e.lesson, e.name): e for e in progress.events if e.what == "predicted" and "truth" in e.told}
    rows = []
    for event in newest.values():
        try:
            rows.append(_scored(event))
        except (KeyError, TypeError, ZeroDivisionError):  # a file edited by hand: that prediction does not count
            continue
    return PredictionScores(table=pd.DataFrame(rows, columns=["lesson", "name", "kind", "score", "held"]))


def _scored(event: Event) -> tuple[str, str, str, float, bool]:
    told = event.told
    if told["kind"] == "range":
        score = interval_score(told["low"], told["high"], told["truth"])
        return (event.lesson, event.name, "range", score, told["low"] <= told["truth"] <= told["high"])
    chances = spread_chances(told["options"], told["chosen"], told["sure"])
    return (event.lesson, event.name, "choice", brier_score(chances, told["truth"]), told["chosen"] == told["truth"])
