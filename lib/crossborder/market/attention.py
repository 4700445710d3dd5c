"""Who sees a listing: the attention law in words and numbers (reference formulas, plain NumPy).

The kernels compute the same numbers faster; the tests hold them to these few lines.
"""

import numpy as np


def click_probabilities(utility: np.ndarray, attention: np.ndarray) -> np.ndarray:
    """Which listing of a slate is clicked?

    P(click i) = theta_i exp(u_i) / (1 + sum_j theta_j exp(u_j)); leaving without a click has weight 1.

    Parameters
    ----------
    utility : array (..., slots), utils
    attention : array (slots,), weight of each slot

    >>> click_probabilities(np.array([0.0, 0.0]), np.array([1.0, 1.0])).round(4).tolist()
    [0.3333, 0.3333]
    """
    weight = attention * np.exp(utility)
    return weight / (1.0 + weight.sum(axis=-1, keepdims=True))


def order_probabilities(utility: np.ndarray) -> np.ndarray:
    """How likely is a clicked listing ordered? logistic(v).

    >>> float(order_probabilities(np.array(0.0)))
    0.5
    """
    return 1.0 / (1.0 + np.exp(-utility))


def buyer_surplus_usd(order_utility: np.ndarray, price_slope_per_usd: float) -> np.ndarray:
    """What is the choice to order worth to one who clicked? ln(1 + exp(v)) / beta, in dollars [Small, Rosen 1981]."""
    return np.log1p(np.exp(order_utility)) / price_slope_per_usd
