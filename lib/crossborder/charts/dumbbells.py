"""Old to new, one line per group: who moves, how far, which way."""

import plotly.graph_objects as go

from crossborder.charts.figure import figure, shortened
from crossborder.charts.fit import drawn_table
from crossborder.charts.moves import direction, marks_after, marks_before, paths_between
from crossborder.charts.numbers import number_text, value_axis
from crossborder.charts.ticks import clear_of_zero, extent, padded
from crossborder.charts.words import label_of, labels_of, listed
from crossborder.i18n import N_, _
from crossborder.result import Result


def old_to_new(
    result: Result,
    *,
    group: str = "kind",
    old: str = "old",
    new: str = "new",
    unit: str = "share",
    title: str = N_("Before and after"),
    axis: str = "",
    sort: bool = True,
) -> go.Figure:
    """A hollow dot where each ``group`` was, a full one where it is now; ``unit`` names a column of the same format."""
    table = drawn_table(result, "old_to_new", (old, new), group)
    table = table.sort_values(new, ascending=False, kind="stable") if sort else table
    names = shortened(label_of(result, str(name)) for name in table[group])
    before, after = table[old].tolist(), table[new].tolist()
    spoken = [
        _("{name} from {old} to {new}").format(name=name, old=number_text(unit, a), new=number_text(unit, b))
        for name, a, b in zip(names, before, after, strict=True)
    ]
    told = [(number_text(unit, a), number_text(unit, b)) for a, b in zip(before, after, strict=True)]
    ways = [direction(a, b, told=texts) for a, b, texts in zip(before, after, told, strict=True)]
    traces = [
        paths_between(names, before, after),
        marks_before(label_of(result, old), names, before, spoken),
        *marks_after(label_of(result, new), names, after, spoken, ways),
    ]
    low, high = clear_of_zero(*padded(*extent([*before, *after], include=[0.0]), zero=True))
    return figure(
        traces,
        title=_(title),
        alt=_("{title}: {parts}.").format(title=_(title), parts=listed(spoken, most=6)),
        table=table,
        labels=labels_of(result),
        xaxis=value_axis(unit, low, high, title=_(axis) if axis else ""),
        yaxis={"type": "category", "categoryorder": "array", "categoryarray": names[::-1]},
        height=120 + 38 * max(len(names), 1),
    )
