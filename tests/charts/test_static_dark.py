"""A drawing tells light colours; every one of them has a way to be dark on a dark page."""

import re
from xml.etree import ElementTree

import pytest

from crossborder.charts import heat_map, over_days, paired_differences, static_svg
from crossborder.charts.static_marks import darkened, mixed
from crossborder.charts.theme import DARK, LIGHT, dark_of


@pytest.fixture(params=["comparison", "days", "grid"])
def drawing(request):
    draw = {
        "comparison": paired_differences,
        "days": lambda result: over_days(result, "gmv_usd", by="policy", low="low", high="high"),
        "grid": lambda result: heat_map(result, "click", "order", "change", marks=[(1.0, 1.0, "claim")]),
    }[request.param]
    return static_svg(draw(request.getfixturevalue(request.param)))


def test_every_colour_is_named_by_the_theme_or_brings_its_dark_one(drawing):
    painted = 0
    for element in ElementTree.fromstring(drawing).iter():
        for part in ("fill", "stroke"):
            colour = element.get(part)
            if colour in (None, "none"):
                continue
            painted += 1
            assert colour in dark_of() or re.fullmatch(r"--dark:#[0-9a-f]{6}", element.get("style", "")), colour
    assert painted > 10


def test_a_band_keeps_its_colour_and_says_apart_how_much_is_seen_through(days):
    drawing = static_svg(over_days(days, "gmv_usd", by="policy", low="low", high="high"))
    assert f'fill="{LIGHT.series[0]}" fill-opacity="0.16"' in drawing and "rgba" not in drawing


def test_a_cell_between_two_colours_is_between_their_dark_ones(grid):
    cells = {
        cell.get("fill"): cell.get("style").removeprefix("--dark:")
        for cell in ElementTree.fromstring(static_svg(heat_map(grid, "click", "order", "change"))).iter()
        if (cell.get("style") or "").startswith("--dark:")
    }
    assert cells[LIGHT.loss] == DARK.loss and cells[LIGHT.gain] == DARK.gain
    scale = [(0, LIGHT.loss), (0.5, LIGHT.diverging[1]), (1, LIGHT.gain)]
    assert cells[mixed(scale, 0.25)] == mixed(darkened(scale), 0.25)
