"""Coming items: drawn once for all policies, one pattern per store, nothing of the old market touched."""

import numpy as np
import pandas as pd

from crossborder.market import make_market, simulate_policies
from crossborder.market.coming import with_coming_items
from crossborder.market.keys import run_key
from crossborder.ranking import conversion_times_rating, gmv_times_rating

MARKET = make_market(60, rng=3)


def test_new_items_follow_their_store_s_first_listing():
    grown = with_coming_items(MARKET, run_key(4), 70)
    new = grown.listings.iloc[MARKET.n_listings :]
    pd.testing.assert_frame_equal(grown.listings.iloc[: MARKET.n_listings], MARKET.listings)
    first = MARKET.listings.sort_values("listing_id").groupby("store_id").first()
    pattern = first.loc[new["store_id"]]
    assert (new["category"].to_numpy() == pattern["category"].to_numpy()).all()
    assert (new["price_usd"].to_numpy() / pattern["price_usd"].to_numpy()).std() > 0.05
    assert new["listing_id"].is_unique and not new["listing_id"].isin(MARKET.listings["listing_id"]).any()
    assert (new["first_listed"] > pd.Timestamp(MARKET.starts_on)).all()
    assert len(grown.history) == len(grown.tastes) == grown.n_listings
    assert grown.history.iloc[MARKET.n_listings :].to_numpy().sum() == 0


def test_a_grown_market_passes_the_checks_of_a_new_one():
    grown = with_coming_items(MARKET, run_key(4), 70)
    assert grown.replace(starts_on=grown.starts_on).n_listings == grown.n_listings


def test_no_item_before_the_first_week_is_over():
    assert with_coming_items(MARKET, run_key(4), 6) is MARKET


def test_policies_run_together_are_the_same_as_alone():
    from crossborder.market import simulate_market

    policies = [conversion_times_rating(), gmv_times_rating()]
    together = simulate_policies(MARKET, policies, 15, "aggregate", 7, respond=True)
    for policy, run in zip(policies, together, strict=True):
        alone = simulate_market(MARKET, policy, 15, "aggregate", 7, respond=True)
        for name, values in alone.daily.items():
            np.testing.assert_array_equal(values, run.daily[name])
    assert together[0].market is together[1].market
