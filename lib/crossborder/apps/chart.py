"""A chart as a thin widget: the figure is one property, so a browser that connects late shows the newest one."""

import json
from typing import Any

import anywidget
import plotly.graph_objects as go
import traitlets

from crossborder.apps.look import look, script
from crossborder.charts.figure import CONFIG
from crossborder.charts.static_svg import static_svg
from crossborder.i18n import _


class Chart(anywidget.AnyWidget):
    """Shows one plotly figure at a time; ``clicked`` holds the last point that a reader picked.

    ``clicked`` has ``n`` (how many picks so far), ``trace``, ``point``, ``x``, ``y``, ``name`` and ``data`` (the
    point's customdata).
    """

    _esm = script("chart")
    _css = look()
    figure = traitlets.Unicode("").tag(sync=True)  # empty until there is something to draw
    config = traitlets.Dict(CONFIG).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    poster = traitlets.Unicode("").tag(sync=True)
    clicked = traitlets.Dict().tag(sync=True)

    def __init__(self, built: go.Figure | None = None, **kwargs: Any) -> None:
        self.drawn: go.Figure | None = None
        super().__init__(**kwargs)
        self.relabel()
        if built is not None:
            self.show(built)

    def show(self, built: go.Figure) -> None:
        """Draw ``built`` in place of what was there."""
        self.drawn = built
        if not self.poster:  # a first picture that needs no script, until plotly is there
            self.poster = static_svg(built, width=860, heading=False)
        self.figure = built.to_json(validate=False)

    def relabel(self) -> None:
        """Say the chart's own words in the language of the moment."""
        self.words = {
            "table": _("Table"),
            "picture": _("Download picture"),
            "more": _("{n} more rows"),
            "trouble": _("The picture could not be drawn; the table below holds its numbers."),
        }

    @property
    def plain(self) -> dict[str, Any]:
        """The figure as the browser gets it, for tests."""
        return json.loads(self.figure or "{}")
