"""Rectangles and lines of a drawing for paper; a colour is always escaped."""

import html
import re

_SEEN_THROUGH = re.compile(r"rgba\((\d+),(\d+),(\d+),([\d.]+)\)")


def rect_svg(
    x: float,
    y: float,
    width: float,
    height: float,
    fill: str,
    *,
    dark: str = "",
    radius: float = 0,
    opacity: float = 1,
    edge: str = "",
) -> str:
    """One rectangle; ``edge`` is what ``stroke`` gives, ``dark`` its colour on a dark page if the theme has no name for
    ``fill``.
    """
    box = f'x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}"'
    rounded = f' rx="{radius:g}"' if radius else ""
    seen = f' opacity="{opacity:g}"' if opacity != 1 else ""
    darker = f' style="--dark:{html.escape(dark)}"' if dark else ""
    return f"<rect {box}{rounded} {filled(fill)}{seen}{darker} {edge}/>"


def filled(colour: str) -> str:
    """The attributes of a filling; a translucent one keeps its colour, so that a dark page can find it.

    >>> filled("rgba(0,114,178,0.16)")
    'fill="#0072b2" fill-opacity="0.16"'
    """
    found = _SEEN_THROUGH.fullmatch(colour)
    if found is None:
        return f'fill="{html.escape(colour)}"'
    plain = "#" + "".join(f"{int(part):02x}" for part in found.groups()[:3])
    return f'fill="{plain}" fill-opacity="{found[4]}"'


def line_svg(x0: float, y0: float, x1: float, y1: float, edge: str) -> str:
    """One straight line; ``edge`` is what ``stroke`` gives."""
    return f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" {edge}/>'


def stroke(colour: str, width: float, dash: str = "") -> str:
    """How an edge is drawn."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'stroke="{html.escape(colour)}" stroke-width="{width:g}"{dashed}'
