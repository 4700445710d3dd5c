"""A day's sums, held to plain NumPy."""

import numpy as np
import pytest

from crossborder.market.tally import tally_day

C, S, N = 2, 3, 7


@pytest.mark.parametrize("dtype", [np.int64, np.float64])
def test_a_day_adds_up(dtype):
    rng = np.random.default_rng(1)
    impressions = rng.integers(0, 30, (C * S, N)).astype(dtype)
    clicks, orders = (impressions // 3).astype(dtype), (impressions // 9).astype(dtype)
    settled = np.zeros((9, N), dtype)
    settled[2] = orders.sum(axis=0)
    settled[4] = settled[2] + 1
    impressions[:, 0] = clicks[:, 0] = orders[:, 0] = 0
    impressions[:, 1] = clicks[:, 1] = 0  # ordered from carts alone
    open_ = np.array([True, False, False, True, True, True, True])
    price, cost, fee = np.arange(100, 100 + N), np.arange(50, 50 + N), rng.integers(0, 9, (C, N))
    rate = np.linspace(0.05, 0.15, N)
    totals = np.zeros((3, C, N), dtype)
    day = [np.zeros(N, dtype) for _ in range(5)]
    on_sale = np.zeros(N, bool)
    by_country = np.zeros(C, dtype), np.zeros(C, dtype)
    tally_day(
        impressions, clicks, orders, settled, open_, price, cost, fee, rate, totals, *day, on_sale, *by_country
    )  # fmt: skip
    shown, clicked, gmv, commission, profit = day
    of_country = [table.reshape(C, S, N).sum(axis=1) for table in (impressions, clicks, orders)]
    np.testing.assert_array_equal(totals, of_country)
    np.testing.assert_array_equal(shown, impressions.sum(axis=0))
    np.testing.assert_array_equal(clicked, clicks.sum(axis=0))
    np.testing.assert_array_equal(gmv, settled[4] * price)
    np.testing.assert_array_equal(commission, settled[4] * np.rint(price * rate))
    np.testing.assert_array_equal(profit, gmv - commission - settled[4] * cost - (of_country[2] * fee).sum(axis=0))
    np.testing.assert_array_equal(on_sale, open_ | (shown > 0) | (settled[2] > 0))
    np.testing.assert_array_equal(by_country[0], of_country[1].sum(axis=1))
    np.testing.assert_array_equal(by_country[1], of_country[2].sum(axis=1))
