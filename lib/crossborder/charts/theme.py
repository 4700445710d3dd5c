"""The look, in one place: colours safe for the colour-blind, one type scale, one grid. Nobody else names a colour.

Colours follow Okabe and Ito (2008): every pair can be told apart with the common colour-vision deficiencies. A chart
never leans on colour alone: traces differ in shape or label too.
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
    """One set of colours; ``series`` in the order in which traces take them."""

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

_current = LIGHT


def theme() -> Theme:
    """The theme of the moment."""
    return _current


def use_theme(chosen: Theme) -> None:
    """Draw with ``chosen`` from now on in this process."""
    global _current
    _current = chosen


def css_colours(chosen: Theme = LIGHT) -> dict[str, str]:
    """The theme's colours under the names that style sheets use: ``{"--xb-ink": "#17212b", ...}``."""
    return {f"--xb-{name.replace('_', '-')}": value for name, value in vars(chosen).items() if isinstance(value, str)}


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
            "bordercolor": chosen.line,
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
