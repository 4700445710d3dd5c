"""Stock abroad: expected gain, real gain, and rival ways of choosing."""

import numpy as np
import pytest

from crossborder.market import simulate_market
from crossborder.ranking import policy
from crossborder.ranking.forward_stock import (
    TAG,
    ForwardStockScenario,
    choose_forward_stock,
    store_with_rivals,
    uplift,
)


@pytest.fixture(scope="module")
def start() -> ForwardStockScenario:
    return ForwardStockScenario(n_skus=80, n_chosen=8, cover_months=1.0)


@pytest.fixture(scope="module")
def result(start):
    return choose_forward_stock(start)


def earned(result):
    return result.rules.set_index("rule")["gain_usd"]


def test_the_expected_uplift_is_what_the_market_gives_one_product(start):
    market, own = store_with_rivals(start)
    market = market.with_law(n_slots=60)  # everything is on the page, so that only clicks and orders can change
    row = np.flatnonzero(own)[np.argmax(market.history["orders_90"].to_numpy()[own])]
    listings = market.listings.copy()
    listings.loc[row, ["stock_country", "dispatch_hours", "tags"]] = [start.country, 24.0, TAG]
    listings.loc[row, "price_usd"] *= 1.0 + start.price_premium
    rule = policy("chance")
    before, after = (
        simulate_market(world, rule, 3, "expected").daily["orders"][:, row].sum()
        for world in (market, market.replace(listings=listings))
    )
    assert after / before - 1.0 == pytest.approx(uplift(start, market), rel=0.25)
    assert after / before > 1.2


def test_nothing_abroad_changes_nothing(result):
    assert earned(result)["none"] == 0.0
    assert result.rules.set_index("rule")["stock_usd"]["none"] == 0.0


def test_choosing_by_expected_gain_beats_sending_the_best_sellers(start):
    gains = [earned(choose_forward_stock(start, seed)) for seed in range(3)]
    assert np.mean([g["value"] - g["sales"] for g in gains]) > 0
    assert all(g["value"] > 0 for g in gains)


def test_when_stock_ages_fast_everything_abroad_is_a_loss(start):
    aged = choose_forward_stock(start.replace(ageing_per_month=0.5))
    assert earned(aged)["all"] < 0 and earned(aged)["all"] < earned(aged)["value"]
    assert earned(aged)["all"] < earned(choose_forward_stock(start.replace(ageing_per_month=0.0)))["all"]


def test_nothing_is_sent_where_nothing_is_expected_to_gain(start):
    hopeless = choose_forward_stock(start.replace(handling_usd=10.0, tag_effect=0.0, price_premium=0.0))
    assert hopeless.table["chosen"].sum() < start.n_chosen
    assert (hopeless.table["expected_gain_usd"][hopeless.table["chosen"]] > 0).all()


def test_the_chosen_have_the_largest_expected_gain(result, start):
    table = result.table
    assert table["chosen"].sum() == start.n_chosen
    assert table["expected_gain_usd"][table["chosen"]].min() >= table["expected_gain_usd"][~table["chosen"]].max()
    assert (table["lot"] >= start.least_lot).all()


def test_unsold_is_a_share(result):
    unsold = result.rules["unsold_share"].dropna()
    assert ((unsold >= 0) & (unsold <= 1)).all() and len(unsold) == 3
    assert unsold.iloc[-1] == unsold.max()  # who sends everything is left with most


def test_both_languages(result, speaks_both):
    speaks_both(result)
