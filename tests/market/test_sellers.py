"""Sellers respond once a week: small steps along what their books say, never below cost; new items; giving up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from crossborder.market import SellerBehaviour, simulate_market
from crossborder.market.sellers import Exits, PriceSetting
from crossborder.ranking import policy

quick = settings(max_examples=150, deadline=None, derandomize=True)
BEHAVIOUR = SellerBehaviour()
N = 8
cents = hnp.arrays(np.int64, N, elements=st.integers(1, 100_000))


def books(price, cost, commission=0.15):
    return PriceSetting(price, cost, np.full(N, commission), np.where(np.arange(N) % 2, 1.0, -1.0))


@quick
@given(
    cents,
    cents,
    st.lists(hnp.arrays(float, N, elements=st.floats(-1e7, 1e7)), min_size=1, max_size=6),
    st.floats(0, 0.2),
)
def test_no_step_is_larger_than_allowed_and_none_goes_below_cost(price, cost, profits, step):
    behaviour = SellerBehaviour(max_step=step)
    setting = books(price, cost)
    for profit in profits:
        new = setting.respond(price, profit, np.ones(N, bool), behaviour)
        assert new.dtype == np.int64 and (new >= 1).all()
        assert (np.abs(new - price) <= step * price + 1e-9).all()
        floor = np.ceil(cost / 0.85)
        assert (new >= np.minimum(floor, price)).all()  # who started below cost may stay, and may not go lower
        earned = new - np.rint(new * 0.15) - cost
        assert (earned[new >= floor] >= 0).all()
        price = new


def test_who_may_not_move_stays():
    price = np.full(N, 1000)
    may = np.arange(N) < 3
    new = books(price, np.full(N, 100)).respond(price, np.ones(N), may, BEHAVIOUR)
    assert (new[~may] == 1000).all() and (new[may] != 1000).all()


def test_prices_follow_the_slope_in_the_books():
    """A try; then on where profit rose, back where it fell, and in proportion to the slope, up to five percent."""
    price = np.full(N, 10_000)
    setting = books(price, np.full(N, 100))
    first = setting.respond(price, np.full(N, 100.0), np.ones(N, bool), BEHAVIOUR)
    np.testing.assert_array_equal(first, np.where(np.arange(N) % 2, 10_500, 9_500))
    rose = np.array([1, 1, 0, 0, 1, 1, 0, 0], bool)
    second = setting.respond(first, np.where(rose, 120.0, 80.0), np.ones(N, bool), BEHAVIOUR)
    went_up = first > price
    assert ((second > first) == (rose == went_up)).all()
    flat = setting.respond(second, np.where(rose, 120.0, 80.0) * 1.0001, np.ones(N, bool), BEHAVIOUR)
    assert (np.abs(flat - second) < 0.01 * second).all()


def test_who_sells_nothing_for_two_weeks_tries_cheaper():
    price = np.full(N, 10_000)
    setting = books(price, np.full(N, 100))
    first = setting.respond(price, np.zeros(N), np.ones(N, bool), BEHAVIOUR)
    assert (setting.respond(first, np.zeros(N), np.ones(N, bool), BEHAVIOUR) < first).all()


def test_with_true_demand_prices_climb_to_the_most_profitable():
    """A monopolist facing units = 1000 exp(-p / 2000): profit is best at cost / 0.85 + 2000, and stays near it."""
    cost, price = np.full(N, 1000), np.linspace(1400, 6000, N).astype(np.int64)
    setting, best = books(price, cost), 1000 / 0.85 + 2000
    for _week in range(150):
        profit = (0.85 * price - cost) * 1000 * np.exp(-price / 2000)
        price = setting.respond(price, profit, np.ones(N, bool), BEHAVIOUR)
    assert np.abs(price / best - 1).max() < 0.12


def test_stores_give_up_with_the_stated_hazard():
    n, behaviour = 20_000, SellerBehaviour(exit_hazard_per_week=0.1)
    random = np.random.default_rng(1)
    exits, alive = Exits(random.random(n)), np.ones(n, bool)
    left = []
    for _week in range(10):
        leaving = exits.leaving(np.zeros(n), alive, behaviour)
        alive &= ~leaving
        left.append(alive.mean())
    np.testing.assert_allclose(left, np.exp(-0.1 * np.arange(1, 11)), atol=0.012)


def test_a_store_with_orders_stays_and_one_not_at_risk_too():
    behaviour = SellerBehaviour(exit_hazard_per_week=1.0)
    exits = Exits(np.full(3, 1e-6))
    for _week in range(200):
        assert not exits.leaving(np.array([0.0, 15.0, 0.0]), np.array([False, True, False]), behaviour).any()
    early = Exits(np.full(1, 0.999))
    assert early.leaving(np.zeros(1), np.ones(1, bool), behaviour).all()


# --- in a market -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["expected", "aggregate", "individual"])
def run(request, small):
    behaviour = SellerBehaviour(new_items_per_store_week=0.15, exit_hazard_per_week=0.5)
    lively = small.replace(sellers=behaviour).with_law(conversion_at_reference=0.005)
    return simulate_market(lively, policy("conversion * rating"), 70, request.param, 2, respond=True)


def test_prices_change_once_a_week_by_five_percent_at_most(run):
    price = run.daily["price_cents"].astype(float)
    moved = np.abs(price[1:] / price[:-1] - 1)
    assert moved.max() <= 0.05 + 1e-12
    weekly = np.arange(1, 70) % 7 == 0
    assert moved[~weekly].max() == 0 < moved[weekly].max()


def test_no_price_falls_below_cost(run):
    listings = run.market.listings
    rate = listings["category"].map(run.market.categories.set_index("category")["commission_rate"]).to_numpy()
    floor = np.ceil(np.rint(listings["cost_usd"].to_numpy() * 100) / (1 - rate))
    start = run.daily["price_cents"][0]
    assert (run.daily["price_cents"] >= np.minimum(floor, start)).all()


def test_new_items_come_on_their_day_with_no_past(run, small):
    new = run.market.listings.iloc[small.n_listings :]
    assert len(new) == pytest.approx(0.15 * 20 * 10, rel=0.5)
    day = (new["first_listed"] - np.datetime64(run.market.starts_on)).dt.days.to_numpy()
    assert set(day % 7) == {0} and day.min() >= 7
    assert run.market.history.iloc[small.n_listings :].to_numpy().sum() == 0
    for column, first in zip(range(small.n_listings, run.market.n_listings), day, strict=True):
        assert run.daily["impressions"][:first, column].sum() == 0
        assert not run.daily["on_sale"][:first, column].any()
    there = run.daily["on_sale"][:, small.n_listings :].any(axis=0)
    assert (there == (day < np.minimum(70, run.left_day[small.n_listings :]))).all()


def test_stores_that_left_stay_away_and_were_at_least_four_weeks_there(run):
    assert run.left_day.min() >= 28
    gone = run.left_day <= run.days
    assert gone.any()
    store = run.market.listings["store_id"]
    assert store[gone].nunique() == (~run.stores["survived"]).sum()
    for day in range(70):
        assert run.daily["impressions"][day, run.left_day <= day].sum() == 0


def test_without_response_nothing_of_this_happens(small):
    still = simulate_market(small, policy("conversion * rating"), 35, "aggregate", 2)
    assert still.market.n_listings == small.n_listings
    assert (still.daily["price_cents"] == still.daily["price_cents"][0]).all() and still.listings["survived"].all()


def test_what_is_new_does_not_depend_on_the_policy(small):
    runs = [simulate_market(small, policy(rule), 50, "aggregate", 2, respond=True) for rule in ("chance", "conversion")]
    assert runs[0].market.listings.equals(runs[1].market.listings)


def test_a_market_that_has_run_can_run_again(small):
    first = simulate_market(small, policy("conversion"), 28, rng=1, respond=True)
    for world in (first.market, first.market_after):
        again = simulate_market(world, policy("conversion"), 28, rng=1, respond=True)
        assert again.market.listings["listing_id"].is_unique
        assert again.market.n_listings > world.n_listings
