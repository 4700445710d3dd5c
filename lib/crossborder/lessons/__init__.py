"""Lessons: predict, play, explain, check, take away; and what a learner has done so far.

``read_class(folder)`` is the teacher's view of a folder of progress files, ``score_predictions`` a learner's own
record. Each lesson is one class (``ThreeSellers``) that a thin notebook calls part by part.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "Lesson": "lesson",
    "ThreeSellers": "three_sellers",
    "Progress": "progress",
    "read_class": "classroom",
    "score_predictions": "scoring",
    "interval_score": "scoring",
    "brier_score": "scoring",
    "PredictBox": "predict_box",
    "Gate": "predict_box",
    "Levers": "levers",
    "Move": "levers",
    "SideBySide": "pictures",
    "Redraw": "pictures",
    "CheckBox": "check_box",
    "TransferBox": "check_box",
    "ProgressPanel": "progress_panel",
    "glossary": "glossary",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"crossborder.lessons.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'crossborder.lessons' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
