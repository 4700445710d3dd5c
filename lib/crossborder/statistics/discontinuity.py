"""Regression discontinuity: what changes at a bar that decides who is treated?"""

import numpy as np

from crossborder.errors import BoundsError
from crossborder.i18n import _
from crossborder.statistics.intervals import LEVEL, Estimate


def discontinuity(
    running: np.ndarray,
    outcome: np.ndarray,
    cutoff: float,
    bandwidth: float,
    *,
    weights: np.ndarray | None = None,
    covariates: np.ndarray | None = None,
    level: float = LEVEL,
) -> Estimate:
    """By how much does the outcome jump where the running variable reaches the cut-off?

    Local linear regression with a triangular kernel: y = a + t·jump + b₁(x − c) + b₂ t (x − c) + covariates, for
    |x − c| < h, t = 1 for x ≥ c; interval from the heteroskedasticity-robust variance (HC1).

    Parameters
    ----------
    running, outcome : one entry per unit
    cutoff, bandwidth : in units of ``running``
    weights : more for units that are measured better (say, impressions behind a rate)
    covariates : (units, k), things known before the treatment; they sharpen the estimate and do not move it

    Raises BoundsError where fewer than five units stand on a side within the bandwidth.
    Reference: Imbens and Lemieux 2008; covariates: Calonico, Cattaneo, Farrell and Titiunik 2019.

    >>> x = np.linspace(-1, 1, 41)
    >>> round(discontinuity(x, 2 * x + 3 * (x >= 0), 0.0, 0.8).value, 6)
    3.0
    """
    x = np.asarray(running, dtype=float) - cutoff
    kernel = np.maximum(1.0 - np.abs(x) / bandwidth, 0.0) * (
        1.0 if weights is None else np.asarray(weights, dtype=float)
    )
    use = kernel > 0
    above = x >= 0
    n_sides = (int((use & above).sum()), int((use & ~above).sum()))
    if min(n_sides) < 5:
        raise BoundsError(
            _(
                "Within {bandwidth:g} of the bar stand {above} units above and {below} below; five on each side are "
                "needed. Widen the bandwidth."
            ).format(bandwidth=bandwidth, above=n_sides[0], below=n_sides[1])
        )
    columns = [np.ones(len(x)), above.astype(float), x, above * x]
    if covariates is not None:
        known = np.asarray(covariates, dtype=float).reshape(len(x), -1)
        columns += list((known - known[use].mean(axis=0)).T)
    design, y, w = np.column_stack(columns)[use], np.asarray(outcome, dtype=float)[use], kernel[use]
    bread = np.linalg.pinv(design.T @ (w[:, None] * design))
    fitted = bread @ design.T @ (w * y)
    score = (w * (y - design @ fitted))[:, None] * design
    variance = bread @ (score.T @ score) @ bread * len(y) / max(len(y) - design.shape[1], 1)
    from scipy.special import ndtri

    half = float(ndtri(0.5 + level / 2) * np.sqrt(max(variance[1, 1], 0.0)))
    return Estimate(float(fitted[1]), float(fitted[1]) - half, float(fitted[1]) + half)
