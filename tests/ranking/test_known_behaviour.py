"""What any market with these rules must show, on the plain market run."""

import numpy as np
import pytest

from crossborder.market import make_market, simulate_market
from crossborder.ranking import policy
from crossborder.ranking.one_product import one_product_market
from crossborder.ranking.policies import gmv_times_rating
from crossborder.ranking.standing import Standing

DAYS = 182


def price_levels(rule, market, respond):
    """Mean relative price of the listings that were there from the start, on the first day and on the last."""
    run = simulate_market(market, policy(rule), DAYS, "expected", respond=respond)
    relative = run.daily["price_cents"] / 100.0 / Standing(run.market).reference_usd
    level = np.exp(np.log(relative[:, : market.n_listings]).mean(axis=1))
    return level[0], level[-1]


@pytest.fixture(scope="module")
def market():
    return make_market(n_stores=60, rng=1, sessions_per_day=10_000)


def test_under_conversion_ranking_prices_race_down_when_sellers_respond(market):
    start, end = price_levels("conversion * rating", market, respond=True)
    by_lot = price_levels("chance", market, respond=True)
    assert end < 0.88 * start
    assert by_lot[1] > 1.02 * by_lot[0]


def test_without_response_no_price_moves(market):
    start, end = price_levels("conversion * rating", market, respond=False)
    assert start == end


def test_among_equal_goods_conversion_ranking_favours_the_cheapest():
    prices = [14.0, 9.0, 12.0, 10.5]
    run = simulate_market(one_product_market(prices), policy("conversion * rating"), 14, "expected")
    visits = run.daily["clicks"][-7:].sum(axis=0)
    assert visits.argmax() == 1 and visits.argmin() == 0


def test_at_unequal_quality_it_need_not_be_the_cheapest():
    """The platform's sentence holds at equal quality only: a dear good thing can convert better."""
    world = one_product_market([9.0, 12.0], order_price_elasticity=-0.3)
    listings = world.listings.assign(quality=[3.6, 4.9])
    run = simulate_market(world.replace(listings=listings), policy("conversion * rating"), 120, "expected")
    impressions_value = run.daily["clicks"][-7:].sum(axis=0) * np.exp(1.7 * np.array([9.0, 12.0]) / 12.0)
    assert impressions_value[1] > impressions_value[0]


def test_identical_listings_part_ways_under_accumulated_gmv_and_a_replay_crowns_another():
    world = one_product_market(np.full(6, 12.0), sessions_per_day=1500)
    shares = []
    for replicate in range(10):
        run = simulate_market(world, gmv_times_rating("accumulated"), 45, "aggregate", rng=5, replicate=replicate)
        gmv = run.daily["gmv_cents"].sum(axis=0)
        shares.append(gmv / gmv.sum())
    winners = {int(s.argmax()) for s in shares}
    assert len(winners) >= 3
    assert np.mean([s.max() for s in shares]) > 0.28
    means = simulate_market(world, gmv_times_rating("accumulated"), 45, "expected").daily["gmv_cents"].sum(axis=0)
    np.testing.assert_allclose(means, means.mean(), rtol=1e-9, err_msg="without luck nobody is crowned")
