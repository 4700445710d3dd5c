"""A day's utilities, held to the formula."""

import numpy as np

from crossborder.market.utilities import utilities_of_day


def test_the_parts_of_utility():
    rng = np.random.default_rng(3)
    level, order_level, fee = rng.normal(size=(3, 2, 5))
    season, category = rng.normal(size=(2, 3)), np.array([0, 2, 1, 1, 0])
    stars, price, reference = rng.normal(size=5), np.arange(100, 600, 100), np.full(5, 3.0)
    click, order, relative = utilities_of_day(
        level, order_level, season, category, stars, 0.4, 0.2, price, fee, reference
    )  # fmt: skip
    np.testing.assert_allclose(click, level + 0.4 * stars + season[:, category])
    np.testing.assert_allclose(order, order_level + 0.2 * stars)
    np.testing.assert_allclose(relative, (price / 100 + fee) / reference - 1)
