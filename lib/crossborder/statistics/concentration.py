"""How unequally is something shared? Gini, Herfindahl-Hirschman, top shares, the Lorenz curve."""

import numpy as np
import pandas as pd


def _amounts(values: np.ndarray) -> np.ndarray:
    values = np.asarray(values, dtype=float)
    if values.ndim != 1 or not np.isfinite(values).all() or (values < 0).any():
        raise ValueError("amounts must be a list of finite numbers of at least 0.")
    return values


def gini(values: np.ndarray) -> float:
    """Gini coefficient: 0 when all have the same, towards 1 when one has all; NaN when there is nothing to share.

    sum_i (2 i - n - 1) x_(i) / (n sum x)

    >>> gini(np.array([1, 1, 1, 1])), gini(np.array([0, 0, 0, 1]))
    (0.0, 0.75)
    """
    x = np.sort(_amounts(values))
    total, n = x.sum(), len(x)
    if n == 0 or total == 0:
        return float("nan")
    return float(((2 * np.arange(1, n + 1) - n - 1) * x).sum() / (n * total))


def herfindahl(values: np.ndarray) -> float:
    """Herfindahl-Hirschman index in points: the sum of squared percentages, 10,000 for a monopoly.

    >>> herfindahl(np.array([50, 50]))
    5000.0
    """
    x = _amounts(values)
    total = x.sum()
    return float("nan") if total == 0 else float(((100 * x / total) ** 2).sum())


def top_share(values: np.ndarray, share_of_units: float = 0.1) -> float:
    """Which part of the total do the largest units hold? ``share_of_units`` of them, at least one.

    >>> top_share(np.array([1, 1, 1, 1, 1, 1, 1, 1, 1, 11]))
    0.55
    """
    x = np.sort(_amounts(values))[::-1]
    total = x.sum()
    if total == 0:
        return float("nan")
    return float(x[: max(1, round(share_of_units * len(x)))].sum() / total)


def lorenz_curve(values: np.ndarray) -> pd.DataFrame:
    """Cumulative share of units (smallest first) against cumulative share of the total."""
    x = np.sort(_amounts(values))
    total = x.sum() or 1.0
    return pd.DataFrame(
        {
            "share_of_units": np.linspace(0.0, 1.0, len(x) + 1),
            "share_of_total": np.concatenate([[0.0], np.cumsum(x)]) / total,
        }
    )
