"""A quantity over days, one line per group, with its band where there is one."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from crossborder.charts.figure import figure, harmless
from crossborder.charts.fit import drawn_table
from crossborder.charts.numbers import number_text, value_axis
from crossborder.charts.theme import theme
from crossborder.charts.ticks import extent, padded
from crossborder.charts.words import label_of, labels_of, listed, look
from crossborder.i18n import N_, _
from crossborder.result import Result

LABELLED_POINTS = 600


def over_days(
    result: Result,
    value: str,
    *,
    by: str = "",
    day: str = "day",
    low: str = "",
    high: str = "",
    unit: str = "",
    dots: bool = False,
    title: str = N_("Day by day"),
    zero: bool = True,
) -> go.Figure:
    """One line per group of ``by`` (one if that is empty); ``low`` and ``high`` name the columns of a band.

    ``unit`` names a column of the format that ``value`` is written in; ``dots`` marks each point of a line.
    """
    table = drawn_table(result, "over_days", (value, low, high), by, day)
    unit = unit or value
    groups = list(table.groupby(by, sort=False)) if by else [("", table)]
    looks = look(name for name, _rows in groups)
    traces: list[dict[str, Any]] = []
    endings = []
    for name, rows in groups:
        shown = harmless(label_of(result, str(name))) if by else label_of(result, value)
        colour = looks[name]["color"]
        if low and high:
            traces += _band(rows, day, low, high, colour)
        few = len(table) <= LABELLED_POINTS
        told = "%{text}<extra></extra>" if few else "%{y}<extra></extra>"
        texts = [number_text(unit, v) for v in rows[value]] if few else None
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers" if dots else "lines",
                **({"marker": {"color": colour, "symbol": looks[name]["symbol"], "size": 8}} if dots else {}),
                "name": shown,
                "x": rows[day].tolist(),
                "y": rows[value].tolist(),
                "line": {"color": colour, "width": 2.75, "dash": looks[name]["dash"]},
                "hovertemplate": f"<b>{shown}</b><br>{label_of(result, day)} %{{x}}<br>" + told,
                **({"text": texts} if few else {}),
            }
        )
        first, last = rows[value].iloc[0], rows[value].iloc[-1]
        endings.append(
            _("{name} from {old} to {new}").format(
                name=shown, old=number_text(unit, first), new=number_text(unit, last)
            )
        )
    drawn = [value, *([low, high] if low and high else [])]
    bottom, top = padded(*extent(pd.concat([table[c] for c in drawn])), zero=zero)
    return figure(
        traces,
        title=_(title),
        alt=_("{title}: {parts}.").format(title=_(title), parts=listed(endings, most=6)),
        table=table[[day, *([by] if by else []), *drawn]],
        labels=labels_of(result),
        xaxis={"title": {"text": label_of(result, day)}, "showgrid": False},
        yaxis=value_axis(unit, bottom, top, title=label_of(result, value)),
    )


def _band(rows: pd.DataFrame, day: str, low: str, high: str, colour: str) -> list[dict[str, Any]]:
    edge = {
        "type": "scatter",
        "mode": "lines",
        "x": rows[day].tolist(),
        "line": {"width": 0},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    return [
        {**edge, "y": rows[low].tolist()},
        {**edge, "y": rows[high].tolist(), "fill": "tonexty", "fillcolor": translucent(colour, 0.16)},
    ]


def translucent(colour: str, share: float) -> str:
    """A hex colour, seen through."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share:g})"


def zero_line() -> dict[str, Any]:
    """A thin line at zero, across the picture."""
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": 0,
        "y1": 0,
        "line": {"color": theme().ink, "width": 1},
    }
