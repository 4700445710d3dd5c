from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest

from crossborder.charts import bar_list, static_svg, two_quantities
from crossborder.charts.figure import figure
from crossborder.charts.static_text import width_of, wrapped


def shapes(built, tag, **options):
    root = ElementTree.fromstring(static_svg(built, **options))
    return [e for e in root.iter() if e.tag.endswith(tag)]


def test_bars_are_as_long_as_their_numbers(listings):
    bars = [float(e.get("width")) for e in shapes(bar_list(listings, "title", "impressions"), "rect")]
    assert bars[0] / bars[1] == pytest.approx(10, rel=0.01) and bars[1] / bars[2] == pytest.approx(10, rel=0.1)


def test_logarithmic_axis_spaces_decades_evenly():
    table = {"x": [1, 10, 100], "y": [1, 1, 1]}
    built = figure(
        [{"type": "scatter", "mode": "markers", "x": table["x"], "y": table["y"]}],
        title="t",
        alt="a",
        table=table,
        xaxis={"type": "log"},
    )
    x = [float(e.get("cx")) for e in shapes(built, "circle")]
    assert x[1] - x[0] == pytest.approx(x[2] - x[1], abs=0.2)


def test_days_become_an_axis_of_dates():
    built = figure(
        [{"type": "scatter", "mode": "lines", "x": ["2018-05-01", "2018-05-11"], "y": [1, 2]}],
        title="t",
        alt="a",
        table={"y": [1, 2]},
    )
    assert "2018-05-" in static_svg(built)


def test_stacked_bars_stand_on_one_another():
    bars = [{"type": "bar", "x": ["a"], "y": [2], "name": "p"}, {"type": "bar", "x": ["a"], "y": [3], "name": "q"}]
    built = figure(bars, title="t", alt="a", table={"v": [2, 3]}, barmode="stack")
    drawn = [e for e in shapes(built, "rect") if float(e.get("width")) > 20]
    assert float(drawn[1].get("y")) + float(drawn[1].get("height")) == pytest.approx(float(drawn[0].get("y")), abs=0.2)


def test_a_gap_in_a_line_stays_a_gap():
    built = figure(
        [{"type": "scatter", "mode": "lines", "x": [0, 1, 2, 3, 4], "y": [1, 2, None, 2, 1]}],
        title="t",
        alt="a",
        table={"y": [1]},
    )
    assert len(shapes(built, "polyline")) == 2


def test_what_cannot_be_drawn_says_so():
    with pytest.raises(ValueError, match="pie"):
        static_svg(go.Figure(go.Pie(values=[1, 2])))


def test_plain_plotly_figure_is_drawn_too():
    assert shapes(go.Figure(go.Scatter(x=[1, 2], y=[3, 4], mode="markers")), "circle")


def test_without_heading_the_title_is_left_to_the_page(listings):
    built = two_quantities(listings)
    assert "Price and traffic" in "".join(e.text or "" for e in shapes(built, "tspan"))
    assert "Price and traffic" not in "".join(e.text or "" for e in shapes(built, "tspan", heading=False))


def test_chinese_wraps_anywhere_and_english_at_spaces():
    assert len(wrapped("店铺流量分配规则调整" * 4, 16, 200)) > 2
    lines = wrapped("who gains from the change of policy", 16, 140)
    assert " ".join(lines) == "who gains from the change of policy" and len(lines) > 1
    assert width_of("店铺", 10) == 20
