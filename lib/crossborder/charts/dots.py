"""Uncertainty as twenty dots: each stands for one world in twenty [Fernandes et al. 2018]."""

import plotly.graph_objects as go

from crossborder.charts.figure import figure
from crossborder.charts.fit import drawn_table
from crossborder.charts.numbers import difference_text, number_text, value_axis
from crossborder.charts.theme import theme
from crossborder.charts.ticks import extent, padded
from crossborder.charts.words import label_of, labels_of
from crossborder.i18n import N_, _
from crossborder.result import Result

N_DOTS = 20
COLUMNS_ACROSS = 16


def quantile_dots(
    result: Result,
    value: str,
    *,
    unit: str = "",
    threshold: float | None = 0.0,
    signed: bool = True,
    title: str = N_("Twenty equally likely worlds"),
) -> go.Figure:
    """Twenty dots picked evenly from the sorted draws in column ``value``; ``threshold`` parts them in two looks."""
    unit = unit or value
    draws = drawn_table(result, "quantile_dots", (value,))[value].dropna().sort_values().tolist()
    picked = [draws[int((i + 0.5) / N_DOTS * len(draws))] for i in range(N_DOTS)] if draws else []
    low, high = padded(*extent(picked, include=[] if threshold is None else [threshold]), share=0.06)
    heights, places = _stacked(picked, (high - low) / COLUMNS_ACROSS)
    above = [threshold is None or v > threshold for v in picked]
    tell = difference_text if signed else number_text
    traces = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": name,
            "x": [x for x, yes in zip(places, above, strict=True) if yes == side],
            "y": [y for y, yes in zip(heights, above, strict=True) if yes == side],
            "text": [tell(unit, v) for v, yes in zip(picked, above, strict=True) if yes == side],
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {"size": 17, "symbol": symbol, "color": colour, "line": {"color": theme().paper, "width": 1.5}},
        }
        for side, symbol, colour, name in (
            (True, "circle", theme().gain, _("Above") if threshold is not None else ""),
            (False, "diamond", theme().loss, _("Below or equal")),
        )
        if side in above
    ]
    n_above = sum(above)
    line = {
        "type": "line",
        "x0": threshold,
        "x1": threshold,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": theme().ink, "width": 1},
    }
    return figure(
        traces,
        title=_(title),
        alt=_("{title}: {n} of {all} lie above {threshold}.").format(
            title=_(title), n=n_above, all=len(picked), threshold=number_text(unit, threshold)
        )
        if threshold is not None
        else _("{title}: from {low} to {high}.").format(
            title=_(title),
            low=number_text(unit, picked[0] if picked else None),
            high=number_text(unit, picked[-1] if picked else None),
        ),
        table={value: picked},
        labels=labels_of(result),
        xaxis=value_axis(unit, low, high, title=label_of(result, value), signed=signed),
        yaxis={"visible": False, "range": [0, max([*heights, 5]) + 0.7]},
        shapes=[line] if threshold is not None else [],
        height=300,
    )


def _stacked(values: list[float], width: float) -> tuple[list[float], list[float]]:
    """Dots nearer than ``width`` stand on one another."""
    heights: list[float] = []
    places: list[float] = []
    start, height = float("-inf"), 0
    for value in values:
        height = height + 1 if value - start < width else 1
        start = value if height == 1 else start
        heights.append(height - 0.4)
        places.append(start + width / 2)
    return heights, places
