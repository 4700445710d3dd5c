"""What holds for each chart, whatever it shows."""

import json
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest

from crossborder.charts import (
    alt_of,
    bar_list,
    heat_map,
    lorenz_curve,
    old_to_new,
    over_days,
    paired_differences,
    quantile_dots,
    static_svg,
    table_of,
    two_quantities,
)
from crossborder.charts.theme import theme
from crossborder.i18n import in_language

CHARTS = {
    "paired_differences": ("comparison", paired_differences),
    "old_to_new": ("kinds", old_to_new),
    "over_days": ("days", lambda result: over_days(result, "gmv_usd", by="policy", low="low", high="high")),
    "two_quantities": ("listings", lambda result: two_quantities(result, by="kind", log_x=True, log_y=True)),
    "heat_map": (
        "grid",
        lambda result: heat_map(result, "click", "order", "change", marks=[(1.0, 1.0, "<script>claim")]),
    ),
    "quantile_dots": ("draws", lambda result: quantile_dots(result, "difference_usd")),
    "lorenz_curve": ("lorenz", lorenz_curve),
    "bar_list": ("listings", lambda result: bar_list(result, "title", "impressions")),
}


@pytest.fixture(params=CHARTS)
def chart(request):
    fixture, draw = CHARTS[request.param]
    return request.getfixturevalue(fixture), draw


def test_returns_a_figure_with_a_title_a_sentence_and_a_table(chart):
    result, draw = chart
    figure = draw(result)
    assert isinstance(figure, go.Figure) and figure.layout.title.text
    assert len(alt_of(figure)) > 20
    assert table_of(figure)["rows"] and len(table_of(figure)["columns"]) == len(table_of(figure)["rows"][0])


def test_changes_nothing_of_what_it_was_handed(chart):
    result, draw = chart
    before = result.table.copy(deep=True)
    draw(result)
    assert result.table.equals(before)


def test_same_result_same_figure(chart):
    result, draw = chart
    assert draw(result).to_json() == draw(result).to_json()


def test_hostile_text_cannot_act_in_either_picture(chart):
    result, draw = chart
    figure = draw(result)
    plain = figure.to_plotly_json()
    plain["layout"].pop("meta")  # the table is shown as text, never as markup
    for text in json.dumps(plain), static_svg(figure):
        assert "<script" not in text and "<a " not in text


def test_static_picture_is_sound_and_named(chart):
    result, draw = chart
    figure = draw(result)
    root = ElementTree.fromstring(static_svg(figure))
    assert root.get("role") == "img" and len(root.get("aria-label")) > 20
    width, height = (float(v) for v in root.get("viewBox").split()[2:])
    assert width == 760 and height >= figure.layout.height
    numbers = [float(e.get(k)) for e in root.iter() for k in ("cx", "x1", "x2") if e.get(k)]
    assert all(-2 <= x <= width + 2 for x in numbers)


def test_speaks_chinese_when_asked(chart):
    result, draw = chart
    with in_language("zh"):
        figure = draw(result)
    assert any("一" <= letter <= "鿿" for letter in figure.layout.title.text)
    assert any("一" <= letter <= "鿿" for letter in alt_of(figure))


def test_groups_differ_in_shape_or_dash_not_in_colour_alone(chart):
    result, draw = chart
    looks = []
    for trace in draw(result).data:
        if trace.type == "scatter" and trace.name and trace.showlegend is not False:
            symbol = trace.marker.symbol if isinstance(trace.marker.symbol, str) else tuple(trace.marker.symbol or ())
            looks.append((symbol, trace.line.dash))
    assert len(looks) == len(set(looks))


def test_every_colour_is_the_themes(chart):
    import re

    result, draw = chart
    known = {c.lower() for v in vars(theme()).values() for c in ([v] if isinstance(v, str) else v)}
    used = {c.lower() for c in re.findall(r"#[0-9a-fA-F]{6}", draw(result).to_json())}
    assert used <= known
