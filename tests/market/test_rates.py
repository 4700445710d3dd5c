"""Rates of comparable listings, held to the formula."""

import numpy as np
import pytest

from crossborder.market.rates import posterior_rates


def test_rates_are_drawn_to_band_category_and_all():
    band = np.array([0, 0, 1, 2, 3])  # bands 0 and 1 are one category, 2 and 3 the other; nothing happened in band 3
    hits, tries = np.array([5.0, 15.0, 1.0, 30.0, 0.0]), np.array([100.0, 100.0, 50.0, 100.0, 0.0])
    rates = posterior_rates(hits, tries, band, 4, 2, 100.0, 200.0)
    overall = (51 + 0.01) / (350 + 1)
    first, second = (21 + overall) / 251, (30 + overall) / 101
    prior = np.array([(20 + 200 * first) / 400, (1 + 200 * first) / 250, (30 + 200 * second) / 300, second])
    np.testing.assert_allclose(rates, (hits + 100 * prior[band]) / (tries + 100))
    assert rates[4] == pytest.approx(prior[3])
