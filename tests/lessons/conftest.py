"""A lesson of two questions that needs no market, and a folder for its learners."""

from pathlib import Path

import pytest

from crossborder.lessons.lesson import Lesson
from crossborder.lessons.progress import Progress
from crossborder.lessons.questions import ChoiceQuestion, RangeQuestion


class Small(Lesson):
    number, version, minutes = "99", 2, 5
    notebook = "99_small.ipynb"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def lesson(folder: Path) -> Small:
    return Small(Progress.open("Lin", folder))


@pytest.fixture
def share() -> RangeQuestion:
    return RangeQuestion(name="share", asks="How much?", lowest=0.0, highest=1.0, truth=0.34, share=True)


@pytest.fixture
def winner() -> ChoiceQuestion:
    return ChoiceQuestion(
        name="winner",
        asks="Which?",
        options={"a": "By conversion only", "b": "By GMV only", "c": "Under both"},
        truth="b",
    )
