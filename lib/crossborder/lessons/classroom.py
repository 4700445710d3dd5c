"""The teacher's view: a folder of progress files, one row per learner, lesson and prediction or check."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, ClassVar

import pandas as pd

from crossborder.errors import InputFileError
from crossborder.i18n import N_, _
from crossborder.lessons.checking import MakeTask, task_for
from crossborder.lessons.progress import ENDING, Event, Progress
from crossborder.origin import Origin, observed
from crossborder.result import Result

COLUMNS = (
    "learner",
    "lesson",
    "version",
    "name",
    "kind",
    "answer",
    "right",
    "recomputed",
    "attempts",
    "hints",
    "errors",
    "seed",
    "at",
)
FILE_LIMIT = 2000


@dataclass(frozen=True, kw_only=True)
class ClassProgress(Result):
    """``table``: who predicted what before the answer was shown, who got which check right after how many attempts.

    ``recomputed`` works the answer out again from its seed. ``refused`` names the files that could not be read, with
    the reason.
    """

    columns: ClassVar[Mapping[str, str]] = {
        "learner": N_("Learner"),
        "lesson": N_("Lesson"),
        "version": N_("Lesson version"),
        "name": N_("Question"),
        "kind": N_("Kind"),
        "answer": N_("Answer"),
        "right": N_("Right"),
        "recomputed": N_("Right when worked out again"),
        "attempts": N_("Attempts"),
        "hints": N_("Hints"),
        "errors": N_("Errors made"),
        "seed": N_("Seed of the numbers"),
        "at": N_("Time"),
    }

    table: pd.DataFrame
    refused: Mapping[str, str]

    @property
    def text(self) -> str:
        checks = self.table[self.table["kind"] == "check"]
        return _("{n} learners; {right} of {all} checks are right; {refused} files could not be read.").format(
            n=self.table["learner"].nunique(),
            right=int(checks["right"].eq(True).sum()),
            all=len(checks),
            refused=len(self.refused),
        )

    @property
    def origin(self) -> Mapping[str, Origin]:
        return {"*": observed(N_("progress files of a class"))}

    def predictions(self, lesson: str, name: str) -> pd.Series:
        """How many learners gave each answer to one prediction: the histogram to show before the reveal."""
        rows = self.table.query("kind in ('choice', 'range', 'declined') and lesson == @lesson and name == @name")
        return rows["answer"].value_counts()


def read_class(folder: Path | str) -> ClassProgress:
    """Who predicted what, who is stuck where? Reads every progress file in ``folder``; a bad one is named."""
    rows: list[dict[str, Any]] = []
    refused: dict[str, str] = {}
    for path in sorted(Path(folder).glob(f"*{ENDING}"))[:FILE_LIMIT]:
        try:
            progress = Progress.from_json(path.read_bytes())
        except (InputFileError, OSError) as problem:
            refused[path.name] = str(problem)
            continue
        rows += _rows(progress)
    return ClassProgress(table=pd.DataFrame(rows, columns=list(COLUMNS)), refused=refused)


def _rows(progress: Progress) -> list[dict[str, Any]]:
    """The first prediction (later ones were made knowing the answer) and the whole story of each check."""
    grouped: dict[tuple[str, str], list[Event]] = {}
    for event in progress.events:
        grouped.setdefault((event.lesson, event.name), []).append(event)
    rows = []
    for (lesson, name), events in grouped.items():
        common = {"learner": progress.learner, "lesson": lesson, "name": name, "seed": progress.seed}
        first = next((e for e in events if e.what in ("predicted", "declined")), None)
        answers = [e for e in events if e.what == "answered"]
        if first is not None:
            told = first.told
            kind = "declined" if first.what == "declined" else str(told.get("kind", ""))
            rows.append(common | {"version": first.version, "kind": kind, "answer": _spoken(told), "at": first.at})
        if answers:
            right = any(e.told.get("right") is True for e in answers)
            errors = sorted({str(e.told["error"]) for e in answers if e.told.get("error")})
            rungs = [e.told.get("rung") for e in events if e.what == "hinted"]
            rows.append(
                common
                | {"recomputed": _recomputed(answers)}
                | {
                    "version": answers[-1].version,
                    "kind": "check",
                    "answer": str(answers[-1].told.get("answer", "")),
                    "right": right,
                }
                | {
                    "attempts": len(answers),
                    "hints": max((r for r in rungs if isinstance(r, int)), default=0),
                    "errors": ", ".join(errors),
                    "at": answers[-1].at,
                }
                | {"seed": answers[-1].told.get("seed", progress.seed)}
            )
    return rows


def _spoken(told: Mapping[str, Any]) -> str:
    if told.get("kind") == "range":
        return f"{told.get('low')} – {told.get('likely')} – {told.get('high')}"
    return str(told.get("chosen", ""))


def _recomputed(answers: list[Event]) -> bool | None:
    """Whether one of the answers is right for the numbers that its seed gives; None where that cannot be told."""
    event = next((e for e in answers if e.told.get("right") is True), answers[-1])
    told = event.told
    make = tasks_of(event.lesson).get(event.name)
    if make is None or not all(isinstance(told.get(name), int | float) for name in ("answer", "seed", "round")):
        return None
    return task_for(make, event.lesson, event.name, told["seed"], told["round"]).judge(told["answer"]).right


@cache
def tasks_of(lesson: str) -> Mapping[str, MakeTask]:
    """The checks of a lesson by name: ``TASKS`` of the ``checks`` module whose ``LESSON`` is this number."""
    for folder in iter_modules([str(Path(__file__).parent)]):
        if folder.ispkg:
            checks = import_module(f"crossborder.lessons.{folder.name}.checks")
            if lesson == checks.LESSON:
                return checks.TASKS
    return {}
