import itertools

from crossborder.charts.theme import LIGHT


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a, b):
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_can_be_read_on_every_ground():
    for text, ground in itertools.product((LIGHT.ink, LIGHT.muted), (LIGHT.paper, LIGHT.wash)):
        assert contrast(text, ground) >= 4.5
    assert contrast(LIGHT.accent, LIGHT.paper) >= 4.5
    assert contrast(LIGHT.warm, LIGHT.warm_wash) >= 4.5


def test_gain_and_loss_differ_for_the_red_blind():
    """Blue and vermillion differ in blue against yellow, not in red against green."""
    gain, loss = ([int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in (LIGHT.gain, LIGHT.loss))
    assert (gain[2] - loss[2]) > 90
