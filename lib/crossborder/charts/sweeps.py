"""A sweep's picture: a line with its interval over one parameter, a heat map over two."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from crossborder.charts.bars import bar_list
from crossborder.charts.lines import over_days
from crossborder.charts.maps import heat_map
from crossborder.charts.words import label_of
from crossborder.errors import MisfitError
from crossborder.evaluation.over_points import PointMeans
from crossborder.evaluation.swept import Sweep
from crossborder.i18n import _


def sweep_picture(
    result: Sweep | PointMeans, value: str = "", where: Mapping[str, Any] | None = None, *, title: str = ""
) -> go.Figure:
    """How does a number move over the grid of a sweep?

    One parameter that varies: a line with its 95% interval, or bars where its values are words. Two: a heat map with
    the line where the number is zero, or one line per word. ``value`` and ``where`` choose the column as they do in
    ``Sweep.mean``.

    Raises MisfitError for anything but a sweep or its mean, and where none or more than two parameters vary.
    """
    if isinstance(result, Sweep):
        result = result.mean(value, where)
    elif not isinstance(result, PointMeans):
        raise MisfitError(
            _("sweep_picture draws what xb.evaluation.sweep returned, or its mean; got a {found}.").format(
                found=type(result).__name__
            )
        )
    kinds = {name: result.table[name].dtype.kind for name in result.parameters}
    numeric = [name for name, kind in kinds.items() if kind in "iuf"]
    worded = [name for name in kinds if name not in numeric]
    title = title or _("{quantity} by {group}").format(
        quantity=result.name, group=_(", ").join(label_of(result, name) for name in result.parameters)
    )
    low, high = ("low", "high") if result.table[["low", "high"]].notna().all(axis=None) else ("", "")
    if (len(numeric), len(worded)) == (2, 0):
        return heat_map(result, numeric[0], numeric[1], "value", unit=result.unit, title=title)
    if len(numeric) == 1 and len(worded) <= 1:
        by = worded[0] if worded else ""
        return over_days(
            result, "value", by=by, day=numeric[0], low=low, high=high, unit=result.unit, dots=True, title=title,
            zero=False,
        )  # fmt: skip
    if (len(numeric), len(worded)) == (0, 1):
        return bar_list(result, worded[0], "value", low=low, high=high, unit=result.unit, title=title, sort=False)
    raise MisfitError(
        _(
            "A picture has room for one or two parameters, one of them at least in numbers; here vary: {names}. Hold "
            "the others still, as in sweep.mean(column, {{parameter: value}})."
        ).format(names=", ".join(result.parameters) or "–")
    )
