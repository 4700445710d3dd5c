"""Old to new, one line per group: who moves, how far, which way."""

import plotly.graph_objects as go

from crossborder.charts.figure import figure, shortened
from crossborder.charts.fit import drawn_table
from crossborder.charts.numbers import number_text, value_axis
from crossborder.charts.theme import theme
from crossborder.charts.ticks import extent, padded
from crossborder.charts.words import label_of, labels_of, listed
from crossborder.i18n import N_, _
from crossborder.result import Result


def old_to_new(
    result: Result,
    *,
    group: str = "kind",
    old: str = "old",
    new: str = "new",
    unit: str = "share",
    title: str = N_("Before and after"),
    axis: str = "",
    sort: bool = True,
) -> go.Figure:
    """A hollow dot where each ``group`` was, a full one where it is now; ``unit`` names a column of the same format."""
    table = drawn_table(result, "old_to_new", (old, new), group)
    table = table.sort_values(new, ascending=False, kind="stable") if sort else table
    names = shortened(label_of(result, str(name)) for name in table[group])
    before, after = table[old].tolist(), table[new].tolist()
    colours = [theme().gain if b >= a else theme().loss for a, b in zip(before, after, strict=True)]
    spoken = [
        _("{name} from {old} to {new}").format(name=name, old=number_text(unit, a), new=number_text(unit, b))
        for name, a, b in zip(names, before, after, strict=True)
    ]
    paths = {
        "x": [x for a, b in zip(before, after, strict=True) for x in (a, b, None)],
        "y": [y for name in names for y in (name, name, None)],
    }
    dots = {"type": "scatter", "mode": "markers", "y": names, "text": spoken, "hovertemplate": "%{text}<extra></extra>"}
    traces = [
        {
            "type": "scatter",
            "mode": "lines",
            **paths,
            "line": {"color": theme().line, "width": 5},
            "hoverinfo": "skip",
            "showlegend": False,
        },
        {
            **dots,
            "name": label_of(result, old),
            "x": before,
            "marker": {
                "color": theme().paper,
                "size": 12,
                "symbol": "circle",
                "line": {"color": theme().old, "width": 2.5},
            },
        },
        {
            **dots,
            "name": label_of(result, new),
            "x": after,
            "marker": {
                "color": colours,
                "size": 13,
                "symbol": ["triangle-right" if b >= a else "triangle-left" for a, b in zip(before, after, strict=True)],
            },
        },
    ]
    low, high = padded(*extent([*before, *after], include=[0.0]), zero=True)
    return figure(
        traces,
        title=_(title),
        alt=_("{title}: {parts}.").format(title=_(title), parts=listed(spoken, most=6)),
        table=table,
        labels=labels_of(result),
        xaxis=value_axis(unit, low, high, title=_(axis) if axis else ""),
        yaxis={"type": "category", "categoryorder": "array", "categoryarray": names[::-1]},
        height=120 + 38 * max(len(names), 1),
    )
