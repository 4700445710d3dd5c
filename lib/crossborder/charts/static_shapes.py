"""Rectangles and lines of a drawing for paper; a colour is always escaped."""

import html


def rect_svg(
    x: float, y: float, width: float, height: float, fill: str, *, radius: float = 0, opacity: float = 1, edge: str = ""
) -> str:
    """One rectangle; ``edge`` is what ``stroke`` gives."""
    box = f'x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}"'
    rounded = f' rx="{radius:g}"' if radius else ""
    seen = f' opacity="{opacity:g}"' if opacity != 1 else ""
    return f'<rect {box}{rounded} fill="{html.escape(fill)}"{seen} {edge}/>'


def line_svg(x0: float, y0: float, x1: float, y1: float, edge: str) -> str:
    """One straight line; ``edge`` is what ``stroke`` gives."""
    return f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" {edge}/>'


def stroke(colour: str, width: float, dash: str = "") -> str:
    """How an edge is drawn."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'stroke="{html.escape(colour)}" stroke-width="{width:g}"{dashed}'
