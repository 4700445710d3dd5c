"""Bars from the longest to the shortest, each with its number."""

import plotly.graph_objects as go

from crossborder.charts.figure import figure, shortened
from crossborder.charts.fit import drawn_table
from crossborder.charts.moves import CAPS
from crossborder.charts.numbers import number_text, value_axis
from crossborder.charts.theme import theme
from crossborder.charts.ticks import extent, padded
from crossborder.charts.words import label_of, labels_of, listed
from crossborder.i18n import N_, _
from crossborder.result import Result


def bar_list(
    result: Result,
    label: str,
    value: str,
    *,
    low: str = "",
    high: str = "",
    unit: str = "",
    highlight: tuple[str, ...] = (),
    title: str = N_("In order of size"),
    sort: bool = True,
    most: int = 30,
) -> go.Figure:
    """One bar per row; ``low`` and ``high`` name the columns of an interval, ``highlight`` the rows that stand out.

    ``unit`` names a column of the format that ``value`` is written in.
    """
    table = drawn_table(result, "bar_list", (value, low, high), label)
    table = table.sort_values(value, ascending=False, kind="stable") if sort else table
    unit = unit or value
    drawn = table.head(most)
    names = shortened(label_of(result, str(name)) for name in drawn[label])
    texts = [number_text(unit, v) for v in drawn[value]]
    chosen = set(map(str, highlight))
    plain = theme().old if chosen else theme().accent
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": drawn[value].tolist(),
        "y": names,
        "text": texts,
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": [theme().new if str(name) in chosen else plain for name in drawn[label]]},
        "hovertemplate": "%{y}<br>%{text}<extra></extra>",
        "customdata": drawn[label].astype(str).tolist(),
    }
    ends = drawn[value].tolist()
    if low and high:
        bars["textposition"] = "none"
        bars["error_x"] = {
            "type": "data",
            "symmetric": False,
            "array": (drawn[high] - drawn[value]).tolist(),
            "arrayminus": (drawn[value] - drawn[low]).tolist(),
            "color": theme().ink,
            **CAPS,
        }
        ends += [*drawn[low], *drawn[high]]
    bottom, top = padded(*extent(ends), zero=True, share=0.14)
    if bottom < 0 < top and not (low and high):  # room for the number left of a bar, also on a narrow screen
        bottom -= 0.2 * (top - bottom)
    return figure(
        [bars],
        title=_(title),
        alt=_("{title}: {parts}.").format(
            title=_(title), parts=listed([f"{name} {text}" for name, text in zip(names, texts, strict=True)], most=6)
        ),
        table=table[[c for c in (label, value, low, high) if c]],
        labels=labels_of(result),
        xaxis=value_axis(unit, bottom, top, title=label_of(result, value)),
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": names[::-1],
            "ticks": "",
            "showgrid": False,
        },
        bargap=0.38,
        height=96 + 34 * max(len(names), 1),
    )
