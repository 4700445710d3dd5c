import pytest

from crossborder.charts import old_to_new
from crossborder.charts.moves import HIGHER, LOWER, SAME, direction, marks_after
from crossborder.charts.theme import theme


@pytest.mark.parametrize(
    ("old", "new", "how", "way"),
    [
        (0.1, 0.1, {}, SAME),
        (0.0, 0.0, {}, SAME),
        (0.1, 0.2, {}, HIGHER),
        (0.2, 0.1, {}, LOWER),
        (0.101, 0.102, {"told": ("10%", "10%")}, SAME),
        (0.1, 0.2, {"ends": (-0.05, 0.25)}, SAME),
        (0.1, 0.2, {"ends": (0.05, 0.15)}, HIGHER),
        (0.1, 0.2, {"ends": (float("nan"), float("nan"))}, HIGHER),
    ],
)
def test_what_reads_the_same_or_may_be_luck_points_nowhere(old, new, how, way):
    assert direction(old, new, **how) == way


def test_the_legend_shows_each_shape_in_its_colour(kinds):
    frame = kinds.table.assign(new=[0.3, 0.35, 0.2])
    drawn = {trace.name: trace.marker for trace in old_to_new(type(kinds)(table=frame)).data if trace.name}
    assert {name: (mark.symbol, mark.color) for name, mark in drawn.items() if name != "Old"} == {
        "New: higher": ("triangle-right", theme().gain),
        "New: lower": ("triangle-left", theme().loss),
        "New: the same": ("diamond", theme().muted),
    }


def test_each_interval_stays_with_its_mark():
    marks = marks_after(
        "New",
        ["a", "b", "c"],
        [1.0, 2.0, 3.0],
        ["", "", ""],
        [LOWER, HIGHER, LOWER],
        [(0.1, 0.2), (0.3, 0.4), (0.5, 0.6)],
    )
    found = {trace["name"]: (trace["y"], trace["error_x"]["array"], trace["error_x"]["arrayminus"]) for trace in marks}
    assert found == {"New: higher": (["b"], [0.3], [0.4]), "New: lower": (["a", "c"], [0.1, 0.5], [0.2, 0.6])}
