"""Two columns: controls at the side, what they bring about next to them; on a narrow page the answer comes first.

The order in which the parts are made is that of a narrow page, so that the keyboard and a voice follow it too.
"""

from collections.abc import Iterable

import ipywidgets


def columns(side: Iterable[ipywidgets.Widget], main: Iterable[ipywidgets.Widget]) -> ipywidgets.Box:
    """Widgets one below the other, at the side and in the main column; the first of ``main`` is the answer."""
    answer, *others = main
    left, right = ipywidgets.VBox(list(side)), ipywidgets.VBox(others)
    left.add_class("xb-app-side")
    right.add_class("xb-app-main")
    grid = ipywidgets.Box([answer, left, right])
    grid.add_class("xb-app-grid")
    return grid
