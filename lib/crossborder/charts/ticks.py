"""Round numbers along an axis, the same for the live picture and the printed one."""

import math
from collections.abc import Iterable


def extent(values: Iterable[float | None], *, include: Iterable[float] = ()) -> tuple[float, float]:
    """Lowest and highest finite value; (0, 1) where there is none."""
    found = [float(v) for v in [*values, *include] if v is not None and math.isfinite(v)]
    return (min(found), max(found)) if found else (0.0, 1.0)


def padded(low: float, high: float, *, share: float = 0.05, zero: bool = False) -> tuple[float, float]:
    """Room around the data; ``zero`` keeps a bar's foot on the axis."""
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high == low:
        room = abs(high) * 0.1 or 1.0
        return (low - room, high + room) if not zero else (min(low, -room * (low < 0)), max(high, room * (high >= 0)))
    room = (high - low) * share
    return (low - room * (not zero or low < 0), high + room * (not zero or high > 0))


def clear_of_zero(low: float, high: float) -> tuple[float, float]:
    """A scale from zero begins a little earlier, so that a mark at zero stands clear of the name beside it."""
    return (low - 0.04 * (high - low), high) if low == 0 else (low, high)


def nice_ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """About ``wanted`` round numbers between ``low`` and ``high``.

    >>> nice_ticks(0, 1), nice_ticks(-3, 48)
    ([0.0, 0.2, 0.4, 0.6, 0.8, 1.0], [0.0, 10.0, 20.0, 30.0, 40.0])
    """
    if not high > low:
        return [low]
    rough = (high - low) / max(wanted, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = min((m * power for m in (1, 2, 2.5, 5, 10)), key=lambda size: abs(math.log(size / rough)))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(n * step, 12) + 0.0 for n in range(first, last + 1)]


def nice_log_ticks(low: float, high: float) -> list[float]:
    """Ones, with twos and fives where there is room, between two positive numbers.

    >>> nice_log_ticks(1, 100)
    [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0]
    """
    decades = math.log10(high / low)
    heads = (1, 2, 5) if decades <= 2.2 else (1,)
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    ticks = [head * 10.0**power for power in powers for head in heads]
    return [t for t in ticks if low * 0.999 <= t <= high * 1.001] or [low, high]
