"""A result shown in a notebook: sentence, picture, numbers with their origin; text from data cannot act."""

import pandas as pd

from crossborder.apps.answer import Answer, notes, table
from crossborder.charts import bar_list
from crossborder.statistics import compare


def test_it_shows_the_sentence_the_picture_and_the_numbers():
    result = compare([1.0, 2.0, 3.0], [2.0, 3.0, 4.0])
    answer = Answer(result, bar_list(result, "measure", "difference"))
    assert result.text in answer.text.parts["all"]
    assert answer.chart.drawn.data[0].x == (1.0,)
    assert "mean(new - old)" in answer.numbers.parts["all"]
    assert len(answer.children) == 3


def test_without_a_picture_it_is_the_sentence_and_the_numbers():
    assert len(Answer(compare([1.0], [2.0])).children) == 2


def test_tables_and_notes_are_escaped_and_labelled():
    frame = pd.DataFrame({"title": ["<script>"], "price_usd": [1234.5]})
    shown = table(frame, {"price_usd": "What it costs"}).parts["all"]
    assert "What it costs" in shown and "$1,23" in shown and "<script>" not in shown
    assert "<b>" not in notes(["<b>bold</b>", "second"]).parts["all"]
