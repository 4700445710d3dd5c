import numpy as np
import pytest

from crossborder.ranking import conversion_times_rating, gmv_times_rating, policy
from crossborder.ranking.one_product import COST_USD, REFERENCE_PRICE_USD, lowest_price_usd
from crossborder.ranking.price_race import race_prices

START = (13.0, 12.0, 14.0)


@pytest.fixture(scope="module")
def races():
    rules = [conversion_times_rating(), gmv_times_rating(), policy("chance")]
    raced = race_prices(rules, START, cost_usd=COST_USD, weeks=16)
    return dict(zip(("conversion", "gmv", "chance"), raced, strict=True))


def test_under_conversion_ranking_prices_race_down_towards_cost(races):
    means = [week.price_usd.mean() for week in races["conversion"]]
    assert means[-1] < 0.72 * means[0]
    assert means[-1] < races["chance"][-1].price_usd.mean() - 2.5
    assert races["conversion"][-1].profit_usd.sum() < 0.7 * races["conversion"][0].profit_usd.sum()


def test_under_gmv_ranking_they_settle_about_the_price_that_the_score_likes_best(races):
    end = races["gmv"][-1].price_usd
    assert ((end > REFERENCE_PRICE_USD) & (end < 1.25 * REFERENCE_PRICE_USD)).all()


def test_where_rank_is_drawn_by_lot_sellers_keep_to_the_price_that_earns_most(races):
    """argmax of (0.85 p - cost) times clicks and orders, each logistic-linear in the price."""
    prices = np.linspace(8, 20, 2001)
    relative = prices / REFERENCE_PRICE_USD - 1.0
    wanted = 1.0 / (1.0 + np.exp(np.log(0.96 / 0.04) + 0.9 / 0.96 * relative))
    best = prices[((0.85 * prices - COST_USD) * np.exp(-1.7 * relative) * wanted).argmax()]
    np.testing.assert_allclose(races["chance"][-1].price_usd, best, rtol=0.06)


def test_nobody_goes_below_cost_or_moves_further_than_a_step(races):
    for race in races.values():
        prices = np.array([week.price_usd for week in race])
        assert (prices >= lowest_price_usd(COST_USD) - 1e-9).all()
        assert (np.abs(np.diff(prices, axis=0)) <= 0.05 * prices[:-1] + 1e-9).all()


def test_who_holds_keeps_the_price_and_loses_the_traffic():
    (race,) = race_prices([conversion_times_rating()], START, cost_usd=COST_USD, weeks=6, holds=(0,))
    assert {week.price_usd[0] for week in race} == {START[0]}
    shares = [week.visits[0] / week.visits.sum() for week in race]
    assert shares[-1] < 0.75 * shares[0]


def test_races_side_by_side_are_the_races_alone(races):
    (alone,) = race_prices([gmv_times_rating()], START, cost_usd=COST_USD, weeks=16)
    for week, other in zip(races["gmv"], alone, strict=True):
        np.testing.assert_allclose(week.price_usd, other.price_usd)
        np.testing.assert_allclose(week.visits, other.visits, rtol=2e-3)


def test_a_seller_who_starts_below_the_floor_is_not_pushed_up_by_it():
    (race,) = race_prices([policy("chance")], (5.0, 12.0), cost_usd=COST_USD, weeks=1)
    assert race[1].price_usd[0] == pytest.approx(5.0 * 1.05)
