"""Judging any run: many runs over a grid of scenarios."""

from importlib import import_module
from typing import Any

_HOMES = {"sweep": "sweeps", "Sweep": "sweeps"}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"crossborder.evaluation.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'crossborder.evaluation' has no attribute {name!r}")
