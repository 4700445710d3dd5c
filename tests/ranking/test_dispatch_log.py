"""Invented order logs: plausible, local, repeatable."""

import pandas as pd
import pytest

from crossborder.market import make_market
from crossborder.ranking.dispatch_clock import hours_to_scan
from crossborder.ranking.dispatch_log import draw_dispatch_log


@pytest.fixture(scope="module")
def market():
    return make_market(20, rng=3)


@pytest.fixture(scope="module")
def log(market):
    return draw_dispatch_log(market.listings, market.countries, 30, rng=3)


def test_each_listing_has_its_orders(market, log):
    assert (log["listing_id"].value_counts() == 30).all()
    assert set(log["listing_id"]) == set(market.listings["listing_id"])


def test_paid_after_placed_and_scanned_after_paid(log):
    assert (log["paid_at"] >= log["created_at"]).all()
    assert (hours_to_scan(log) > 0).all()


def test_resting_stores_are_never_scanned_on_a_weekend(market, log):
    weekend = pd.to_datetime(log["first_scan_at"]).dt.day_of_week >= 5
    store = market.listings.set_index("listing_id")["store_id"].loc[log["listing_id"]].to_numpy()
    by_store = weekend.groupby(store).mean()
    assert 0.5 < (by_store == 0).mean() < 0.95
    assert by_store.max() > 0.15


def test_slow_sellers_are_slow(market, log):
    took = pd.Series(hours_to_scan(log)).groupby(log["listing_id"]).median()
    said = market.listings.set_index("listing_id")["dispatch_hours"]
    assert took.corr(said) > 0.8


def test_the_same_seed_draws_the_same_log(market, log):
    pd.testing.assert_frame_equal(log, draw_dispatch_log(market.listings, market.countries, 30, rng=3))
