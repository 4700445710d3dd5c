"""The labels along the axes of a drawing for paper: broken into lines, and thinned where they crowd."""

import html
import itertools
import re
from dataclasses import replace

from crossborder.charts.static_axes import Axis
from crossborder.charts.static_text import TEXT, lines_of, width_of, wrapped

LINE = TEXT * 1.24
GAP = 9  # pixels between the names of two rows
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def narrowed(y: Axis, room: float, *, one_line: bool = False) -> Axis:
    """Names beside the picture in lines of at most ``room`` pixels; what was bold stays bold.

    ``one_line`` keeps the first line of each, on paper with too little height for more.
    """
    if y.kind != "category":
        return y
    return replace(y, ticks=tuple((number, _broken(label, room, one_line)) for number, label in y.ticks))


def _broken(label: str, room: float, one_line: bool) -> str:
    lines = []
    for part in _BREAK.split(label)[: 1 if one_line else None]:
        bold = "<b>" in part.lower()
        pieces = wrapped(part, TEXT, room, bold=bold)
        if one_line and len(pieces) > 1:
            pieces = [wrapped(part, TEXT, room - TEXT, bold=bold)[0].rstrip(" ,;") + "…"]
        lines += [f"<b>{html.escape(line)}</b>" if bold else html.escape(line) for line in pieces]
    return "<br>".join(lines)


def rows_height(y: Axis) -> float:
    """How many pixels the names beside the rows need, each row as high as the highest."""
    if y.kind != "category" or not y.visible:
        return 0.0
    return len(y.ticks) * (max((len(lines_of(label)) for _at, label in y.ticks), default=0) * LINE + GAP)


def thinned(x: Axis) -> Axis:
    """Every second label of a scale, as often as needed, where they would touch; zero keeps its own."""
    ticks = list(x.ticks)
    while x.kind != "category" and len(ticks) > 2 and _crowded(x, ticks):
        zero = next((i for i, (number, _label) in enumerate(ticks) if number == 0), 0)
        ticks = ticks[zero % 2 :: 2]
    return replace(x, ticks=tuple(ticks))


def _crowded(x: Axis, ticks: list[tuple[float, str]]) -> bool:
    gaps = (abs(x.pixel(b[0]) - x.pixel(a[0])) for a, b in itertools.pairwise(ticks))
    return min(gaps) < max(width_of(label, TEXT) for _at, label in ticks) + 8
