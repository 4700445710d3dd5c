"""The key of a drawing for paper: samples of the traces, or the scale of a heat map."""

import html
from dataclasses import replace
from typing import Any

from crossborder.charts.static_axes import Axis
from crossborder.charts.static_marks import darkened, mixed, scatter_svg
from crossborder.charts.static_shapes import rect_svg
from crossborder.charts.static_text import TEXT, svg_text, width_of
from crossborder.charts.theme import theme


def legend_svg(
    traces: list[dict[str, Any]], layout: dict[str, Any], width: float, top: float, left: float = 0.0
) -> tuple[str, float]:
    """Samples with names from ``left`` on, where there are at least two, and the height they take."""
    shown = [(i, t) for i, t in enumerate(traces) if t.get("name") and t.get("showlegend") is not False]
    if layout.get("showlegend") is False or len(shown) < 2:
        return "", 0
    rooms = [width_of(trace["name"], TEXT) + 44 for _i, trace in shown]
    first = left if left + max(rooms) <= width else 0.0
    parts, at_x, at_y = [], first, top + 12
    for (i, trace), room in zip(shown, rooms, strict=True):
        if at_x > first and at_x + room > width:
            at_x, at_y = first, at_y + 20
        sample = {
            **trace,
            "x": [0, 1] if "lines" in (trace.get("mode") or "") else [0.5],
            "y": [0, 0],
            "fill": None,
            "error_x": None,
            "error_y": None,
        }
        sample["y"] = sample["y"][: len(sample["x"])]
        frame = Axis(kind="linear", low=0, high=1, ticks=(), title="", start=at_x + 2, end=at_x + 22)
        level = replace(frame, low=-1, start=at_y + 4, end=at_y - 4)
        if trace["type"] == "bar":
            parts.append(rect_svg(at_x + 6, at_y - 5, 11, 11, trace_colour(trace, i), radius=2))
        elif trace["type"] != "heatmap":
            parts += scatter_svg(sample, frame, level, trace_colour(trace, i), None)
        parts.append(svg_text(at_x + 28, at_y, trace["name"], size=TEXT, colour=theme().muted, middle=True))
        at_x += room
    return "".join(parts), at_y - top + 12


def colourbar_svg(traces: list[dict[str, Any]], left: float, top: float, width: float) -> tuple[str, float]:
    """The scale of a heat map, and the height it takes."""
    maps = [t for t in traces if t["type"] == "heatmap"]
    bar = (maps[0].get("colorbar") or {}) if maps else {}
    if not bar.get("tickvals"):
        return "", 0
    low, high, wide = maps[0]["zmin"], maps[0]["zmax"], min(320.0, width - left - 20)
    title = (bar.get("title") or {}).get("text") or ""
    below = 20.0 if title else 0.0
    named = svg_text(left, top + 12, title, size=TEXT, colour=theme().muted) if title else ""
    scale, step = maps[0]["colorscale"], wide / 40
    dark = darkened(scale)
    stops = "".join(
        rect_svg(left + step * i, top + 2 + below, step + 0.5, 10, mixed(scale, i / 39), dark=mixed(dark, i / 39))
        for i in range(40)
    )
    labels = "".join(
        svg_text(
            left + wide * (t - low) / ((high - low) or 1),
            top + 26 + below,
            text,
            size=11.5,
            colour=theme().muted,
            anchor="middle",
        )
        for t, text in _marks(bar, wide)
        if low <= t <= high
    )
    return named + stops + labels, 32 + below


def _marks(bar: dict[str, Any], wide: float) -> list[tuple[float, str]]:
    """The marks of a scale; where they would touch, every second one, zero among them."""
    marks = list(zip(bar["tickvals"], bar["ticktext"], strict=True))
    needed = sum(width_of(text, 11.5) + 8 for _t, text in marks)
    if needed <= wide:
        return marks
    odd = next((i for i, (t, _text) in enumerate(marks) if t == 0), 0) % 2
    return marks[odd::2]


def trace_colour(trace: dict[str, Any], i: int) -> str:
    """The colour by which a trace is known."""
    for holder in (trace.get("marker") or {}, trace.get("line") or {}):
        if isinstance(holder.get("color"), str):
            return html.escape(holder["color"])
    return theme().series[i % len(theme().series)]
