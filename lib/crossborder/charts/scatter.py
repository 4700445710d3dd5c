"""Two quantities of many things: price against traffic, by kind."""

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from crossborder.charts.figure import figure, harmless
from crossborder.charts.fit import drawn_table
from crossborder.charts.numbers import number_text, value_axis
from crossborder.charts.theme import theme
from crossborder.charts.ticks import extent, padded
from crossborder.charts.words import label_of, labels_of, look
from crossborder.i18n import N_, _
from crossborder.result import Result

if TYPE_CHECKING:
    import pandas as pd

NAMED_POINTS = 1500


def two_quantities(
    result: Result,
    x: str = "price_usd",
    y: str = "impressions",
    *,
    by: str = "",
    name: str = "title",
    title: str = N_("Price and traffic"),
    log_x: bool = False,
    log_y: bool = False,
) -> go.Figure:
    """One mark per row of the table; groups of ``by`` differ in colour and shape; ``name`` is what a mark is called."""
    table = drawn_table(result, "two_quantities", (x, y), by)
    groups = list(table.groupby(by, sort=False)) if by else [("", table)]
    looks = look(group for group, _rows in groups)
    named = name in table.columns and len(table) <= NAMED_POINTS
    traces = []
    for group, rows in groups:
        texts = [
            f"<b>{harmless(row[name]) if named else ''}</b><br>{number_text(x, row[x])} · {number_text(y, row[y])}"
            for row in (rows.to_dict("records") if len(table) <= NAMED_POINTS else ())
        ]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": label_of(result, str(group)) if by else "",
                "x": rows[x].tolist(),
                "y": rows[y].tolist(),
                "marker": {
                    "color": looks[group]["color"],
                    "symbol": looks[group]["symbol"],
                    "size": 9,
                    "opacity": 0.75,
                    "line": {"color": theme().paper, "width": 0.75},
                },
                **({"text": texts, "hovertemplate": "%{text}<extra></extra>"} if texts else {}),
                **({"customdata": rows[name].astype(str).tolist()} if named else {}),
            }
        )
    return figure(
        traces,
        title=_(title),
        alt=_("{title}: {n} marks, {x} across from {x_low} to {x_high}, {y} up from {y_low} to {y_high}.").format(
            title=_(title),
            n=len(table),
            x=label_of(result, x),
            y=label_of(result, y),
            x_low=number_text(x, table[x].min()),
            x_high=number_text(x, table[x].max()),
            y_low=number_text(y, table[y].min()),
            y_high=number_text(y, table[y].max()),
        ),
        table=table[[c for c in dict.fromkeys([name, by, x, y]) if c and c in table.columns]],
        labels=labels_of(result),
        xaxis=value_axis(x, *_ends(table[x], log_x), title=label_of(result, x), log=log_x),
        yaxis=value_axis(y, *_ends(table[y], log_y), title=label_of(result, y), log=log_y),
        height=460,
    )


def _ends(values: "pd.Series", log: bool) -> tuple[float, float]:
    if log:
        low, high = extent(v for v in values if v > 0)
        return low / 1.15, high * 1.15
    return padded(*extent(values), zero=float(values.min()) >= 0)
