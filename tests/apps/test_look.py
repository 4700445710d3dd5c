import re
from pathlib import Path

from crossborder.apps import look

APPS = Path(look.__file__).parent


def test_a_widget_brings_colours_look_and_its_own_parts():
    sheet = look.look()
    assert [sheet.index(part) for part in (":root {", ".xb-answer {", ".xb-plot {")] == sorted(
        sheet.index(part) for part in (":root {", ".xb-answer {", ".xb-plot {")
    )


def test_no_script_asks_for_anything_outside():
    for file in (APPS / "front").iterdir():
        text = file.read_text(encoding="utf-8")
        assert "https://" not in text and not re.search(r"http://(?!www\.w3\.org)", text), file.name
