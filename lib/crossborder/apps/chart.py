"""A chart as a thin widget: the figure is one property, so a browser that connects late shows the newest one."""

import json
from typing import Any

import anywidget
import plotly.graph_objects as go
import traitlets

from crossborder.apps.look import look, script
from crossborder.apps.show import Html
from crossborder.charts.figure import CONFIG
from crossborder.charts.static_svg import static_svg
from crossborder.i18n import _

# Pixels of the main column on a wide page and of a phone: each drawing is legible at its own width
WIDE, NARROW = 752, 350
_POSTER = Html('<div class="xb-poster xb-wide">{wide}</div><div class="xb-poster xb-narrow">{narrow}</div>')


def poster(built: go.Figure) -> Html:
    """A figure as still pictures that need no script; the style sheet shows the one that fits the page."""
    wide, narrow = (Html(static_svg(built, width=width, heading=False)) for width in (WIDE, NARROW))
    return _POSTER.fill(wide=wide, narrow=narrow)


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
    seen = traitlets.Bool(False).tag(sync=True)  # a browser has drawn it, so no still picture is needed any more
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
        if not self.seen:
            self.poster = str(poster(built))
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
