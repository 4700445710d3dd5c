"""The one place that lays out a figure: theme, sentence for those who cannot see it, table, neutral text."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from crossborder.charts.numbers import difference_text, number_text, readable
from crossborder.charts.rows import row_labels
from crossborder.charts.theme import template, theme

if TYPE_CHECKING:
    import pandas as pd

# No chart leaves the machine: plotly's button that sends data to its cloud stays off.
CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "modeBarButtons": [["resetScale2d"]],
    "displayModeBar": False,
    "plotlyServerURL": "",
    "responsive": True,
    "scrollZoom": False,
    "sendData": False,
    "showEditInChartStudio": False,
    "showLink": False,
    "showSendToCloud": False,
}
TABLE_ROWS = 100
_TAG = re.compile(r"<(?!(?:/?(?:b|i|sub|sup)|br/?)>)", re.IGNORECASE)


def figure(
    traces: Sequence[Any],
    *,
    title: str,
    alt: str,
    table: "pd.DataFrame | Mapping[str, Sequence[Any]]",
    xaxis: Mapping[str, Any] | None = None,
    yaxis: Mapping[str, Any] | None = None,
    height: int = 420,
    shapes: Sequence[Mapping[str, Any]] = (),
    annotations: Sequence[Mapping[str, Any]] = (),
    labels: Mapping[str, str] | None = None,
    **layout: Any,
) -> go.Figure:
    """A plotly figure in the house's look.

    ``alt`` is the sentence for those who cannot see it, ``table`` the numbers drawn (column names decide their
    format, ``labels`` their headings and what cells of text are called). Text is made harmless: of HTML only bold,
    italic and line breaks remain.
    """
    chosen = theme()
    beside = _harmless_axis(yaxis)
    described = {"alt": harmless(alt), "table": spoken_table(table, labels or {}), "rows": row_labels(beside)}
    built = go.Figure(
        data=[_plain_trace(trace) for trace in traces],
        layout={
            "template": {"layout": template(chosen)},
            "title": {"text": harmless(title)},
            "height": height,
            "showlegend": sum(bool(_get(trace, "name")) and _get(trace, "showlegend") is not False for trace in traces)
            > 1,
            "meta": described,
            "xaxis": _harmless_axis(xaxis),
            "yaxis": beside,
            "shapes": list(shapes),
            "annotations": [{**a, "text": harmless(a["text"])} for a in annotations],
            **layout,
        },
    )
    return built


def alt_of(built: go.Figure) -> str:
    """The sentence of a figure; its title where somebody made it elsewhere."""
    return (built.layout.meta or {}).get("alt") or built.layout.title.text or ""


def table_of(built: go.Figure) -> dict[str, Any]:
    """The figure's numbers as formatted text: columns, rows, which columns are numbers, rows left out."""
    empty = {"names": [], "columns": [], "rows": [], "numeric": [], "left_out": 0}
    return (built.layout.meta or {}).get("table") or empty


def spoken_table(
    table: "pd.DataFrame | Mapping[str, Sequence[Any]]", labels: Mapping[str, str], most: int = TABLE_ROWS
) -> dict[str, Any]:
    """The first rows as text, formatted by column name or, where there is one, by the row's ``measure``."""
    columns = {str(name): list(values) for name, values in table.items()}
    n = max((len(values) for values in columns.values()), default=0)
    measures = columns.get("measure")
    rows = [
        [_told(name, values[i], measures[i] if measures else None, labels) for name, values in columns.items()]
        for i in range(min(n, most))
    ]
    return {
        "names": list(columns),
        "columns": [labels.get(name) or readable(name) for name in columns],
        "rows": rows,
        "numeric": [all(not isinstance(v, str) for v in values) for values in columns.values()],
        "left_out": max(n - most, 0),
    }


def _told(column: str, value: Any, measure: Any, labels: Mapping[str, str]) -> str:
    if measure is None or isinstance(value, str):
        return labels.get(value, value) if isinstance(value, str) and column != "title" else number_text(column, value)
    if column in ("old", "new", "value"):
        return number_text(str(measure), value)
    return (
        difference_text(str(measure), value) if column in ("difference", "low", "high") else number_text(column, value)
    )


def harmless(text: Any) -> str:
    """Text without links and other markup: plotly would follow ``<a href=...>`` in any label.

    >>> harmless("<a href='javascript:x'>lamp</a> <b>new</b>")
    "&lt;a href='javascript:x'>lamp&lt;/a> <b>new</b>"
    """
    return _TAG.sub("&lt;", str(text))


def shortened(names: Iterable[Any], longest: int = 64) -> list[str]:
    """Names that fit beside a chart in two lines: an ellipsis at the end of longer ones, still told apart."""
    seen: dict[str, int] = {}
    short = []
    for name in names:
        text = harmless(name if len(str(name)) <= longest else str(name)[: longest - 1].rstrip() + "…")
        seen[text] = seen.get(text, 0) + 1
        short.append(text if seen[text] == 1 else f"{text} ({seen[text]})")
    return short


def _plain_trace(trace: Any) -> Any:
    if not isinstance(trace, dict):
        return trace
    return {
        key: _harmless_deep(value) if key not in ("type", "hovertemplate") else value for key, value in trace.items()
    }


def _harmless_axis(axis: Mapping[str, Any] | None) -> dict[str, Any]:
    return {key: _harmless_deep(value) for key, value in (axis or {}).items()}


def _harmless_deep(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(value) if "<" in value else value
    if isinstance(value, dict):
        return {key: _harmless_deep(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_harmless_deep(item) for item in value]
    if hasattr(value, "dtype") and value.dtype.kind not in "biufM":  # a column of text
        return [_harmless_deep(item) for item in value.tolist()]
    return value


def _get(trace: Any, key: str) -> Any:
    return trace.get(key) if isinstance(trace, dict) else getattr(trace, key, None)
