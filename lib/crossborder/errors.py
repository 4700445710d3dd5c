"""The few exceptions a caller may want to catch, and how their sentences name values and near names."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from crossborder.i18n import _

LONGEST_VALUE = 80


class CrossborderError(Exception):
    """Base of all errors this library raises on purpose."""


class BoundsError(CrossborderError, ValueError):
    """A scenario's number, choice or date lies outside what it may be."""


class UnknownFactError(CrossborderError, KeyError):
    """No sourced statement has that id."""

    def __str__(self) -> str:  # KeyError would show the repr of the sentence
        return str(self.args[0])


class FactValueError(CrossborderError, ValueError):
    """A statement has no single number where one was asked for."""


class InputFileError(CrossborderError, ValueError):
    """A user's file cannot be read as a whole; nothing of it was taken."""


class MissingTableError(CrossborderError, LookupError):
    """A scenario names a table (an uploaded file) that is not at hand."""


class FormulaError(CrossborderError, ValueError):
    """A policy formula cannot be read."""


class UnreadableError(CrossborderError, ValueError):
    """A text holds no scenario or result that this version can read."""


class MisfitError(CrossborderError, ValueError):
    """A picture was asked of a result that does not hold what it draws."""


class EngineError(CrossborderError, ValueError):
    """An engine was asked for something outside its law."""


def shortened(value: Any) -> str:
    """A value as a sentence names it, however long it is.

    >>> shortened("EUR"), len(shortened("x" * 1000))
    ("'EUR'", 80)
    """
    text = repr(value) if isinstance(value, str | bytes) else str(value)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 3] + "..."


def nearest(name: Any, known: Iterable[str], cutoff: float = 0.6) -> str:
    """A sentence with the known names that look most like ``name``; empty where none does.

    >>> nearest("dayz", ["days", "worlds"])
    ' Nearest: days.'
    """
    return nearest_are(get_close_matches(str(name), list(known), n=3, cutoff=cutoff))


def nearest_are(names: list[str]) -> str:
    """The same for names found otherwise."""
    return _(" Nearest: {names}.").format(names=", ".join(names)) if names else ""
