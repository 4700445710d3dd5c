"""Two columns: controls at the side, what they bring about next to them; on a narrow page one below the other.

The answer is made first, then the controls, then the rest: so a narrow page shows them, and so the keyboard and a voice
take them on every page.
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
