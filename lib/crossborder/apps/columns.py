"""Two columns: controls at the side, what they bring about next to them; on a narrow page the answer comes first."""

from collections.abc import Iterable

import ipywidgets


def columns(side: Iterable[ipywidgets.Widget], main: Iterable[ipywidgets.Widget]) -> ipywidgets.Box:
    """Widgets one below the other, at the side and in the main column."""
    left, right = ipywidgets.VBox(list(side)), ipywidgets.VBox(list(main))
    left.add_class("xb-app-side")
    right.add_class("xb-app-main")
    grid = ipywidgets.Box([left, right])
    grid.add_class("xb-app-grid")
    return grid
