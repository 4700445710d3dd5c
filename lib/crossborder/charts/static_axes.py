"""The axes of a drawing for paper: where a value falls, which ticks stand there."""

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

from crossborder.charts.numbers import plain_number
from crossborder.charts.ticks import extent, nice_ticks, padded


@dataclass(frozen=True, kw_only=True)
class Axis:
    """One axis: ``low`` to ``high`` in its own scale (logarithms, days, numbers of categories), drawn from pixel
    ``start`` to pixel ``end``.
    """

    kind: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    title: str
    categories: tuple[str, ...] = ()
    grid: bool = True
    visible: bool = True
    start: float = 0.0
    end: float = 1.0

    def number(self, value: Any) -> float | None:
        """A value in the axis' own scale; None where it has no place."""
        if value is None or value != value:
            return None
        if self.kind == "category":
            return float(self.categories.index(str(value))) if str(value) in self.categories else None
        if self.kind == "date":
            return as_day(value)
        number = float(value)
        if self.kind == "log":
            return math.log10(number) if number > 0 else None
        return number if math.isfinite(number) else None

    def at(self, value: Any) -> float | None:
        """The pixel where ``value`` stands."""
        number = self.number(value)
        return None if number is None else self.pixel(number)

    def pixel(self, number: float) -> float:
        """The pixel of a number in the axis' own scale."""
        return self.start + (number - self.low) / ((self.high - self.low) or 1.0) * (self.end - self.start)


def read_axis(layout: dict[str, Any], values: list[Any], *, zero: bool) -> Axis:
    """An axis from its plotly description and the values drawn along it."""
    title = (layout.get("title") or {}).get("text") or ""
    shared = {"title": title, "grid": layout.get("showgrid", True), "visible": layout.get("visible", True)}
    texts = [v for v in values if isinstance(v, str)]
    if layout.get("type") == "category" or (texts and not all(map(_is_day, texts))):
        names = tuple(dict.fromkeys(map(str, [*(layout.get("categoryarray") or []), *values])))
        ticks = tuple((float(i), name) for i, name in enumerate(names))
        return Axis(kind="category", low=-0.5, high=len(names) - 0.5, ticks=ticks, categories=names, **shared)
    kind = "log" if layout.get("type") == "log" else "date" if any(map(_is_day, values)) else "linear"
    probe = Axis(kind=kind, low=0, high=1, ticks=(), title="")
    numbers = [n for n in map(probe.number, values) if n is not None]
    low, high = padded(*extent(numbers), zero=zero and kind == "linear")
    if layout.get("range"):
        low, high = (as_day(v) if kind == "date" else float(v) for v in layout["range"])
    if layout.get("tickvals") is not None:
        pairs = [
            (probe.number(v), str(text))
            for v, text in zip(layout["tickvals"], layout.get("ticktext") or layout["tickvals"], strict=True)
        ]
        ticks = tuple((n, text) for n, text in pairs if n is not None and low - 1e-9 <= n <= high + 1e-9)
    elif kind == "date":
        ticks = tuple((n, dt.date.fromordinal(int(n)).isoformat()) for n in nice_ticks(low, high, 4) if n == int(n))
    else:
        ticks = tuple((n, plain_number(10**n if kind == "log" else n)) for n in nice_ticks(low, high, 5))
    return Axis(kind=kind, low=low, high=high, ticks=ticks, **shared)


def as_day(value: Any) -> float:
    """Days since the year 1 of a date, a time or their ISO text."""
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value)
    if hasattr(value, "to_pydatetime"):
        value = value.to_pydatetime()
    part = (value.hour * 60 + value.minute) / 1440 if isinstance(value, dt.datetime) else 0.0
    return value.toordinal() + part


def _is_day(value: Any) -> bool:
    if isinstance(value, dt.date) or hasattr(value, "to_pydatetime"):
        return True
    if not isinstance(value, str) or len(value) < 10:
        return False
    try:
        dt.datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
