"""Who gains: the paired difference of each measure, with its interval."""

from typing import Any

import plotly.graph_objects as go

from crossborder.charts.figure import figure
from crossborder.charts.fit import COMPARED, drawn_table
from crossborder.charts.moves import CAPS
from crossborder.charts.numbers import number_text, value_axis
from crossborder.charts.theme import theme
from crossborder.charts.ticks import extent, padded
from crossborder.charts.words import label_of, labels_of, listed
from crossborder.errors import MisfitError
from crossborder.i18n import N_, _
from crossborder.i18n.numbers import percent, signed_percent
from crossborder.result import Result

_DIRECTIONS = {"rises": N_("Rises"), "falls": N_("Falls"), "unclear": N_("Not clear")}


def paired_differences(
    result: Result,
    *,
    measures: tuple[str, ...] = (),
    title: str = N_("What the change does"),
    old: str = N_("old"),
    new: str = N_("new"),
) -> go.Figure:
    """One dot and interval per measure, as a share of its old value; the zero line is "no change".

    Needs the columns measure, old, new, difference, low, high, share_new_wins. ``measures`` selects and orders.
    A measure whose old value is zero has no such share and stands in the table only.
    """
    table = drawn_table(result, "paired_differences", COMPARED[1:], COMPARED[0])
    known = set(table["measure"])
    if measures and not known & set(measures):
        raise MisfitError(
            _("None of these measures stands in the result: {measures}. Known: {known}.").format(
                measures=", ".join(measures), known=", ".join(map(str, table["measure"]))
            )
        )
    if measures:
        table = table.set_index("measure", drop=False).loc[[m for m in measures if m in known]]
    rows = [_with_interval(row) for row in table.to_dict("records") if row["old"] and row["old"] == row["old"]]
    colours = {"rises": theme().gain, "falls": theme().loss, "unclear": theme().old}
    symbols = {"rises": "triangle-right", "falls": "triangle-left", "unclear": "circle-open"}
    names = [_row_label(result, row) for row in rows]
    traces = []
    for direction, label in _DIRECTIONS.items():
        chosen = [(name, row) for name, row in zip(names, rows, strict=True) if _direction(row) == direction]
        if chosen:
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "name": _(label),
                    "x": [_share(row, "difference") for _name, row in chosen],
                    "y": [name for name, _row in chosen],
                    "error_x": {
                        "type": "data",
                        "symmetric": False,
                        "array": [_share(row, "high") - _share(row, "difference") for _name, row in chosen],
                        "arrayminus": [_share(row, "difference") - _share(row, "low") for _name, row in chosen],
                        "color": colours[direction],
                        "visible": not all(row["certain"] for _name, row in chosen),
                        "thickness": CAPS["thickness"],
                        "width": CAPS["width"],
                    },
                    "marker": {
                        "color": colours[direction],
                        "symbol": symbols[direction],
                        "size": 11,
                        "line": {"color": colours[direction], "width": 1.5},
                    },
                    "text": [_spoken(result, row) for _name, row in chosen],
                    "customdata": [row["measure"] for _name, row in chosen],
                    "hovertemplate": "%{text}<extra></extra>",
                }
            )
    low, high = padded(
        *extent([_share(row, end) for row in rows for end in ("low", "high", "difference")], include=[0.0]), share=0.12
    )
    zero = {
        "type": "line",
        "x0": 0,
        "x1": 0,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": theme().ink, "width": 1},
    }
    return figure(
        traces,
        title=_(title),
        alt=_("{title}: {parts}.").format(title=_(title), parts=listed([_spoken(result, row) for row in rows], most=6)),
        table=table,
        labels={**labels_of(result), "old": _(old), "new": _(new)},
        xaxis=value_axis("change", low, high, title=_("Change, as a share of the old value"), signed=True),
        yaxis={"type": "category", "categoryorder": "array", "categoryarray": names[::-1], "showgrid": True},
        shapes=[zero],
        height=130 + 54 * max(len(rows), 1),
    )


def _with_interval(row: dict[Any, Any]) -> dict[str, Any]:
    """Without luck there is no interval: both ends are the difference itself."""
    certain = row["low"] != row["low"]
    return {**row, "certain": certain, **({"low": row["difference"], "high": row["difference"]} if certain else {})}


def _share(row: dict[str, Any], column: str) -> float:
    return row[column] / abs(row["old"])


def _direction(row: dict[str, Any]) -> str:
    if row["low"] > 0:
        return "rises"
    return "falls" if row["high"] < 0 else "unclear"


def _row_label(result: Result, row: dict[str, Any]) -> str:
    old, new = (number_text(row["measure"], row[side]) for side in ("old", "new"))
    return f"<b>{label_of(result, row['measure'])}</b><br>{old} → {new}"


def _spoken(result: Result, row: dict[str, Any]) -> str:
    change, low, high = (signed_percent(_share(row, column)) for column in ("difference", "low", "high"))
    text = _("{measure} {change} ({low} to {high})").format(
        measure=label_of(result, row["measure"]), change=change, low=low, high=high
    )
    wins = row.get("share_new_wins")
    if row["certain"]:
        return _("{measure} {change}").format(measure=label_of(result, row["measure"]), change=change)
    if wins is None or wins != wins:
        return text
    return _("{text}; higher in {share} of worlds").format(text=text, share=percent(wins, 0))
