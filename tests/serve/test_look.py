"""Pages that the server dresses have the colours and fonts of charts."""

from crossborder.apps.colours import colours_css
from crossborder.charts.theme import FONTS
from crossborder.serve.options import look, page_look


def test_pages_and_charts_share_their_colours():
    assert look().startswith(colours_css())


def test_pages_and_charts_share_their_fonts():
    sheet = " ".join(look().split())
    assert f"--xb-font: {FONTS};" in sheet


def test_a_lean_page_carries_all_that_it_shows_itself_with():
    """A sheet that is fetched stands between the page's text and the reader; and none may end the element it is in."""
    sheet = page_look()
    assert sheet.endswith(look())
    assert ".noUi-handle" in sheet and ".xb-opening" in sheet  # of stock widgets; of the page around them
    assert "</" not in sheet and "@import" not in sheet
