"""Pages that the server dresses have the colours and fonts of charts."""

from crossborder.apps.colours import colours_css
from crossborder.charts.theme import FONTS
from crossborder.serve.options import look


def test_pages_and_charts_share_their_colours():
    assert look().startswith(colours_css())


def test_pages_and_charts_share_their_fonts():
    sheet = " ".join(look().split())
    assert f"--xb-font: {FONTS};" in sheet
