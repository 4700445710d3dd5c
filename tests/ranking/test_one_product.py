import numpy as np
import pytest

from crossborder.errors import BoundsError
from crossborder.market import simulate_market
from crossborder.market.arrays import mean_stars, star_shares
from crossborder.market.attention import click_probabilities
from crossborder.ranking import conversion_times_rating, gmv_times_rating, policy
from crossborder.ranking.one_product import (
    ORDINARY_QUALITY,
    PRICES_USD,
    REFERENCE_PRICE_USD,
    PolicyByShelf,
    by_shelf,
    lowest_price_usd,
    one_product_market,
)


def test_a_shelf_answers_as_a_market_of_its_own():
    """Several shelves in one run give what each would give alone."""
    prices = np.array([[9.0, 12.0, 16.0], [12.0, 12.0, 12.0], [7.8, 14.0, 20.0]])
    together = simulate_market(one_product_market(prices), conversion_times_rating(), 5, "expected")
    for shelf, row in enumerate(prices):
        alone = simulate_market(one_product_market(row), conversion_times_rating(), 5, "expected")
        for measure in ("impressions", "clicks", "orders", "gmv_cents", "profit_cents"):
            np.testing.assert_allclose(by_shelf(together, measure)[shelf], by_shelf(alone, measure)[0], rtol=2e-3)


def test_each_shelf_is_ranked_by_its_own_policy():
    rules = (conversion_times_rating(), gmv_times_rating())
    run = simulate_market(one_product_market([PRICES_USD] * 3), PolicyByShelf(rules, (0, 1, 0)), 5, "expected")
    clicks = by_shelf(run, "clicks")
    for shelf, rule in enumerate((rules[0], rules[1], rules[0])):
        alone = simulate_market(one_product_market(), rule, 5, "expected")
        np.testing.assert_allclose(clicks[shelf], by_shelf(alone, "clicks")[0], rtol=2e-3)
    assert clicks[1, 1] > clicks[0, 1]


def test_visits_follow_the_session_law_in_closed_form():
    market = one_product_market()
    run = simulate_market(market, conversion_times_rating(), 4, "expected")
    law, relative = market.law, np.array(PRICES_USD) / REFERENCE_PRICE_USD - 1.0
    chance = click_probabilities(law.click_level - law.click_price_slope * relative, law.attention)
    np.testing.assert_allclose(by_shelf(run, "clicks")[0] / run.by_country["sessions"][-1].sum(), chance, rtol=1e-3)
    wanted = 1.0 / (1.0 + np.exp(-(law.order_level - law.order_price_slope * relative)))
    np.testing.assert_allclose(by_shelf(run, "orders")[0] / by_shelf(run, "clicks")[0], wanted, rtol=1e-3)


def test_reviews_leave_the_rating_where_it_was():
    assert mean_stars(star_shares(np.array([ORDINARY_QUALITY])))[0] == pytest.approx(4.5, abs=0.001)


def test_equal_offers_share_the_page_alike():
    run = simulate_market(one_product_market([12, 12, 12]), policy("price * conversion * rating"), 6, "expected")
    clicks = by_shelf(run, "clicks", 6)[0]
    np.testing.assert_allclose(clicks, clicks.mean(), rtol=1e-9)


def test_below_the_lowest_price_an_order_loses_money():
    floor = lowest_price_usd(6.6)
    run = simulate_market(one_product_market([floor - 0.5, floor, floor + 0.5]), policy("chance"), 3, "expected")
    profit = by_shelf(run, "profit_cents")[0]
    assert profit[0] < 0 < profit[2]
    assert abs(profit[1]) < 0.01 * profit[2]


def test_names_must_match_the_offers():
    with pytest.raises(BoundsError, match="3 offers need 3 names; got 2"):
        one_product_market(offers=("one", "two"))
