"""Judging any run: many runs over a grid of scenarios.

===========================  ==================================================================
``sweep(verb, grid)``        runs a verb at every point of a grid; ``Sweep`` is what came out
``Sweep.mean(column)``       one number per point with its interval: a ``PointMeans``
``xb.charts.sweep_picture``  its picture: a line over one parameter, a heat map over two
===========================  ==================================================================
"""

from importlib import import_module
from typing import Any

_HOMES = {"sweep": "sweeps", "Sweep": "swept", "PointMeans": "over_points"}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"crossborder.evaluation.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'crossborder.evaluation' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
