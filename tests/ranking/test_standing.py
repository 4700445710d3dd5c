"""Who is who at the start: groups that split the listings, ages from the day the run begins."""

import numpy as np
import pandas as pd

from crossborder.market import make_market
from crossborder.ranking.groups import KINDS
from crossborder.ranking.standing import NEWCOMER_DAYS, Standing

MARKET = make_market(80, rng=2)
STANDING = Standing(MARKET)


def test_every_listing_has_one_group_of_each_kind():
    assert STANDING.groups.keys() == KINDS.keys()
    for kind, group in STANDING.groups.items():
        assert len(group) == MARKET.n_listings and set(group) <= set(range(len(KINDS[kind][1])))


def test_price_thirds_are_thirds_of_each_category():
    frame = MARKET.listings.assign(third=STANDING.groups["price"])
    for _category, part in frame.groupby("category"):
        assert part["third"].value_counts(normalize=True).between(0.25, 0.42).all()
        assert part.groupby("third")["price_usd"].max().is_monotonic_increasing


def test_young_stores_opened_within_the_last_ninety_days():
    age = (pd.Timestamp(MARKET.starts_on) - MARKET.stores["opened_on"]).dt.days
    np.testing.assert_array_equal(STANDING.young_stores, age < NEWCOMER_DAYS)
    young_listing = STANDING.young_stores[STANDING.store]
    np.testing.assert_array_equal(STANDING.groups["age"] == 0, young_listing)


def test_the_same_market_in_another_order_has_the_same_people():
    shuffled = np.random.default_rng(5).permutation(MARKET.n_listings)
    other = Standing(
        MARKET.replace(
            listings=MARKET.listings.iloc[shuffled].reset_index(drop=True),
            history=MARKET.history.iloc[shuffled].reset_index(drop=True),
            tastes=MARKET.tastes[shuffled],
        )
    )
    for kind, group in STANDING.groups.items():
        np.testing.assert_array_equal(other.groups[kind], group[shuffled])
