from pathlib import Path

import pytest

from crossborder.apps.gallery import AUDIENCES, KINDS, Gallery, catalogue, gallery_page, tile_html
from crossborder.apps.glyphs import _DRAWINGS
from crossborder.apps.language import speak
from crossborder.atlas import THEMES

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


@pytest.mark.parametrize("tile", catalogue(), ids=lambda tile: tile.id)
def test_every_tile_leads_to_a_notebook_and_is_told_in_both_languages(tile):
    assert (NOTEBOOKS / tile.path).is_file()
    assert tile.title_en and tile.line_en
    assert all(any("一" <= c <= "鿿" for c in text) for text in (tile.title_zh, tile.line_zh))
    assert tile.kind in KINDS and tile.audience in AUDIENCES and tile.theme in {*THEMES, "claims", "data", ""}


def test_ids_and_paths_are_unique():
    assert len({t.id for t in catalogue()}) == len({t.path for t in catalogue()}) == len(catalogue())


def test_links_are_relative_so_that_the_key_stays_a_cookie():
    html = "".join(map(tile_html, catalogue()))
    assert "http" not in html and "token" not in html and 'data-notebook="atlas.ipynb"' in html


def test_language_switch_retells_the_page():
    page = gallery_page()
    page.address.set_trait("arrived", True)
    gallery = page.contents[0]
    assert isinstance(gallery, Gallery) and "For managers" in gallery.skeleton
    speak("zh")
    assert "给管理者" in gallery.skeleton and "lang=zh" in gallery.skeleton
    assert page.address.language == "zh" and 'aria-pressed="true">简体中文' in page.head.skeleton


def test_before_a_browser_came_its_page_is_told_no_language():
    """It has chosen one by itself, and the still page was made in both."""
    page = gallery_page()
    speak("zh")
    assert page.address.language == ""


def test_themes_have_a_drawing():
    assert set(THEMES) <= set(_DRAWINGS)
