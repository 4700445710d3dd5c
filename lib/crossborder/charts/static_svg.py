"""A figure as a drawing for paper, without a browser: bars, lines, marks with intervals, heat maps.

It reads the same figure that the live chart draws, so the two cannot tell different stories.
"""

import html
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go

from crossborder.charts.figure import alt_of
from crossborder.charts.static_axes import Axis, read_axis
from crossborder.charts.static_key import colourbar_svg, legend_svg, trace_colour
from crossborder.charts.static_labels import narrowed, rows_height, thinned
from crossborder.charts.static_marks import bar_svg, heatmap_svg, no_stack, scatter_svg
from crossborder.charts.static_overlays import overlays_svg
from crossborder.charts.static_shapes import line_svg, stroke
from crossborder.charts.static_text import TEXT, lines_of, svg_text, width_of, wrapped
from crossborder.charts.theme import FONTS, theme

LABEL_ROOM = 270  # pixels; in a narrow drawing two fifths of its width


def static_svg(built: go.Figure, *, width: int = 760, height: int | None = None, heading: bool = True) -> str:
    """The figure as one SVG element; its sentence is the accessible name. ``heading=False`` leaves the title out.

    Without ``height`` it is as high as the figure, or as its rows need; in less height than that a name beside a row is
    cut to its first line.
    """
    plain = built.to_plotly_json()
    traces, layout = plain["data"], plain["layout"]
    title = (layout.get("title") or {}).get("text") or ""
    title_lines = wrapped(title, 17, width - 16) if heading and title else []
    top = 12.0 + 22 * len(title_lines)
    x, y = _axes(traces, layout)
    named = y
    y = narrowed(named, min(LABEL_ROOM, 0.4 * width))
    legend, legend_height = legend_svg(traces, layout, width, top, _left_margin(y))
    x = replace(x, title="<br>".join(wrapped(x.title, TEXT, max(width - _left_margin(y) - 20, 160))))
    bottom = _bottom_margin(x)
    colourbar, bar_height = colourbar_svg(traces, _left_margin(y), top, width)
    top += legend_height + bar_height + 10
    rows = rows_height(y)
    height = height or max(int(layout.get("height") or 420), round(top + rows + bottom))
    if rows > height - top - bottom:
        y = narrowed(named, 0.45 * width, one_line=True)
    left = _left_margin(y)
    right = max((width_of(str(t), 12) for trace in traces for t in _outside(trace)), default=0) * 0.35 + 20
    x = replace(x, start=left, end=width - right)
    x = thinned(x)
    y = replace(y, start=height - bottom, end=top)
    parts = [
        svg_text(0, 18 + 22 * i, html.escape(line), size=17, colour=theme().ink, bold=True)
        for i, line in enumerate(title_lines)
    ]
    parts += [
        legend,
        colourbar,
        *_grid(x, y),
        *_marks(traces, layout, x, y),
        *overlays_svg(layout, x, y),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="100%" role="img" '
        f'aria-label="{html.escape(alt_of(built))}" font-family="{html.escape(FONTS)}">{"".join(parts)}</svg>'
    )


def _axes(traces: list[dict[str, Any]], layout: dict[str, Any]) -> tuple[Axis, Axis]:
    values: dict[str, list[Any]] = {"x": [], "y": []}
    zero = {"x": False, "y": False}
    for trace in traces:
        for key in values:
            found = trace.get(key)
            values[key] += [] if found is None else found.tolist() if hasattr(found, "tolist") else list(found)
        if trace["type"] == "bar":
            zero["x" if trace.get("orientation") == "h" else "y"] = True
    base = layout.get("template", {}).get("layout", {})
    x, y = (
        read_axis(
            {**base.get(f"{key}axis", {}), **layout.get(f"{key}axis", {})},
            [v for v in values[key] if v is not None],
            zero=zero[key],
        )
        for key in ("x", "y")
    )
    return x, y


def _left_margin(y: Axis) -> float:
    if not y.visible:
        return 8
    widest = max((width_of(label, TEXT) for _at, label in y.ticks), default=0)
    return widest + 16 + (22 * len(lines_of(y.title)) if y.title else 0)


def _bottom_margin(x: Axis) -> float:
    if not x.visible:
        return 8
    tallest = max((len(lines_of(label)) for _at, label in x.ticks), default=1)
    return 12 + 16 * tallest + (6 + 16 * len(lines_of(x.title)) if x.title else 0)


def _grid(x: Axis, y: Axis) -> list[str]:
    parts = []
    ruler = stroke(theme().line, 1)
    for number, label in x.ticks if x.visible else ():
        at = x.pixel(number)
        if x.grid and x.kind != "category":
            parts.append(line_svg(at, y.start, at, y.end, ruler))
        parts.append(svg_text(at, y.start + 18, label, size=TEXT, colour=theme().muted, anchor="middle"))
    for number, label in y.ticks if y.visible else ():
        at = y.pixel(number)
        if y.grid:
            parts.append(line_svg(x.start, at, x.end, at, ruler))
        parts.append(svg_text(x.start - 9, at, label, size=TEXT, colour=theme().muted, anchor="end", middle=True))
    if x.title:
        lowest = max((len(lines_of(label)) for _at, label in x.ticks), default=1)
        parts.append(
            svg_text(
                (x.start + x.end) / 2,
                y.start + 24 + 16 * lowest,
                x.title,
                size=TEXT,
                colour=theme().muted,
                anchor="middle",
            )
        )
    if y.title and y.visible:
        parts.append(
            svg_text(12, (y.start + y.end) / 2, y.title, size=TEXT, colour=theme().muted, anchor="middle", turn=True)
        )
    return parts


def _marks(traces: list[dict[str, Any]], layout: dict[str, Any], x: Axis, y: Axis) -> list[str]:
    parts: list[str] = []
    bars = [t for t in traces if t["type"] == "bar"]
    stacked = layout.get("barmode") in ("stack", "relative")
    foots: dict[Any, float] = {} if stacked else no_stack()
    gap = layout.get("bargap", 0.3)
    before = None
    for i, trace in enumerate(traces):
        if trace.get("visible") in (False, "legendonly"):
            continue
        colour = trace_colour(trace, i)
        if trace["type"] == "bar":
            place, places = (0, 1) if stacked else (bars.index(trace), len(bars))
            parts += bar_svg(trace, x, y, colour, place=place, places=places, gap=gap, foots=foots)
        elif trace["type"] == "heatmap":
            parts += heatmap_svg(trace, x, y)
        elif trace["type"] in ("scatter", "scattergl"):
            parts += scatter_svg(trace, x, y, colour, before)
        else:
            raise ValueError(
                f"static_svg draws bars, lines, marks and heat maps; got a trace of type {trace['type']!r}."
            )
        before = trace
    return parts


def _outside(trace: dict[str, Any]) -> list[Any]:
    return list(trace.get("text") or []) if trace["type"] == "bar" and trace.get("textposition") == "outside" else []
