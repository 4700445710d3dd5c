"""Names beside rows are broken so that they fit, and the picture is high enough for them."""

from hypothesis import given
from hypothesis import strategies as st

from crossborder.charts.rows import AROUND, GAP, LETTERS, LINE, heights, in_lines, row_labels

WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=12).map(" ".join)


@given(WORDS, st.integers(12, 60))
def test_no_line_is_longer_than_asked_and_no_word_is_lost(text, most):
    lines = in_lines(text, most).split("<br>")
    assert all(len(line) <= most for line in lines)
    assert " ".join(lines) == text


def test_chinese_counts_double_and_breaks_anywhere():
    assert in_lines("平台成交额变化", 8) == "平台成交<br>额变化"


def test_bold_stays_bold_on_every_line():
    assert in_lines("<b>a long name indeed</b>", 10) == "<b>a long</b><br><b>name</b><br><b>indeed</b>"


def test_rows_are_as_high_as_the_longest_name_asks():
    rows = row_labels({"categoryarray": ["short", "a name that needs more than one line on a phone"]})
    assert rows["wide"]["height"] < rows["narrow"]["height"]
    lines = rows["narrow"]["ticktext"][1].count("<br>") + 1
    assert rows["narrow"]["height"] == AROUND + 2 * (LINE * lines + GAP)


def test_axes_without_names_or_with_marks_of_their_own_are_left():
    assert row_labels({}) == {} == row_labels({"categoryarray": ["a"], "tickvals": [0]})


def test_a_figure_is_never_lower_than_its_layout_says():
    assert heights({"height": 300}) == dict.fromkeys(LETTERS, 300)
    tall = {"height": 300, "meta": {"rows": row_labels({"categoryarray": ["x"] * 40})}}
    assert min(heights(tall).values()) > 1000
