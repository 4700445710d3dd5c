"""SideBySide: two runs at one scale. Redraw: the same question in other worlds, as twenty dots."""

from collections.abc import Callable
from typing import Any

import ipywidgets
import plotly.graph_objects as go

from crossborder.apps.chart import Chart
from crossborder.apps.show import Html, badge, button, joined, paragraph
from crossborder.charts.pair import same_scale
from crossborder.i18n import _
from crossborder.lessons.lesson import Lesson
from crossborder.lessons.piece import Piece
from crossborder.result import Result

_SAYS = Html(
    '<div class="xb-reply"><div data-part="sentence" aria-live="polite"></div><div data-part="beside"></div></div>'
)


class SideBySide(ipywidgets.VBox):
    """Two figures at the same scale, one sentence over both."""

    def __init__(self, sentence: str, left: go.Figure, right: go.Figure) -> None:
        same_scale(left, right)
        self.answer = Piece(_SAYS)
        self.answer.put(sentence=paragraph(sentence, "xb-answer"), beside=badge("simulated"))
        pair = ipywidgets.Box([Chart(left), Chart(right)])
        pair.add_class("xb-pair")
        super().__init__([self.answer, pair])
        self.add_class("xb")


class Redraw(ipywidgets.VBox):
    """``run(seed)`` gives a Result with one row per world, ``draw`` its twenty dots; the button asks for others."""

    def __init__(
        self,
        lesson: Lesson,
        name: str,
        run: Callable[[int], Result],
        draw: Callable[[Any], go.Figure],
        *,
        seed: int = 0,
    ) -> None:
        self.lesson, self.name, self.seed = lesson, name, seed
        self._run, self._draw = run, draw
        self.chart = Chart()
        self.answer = Piece(_SAYS, self._acted)
        super().__init__([self.answer, self.chart])
        self.add_class("xb")
        self._show()

    def again(self) -> None:
        """Other worlds."""
        self.seed += 1
        self._show()
        self.lesson.record("redrawn", self.name, seed=self.seed)

    def _show(self) -> None:
        self.result = self._run(self.seed)
        self.chart.show(self._draw(self.result))
        more = button("redraw", _("Simulate again with other shoppers"))
        self.answer.put(
            sentence=paragraph(self.result.text, "xb-answer"),
            beside=Html('<div class="xb-facts-row">{parts}</div>').fill(parts=joined([badge("simulated"), more])),
        )

    def _acted(self, action: str, _value: object) -> None:
        if action == "redraw":
            self.again()
