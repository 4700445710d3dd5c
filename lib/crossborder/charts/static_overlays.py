"""What lies over the marks of a drawing for paper: lines, boxes and notes of the layout."""

from typing import Any

from crossborder.charts.static_axes import Axis
from crossborder.charts.static_shapes import line_svg, rect_svg, stroke
from crossborder.charts.static_text import TEXT, svg_text, width_of
from crossborder.charts.theme import theme


def overlays_svg(layout: dict[str, Any], x: Axis, y: Axis) -> list[str]:
    """Shapes, then notes."""
    parts = [_shape(shape, x, y) for shape in layout.get("shapes") or []]
    return parts + [_note(note, x, y) for note in layout.get("annotations") or []]


def _shape(shape: dict[str, Any], x: Axis, y: Axis) -> str:
    x0, x1 = (_place(shape[key], shape.get("xref"), x) for key in ("x0", "x1"))
    y0, y1 = (_place(shape[key], shape.get("yref"), y) for key in ("y0", "y1"))
    if x0 is None or x1 is None or y0 is None or y1 is None:
        return ""
    line = shape.get("line") or {}
    dash = "6 4" if line.get("dash") not in (None, "solid") else ""
    edge = stroke(line.get("color") or theme().ink, float(line.get("width", 1)), dash)
    if shape.get("type") != "rect":
        return line_svg(x0, y0, x1, y1, edge)
    fill, opacity = shape.get("fillcolor") or "none", float(shape.get("opacity") or 1)
    return rect_svg(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0), fill, opacity=opacity, edge=edge)


def _note(note: dict[str, Any], x: Axis, y: Axis) -> str:
    at_x, at_y = _place(note.get("x"), note.get("xref"), x), _place(note.get("y"), note.get("yref"), y)
    if at_x is None or at_y is None:
        return ""
    at_x, at_y = at_x + (note.get("xshift") or 0), at_y - (note.get("yshift") or 0)
    anchor = {"left": "start", "right": "end"}.get(str(note.get("xanchor")), "middle")
    font = note.get("font") or {}
    size, colour = font.get("size") or TEXT, font.get("color") or theme().ink
    text = svg_text(at_x, at_y, note["text"], size=size, colour=colour, anchor=anchor, middle=True)
    if not note.get("bgcolor"):
        return text
    wide = width_of(note["text"], size) + 10
    start = {"start": at_x - 5, "end": at_x - wide + 5}.get(anchor, at_x - wide / 2)
    return rect_svg(start, at_y - size * 0.85, wide, size * 1.7, note["bgcolor"], radius=3) + text


def _place(value: Any, ref: str | None, axis: Axis) -> float | None:
    return axis.start + float(value) * (axis.end - axis.start) if ref == "paper" else axis.at(value)
