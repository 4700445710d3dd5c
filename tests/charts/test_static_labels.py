from xml.etree import ElementTree

from crossborder.charts import old_to_new, paired_differences, static_svg
from crossborder.charts.static_axes import Axis
from crossborder.charts.static_labels import narrowed, rows_height, thinned

LONG = "<b>GMV share of stores younger than 90 days</b><br>17% → 9.3%"


def rows(*labels):
    return Axis(kind="category", low=-0.5, high=len(labels) - 0.5, ticks=tuple(enumerate(labels)), title="")


def test_long_names_break_and_stay_bold():
    (_at, label) = narrowed(rows(LONG), 140).ticks[0]
    lines = label.split("<br>")
    assert len(lines) > 2 and lines[0].startswith("<b>") and lines[-1] == "17% → 9.3%"


def test_with_little_height_only_the_first_line_stays_and_a_cut_is_seen():
    assert narrowed(rows(LONG), 400, one_line=True).ticks[0][1] == "<b>GMV share of stores younger than 90 days</b>"
    assert "…" in narrowed(rows(LONG), 140, one_line=True).ticks[0][1]


def test_every_row_is_as_high_as_the_highest():
    assert rows_height(rows("a", "b<br>c")) == 2 * rows_height(rows("b<br>c"))


def test_crowded_ticks_are_thinned_and_zero_stays():
    ticks = tuple((n, f"{n}00%") for n in (-3, -2, -1, 0, 1, 2, 3))
    shown = thinned(Axis(kind="linear", low=-3, high=3, ticks=ticks, title="", start=0, end=200)).ticks
    assert [n for n, _label in shown] == [-2, 0, 2]
    assert thinned(Axis(kind="linear", low=-3, high=3, ticks=ticks, title="", start=0, end=900)).ticks == ticks


def test_a_drawing_grows_with_its_names_unless_its_height_is_given(kinds):
    frame = kinds.table.assign(kind=["a kind of seller whose name is long and goes on " + name for name in "abc"])
    figure = old_to_new(type(kinds)(table=frame))
    heights = [float(ElementTree.fromstring(static_svg(figure, **how)).get("viewBox").split()[3]) for how in (
        {"width": 350}, {"width": 350, "height": 200})]  # fmt: skip
    assert heights[0] > figure.layout.height and heights[1] == 200


def test_an_interval_has_caps_that_reach_beyond_its_mark(comparison):
    lines = [
        e for e in ElementTree.fromstring(static_svg(paired_differences(comparison))).iter() if e.tag.endswith("line")
    ]
    caps = [e for e in lines if e.get("x1") == e.get("x2") and float(e.get("y2")) - float(e.get("y1")) == 16]
    assert len(caps) == 2 * 3
