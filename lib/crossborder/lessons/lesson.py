"""What every lesson is: a number, a version, a learner's progress, questions that open what follows, and a language.

A lesson speaks the language of the folder that its notebook stands in (``lessons/zh`` is Chinese), because its prose
does too; the other language is another notebook with the same code.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

import ipywidgets

from crossborder.apps.twin import TwinHead, language_of_folder
from crossborder.i18n import language, use_language
from crossborder.lessons.progress import Event, Progress

FOLDER = "lessons"


class Lesson:
    """Base of every lesson. ``notebook`` is its file name, the same in every language."""

    number: ClassVar[str]
    version: ClassVar[int]
    minutes: ClassVar[int]
    notebook: ClassVar[str]

    def __init__(self, progress: Progress | None = None) -> None:
        use_language(language_of_folder(Path.cwd()))
        self.progress = progress or Progress.open()
        self._followers: list[Callable[[], None]] = []
        self._beginnings: list[Callable[[], None]] = []
        self._head: TwinHead | None = None

    def record(self, what: str, name: str, **told: Any) -> None:
        """Note what the learner did and let everything on the page know."""
        self.progress.record(Event(lesson=self.number, version=self.version, what=what, name=name, told=told))
        self.refresh()

    def answer_to(self, name: str) -> Event | None:
        """The newest prediction with this name, or that the learner would rather not guess; None before both."""
        events = [
            e for e in self.progress.of(self.number, name=name) if e.what in ("predicted", "declined", "reopened")
        ]
        return events[-1] if events and events[-1].what != "reopened" else None

    def follow(self, refresh: Callable[[], None], *, begin: Callable[[], None] | None = None) -> None:
        """Call ``refresh`` whenever something happened; before it ``begin``, when the page goes to another learner."""
        self._followers.append(refresh)
        if begin is not None:
            self._beginnings.append(begin)

    def refresh(self) -> None:
        """Bring everything on the page up to date with the progress."""
        for refresh in self._followers:
            refresh()

    def become(self, learner: str) -> None:
        """Go on as another learner, with that learner's file; the page's address remembers it."""
        before = self.progress.learner
        self.progress = Progress.open(learner, self.progress.path.parent if self.progress.path else None)
        if self.progress.learner != before:
            for begin in self._beginnings:
                begin()
        if self._head is not None and self._head.address.arrived:
            self._head.address.show_in_address({"lang": language(), "learner": self.progress.learner})
        self.refresh()

    def head(self) -> TwinHead:
        """The top of the page: way home, languages. Also learns from the address which learner this is."""
        self._head = TwinHead(f"{FOLDER}/{self.notebook}")
        self._head.address.on_arrival(self._arrived)
        return self._head

    def _arrived(self, asked: dict[str, str]) -> None:
        if asked.get("learner"):
            self.become(asked["learner"])
        else:
            self.catch_up()

    def catch_up(self) -> None:
        """Take over what other pages of this learner saved since this one was made, which may have waited for long."""
        if self.progress.path is None:
            return
        saved = Progress.open(self.progress.learner, self.progress.path.parent)
        if saved.events != self.progress.events:
            self.progress = saved
            self.refresh()

    def progress_panel(self) -> ipywidgets.Widget:
        """What the learner has done so far, to name, save and bring back."""
        from crossborder.lessons.progress_panel import ProgressPanel

        return ProgressPanel(self)


def figures_agree(figures: Mapping[str, tuple[float, float, float]]) -> None:
    """Raise AssertionError where a stated figure and its recomputation differ by more than the tolerance.

    >>> figures_agree({"weeks": (10, 10.0, 0.1)})
    >>> figures_agree({"weeks": (10, 12.0, 0.1)})
    Traceback (most recent call last):
    AssertionError: weeks is stated as 10, but comes out at 12.
    """
    for name, (said, found, tolerance) in figures.items():
        if not abs(said - found) <= tolerance:
            raise AssertionError(f"{name} is stated as {said:g}, but comes out at {found:g}.")
