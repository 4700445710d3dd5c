"""Words that several charts need: a column's label, a list read aloud, the colour and shape of each group."""

from collections.abc import Iterable, Sequence
from typing import Any

from crossborder.charts.numbers import readable
from crossborder.charts.theme import DASHES, SYMBOLS, theme
from crossborder.i18n import _
from crossborder.result import Result


def label_of(result: Result, name: str) -> str:
    """What a reader calls a column, or an id that stands in a row."""
    known = result.columns.get(name) or result.row_labels.get(name)
    return _(known) if known else readable(name)


def labels_of(result: Result) -> dict[str, str]:
    """All labels of a result, in the language of the moment."""
    return {name: _(label) for name, label in {**result.row_labels, **result.columns}.items()}


def listed(parts: Sequence[str], most: int = 4) -> str:
    """A few parts as one text: ``a, b, c and 3 more``."""
    shown = _(", ").join(parts[:most])
    return shown if len(parts) <= most else _("{parts} and {n} more").format(parts=shown, n=len(parts) - most)


def look(groups: Iterable[Any]) -> dict[Any, dict[str, str]]:
    """A colour, a symbol and a dash for every group, in order of appearance; neighbours differ in all three."""
    colours = theme().series
    return {
        group: {
            "color": colours[i % len(colours)],
            "symbol": SYMBOLS[i % len(SYMBOLS)],
            "dash": DASHES[i % len(DASHES)],
        }
        for i, group in enumerate(dict.fromkeys(groups))
    }
