"""What every lesson is: a number, a version, a learner's progress, questions that open what follows, and a language.

A lesson speaks the language of the folder that its notebook stands in (``lessons/zh`` is Chinese), because its prose
does too; the other language is another notebook with the same code.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

import ipywidgets

from crossborder.apps.page import PageAddress
from crossborder.apps.show import Html, joined
from crossborder.i18n import LANGUAGES, _, language, use_language
from crossborder.lessons.piece import Piece
from crossborder.lessons.progress import Event, Progress

FOLDER = "lessons"


class Lesson:
    """Base of every lesson. ``notebook`` is its file name, the same in every language."""

    number: ClassVar[str]
    version: ClassVar[int]
    minutes: ClassVar[int]
    notebook: ClassVar[str]
    title: ClassVar[str]

    def __init__(self, progress: Progress | None = None) -> None:
        use_language(language_of_folder(Path.cwd()))
        self.progress = progress or Progress.open()
        self._followers: list[Callable[[], None]] = []

    def record(self, what: str, name: str, **told: Any) -> None:
        """Note what the learner did and let everything on the page know."""
        self.progress.record(Event(lesson=self.number, version=self.version, what=what, name=name, told=told))
        self.refresh()

    def answer_to(self, name: str) -> Event | None:
        """The newest prediction with this name, or that the learner would rather not guess; None before both."""
        events = [e for e in self.progress.of(self.number, name=name) if e.what in ("predicted", "declined", "reopened")]
        return events[-1] if events and events[-1].what != "reopened" else None

    def follow(self, refresh: Callable[[], None]) -> None:
        """Call ``refresh`` whenever something happened."""
        self._followers.append(refresh)

    def refresh(self) -> None:
        """Bring everything on the page up to date with the progress."""
        for refresh in self._followers:
            refresh()

    def become(self, learner: str) -> None:
        """Go on as another learner, with that learner's file."""
        self.progress = Progress.open(learner, self.progress.path.parent if self.progress.path else None)
        self.refresh()

    def head(self) -> ipywidgets.Widget:
        """The top of the page: way home, languages. Also learns from the address which learner this is."""
        address = PageAddress()
        address.title, address.language = _(self.title), language()
        address.on_arrival(lambda asked: self.become(asked["learner"]) if asked.get("learner") else None)
        box = ipywidgets.VBox([address, Piece(self._frame())])
        box.add_class("xb")
        return box

    def _frame(self) -> Html:
        links = joined(
            Html('<a class="xb-language" data-notebook="{path}" data-query="lang={code}" href="#" lang="{code}"{now}>{name}</a>').fill(
                path=self.path(code), code=code, name=name, now=Html(' aria-current="page"') if code == language() else Html("")
            )
            for code, name in LANGUAGES.items()
        )
        return Html(
            '<div class="xb-top xb-noprint"><a class="xb-home" data-notebook="index.ipynb" data-query="lang={code}" href="#">Crossborder</a>'
            '<nav class="xb-languages" aria-label="{choose}">{links}</nav></div>'
        ).fill(code=language(), choose=_("Language"), links=links)

    def progress_panel(self) -> ipywidgets.Widget:
        """What the learner has done so far, to name, save and bring back."""
        from crossborder.lessons.progress_panel import ProgressPanel

        return ProgressPanel(self)

    def path(self, code: str) -> str:
        """Where this lesson's notebook lies, below the notebooks folder."""
        return f"{FOLDER}/{self.notebook}" if code == "en" else f"{FOLDER}/{code}/{self.notebook}"


def language_of_folder(folder: Path) -> str:
    """The language that a notebook's folder is for.

    >>> language_of_folder(Path("notebooks/lessons/zh")), language_of_folder(Path("notebooks/lessons"))
    ('zh', 'en')
    """
    return folder.name if folder.name in LANGUAGES else "en"


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
