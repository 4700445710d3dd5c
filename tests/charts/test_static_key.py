"""The scale of a heat map in a still picture."""

import re

import pytest

from crossborder.charts.static_key import colourbar_svg
from crossborder.charts.static_text import width_of

TICKS = [-10_000, -5_000, 0, 5_000, 10_000]


def told(ticktext: list[str], width: float) -> list[str]:
    cells = {"type": "heatmap", "zmin": -10_000, "zmax": 10_000, "colorscale": [[0, "#0072b2"], [1, "#d55e00"]]}
    cells["colorbar"] = {"tickvals": TICKS, "ticktext": ticktext}
    return re.findall(r">([^<>]+)<", colourbar_svg([cells], 0, 0, width)[0])


def test_where_there_is_room_every_mark_is_told():
    assert told(["-10", "-5", "0", "5", "10"], 400) == ["-10", "-5", "0", "5", "10"]


@pytest.mark.parametrize("width", [200, 230, 260])
def test_marks_that_would_touch_give_way_to_every_second_zero_among_them(width):
    texts = ["−US$1万", "−US$5000", "US$0", "US$5000", "US$1万"]
    assert sum(width_of(text, 11.5) for text in texts) > width - 40
    assert told(texts, width) == ["−US$1万", "US$0", "US$1万"]
