"""What one parameter knows of itself, and whether a value keeps to it."""

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from crossborder.errors import BoundsError, shortened
from crossborder.i18n import _
from crossborder.origin import Origin, assumed


@dataclass(frozen=True, kw_only=True)
class About:
    """What one parameter knows of itself. ``label`` and ``help`` are message ids, translated when shown."""

    kind: str
    label: str
    low: Any = None
    high: Any = None
    step: float | None = None
    unit: str = ""
    options: Mapping[str, str] | None = None
    origin: Origin = field(default_factory=assumed)
    help: str = ""
    log: bool = False
    main: bool = False
    optional: bool = False


def checked(name: str, value: Any, about: About, check: Callable[[str], Any] | None = None) -> Any:
    """The value that the parameter ``name`` takes; ``check`` reads a formula. BoundsError where it does not fit.

    >>> checked("stores", 3.0, About(kind="whole", label="Stores", low=1, high=9))
    3
    """
    if value is None and about.optional:
        return None
    if about.kind in ("number", "whole", "day"):
        value = _checked_kind(name, value, about)
        if not about.low <= value <= about.high:
            low, high = (f"{b:g}" if isinstance(b, float) else str(b) for b in (about.low, about.high))
            raise BoundsError(
                _("{name} must be between {low} and {high}; got {value}. Choose a value inside these bounds.").format(
                    name=name, low=low, high=high, value=shortened(value)
                )
            )
    elif (
        about.kind == "choice" and about.options is not None and not (isinstance(value, str) and value in about.options)
    ):
        options = ", ".join(about.options)
        raise BoundsError(
            _("{name} must be one of {options}; got {value}.").format(
                name=name, options=options, value=shortened(value)
            )
        )
    elif about.kind == "flag" and not isinstance(value, bool):
        raise BoundsError(_("{name} must be true or false; got {value}.").format(name=name, value=shortened(value)))
    elif about.kind == "formula" and check is not None:
        check(value)
    elif about.kind == "table" and isinstance(value, str | int | float):
        raise BoundsError(_("{name} must be a table; got {value}.").format(name=name, value=shortened(value)))
    return value


def check_group(name: str, value: Any, wanted: type) -> None:
    """A group of parameters must be of the declared kind; BoundsError otherwise."""
    if not isinstance(value, wanted):
        found = type(value).__name__
        raise BoundsError(
            _("{name} must be a {wanted}; got a {found}.").format(name=name, wanted=wanted.__name__, found=found)
        )


def check_table(name: str, value: Any, declared: Any) -> None:
    """A table or a world of tables must be of the kind that the scenario declares; BoundsError otherwise."""
    kinds = get_args(declared) or (declared,)
    if declared is Any or not all(isinstance(kind, type) for kind in kinds) or isinstance(value, tuple(kinds)):
        return
    wanted = " / ".join("None" if kind is type(None) else kind.__name__ for kind in kinds)
    _library, *rooms = kinds[0].__module__.split(".")
    hint = _(" What makes one: help(xb.{room}).").format(room=rooms[0]) if _library == "crossborder" else ""
    raise BoundsError(
        _("{name} must be {wanted}; got {value}.").format(name=name, wanted=wanted, value=shortened(value)) + hint
    )


def _checked_kind(name: str, value: Any, about: About) -> Any:
    if about.kind == "day":
        if type(value) is dt.date:
            return value
        raise BoundsError(_("{name} must be a calendar day; got {value}.").format(name=name, value=shortened(value)))
    real = isinstance(value, int | float) or (hasattr(value, "__float__") and not isinstance(value, str))
    if isinstance(value, bool) or not real or not _finite(value):
        raise BoundsError(_("{name} must be a number; got {value}.").format(name=name, value=shortened(value)))
    if about.kind == "number":
        return float(value) if not isinstance(value, int) else value
    if float(value) != int(value):
        raise BoundsError(_("{name} must be a whole number; got {value}.").format(name=name, value=shortened(value)))
    return int(value)


def _finite(value: Any) -> bool:
    try:
        return math.isfinite(value)
    except (OverflowError, TypeError):  # a whole number too long for any float; several numbers in one
        return False
