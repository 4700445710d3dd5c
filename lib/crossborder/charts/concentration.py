"""How unequal: the Lorenz curve of traffic or sales over sellers."""

import plotly.graph_objects as go

from crossborder.charts.figure import figure, harmless
from crossborder.charts.fit import drawn_table
from crossborder.charts.numbers import value_axis
from crossborder.charts.theme import theme
from crossborder.charts.words import label_of, labels_of, listed, look
from crossborder.i18n import N_, _
from crossborder.i18n.numbers import percent
from crossborder.result import Result


def lorenz_curve(
    result: Result,
    *,
    x: str = "share_of_sellers",
    y: str = "share_of_traffic",
    by: str = "",
    title: str = N_("How evenly traffic falls"),
) -> go.Figure:
    """Cumulative share of ``y`` over sellers sorted from the smallest; the diagonal is perfect equality."""
    table = drawn_table(result, "lorenz_curve", (x, y), by)
    groups = list(table.groupby(by, sort=False)) if by else [("", table)]
    looks = look(group for group, _rows in groups)
    equal = {
        "type": "scatter",
        "mode": "lines",
        "name": _("All equal"),
        "x": [0, 1],
        "y": [0, 1],
        "line": {"color": theme().edge, "width": 1.25, "dash": "dot"},
        "hoverinfo": "skip",
    }
    curves = []
    spoken = []
    for group, rows in groups:
        name = harmless(label_of(result, str(group))) if by else label_of(result, y)
        curves.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": name,
                "x": rows[x].tolist(),
                "y": rows[y].tolist(),
                "line": {"color": looks[group]["color"], "dash": looks[group]["dash"], "width": 2.75},
                "hovertemplate": f"<b>{name}</b><br>%{{x:.0%}} · %{{y:.0%}}<extra></extra>",
            }
        )
        below = rows[rows[x] <= 0.5]
        if len(below):
            spoken.append(
                _("{name}: the smaller half has {share}").format(name=name, share=percent(float(below[y].iloc[-1])))
            )
    ends = {"constrain": "domain"}
    return figure(
        [equal, *curves],
        title=_(title),
        alt=_("{title}: {parts}.").format(title=_(title), parts=listed(spoken, most=6)),
        table=table[[*([by] if by else []), x, y]],
        labels=labels_of(result),
        xaxis={**value_axis("share", 0, 1, title=label_of(result, x)), **ends},
        yaxis={**value_axis("share", 0, 1, title=label_of(result, y)), **ends, "scaleanchor": "x"},
        height=440,
    )
