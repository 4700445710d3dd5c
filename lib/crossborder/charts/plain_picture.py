"""The picture of a result that has no chart of its own, chosen by what the columns of its table hold."""

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from crossborder.charts.bars import bar_list
from crossborder.charts.differences import paired_differences
from crossborder.charts.figure import figure, shortened
from crossborder.charts.fit import COMPARED, drawn_table
from crossborder.charts.lines import over_days
from crossborder.charts.numbers import number_text
from crossborder.charts.theme import theme
from crossborder.charts.words import label_of, labels_of, listed
from crossborder.i18n import _
from crossborder.result import Result

if TYPE_CHECKING:
    import pandas as pd

BAND = ("low", "high")
MOST_LINES = 8
MOST_DOTS = 30


def plain_picture(result: Result) -> go.Figure:
    """What does a result look like, whatever its table holds?

    A comparison as paired differences; a number along days, weeks or prices as lines, one per group; a number per
    name as bars; names with words (verdicts, say) as dots. The first columns that fit are drawn; a column ``low``
    with a column ``high`` is their interval.
    """
    table = drawn_table(result, "plain_picture", ())
    if set(table.columns) >= set(COMPARED):
        return paired_differences(result)
    kinds = {str(name): table[name].dtype.kind for name in table.columns}
    numbers = [name for name, kind in kinds.items() if kind in "iuf"]
    names = [name for name, kind in kinds.items() if kind not in "iufM"]
    steps = [name for name, kind in kinds.items() if kind in "iuM"] if names else list(kinds)[:1]
    by = names[0] if names else ""
    along = _along(table, steps, by)
    values = [name for name in numbers if name != along and name not in BAND]
    low, high = BAND if set(BAND) <= set(numbers) else ("", "")
    if along and values:
        title = _title(result, values[0], along)
        return over_days(result, values[0], by=by, day=along, low=low, high=high, title=title)
    if not values:
        return _dots(result, names or list(kinds))
    label = by or next(iter(kinds))
    value = next((name for name in values if name != label), label)
    return bar_list(result, label, value, low=low, high=high, title=_title(result, value, label), sort=False)


def _along(table: "pd.DataFrame", steps: list[str], by: str) -> str:
    """The column that the rows of every group walk along; empty where none does, or where lines would be too many."""
    groups = [rows for _name, rows in table.groupby(by, sort=False)] if by else [table]
    if not 0 < len(groups) <= MOST_LINES or any(len(rows) < 2 for rows in groups):
        return ""
    walked = (c for c in steps if all(rows[c].is_monotonic_increasing and rows[c].is_unique for rows in groups))
    return next(walked, "")


def _dots(result: Result, columns: list[str]) -> go.Figure:
    """One dot per row: its name up, what is said of it across."""
    rows = result.table.head(MOST_DOTS)
    name, said = columns[0], columns[min(1, len(columns) - 1)]
    up = shortened(label_of(result, str(value)) for value in rows[name])
    texts = [number_text(said, value) for value in rows[said]]
    across = [label_of(result, text) for text in texts]
    title = _title(result, said, name)
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": across,
        "y": up,
        "marker": {"color": theme().accent, "size": 12},
        "hovertemplate": "%{y}<br>%{x}<extra></extra>",
    }
    return figure(
        [dots],
        title=title,
        alt=_("{title}: {parts}.").format(
            title=title, parts=listed([f"{a} {b}" for a, b in zip(up, across, strict=True)], most=6)
        ),
        table=rows[list(dict.fromkeys((name, said)))],
        labels=labels_of(result),
        xaxis={"type": "category", "title": {"text": label_of(result, said)}},
        yaxis={"type": "category", "categoryorder": "array", "categoryarray": up[::-1], "ticks": ""},
        height=110 + 34 * max(len(up), 1),
    )


def _title(result: Result, quantity: str, group: str) -> str:
    return _("{quantity} by {group}").format(quantity=label_of(result, quantity), group=label_of(result, group))
