"""One set of colours: the style sheet's are those of the chart theme."""

import re

from crossborder.charts.theme import FONTS, LIGHT
from crossborder.serve.options import look


def tokens() -> dict[str, str]:
    return dict(re.findall(r"--xb-([a-z-]+): (#[0-9a-f]{6});", look()))


def test_the_style_sheet_has_the_theme_s_colours_and_no_others():
    named = tokens()
    assert named["ink"] == LIGHT.ink and named["accent"] == LIGHT.accent
    assert named == {name: getattr(LIGHT, name.replace("-", "_")) for name in named}
    sheet = re.sub(r"--xb-[a-z-]+: #[0-9a-f]{6};", "", look())
    sheet = re.sub(r"url\([^)]*\)", "", sheet)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet) == []


def test_text_is_told_from_its_ground():
    named = tokens()
    for text, ground, least in (
        ("ink", "paper", 7),
        ("muted", "paper", 4.5),
        ("muted", "wash", 4.5),
        ("accent", "paper", 4.5),
    ):
        assert contrast(named[text], named[ground]) >= least, (text, ground)


def test_pages_and_charts_share_their_fonts():
    sheet = " ".join(look().split())
    assert f"--xb-font: {FONTS};" in sheet


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
