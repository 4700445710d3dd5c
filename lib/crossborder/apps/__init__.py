"""Controls around a verb. ``Explorer`` is the one generic app; dashboards, atlas and gallery are built from it.

==========================  ==================================================================
``Explorer``                a control per parameter, the sentence, the picture, the numbers
``policy_change_explorer``  the explorer of the dashboard on a ranking policy change
``Answer``                  a result in a notebook: sentence, picture, numbers with their origin
``Chart``                   one figure as a widget
``table``, ``notes``        a frame as a table, sentences under each other
``TwinHead``                the head of a notebook that comes in two languages
``Markup``                  text in named parts
==========================  ==================================================================
"""

from importlib import import_module
from typing import Any

from crossborder.apps.chart import Chart
from crossborder.apps.explorer import Explorer
from crossborder.apps.markup import Markup
from crossborder.apps.still import begin as _begin_stills

_HOMES = {
    "Answer": "answer",
    "TwinHead": "twin",
    "notes": "answer",
    "policy_change_explorer": "policy_change",
    "table": "answer",
}

__all__ = ["Answer", "Chart", "Explorer", "Markup", "TwinHead", "notes", "policy_change_explorer", "table"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"crossborder.apps.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'crossborder.apps' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)


_begin_stills()
