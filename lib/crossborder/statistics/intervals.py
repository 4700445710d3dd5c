"""Intervals around means and shares."""

from dataclasses import dataclass

import numpy as np

LEVEL = 0.95


@dataclass(frozen=True)
class Estimate:
    """A number with its interval."""

    value: float
    low: float
    high: float


def mean_interval(values: np.ndarray, level: float = LEVEL) -> Estimate:
    """What is the mean, and how sure is it? Student's t interval; one value alone has no interval (NaN bounds).

    mean +- t_{n-1} s / sqrt(n). If all values are equal the interval is that point.

    >>> mean_interval(np.array([1.0, 2.0, 3.0])).value
    2.0
    """
    values = np.asarray(values, dtype=float)
    values = values[np.isfinite(values)]
    n = len(values)
    if n == 0:
        return Estimate(np.nan, np.nan, np.nan)
    mean = float(values.mean())
    if np.all(values == values[0]):
        return Estimate(float(values[0]), *((float(values[0]),) * 2 if n > 1 else (np.nan, np.nan)))
    from scipy.special import stdtrit

    half = float(stdtrit(n - 1, 0.5 + level / 2) * values.std(ddof=1) / np.sqrt(n))
    return Estimate(mean, mean - half, mean + half)


def wilson_interval(hits: float, tries: float, level: float = LEVEL) -> Estimate:
    """What is the share behind ``hits`` of ``tries``? Wilson's score interval (1927); (0, 1) when nothing was tried.

    >>> wilson_interval(0, 0)
    Estimate(value=nan, low=0.0, high=1.0)
    >>> round(wilson_interval(50, 100).low, 4)
    0.4038
    """
    if not 0 <= hits <= tries:
        raise ValueError(f"hits must be between 0 and tries; got {hits} of {tries}.")
    if tries == 0:
        return Estimate(np.nan, 0.0, 1.0)
    from scipy.special import ndtri

    z2 = float(ndtri(0.5 + level / 2)) ** 2
    share = hits / tries
    centre = (share + z2 / (2 * tries)) / (1 + z2 / tries)
    half = np.sqrt(z2 * (share * (1 - share) / tries + z2 / (4 * tries**2))) / (1 + z2 / tries)
    return Estimate(share, 0.0 if hits == 0 else float(centre - half), 1.0 if hits == tries else float(centre + half))
