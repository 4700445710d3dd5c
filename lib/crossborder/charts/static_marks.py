"""Traces as SVG: lines, bands, marks with error bars, bars, heat maps."""

import html
import itertools
import math
from typing import Any

from crossborder.charts.static_axes import Axis
from crossborder.charts.static_shapes import filled, line_svg, rect_svg, stroke
from crossborder.charts.static_text import svg_text
from crossborder.charts.theme import dark_of, theme

_DASHES = {"dash": "8 5", "dot": "2 4", "dashdot": "8 4 2 4", "longdash": "13 5", "longdashdot": "13 4 2 4"}
_POLYGONS = {
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "triangle-up": ((0, -1.15), (1.1, 0.8), (-1.1, 0.8)),
    "triangle-down": ((0, 1.15), (1.1, -0.8), (-1.1, -0.8)),
    "triangle-right": ((1.15, 0), (-0.8, 1.1), (-0.8, -1.1)),
    "triangle-left": ((-1.15, 0), (0.8, 1.1), (0.8, -1.1)),
    "cross": (
        (-0.35, -1),
        (0.35, -1),
        (0.35, -0.35),
        (1, -0.35),
        (1, 0.35),
        (0.35, 0.35),
        (0.35, 1),
        (-0.35, 1),
        (-0.35, 0.35),
        (-1, 0.35),
        (-1, -0.35),
        (-0.35, -0.35),
    ),
    "star": tuple(
        (
            (1.35 if i % 2 == 0 else 0.6) * math.sin(i * math.pi / 5),
            -(1.35 if i % 2 == 0 else 0.6) * math.cos(i * math.pi / 5),
        )
        for i in range(10)
    ),
}


def scatter_svg(trace: dict[str, Any], x: Axis, y: Axis, colour: str, below: dict[str, Any] | None) -> list[str]:
    """Lines, bands and marks of one scatter trace; ``below`` is the trace that a band reaches down to."""
    points = [(x.at(a), y.at(b)) for a, b in zip(_list(trace, "x"), _list(trace, "y"), strict=True)]
    mode = trace.get("mode") or "lines+markers"
    parts = []
    if trace.get("fill") == "tonexty" and below is not None:
        lower = [(x.at(a), y.at(b)) for a, b in zip(_list(below, "x"), _list(below, "y"), strict=True)]
        ring = " ".join(f"{a:.1f},{b:.1f}" for a, b in [*points, *lower[::-1]] if a is not None and b is not None)
        fill = trace.get("fillcolor")
        parts.append(f'<polygon points="{ring}" {filled(fill if isinstance(fill, str) else colour)} stroke="none"/>')
    line = trace.get("line") or {}
    if "lines" in mode and line.get("width") != 0:
        parts += [_polyline(run, line, colour) for run in _runs(points)]
    marker = trace.get("marker") or {}
    parts += _error_bars(trace, points, x, y, colour)
    if "markers" in mode:
        for i, (a, b) in enumerate(points):
            if a is not None and b is not None:
                parts.append(
                    _symbol(a, b, _each(marker, "symbol", i, "circle"), _each(marker, "size", i, 8), marker, i, colour)
                )
    return parts


def bar_svg(
    trace: dict[str, Any],
    x: Axis,
    y: Axis,
    colour: str,
    *,
    place: int,
    places: int,
    gap: float,
    foots: dict[Any, float],
) -> list[str]:
    """The bars of one trace, ``place`` of ``places`` side by side; ``foots`` holds where stacked bars stand."""
    across = trace.get("orientation") == "h"
    names, lengths = (_list(trace, "y"), _list(trace, "x")) if across else (_list(trace, "x"), _list(trace, "y"))
    at, along = (y, x) if across else (x, y)
    room = (
        abs(at.pixel(1) - at.pixel(0)) * (1 - gap)
        if at.kind == "category"
        else 0.8 * abs(at.end - at.start) / max(len(names), 1)
    )
    texts = trace.get("text")
    parts = []
    ends: list[tuple[float | None, float | None]] = []
    for i, (name, length) in enumerate(zip(names, lengths, strict=True)):
        centre = at.at(name)
        if centre is None or length is None or length != length:
            ends.append((None, None))
            continue
        foot = foots.get(name, 0.0)
        first, last = along.pixel(_inside(foot, along)), along.pixel(_inside(foot + length, along))
        if foots is not _NO_STACK:
            foots[name] = foot + length
        side = centre - room / 2 + room / places * place
        box = (
            (min(first, last), side, abs(last - first), room / places)
            if across
            else (side, min(first, last), room / places, abs(last - first))
        )
        fill = _safe(_each(trace.get("marker") or {}, "color", i, colour), colour)
        parts.append(rect_svg(*box, fill=fill, radius=2))
        middle = side + room / places / 2
        ends.append((last, middle) if across else (middle, last))
        if texts is not None and trace.get("textposition") != "none":
            where = (last + (6 if length >= 0 else -6), middle) if across else (middle, last - 9)
            anchor = "start" if across and length >= 0 else "end" if across else "middle"
            parts.append(svg_text(*where, str(texts[i]), size=12, colour=theme().ink, anchor=anchor, middle=True))
    return parts + _error_bars(trace, ends, x, y, theme().ink)


_NO_STACK: dict[Any, float] = {}


def no_stack() -> dict[Any, float]:
    """For bars that stand side by side."""
    return _NO_STACK


def heatmap_svg(trace: dict[str, Any], x: Axis, y: Axis) -> list[str]:
    """One rectangle per cell, coloured along the trace's own scale."""
    xs, ys, z = _list(trace, "x"), _list(trace, "y"), trace["z"]
    low, high = trace.get("zmin"), trace.get("zmax")
    found = [v for row in z for v in row if v is not None and v == v]
    low = min(found, default=0.0) if low is None else low
    high = max(found, default=1.0) if high is None else high
    columns, rows = _edges(xs, x), _edges(ys, y)
    scale = trace.get("colorscale") or []
    dark = darkened(scale)
    parts = []
    for j, row in enumerate(z):
        for i, value in enumerate(row):
            if value is None or value != value:
                continue
            left, right = sorted((columns[i], columns[i + 1]))
            top, bottom = sorted((rows[j], rows[j + 1]))
            share = (value - low) / ((high - low) or 1)
            fill = mixed(scale, share)
            parts.append(rect_svg(left, top, right - left + 0.5, bottom - top + 0.5, fill, dark=mixed(dark, share)))
    return parts


def darkened(scale: Any) -> list[tuple[float, str]]:
    """A colour scale as a dark page shows it."""
    return [(at, dark_of().get(colour, colour)) for at, colour in _stops(scale)]


def mixed(scale: Any, share: float) -> str:
    """The colour at ``share`` of a colour scale: [[0, "#..."], ..., [1, "#..."]]."""
    stops = _stops(scale)
    share = min(max(share, 0.0), 1.0)
    for (a, first), (b, second) in itertools.pairwise(stops):
        if share <= b:
            part = (share - a) / ((b - a) or 1)
            pairs = [(int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5)]
            return "#" + "".join(f"{round(p + (q - p) * part):02x}" for p, q in pairs)
    return stops[-1][1]


def _stops(scale: Any) -> list[tuple[float, str]]:
    return [(float(at), colour) for at, colour in scale] or [(0.0, theme().rising[0]), (1.0, theme().rising[-1])]


def _polyline(run: list[tuple[float, float]], line: dict[str, Any], colour: str) -> str:
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in run)
    edge = stroke(
        _safe(line.get("color"), colour), float(line.get("width") or 2), _DASHES.get(str(line.get("dash")), "")
    )
    return f'<polyline points="{points}" fill="none" {edge} stroke-linejoin="round"/>'


def _symbol(a: float, b: float, symbol: str, size: float, marker: dict[str, Any], i: int, colour: str) -> str:
    fill = _safe(_each(marker, "color", i, colour), colour)
    outline = marker.get("line") or {}
    stroke, width = _safe(outline.get("color"), fill), float(outline.get("width") or 0)
    if symbol.endswith("-open"):
        symbol, stroke, fill, width = symbol.removesuffix("-open"), fill, theme().paper, max(width, 2)
    style = f'fill="{fill}" stroke="{stroke}" stroke-width="{width:g}" opacity="{float(marker.get("opacity") or 1):g}"'
    radius = float(size) / 2
    if symbol not in _POLYGONS:
        return f'<circle cx="{a:.1f}" cy="{b:.1f}" r="{radius:g}" {style}/>'
    ring = " ".join(f"{a + radius * dx:.1f},{b + radius * dy:.1f}" for dx, dy in _POLYGONS[symbol])
    return f'<polygon points="{ring}" {style}/>'


def _error_bars(trace: dict[str, Any], points: list[Any], x: Axis, y: Axis, colour: str) -> list[str]:
    parts = []
    for key, axis, values in (("error_x", x, _list(trace, "x")), ("error_y", y, _list(trace, "y"))):
        bar = trace.get(key)
        if not bar or bar.get("array") is None or bar.get("visible") is False:
            continue
        up = list(bar["array"])
        down = list(bar["arrayminus"]) if bar.get("arrayminus") is not None else up
        for (a, b), value, plus, minus in zip(points, values, up, down, strict=True):
            first, last = (
                axis.at(value - minus) if value is not None else None,
                axis.at(value + plus) if value is not None else None,
            )
            if a is None or b is None or first is None or last is None:
                continue
            x0, y0, x1, y1 = (first, b, last, b) if axis is x else (a, first, a, last)
            edge = stroke(_safe(bar.get("color"), colour), float(bar.get("thickness") or 2))
            parts.append(line_svg(x0, y0, x1, y1, edge))
            cap = float(bar.get("width") or 0)
            for end_x, end_y in ((x0, y0), (x1, y1)) if cap else ():
                reach_x, reach_y = (0.0, cap) if axis is x else (cap, 0.0)
                parts.append(line_svg(end_x - reach_x, end_y - reach_y, end_x + reach_x, end_y + reach_y, edge))
    return parts


def _runs(points: list[tuple[Any, Any]]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for a, b in points:
        if a is None or b is None:
            runs.append([])
        else:
            runs[-1].append((a, b))
    return [run for run in runs if len(run) > 1]


def _edges(values: list[Any], axis: Axis) -> list[float]:
    centres = [axis.at(v) or 0.0 for v in values]
    if len(centres) == 1:
        return [axis.start, axis.end]
    inner = [(a + b) / 2 for a, b in itertools.pairwise(centres)]
    return [2 * centres[0] - inner[0], *inner, 2 * centres[-1] - inner[-1]]


def _inside(number: float, axis: Axis) -> float:
    return min(max(number, axis.low), axis.high)


def _each(holder: dict[str, Any], key: str, i: int, default: Any) -> Any:
    value = holder.get(key)
    if value is None:
        return default
    return value[i] if isinstance(value, list | tuple) or hasattr(value, "tolist") else value


def _list(trace: dict[str, Any], key: str) -> list[Any]:
    values = trace.get(key)
    return [] if values is None else values.tolist() if hasattr(values, "tolist") else list(values)


def _safe(colour: Any, otherwise: str) -> str:
    return html.escape(colour) if isinstance(colour, str) else otherwise
