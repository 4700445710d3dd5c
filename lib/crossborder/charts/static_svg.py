"""A figure as a drawing for paper, without a browser: bars, lines, marks with intervals, heat maps.

It reads the same figure that the live chart draws, so the two cannot tell different stories.
"""

import html
import re
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go

from crossborder.charts.figure import alt_of
from crossborder.charts.static_axes import Axis, read_axis
from crossborder.charts.static_marks import bar_svg, heatmap_svg, mixed, no_stack, scatter_svg
from crossborder.charts.static_text import lines_of, svg_text, width_of, wrapped
from crossborder.charts.theme import FONTS, theme

TEXT = 12.5
LABEL_ROOM = 270


def static_svg(built: go.Figure, *, width: int = 760, height: int | None = None, heading: bool = True) -> str:
    """The figure as one SVG element; its sentence is the accessible name. ``heading=False`` leaves the title out."""
    plain = built.to_plotly_json()
    traces, layout = plain["data"], plain["layout"]
    height = height or int(layout.get("height") or 420)
    title = (layout.get("title") or {}).get("text") or ""
    title_lines = wrapped(title, 17, width - 16) if heading and title else []
    top = 12 + 22 * len(title_lines)
    legend, legend_height = _legend(traces, layout, width, top)
    x, y = _axes(traces, layout)
    y = _narrowed(y)
    left, bottom = _left_margin(y), _bottom_margin(x)
    colourbar, bar_height = _colourbar(traces, left, top)
    top += legend_height + bar_height + 10
    right = max((width_of(str(t), 12) for trace in traces for t in _outside(trace)), default=0) * 0.35 + 20
    x = replace(x, start=left, end=width - right)
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
        *_shapes(layout, x, y),
        *_notes(layout, x, y),
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


def _narrowed(y: Axis) -> Axis:
    """Long names beside the picture are broken into lines; one that was bold stays bold."""
    if y.kind != "category":
        return y
    ticks = []
    for number, label in y.ticks:
        lines = [(part, "<b>" in part.lower()) for part in re.split(r"<br\s*/?>", label, flags=re.IGNORECASE)]
        broken = [
            f"<b>{html.escape(line)}</b>" if bold else html.escape(line)
            for part, bold in lines
            for line in wrapped(part, TEXT, LABEL_ROOM)
        ]
        ticks.append((number, "<br>".join(broken)))
    return replace(y, ticks=tuple(ticks))


def _left_margin(y: Axis) -> float:
    if not y.visible:
        return 8
    widest = max((width_of(label, TEXT * 1.08) for _at, label in y.ticks), default=0)
    return min(widest + 16, 320) + (22 if y.title else 0)


def _bottom_margin(x: Axis) -> float:
    if not x.visible:
        return 8
    tallest = max((len(lines_of(label)) for _at, label in x.ticks), default=1)
    return 12 + 16 * tallest + (22 if x.title else 0)


def _grid(x: Axis, y: Axis) -> list[str]:
    parts = []
    ruler = f'stroke="{theme().line}" stroke-width="1"'
    for number, label in x.ticks if x.visible else ():
        at = x.pixel(number)
        if x.grid and x.kind != "category":
            parts.append(f'<line x1="{at:.1f}" y1="{y.start:.1f}" x2="{at:.1f}" y2="{y.end:.1f}" {ruler}/>')
        parts.append(svg_text(at, y.start + 18, label, size=TEXT, colour=theme().muted, anchor="middle"))
    for number, label in y.ticks if y.visible else ():
        at = y.pixel(number)
        if y.grid:
            parts.append(f'<line x1="{x.start:.1f}" y1="{at:.1f}" x2="{x.end:.1f}" y2="{at:.1f}" {ruler}/>')
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
        colour = _colour(trace, i)
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


def _shapes(layout: dict[str, Any], x: Axis, y: Axis) -> list[str]:
    parts = []
    for shape in layout.get("shapes") or []:
        x0, x1 = (_place(shape[key], shape.get("xref"), x) for key in ("x0", "x1"))
        y0, y1 = (_place(shape[key], shape.get("yref"), y) for key in ("y0", "y1"))
        if None in (x0, x1, y0, y1):
            continue
        line = shape.get("line") or {}
        stroke = (
            f'stroke="{html.escape(line.get("color") or theme().ink)}" stroke-width="{float(line.get("width", 1)):g}"'
        )
        dash = ' stroke-dasharray="6 4"' if line.get("dash") not in (None, "solid") else ""
        if shape.get("type") == "rect":
            left, upper = min(x0, x1), min(y0, y1)
            fill = html.escape(shape.get("fillcolor") or "none")
            size = f'width="{abs(x1 - x0):.1f}" height="{abs(y1 - y0):.1f}"'
            parts.append(
                f'<rect x="{left:.1f}" y="{upper:.1f}" {size} fill="{fill}" opacity="{float(shape.get("opacity") or 1):g}" {stroke}{dash}/>'
            )
        else:
            parts.append(f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" {stroke}{dash}/>')
    return parts


def _notes(layout: dict[str, Any], x: Axis, y: Axis) -> list[str]:
    parts = []
    for note in layout.get("annotations") or []:
        at_x, at_y = _place(note.get("x"), note.get("xref"), x), _place(note.get("y"), note.get("yref"), y)
        if at_x is None or at_y is None:
            continue
        at_x, at_y = at_x + (note.get("xshift") or 0), at_y - (note.get("yshift") or 0)
        anchor = {"left": "start", "right": "end"}.get(note.get("xanchor"), "middle")
        size = (note.get("font") or {}).get("size") or TEXT
        if note.get("bgcolor"):
            wide = width_of(note["text"], size) + 10
            start = {"start": at_x - 5, "end": at_x - wide + 5}.get(anchor, at_x - wide / 2)
            parts.append(
                f'<rect x="{start:.1f}" y="{at_y - size * 0.85:.1f}" width="{wide:.1f}" height="{size * 1.7:.1f}" rx="3" fill="{html.escape(note["bgcolor"])}"/>'
            )
        colour = html.escape((note.get("font") or {}).get("color") or theme().ink)
        parts.append(svg_text(at_x, at_y, note["text"], size=size, colour=colour, anchor=anchor, middle=True))
    return parts


def _legend(traces: list[dict[str, Any]], layout: dict[str, Any], width: float, top: float) -> tuple[str, float]:
    shown = [(i, t) for i, t in enumerate(traces) if t.get("name") and t.get("showlegend") is not False]
    if layout.get("showlegend") is False or len(shown) < 2:
        return "", 0
    parts, at_x, at_y = [], 0.0, top + 12
    for i, trace in shown:
        room = width_of(trace["name"], TEXT) + 44
        if at_x and at_x + room > width:
            at_x, at_y = 0.0, at_y + 20
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
            parts.append(
                f'<rect x="{at_x + 6:.1f}" y="{at_y - 5:.1f}" width="11" height="11" rx="2" fill="{_colour(trace, i)}"/>'
            )
        elif trace["type"] != "heatmap":
            parts += scatter_svg(sample, frame, level, _colour(trace, i), None)
        parts.append(svg_text(at_x + 28, at_y, trace["name"], size=TEXT, colour=theme().muted, middle=True))
        at_x += room
    return "".join(parts), at_y - top + 12


def _colourbar(traces: list[dict[str, Any]], left: float, top: float) -> tuple[str, float]:
    maps = [t for t in traces if t["type"] == "heatmap"]
    bar = (maps[0].get("colorbar") or {}) if maps else {}
    if not bar.get("tickvals"):
        return "", 0
    low, high, wide = maps[0]["zmin"], maps[0]["zmax"], 320.0
    stops = "".join(
        f'<rect x="{left + wide * i / 40:.1f}" y="{top + 2:.1f}" width="{wide / 40 + 0.5:.1f}" height="10" fill="{mixed(maps[0]["colorscale"], i / 39)}"/>'
        for i in range(40)
    )
    labels = "".join(
        svg_text(
            left + wide * (t - low) / ((high - low) or 1),
            top + 26,
            text,
            size=11.5,
            colour=theme().muted,
            anchor="middle",
        )
        for t, text in zip(bar["tickvals"], bar["ticktext"], strict=True)
        if low <= t <= high
    )
    return stops + labels, 32


def _outside(trace: dict[str, Any]) -> list[Any]:
    return list(trace.get("text") or []) if trace["type"] == "bar" and trace.get("textposition") == "outside" else []


def _place(value: Any, ref: str | None, axis: Axis) -> float | None:
    return axis.start + float(value) * (axis.end - axis.start) if ref == "paper" else axis.at(value)


def _colour(trace: dict[str, Any], i: int) -> str:
    for holder in (trace.get("marker") or {}, trace.get("line") or {}):
        if isinstance(holder.get("color"), str):
            return html.escape(holder["color"])
    return theme().series[i % len(theme().series)]
