"""Levers: few controls, moves ticked as they happen, the prediction on the chart."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import pytest

from crossborder.charts import alt_of, bar_list
from crossborder.errors import CrossborderError
from crossborder.lessons.levers import Levers, Move
from crossborder.lessons.marks import mark_floor, mark_range
from crossborder.params import Params, param
from crossborder.result import Result


@dataclass(frozen=True, kw_only=True)
class Two(Params):
    a: float = param(1.0, 0.0, 10.0, label="Price")
    b: float = param(2.0, 0.0, 10.0, label="Rating")


@dataclass(frozen=True, kw_only=True)
class Bars(Result):
    columns: ClassVar = {"value": "Value"}
    table: pd.DataFrame

    @property
    def text(self) -> str:
        return f"The sum is {self.table['value'].sum():g}."


def bars(scenario: Two) -> Bars:
    if scenario.a > 9:
        raise CrossborderError("a is too large for this page.")
    return Bars(table=pd.DataFrame({"name": ["first", "second"], "value": [scenario.a, scenario.b]}))


def draw(result: Bars):
    return bar_list(result, "name", "value", sort=False)


@pytest.fixture
def levers(lesson) -> Levers:
    moves = (
        Move(name="low", says="Price", happened=lambda s, r: s.a < 0.5),
        Move(name="even", says="Rating", happened=lambda s, r: s.a == s.b),
    )
    return Levers(lesson, "sum", Two(), bars, draw, only=("a", "b"), moves=moves)


def test_a_move_runs_draws_says_and_ticks(levers, lesson):
    levers.set(a=2.0)
    assert levers.chart.drawn.data[0].x == (2.0, 2.0)
    assert "The sum is 4." in levers.answer.parts["sentence"]
    assert levers.done == {"even"}
    assert levers.list.parts["moves"].count('data-done="true"') == 1
    assert [e.told for e in lesson.progress.of("99", "moved")] == [{"move": "even"}]


def test_a_move_is_noted_once(levers, lesson):
    for a in (0.1, 1.0, 0.1):
        levers.set(a=a)
    assert len(lesson.progress.of("99", "moved")) == 1


def test_the_browser_moves_it_like_code(levers):
    levers.panel.set_trait("asked", {"seq": 1, "changes": {"a": [1, 0.25]}, "final": True})
    assert levers.scenario.a == 0.25 and levers.done == {"low"}


def test_back_to_the_start(levers):
    levers.set(a=2.0)
    assert levers.panel.enabled == {"reset"}
    levers._act("reset")
    assert levers.scenario == Two() and levers.panel.enabled == set()


def test_a_run_that_fails_says_so_and_keeps_what_was_there(levers):
    levers.set(a=9.5)
    assert "too large" in levers.answer.parts["sentence"]
    assert levers.scenario.a == 1.0 and levers.panel.controls["a"].value == 1.0


def test_at_most_three_levers(lesson):
    with pytest.raises(ValueError, match="1 to 3"):
        Levers(lesson, "none", Two(), bars, draw, only=(), moves=())


def test_a_learner_who_comes_back_finds_the_ticks(levers, lesson):
    levers.set(a=2.0)
    again = Levers(lesson, "sum", Two(), bars, draw, only=("a",), moves=levers._moves)
    assert again.done == {"even"}


def test_the_prediction_is_a_dashed_mark_and_part_of_the_spoken_sentence():
    built = draw(bars(Two()))
    marked = mark_range(built, "Second", {"low": 1.0, "likely": 1.5, "high": 3.0}, "1.5, between 1 and 3")
    band, line = marked.layout.shapes[-2:]
    assert (band.x0, band.x1, line.x0, line.line.dash) == (1.0, 3.0, 1.5, "dash")
    rows = list(built.layout.yaxis.categoryarray)
    assert (band.y0 + band.y1) / 2 == rows.index("Second")
    assert alt_of(marked).startswith(alt_of(built)) and "Your prediction for Second: 1.5" in alt_of(marked)
    assert len(built.layout.shapes) == 0  # the figure handed in stays as it was


def test_a_row_that_is_not_drawn_gets_no_mark():
    built = draw(bars(Two()))
    assert mark_range(built, "third", {"low": 0, "likely": 1, "high": 2}, "") is built


def test_a_floor_makes_room_for_itself_with_its_ticks():
    built = draw(bars(Two()))
    built.layout.yaxis = {"range": [10, 14], "title": {"text": "Price"}}
    marked = mark_floor(built, "price_usd", 7.0, "nothing is earned below")
    low, high = marked.layout.yaxis.range
    assert low < 7.0 and high == 14 and min(marked.layout.yaxis.tickvals) <= 8
    assert marked.layout.shapes[-1].y0 == 7.0
