"""Two sets of colours, each read and told apart by every kind of eye; on a dark page one stands for the other."""

import itertools
import math
from dataclasses import replace

import pytest

from crossborder.charts.theme import DARK, LIGHT, css_colours, dark_of

TEXTS = ("ink", "muted", "accent", "accent_dark", "warm")
GROUNDS = ("paper", "wash", "accent_wash", "warm_wash")
MARKS = ("new", "old", "gain", "loss", "mark", "edge", "accent", "muted", "ink")

# How the light that is left reaches an eye without red, green or blue cones (Machado, Oliveira and Fernandes 2009)
EYES = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "without red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "without green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "without blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
THEMES = pytest.mark.parametrize("chosen", [LIGHT, DARK], ids=["light", "dark"])


def channels(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def luminance(colour):
    red, green, blue = channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a, b):
    """WCAG 2 contrast ratio."""
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def seen(colour, eye):
    """CIE L*a*b* of a colour as this eye has it."""
    rgb = [min(max(sum(map(math.prod, zip(row, channels(colour), strict=True))), 0), 1) for row in EYES[eye]]
    red, green, blue = rgb
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def apart(a, b, eye):
    return math.dist(seen(a, eye), seen(b, eye))


@THEMES
def test_text_can_be_read_on_every_ground(chosen):
    for text, ground in itertools.product(TEXTS, GROUNDS):
        assert contrast(getattr(chosen, text), getattr(chosen, ground)) >= 4.5, (text, ground)
    assert contrast(chosen.ink, chosen.paper) >= 7
    for button in (chosen.accent, chosen.accent_dark):  # its words are in the colour of the paper
        assert contrast(chosen.paper, button) >= 4.5


def test_marks_stand_out_from_a_dark_ground():
    for colour in (*(getattr(DARK, name) for name in MARKS), *DARK.series):
        assert contrast(colour, DARK.paper) >= 3, colour


@THEMES
@pytest.mark.parametrize("eye", EYES)
def test_every_two_series_are_told_apart(chosen, eye):
    for a, b in itertools.combinations(chosen.series, 2):
        assert apart(a, b, eye) >= 16, (a, b)
    assert apart(chosen.gain, chosen.loss, eye) >= 45
    for sure in (chosen.gain, chosen.loss, chosen.new):
        assert apart(sure, chosen.old, eye) >= 24


@THEMES
@pytest.mark.parametrize("eye", EYES)
def test_a_rising_scale_goes_one_way_from_the_ground(chosen, eye):
    steps = [abs(seen(colour, eye)[0] - seen(chosen.paper, eye)[0]) for colour in chosen.rising]
    assert steps == sorted(steps) and min(b - a for a, b in itertools.pairwise(steps)) >= 8


def test_a_dark_page_is_dark_and_not_black():
    assert 0 < luminance(DARK.paper) < 0.02 < luminance(LIGHT.paper)
    assert luminance(DARK.wash) > luminance(DARK.paper), "what lies on the page is nearer to the light"


def test_every_colour_has_a_dark_one():
    assert css_colours(LIGHT).keys() == css_colours(DARK).keys()
    assert set(dark_of()) == set(css_colours(LIGHT).values())
    assert set(dark_of().values()) == set(css_colours(DARK).values())
    assert len(set(dark_of().values())) == len(dark_of()), "two colours of a light drawing would become one"


def test_a_colour_that_would_become_two_is_refused():
    with pytest.raises(ValueError, match=r"#0072b2 would become both #4490dc and #ff0000"):
        dark_of(dark=replace(DARK, gain="#ff0000"))
