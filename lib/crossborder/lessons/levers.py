"""Levers: at most three controls, a chart with the prediction still on it, a sentence, and three moves to try."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ipywidgets
import plotly.graph_objects as go

from crossborder.apps.chart import Chart
from crossborder.apps.columns import columns
from crossborder.apps.controls import ControlPanel
from crossborder.apps.runs import told
from crossborder.apps.show import Html, badge, failure, joined, paragraph
from crossborder.i18n import N_, _
from crossborder.lessons.lesson import Lesson
from crossborder.lessons.piece import Piece
from crossborder.params import Params
from crossborder.paths import with_changes
from crossborder.result import Result

MOST_LEVERS = 3
_ANSWER = Html(
    '<div class="xb-reply"><div data-part="sentence" aria-live="polite"></div><div data-part="beside"></div></div>'
)


@dataclass(frozen=True, kw_only=True)
class Move:
    """Something to try. ``says`` is a message id; ``happened(scenario, result)`` tells when it was done."""

    name: str
    says: str
    happened: Callable[[Any, Any], bool]


class Levers(ipywidgets.VBox):
    """Controls around a verb, small enough for a lesson.

    Parameters
    ----------
    lesson : whose progress notes the moves
    name : of this part, in the progress
    start : Params, the scenario that it opens with: the surprising one
    run : scenario -> Result
    draw : Result -> figure; it also draws the learner's prediction as a dashed mark
    only : paths of the parameters that are levers, at most three
    moves : what to try
    """

    def __init__(
        self,
        lesson: Lesson,
        name: str,
        start: Params,
        run: Callable[[Any], Result],
        draw: Callable[[Any], go.Figure],
        *,
        only: tuple[str, ...],
        moves: tuple[Move, ...],
        heading: str = N_("Settings to move"),
    ) -> None:
        if not 1 <= len(only) <= MOST_LEVERS:
            raise ValueError(f"only must name 1 to {MOST_LEVERS} parameters; got {len(only)}.")
        self.lesson, self.name, self._start = lesson, name, start
        self._run, self._draw, self._moves = run, draw, moves
        self.begin()
        self.panel = ControlPanel(
            start, self._change, act=self._act, only=only, buttons={"reset": N_("Back to the start")}, heading=heading
        )
        self.chart = Chart()
        self.answer = Piece(_ANSWER)
        self.list = Piece(Html('<div data-part="moves"></div>'))
        super().__init__([columns([self.panel], [self.answer, self.chart, self.list])])
        for look in ("xb", "xb-app", "xb-levers"):
            self.add_class(look)
        lesson.follow(self.show, begin=self.begin)
        self.show()

    def begin(self) -> None:
        """Where this learner's page starts: the settings of the lesson, ticks for the moves made before."""
        moved = self.lesson.progress.of(self.lesson.number, "moved", self.name)
        self.done: set[str] = {event.told.get("move", "") for event in moved}
        self.scenario, self.result = self._start, self._run(self._start)

    def set(self, **changes: Any) -> None:
        """Move levers, as the browser does."""
        self._change(changes, True)

    def show(self) -> None:
        """Chart, sentence, moves: also again after a prediction was changed."""
        self.panel.enabled = {"reset"} if self.scenario != self._start else set()
        self.panel.follow(self.scenario)
        self.chart.show(self._draw(self.result))
        self.answer.put(sentence=paragraph(self.result.text, "xb-answer"), beside=badge("simulated"))
        items = joined(
            Html(
                '<li data-done="{done}"><span class="xb-tick" '
                'aria-hidden="true">{tick}</span><span>{says}</span>{heard}</li>'
            ).fill(
                done=str(move.name in self.done).lower(),
                tick="✓" if move.name in self.done else "",
                says=_(move.says),
                heard=Html('<span class="xb-heard">{text}</span>').fill(text=_("done"))
                if move.name in self.done
                else Html(""),
            )
            for move in self._moves
        )
        self.list.put(
            moves=Html('<div class="xb-moves"><h3>{title}</h3><ol>{items}</ol></div>').fill(
                title=_("Try this"), items=items
            )
        )

    def _change(self, changes: dict[str, Any], _final: bool) -> None:
        try:
            scenario = with_changes(self.scenario, changes)
            result = self._run(scenario)
        except Exception as problem:  # whatever it was, the page must say so and live on
            self.answer.put(sentence=failure(told(problem)))
            self.panel.follow(self.scenario)
            return
        self.scenario, self.result = scenario, result
        fresh = [m.name for m in self._moves if m.name not in self.done and m.happened(scenario, result)]
        self.done |= set(fresh)
        self.show()
        for move in fresh:
            self.lesson.record("moved", self.name, move=move)

    def _act(self, action: str) -> None:
        if action == "reset":
            self.scenario, self.result = self._start, self._run(self._start)
            self.show()
