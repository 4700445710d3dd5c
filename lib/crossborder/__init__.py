"""Crossborder: a research and teaching workbench on cross-border marketplaces.

``import crossborder as xb`` is the front door. Every folder beside this file with a door of its own is a room, but for
``i18n`` and ``serve``; rooms open when first used:

================  ==========================================================================
``xb.facts``      the register of sourced statements
``xb.data``       tables: reading user files, real data sets, synthetic ones
``xb.statistics`` intervals, paired comparison, concentration
``xb.market``     buyers meet listings: the world and its three engines
``xb.ranking``    who is seen: policies and what a change of policy does
``xb.evaluation`` judging any run: sweeps over scenarios
``xb.atlas()``    every mechanism, its verb, its facts, built or not
``xb.run(n)``     runs mechanism ``n`` on its default scenario
``xb.charts``     result in, figure out
``xb.apps``       controls around a verb
``xb.lessons``    predict, play, explain, check
================  ==========================================================================
"""

from importlib import import_module
from typing import Any

from crossborder.atlas import atlas, run
from crossborder.facts import facts
from crossborder.i18n import in_language, language, use_language
from crossborder.places import PACKAGE

__version__ = "0.1.0"

_NO_ROOMS = {"i18n", "serve"}
_ROOMS = sorted({door.parent.name for door in PACKAGE.glob("*/__init__.py")} - _NO_ROOMS)

__all__ = ["atlas", "facts", "in_language", "language", "run", "use_language", *_ROOMS]


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"crossborder.{name}")
    raise AttributeError(f"module 'crossborder' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
