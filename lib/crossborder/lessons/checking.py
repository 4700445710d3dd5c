"""Checks that know the truth and the usual wrong answers: the feedback names the error, never the answer."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from crossborder.i18n import _


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """A usual wrong answer: the value it gives, and the sentence that says what was computed instead."""

    name: str
    value: float
    says: str


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What is said back. ``error`` names the mistake (empty where right)."""

    right: bool
    error: str
    says: str


@dataclass(frozen=True, kw_only=True)
class Task:
    """One question with one number as its answer, made of the learner's own numbers.

    ``truth`` and mistakes are in the unit that is asked for (percent, dollars); ``tolerance`` is absolute. ``hints``
    are three rungs, each a longer step. All texts are already in the reader's language.
    """

    asks: str
    truth: float
    tolerance: float
    unit: str
    mistakes: tuple[Mistake, ...]
    hints: tuple[str, str, str]
    solution: str

    def judge(self, value: float) -> Judgement:
        """Right, or which error it is; failing that, on which side of the truth it lies."""
        if abs(value - self.truth) <= self.tolerance:
            return Judgement(right=True, error="", says=_("That is it."))
        near = [m for m in self.mistakes if abs(value - m.value) <= self.tolerance]
        if near:
            best = min(near, key=lambda m: abs(value - m.value))
            return Judgement(right=False, error=best.name, says=best.says)
        if value > self.truth:
            return Judgement(right=False, error="too high", says=_("This is too high."))
        return Judgement(right=False, error="too low", says=_("This is too low."))


MakeTask = Callable[[random.Random], Task]


def task_for(make: MakeTask, lesson: str, name: str, seed: int, round_: int) -> Task:
    """The learner's own task: the same for the same seed and round, on every machine."""
    return make(random.Random(f"{lesson}/{name}/{seed}/{round_}"))


@dataclass(frozen=True, kw_only=True)
class Option:
    """One answer of a transfer question: its text, whether it is right, and what is said back."""

    label: str
    right: bool
    says: str


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """The same thought on a new case; texts are message ids."""

    name: str
    asks: str
    options: Mapping[str, Option]

    def judge(self, chosen: str) -> Judgement:
        """What is said back to a chosen answer."""
        option = self.options[chosen]
        return Judgement(right=option.right, error="" if option.right else chosen, says=_(option.says))
