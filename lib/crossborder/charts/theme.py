"""The look, in one place: colours safe for the colour-blind, one type scale, one grid. Nobody else names a colour.

Colours follow Okabe and Ito (2008): every pair can be told apart with the common colour-vision deficiencies. A chart
never leans on colour alone: traces differ in shape or label too.

Figures are made in ``LIGHT``. Where a page is dark, the browser puts the colour of the same name in ``DARK`` in place
of each (``apps/colours.py``), so the kernel need not know how a page looks, and what is downloaded or printed is light.
"""

from dataclasses import dataclass
from typing import Any

FONTS = (
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "PingFang SC", "Microsoft YaHei", '
    '"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif'
)

SYMBOLS = ("circle", "diamond", "square", "triangle-up", "cross", "star", "triangle-down")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")


@dataclass(frozen=True, kw_only=True)
class Theme:
    """One set of colours; ``series`` in the order in which traces take them.

    ``accent_dark`` is the stronger accent: darker on a light ground, lighter on a dark one. ``rising`` goes from what
    is hardly seen on the ground to what stands out from it.
    """

    ink: str
    muted: str
    line: str
    edge: str
    paper: str
    wash: str
    accent: str
    accent_dark: str
    accent_wash: str
    warm: str
    warm_wash: str
    new: str
    old: str
    gain: str
    loss: str
    mark: str
    series: tuple[str, ...]
    rising: tuple[str, ...]
    diverging: tuple[str, str, str]


LIGHT = Theme(
    ink="#17212b",
    muted="#55616f",
    line="#dfe4ea",
    edge="#b9c2cc",
    paper="#ffffff",
    wash="#f5f7f9",
    accent="#0b5c82",
    accent_dark="#084662",
    accent_wash="#e6f1f6",
    warm="#a34a00",
    warm_wash="#fdf1e5",
    new="#0072b2",
    old="#8590a0",
    gain="#0072b2",
    loss="#d55e00",
    mark="#e69f00",
    series=("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#17212b"),
    rising=("#f5f7f9", "#bcd9ee", "#6aaedb", "#0072b2", "#05395a"),
    diverging=("#d55e00", "#f6f6f4", "#0072b2"),
)

# Lighter and a little paler than the same hues in LIGHT; as far apart from each other for every kind of eye, or farther
DARK = Theme(
    ink="#e6ebf0",
    muted="#a3afbc",
    line="#2b3540",
    edge="#66737f",
    paper="#12181f",
    wash="#1a222b",
    accent="#6db5e8",
    accent_dark="#a3d2f5",
    accent_wash="#18303f",
    warm="#f0a066",
    warm_wash="#33241a",
    new="#4490dc",
    old="#8592a0",
    gain="#4490dc",
    loss="#e96b33",
    mark="#f0c544",
    series=("#4490dc", "#e96b33", "#34c98f", "#d97db2", "#f0c544", "#a3cff7", "#e6ebf0"),
    rising=("#1a222b", "#22465f", "#3173a4", "#4490dc", "#b9dcf8"),
    diverging=("#e96b33", "#252d36", "#4490dc"),
)

_current = LIGHT


def theme() -> Theme:
    """The theme of the moment."""
    return _current


def use_theme(chosen: Theme) -> None:
    """Draw with ``chosen`` from now on in this process."""
    global _current
    _current = chosen


def css_colours(chosen: Theme = LIGHT) -> dict[str, str]:
    """The theme's colours under the names that style sheets use: ``--xb-ink``, ..., ``--xb-series-1``, ...

    >>> css_colours()["--xb-accent-dark"], css_colours(DARK)["--xb-series-2"]
    ('#084662', '#e96b33')
    """
    colours: dict[str, str] = {}
    for name, value in vars(chosen).items():
        named = {name: value} if isinstance(value, str) else {f"{name}-{i}": v for i, v in enumerate(value, start=1)}
        colours |= {f"--xb-{key.replace('_', '-')}": colour for key, colour in named.items()}
    return colours


def dark_of(light: Theme = LIGHT, dark: Theme = DARK) -> dict[str, str]:
    """What each colour of ``light`` becomes on a dark page.

    A drawing tells colours, not names, so a colour with two names in ``light`` must have the same two in ``dark``.

    >>> dark_of()["#17212b"]
    '#e6ebf0'
    """
    darker = css_colours(dark)
    found: dict[str, str] = {}
    for name, colour in css_colours(light).items():
        if found.setdefault(colour, darker[name]) != darker[name]:
            raise ValueError(
                f"{colour} would become both {found[colour]} and {darker[name]} on a dark page; "
                f"give {name} a colour of its own or the same one in both themes."
            )
    return found


def template(chosen: Theme) -> dict[str, Any]:
    """The layout that every figure starts from."""
    axis = {
        "automargin": True,
        "fixedrange": True,
        "gridcolor": chosen.line,
        "linecolor": chosen.line,
        "tickcolor": chosen.line,
        "tickfont": {"color": chosen.muted},
        "title": {"font": {"color": chosen.muted, "size": 13}, "standoff": 12},
        "zeroline": False,
    }
    return {
        "autosize": True,
        "colorway": list(chosen.series),
        "dragmode": False,
        "font": {"family": FONTS, "size": 13, "color": chosen.ink},
        "hoverlabel": {
            "bgcolor": chosen.paper,
            "bordercolor": chosen.edge,
            "font": {"family": FONTS, "size": 13, "color": chosen.ink},
            "align": "left",
        },
        "hovermode": "closest",
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.02,
            "yanchor": "bottom",
            "font": {"color": chosen.muted},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "margin": {"l": 12, "r": 16, "t": 76, "b": 12, "pad": 4},
        "paper_bgcolor": chosen.paper,
        "plot_bgcolor": chosen.paper,
        "separators": ".,",
        "title": {
            "font": {"size": 17, "color": chosen.ink},
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yanchor": "top",
            "yref": "container",
            "pad": {"t": 12, "l": 4},
        },
        "xaxis": axis,
        "yaxis": axis,
    }
