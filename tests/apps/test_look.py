import re
from pathlib import Path

from crossborder.apps import look
from crossborder.charts.theme import LIGHT, css_colours

APPS = Path(look.__file__).parent


def test_the_style_sheet_has_the_themes_colours():
    css = (APPS / "look.css").read_text(encoding="utf-8")
    told = dict(re.findall(r"(--xb-[\w-]+):\s*(#[0-9a-f]{6});", css))
    shared = set(told) & set(css_colours(LIGHT))
    assert len(shared) >= 10
    assert {name: told[name] for name in shared} == {name: css_colours(LIGHT)[name] for name in shared}


def test_widgets_name_no_colour_of_their_own():
    css = (APPS / "front" / "widgets.css").read_text(encoding="utf-8")
    colours = set(re.findall(r"#[0-9a-fA-F]{3,6}\b", re.sub(r"url\([^)]*\)", "", css)))
    assert not colours


def test_no_script_asks_for_anything_outside():
    for file in (APPS / "front").iterdir():
        text = file.read_text(encoding="utf-8")
        assert "https://" not in text and not re.search(r"http://(?!www\.w3\.org)", text), file.name
