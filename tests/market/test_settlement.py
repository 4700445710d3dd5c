"""After a want: carts, stock, second units, lateness, disputes, reviews. Whole numbers, by one rule in all engines."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from crossborder.market.arrays import mean_stars, star_shares
from crossborder.market.keys import entity_keys, run_key
from crossborder.market.settlement import customers_of_stores, settle_draws, settle_expected

quick = settings(max_examples=80, deadline=None, derandomize=True)
CARTS, DROPPED, ORDERS, CANCELLED, UNITS, LATE, DISPUTES, REVIEWS, STARS = range(9)

counts = st.integers(1, 4).flatmap(
    lambda rows: st.integers(1, 6).flatmap(
        lambda n: st.tuples(
            hnp.arrays(np.int64, (rows, n), elements=st.integers(0, 50)),
            hnp.arrays(np.int64, (rows, n), elements=st.integers(0, 50)),
            hnp.arrays(np.int64, n, elements=st.integers(0, 120)),
        )
    )
)
chance = st.floats(0, 1) | st.sampled_from([0.0, 1.0])
chances = st.tuples(chance, chance, chance, chance, chance)


def names(n: int) -> np.ndarray:
    import pandas as pd

    return entity_keys(pd.Series([f"l{k}" for k in range(n)]))


def settle(wants, carts, stock, rates, day=0, quality=4.5, key=1):
    rows, n = wants.shape
    carts, stock = carts.copy(), stock.copy()
    out, by_row = np.zeros((n, 9), np.int64), np.zeros((rows, n), np.int64)
    shares = star_shares(np.full(n, quality))
    settle_draws(
        day,
        run_key(key),
        names(rows),
        names(n),
        wants,
        carts,
        stock,
        rates,
        np.full(n, 0.3),
        np.full(n, 0.1),
        shares,
        out,
        by_row,
    )
    return out.T, by_row, carts, stock


@quick
@given(counts, chances, st.integers(0, 9))
def test_every_want_cart_and_piece_is_accounted_for(given_, rates, day):
    wants, carts, stock = given_
    out, by_row, carts_after, stock_after = settle(wants, carts, stock, rates, day)
    assert (out >= 0).all() and (carts_after >= 0).all() and (stock_after >= 0).all()
    came_back = (carts + 0).sum(axis=0) + out[CARTS] - out[DROPPED] - carts_after.sum(axis=0)
    assert (came_back >= 0).all()
    np.testing.assert_array_equal(wants.sum(axis=0) - out[CARTS] + came_back, out[ORDERS] + out[CANCELLED])
    np.testing.assert_array_equal(stock, out[UNITS] + stock_after)
    np.testing.assert_array_equal(by_row.sum(axis=0), out[ORDERS])
    assert ((out[CANCELLED] == 0) | (out[UNITS] == stock)).all()  # refused only where all is sold
    assert ((out[UNITS] >= out[ORDERS]) & (out[UNITS] <= 2 * out[ORDERS])).all()
    for following in (LATE, DISPUTES, REVIEWS):
        assert (out[following] <= out[ORDERS]).all()
    assert ((out[STARS] >= out[REVIEWS]) & (out[STARS] <= 5 * out[REVIEWS])).all()


@quick
@given(counts, chances)
def test_means_obey_the_same_rules(given_, rates):
    wants, carts, stock = (values.astype(float) for values in given_)
    rows, n = wants.shape
    carts_after, stock_after = carts.copy(), stock.copy()
    out, by_row = np.zeros((n, 9)), np.zeros((rows, n))
    late, dispute, stars = np.full(n, 0.3), np.full(n, 0.1), np.full(n, 4.2)
    settle_expected(wants, carts_after, stock_after, rates, late, dispute, stars, out, by_row)
    out = out.T
    np.testing.assert_allclose(stock, out[UNITS] + stock_after, atol=1e-9)
    assert (stock_after >= -1e-9).all()
    came_back = carts.sum(axis=0) + out[CARTS] - out[DROPPED] - carts_after.sum(axis=0)
    np.testing.assert_allclose(wants.sum(axis=0) - out[CARTS] + came_back, out[ORDERS] + out[CANCELLED], atol=1e-9)
    np.testing.assert_allclose(by_row.sum(axis=0), out[ORDERS], atol=1e-9)
    np.testing.assert_allclose(out[LATE], 0.3 * out[ORDERS])
    np.testing.assert_allclose(out[STARS], 4.2 * out[REVIEWS])


def test_without_shortage_the_mean_of_draws_is_the_mean():
    wants, carts = np.array([[40, 7], [3, 90]]), np.array([[10, 0], [25, 60]])
    rates, stock = (0.3, 0.2, 0.1, 0.15, 0.4), np.array([10_000, 10_000])
    drawn = np.array([settle(wants, carts, stock, rates, key=k)[0] for k in range(3000)], dtype=float)
    out, by_row = np.zeros((2, 9)), np.zeros((2, 2))
    stars = mean_stars(star_shares(np.array([4.5, 4.5])))
    settle_expected(
        wants.astype(float),
        carts.astype(float),
        stock.astype(float),
        rates,
        np.full(2, 0.3),
        np.full(2, 0.1),
        stars,
        out,
        by_row,
    )
    error = drawn.std(axis=0) / np.sqrt(len(drawn)) + 1e-12
    assert (np.abs(drawn.mean(axis=0) - out.T) / error).max() < 4.5


def test_the_first_to_be_served_changes_from_day_to_day():
    wants = np.array([[5], [5], [5]])
    first = [settle(wants, 0 * wants, np.array([5]), (0.0,) * 5, day)[1][:, 0].tolist() for day in range(4)]
    assert first == [[5, 0, 0], [0, 5, 0], [0, 0, 5], [5, 0, 0]]


@pytest.mark.parametrize("quality", [1.0, 2.7, 4.5, 5.0])
def test_stars_are_drawn_with_their_chances(quality):
    shares = star_shares(np.array([quality]))[0]
    left, chance = 1.0, []
    for share in shares:
        chance.append(left * share)
        left *= 1 - share
    chance.append(left)
    assert sum(chance) == pytest.approx(1) and min(chance) >= 0
    edges = np.array([-np.inf, 1.5, 2.5, 3.5, 4.5, np.inf])
    np.testing.assert_allclose(chance, np.diff(stats.norm.cdf((edges - quality) / 0.8)), atol=1e-12)
    assert mean_stars(shares[None, :])[0] == pytest.approx(np.dot(chance, [1, 2, 3, 4, 5]))
    wants = np.full((1, 1), 200)
    out = np.array(
        [settle(wants, 0 * wants, np.array([10**6]), (0, 0, 0, 0, 1.0), key=k, quality=quality)[0] for k in range(200)]
    )
    mean, variance = (
        np.dot(chance, range(1, 6)),
        np.dot(chance, np.arange(1, 6) ** 2) - np.dot(chance, range(1, 6)) ** 2,
    )
    assert abs(out[:, STARS, 0].mean() / 200 - mean) < 4.5 * np.sqrt(variance / 40_000) + 1e-12


def test_customers_and_fans_are_part_of_the_orders():
    orders = np.array([[100, 50, 0], [0, 7, 20]])
    store = np.array([0, 1, 1])
    for exact in (True, False):
        kind = np.int64 if exact else np.float64
        customers, fans = np.full((2, 2), 3, kind), np.zeros((2, 2), kind)
        customers_of_stores(
            orders.astype(kind), store, run_key(2), names(len(orders)), names(3), 0.8, 0.1, exact, customers, fans
        )
        new = customers - 3
        per_store = np.array([[100, 50], [0, 27]])
        assert (new >= 0).all() and (new <= per_store).all() and (fans <= per_store).all()
        if not exact:
            np.testing.assert_allclose(new, 0.8 * per_store)
            np.testing.assert_allclose(fans, 0.1 * per_store)
