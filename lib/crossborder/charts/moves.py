"""Where things stand now beside where they stood: shape, colour and legend say which way each of them went."""

from collections.abc import Sequence
from typing import Any

from crossborder.charts.theme import theme
from crossborder.i18n import N_, _

HIGHER, LOWER, SAME = "higher", "lower", "same"
_LEGEND = {HIGHER: N_("{name}: higher"), LOWER: N_("{name}: lower"), SAME: N_("{name}: the same")}
_UNCLEAR = N_("{name}: no clear difference")
_SYMBOLS = {HIGHER: "triangle-right", LOWER: "triangle-left", SAME: "diamond"}
_SIZES = {HIGHER: 13, LOWER: 13, SAME: 8}  # the neutral mark fits into the ring of where it stood
# Caps reach beyond a mark, so that an interval narrower than its mark is seen
CAPS: dict[str, Any] = {"thickness": 1.5, "width": 8}


def direction(old: float, new: float, *, told: tuple[str, str] = ("", " "), ends: tuple[float, float] = (0, 0)) -> str:
    """Which way a number went; none where both read the same or where the interval of the difference spans zero.

    >>> direction(1.0, 2.0), direction(2.0, 1.0), direction(0.101, 0.102, told=("10%", "10%"))
    ('higher', 'lower', 'same')
    """
    if told[0] == told[1] or new == old or ends[0] < 0 < ends[1]:
        return SAME
    return HIGHER if new > old else LOWER


def paths_between(names: Sequence[str], before: Sequence[float], after: Sequence[float]) -> dict[str, Any]:
    """A line from old to new in every row."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for a, b in zip(before, after, strict=True) for x in (a, b, None)],
        "y": [y for name in names for y in (name, name, None)],
        "line": {"color": theme().line, "width": 6},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def marks_before(label: str, names: Sequence[str], before: Sequence[float], spoken: Sequence[str]) -> dict[str, Any]:
    """A ring where each row stood."""
    ring = {"color": theme().paper, "size": 12, "symbol": "circle", "line": {"color": theme().old, "width": 2.5}}
    return {**_dots(names, before, spoken), "name": label, "marker": ring}


def marks_after(
    label: str,
    names: Sequence[str],
    after: Sequence[float],
    spoken: Sequence[str],
    directions: Sequence[str],
    reach: Sequence[tuple[float, float]] = (),
) -> list[dict[str, Any]]:
    """A full mark where each row stands now, one trace per direction, so that the legend shows each shape and colour.

    ``reach`` holds how far the interval goes up and down from each mark.
    """
    colours = {HIGHER: theme().gain, LOWER: theme().loss, SAME: theme().muted}
    traces = []
    for way, template in _LEGEND.items():
        rows = [i for i, found in enumerate(directions) if found == way]
        if not rows:
            continue
        traces.append(
            {
                **_dots([names[i] for i in rows], [after[i] for i in rows], [spoken[i] for i in rows]),
                "name": _(_UNCLEAR if reach and way == SAME else template).format(name=label),
                "marker": {"color": colours[way], "size": _SIZES[way], "symbol": _SYMBOLS[way]},
                **(_interval([reach[i] for i in rows], colours[way]) if reach else {}),
            }
        )
    return traces


def _interval(reach: Sequence[tuple[float, float]], colour: str) -> dict[str, Any]:
    up, down = ([ends[side] for ends in reach] for side in (0, 1))
    return {"error_x": {"type": "data", "symmetric": False, "array": up, "arrayminus": down, "color": colour, **CAPS}}


def _dots(names: Sequence[str], values: Sequence[float], spoken: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(values),
        "y": list(names),
        "text": list(spoken),
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,  # a mark at zero is seen whole
    }
