import numpy as np
import pytest

from crossborder.market.law import SessionLaw
from crossborder.ranking.gmv_ranking import GmvRankingScenario, allocate_by_gmv
from crossborder.ranking.one_product import REFERENCE_PRICE_USD


@pytest.fixture(scope="module")
def curve():
    return allocate_by_gmv(GmvRankingScenario(n_prices=201))


def test_the_score_is_highest_where_the_elasticity_of_conversion_is_minus_one(curve):
    assert curve.elasticity_at_score_best == pytest.approx(-1.0, abs=0.02)


@pytest.mark.parametrize("elasticity", [-0.6, -0.9, -1.3])
def test_the_score_best_price_is_the_closed_form_one(elasticity):
    """p c(p) is highest where beta r (1 - c) = 1, with r the price over the reference price."""
    law = SessionLaw(order_price_elasticity=elasticity)
    relative = np.linspace(0.3, 2.5, 20_001)
    conversion = 1.0 / (1.0 + np.exp(-(law.order_level - law.order_price_slope * (relative - 1.0))))
    best = REFERENCE_PRICE_USD * relative[(relative * conversion).argmax()]
    found = allocate_by_gmv(GmvRankingScenario(order_price_elasticity=elasticity, n_prices=201)).score_best_usd
    assert found == pytest.approx(best, abs=0.15)


def test_the_price_that_earns_most_is_another(curve):
    assert curve.profit_best_usd < curve.score_best_usd - 0.3
    at = curve.table.set_index("price_usd")["profit_usd"]
    assert at[curve.score_best_usd] < at[curve.profit_best_usd]
    assert np.interp(curve.profit_best_usd, curve.table["price_usd"], curve.table["elasticity"]) > -0.97


def test_cost_moves_the_profit_best_price_and_not_the_score_best_one(curve):
    cheap = allocate_by_gmv(GmvRankingScenario(cost_usd=3.0, n_prices=201))
    assert cheap.profit_best_usd < curve.profit_best_usd - 0.5
    assert cheap.score_best_usd == pytest.approx(curve.score_best_usd, abs=0.15)


def test_counted_per_impression_or_accumulated_a_lower_price_is_liked_best(curve):
    for variant in ("per_impression", "accumulated"):
        other = allocate_by_gmv(GmvRankingScenario(variant=variant))
        assert other.score_best_usd < curve.score_best_usd - 3


def test_the_page_is_shared_and_a_price_at_the_floor_earns_nothing(curve):
    table = curve.table
    assert table["traffic_share"].between(0, 1).all()
    assert table["price_usd"].is_monotonic_increasing and table["conversion"].is_monotonic_decreasing
    assert abs(table["profit_usd"].iloc[0]) < 0.01 * table["profit_usd"].max()
    assert table[["score_index", "profit_index"]].max().tolist() == pytest.approx([100.0, 100.0])


def test_says_its_sentence(curve, speaks_both):
    speaks_both(curve)
