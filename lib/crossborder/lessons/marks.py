"""The learner's prediction, drawn on the chart that answers it: a dashed mark with its range."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from crossborder.charts.figure import alt_of, harmless
from crossborder.charts.lines import translucent
from crossborder.charts.numbers import value_axis
from crossborder.charts.theme import theme
from crossborder.i18n import _


def mark_range(built: go.Figure, row: str, told: Mapping[str, Any], spoken: str) -> go.Figure:
    """A dashed mark at the likely value in the row called ``row``, on a band from lowest to highest; told too."""
    rows = list(built.layout.yaxis.categoryarray or ())
    if row not in rows:
        return built
    at = rows.index(row)
    marked = go.Figure(built)
    colour = theme().mark
    marked.add_shape(
        type="rect",
        x0=told["low"],
        x1=told["high"],
        y0=at - 0.34,
        y1=at + 0.34,
        line={"width": 0},
        fillcolor=translucent(colour, 0.22),
        layer="below",
    )
    marked.add_shape(
        type="line",
        x0=told["likely"],
        x1=told["likely"],
        y0=at - 0.42,
        y1=at + 0.42,
        line={"color": theme().ink, "width": 2, "dash": "dash"},
    )
    marked.add_annotation(
        x=told["likely"],
        y=at + 0.42,
        yanchor="bottom",
        text=harmless(_("your prediction")),
        showarrow=False,
        font={"color": theme().ink, "size": 12},
    )
    sentence = _("Your prediction for {row}: {spoken}.").format(row=row, spoken=spoken)
    marked.layout.meta = {**(built.layout.meta or {}), "alt": f"{alt_of(built)} {sentence}"}
    return marked


def mark_floor(built: go.Figure, column: str, level: float, label: str) -> go.Figure:
    """A dotted line across the picture at ``level`` of ``column``, with its label; the axis makes room for it."""
    marked = go.Figure(built)
    axis = marked.layout.yaxis
    low, high = axis.range
    axis.update(value_axis(column, min(low, level - 0.06 * (high - level)), high, title=axis.title.text or ""))
    marked.add_shape(
        type="line",
        xref="paper",
        x0=0,
        x1=1,
        y0=level,
        y1=level,
        line={"color": theme().muted, "width": 1.5, "dash": "dot"},
    )
    marked.add_annotation(
        xref="paper",
        x=1,
        xanchor="right",
        y=level,
        yanchor="bottom",
        text=harmless(label),
        showarrow=False,
        font={"color": theme().muted, "size": 12},
    )
    return marked
