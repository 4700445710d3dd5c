"""A number over two assumptions, with the line where the conclusion flips and the point that somebody claims."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from crossborder.charts.boundary import level_lines
from crossborder.charts.figure import figure
from crossborder.charts.fit import check_one_row_each, drawn_table
from crossborder.charts.numbers import number_text, tick_text, value_axis
from crossborder.charts.theme import theme
from crossborder.charts.ticks import extent, nice_ticks
from crossborder.charts.words import label_of, labels_of
from crossborder.i18n import N_, _
from crossborder.result import Result


def heat_map(
    result: Result,
    x: str,
    y: str,
    z: str,
    *,
    unit: str = "",
    level: float | None = 0.0,
    marks: Sequence[tuple[float, float, str]] = (),
    title: str = N_("Where the conclusion flips"),
    above: str = "",
    below: str = "",
    scale: str = "",
) -> go.Figure:
    """Colour is ``z`` over a full grid of ``x`` and ``y``; a line stands where it crosses ``level``.

    ``marks`` are points to show, each (x, y, text); ``above`` and ``below`` name the two sides of the line.
    ``unit`` names a column of the format that ``z`` is written in; ``scale`` says of what, over the colours.
    """
    table = drawn_table(result, "heat_map", (x, y, z))
    check_one_row_each(table, "heat_map", x, y)
    unit = unit or z
    grid = table.pivot(index=y, columns=x, values=z)
    xs, ys = (list(map(float, ends)) for ends in (grid.columns, grid.index))
    values = [[None if v != v else float(v) for v in row] for row in grid.to_numpy().tolist()]
    low, high = extent(v for row in values for v in row)
    colours = _colours(low, high, level)
    ticks = nice_ticks(colours["zmin"], colours["zmax"], 4)
    large = max(map(abs, ticks)) >= 10_000  # the bar is short: 10K
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 0.0
    parted = level is not None and low < level < high  # from a colour of falling to one of rising
    cells: dict[str, Any] = {
        "type": "heatmap",
        "x": xs,
        "y": ys,
        "z": values,
        "text": [[number_text(unit, v) for v in row] for row in values],
        "hovertemplate": f"{label_of(result, x)} %{{x}}<br>{label_of(result, y)} %{{y}}<br><b>%{{text}}</b>"
        + "<extra></extra>",
        "colorbar": {
            "thickness": 10,
            "outlinewidth": 0,
            "ticks": "",
            "tickvals": ticks,
            "ticktext": [("+" if parted and t > 0 else "") + tick_text(unit, t, step, large=large) for t in ticks],
            "tickangle": 0,
            "title": {
                "text": _(scale) if scale else label_of(result, z),
                "side": "top",
                "font": {"color": theme().muted, "size": 13},
            },
            "orientation": "h",
            "y": 1.02,
            "yanchor": "bottom",
            "x": 0,
            "xanchor": "left",
            "len": 1.0,
        },
        **colours,
    }
    traces: list[dict[str, Any]] = [cells]
    if parted and level is not None:
        line_x, line_y = level_lines(xs, ys, [[float("nan") if v is None else v for v in row] for row in values], level)
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": line_x,
                "y": line_y,
                "line": {"color": theme().ink, "width": 2.5},
                "name": _("Equal"),
                "hoverinfo": "skip",
                "showlegend": False,
            }
        )
    for mark_x, mark_y, text in marks:
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [mark_x],
                "y": [mark_y],
                "text": [text],
                "hovertemplate": "%{text}<extra></extra>",
                "showlegend": False,
                "name": text,
                "marker": {
                    "symbol": "star",
                    "size": 17,
                    "color": theme().mark,
                    "line": {"color": theme().ink, "width": 1.5},
                },
            }
        )
    notes = [
        {
            "x": mx,
            "y": my,
            "text": f"<b>{text}</b>",
            "showarrow": False,
            "yshift": 20,
            "bgcolor": theme().paper,
            "borderpad": 3,
            "font": {"size": 12},
        }
        for mx, my, text in marks
    ]
    return figure(
        traces,
        title=_(title),
        alt=_spoken(values, level, _(title), label_of(result, z), unit, _(above), _(below)),
        table=table[[x, y, z]],
        labels=labels_of(result),
        xaxis={**value_axis(x, *_edges(xs), title=label_of(result, x)), "showgrid": False},
        yaxis={**value_axis(y, *_edges(ys), title=label_of(result, y)), "showgrid": False},
        annotations=notes,
        height=500,
    )


def _colours(low: float, high: float, level: float | None) -> dict[str, Any]:
    if level is None or not low < level < high:
        steps = theme().rising
        return {"colorscale": [[i / (len(steps) - 1), c] for i, c in enumerate(steps)], "zmin": low, "zmax": high}
    reach = max(high - level, level - low)
    scale = [[i / 2, colour] for i, colour in enumerate(theme().diverging)]
    return {"colorscale": scale, "zmin": level - reach, "zmax": level + reach}


def _edges(values: list[float]) -> tuple[float, float]:
    half = (values[1] - values[0]) / 2 if len(values) > 1 else 0.5
    return values[0] - half, values[-1] + half


def _spoken(values: Any, level: float | None, title: str, label: str, z: str, above: str, below: str) -> str:
    found = [v for row in values for v in row if v is not None]
    low, high = extent(found)
    text = _("{title}: {label} runs from {low} to {high}").format(
        title=title, label=label, low=number_text(z, low), high=number_text(z, high)
    )
    if level is None or not found:
        return text + _(".")
    share = sum(v > level for v in found) / len(found)
    sides = _(" ({above}; elsewhere: {below})").format(above=above, below=below) if above and below else ""
    return text + _("; it is above {level} in {share} of the map{sides}.").format(
        level=number_text(z, level), share=number_text("share", share), sides=sides
    )
