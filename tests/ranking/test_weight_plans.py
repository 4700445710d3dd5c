import numpy as np
import pytest

from crossborder.market import make_market, simulate_market
from crossborder.ranking import policy
from crossborder.ranking.weight_plans import (
    FIRST_DAY,
    PLANS,
    FirstPlace,
    StoreWeightScenario,
    WeightedByStore,
    weigh_stores,
)


@pytest.fixture(scope="module")
def plans():
    return weigh_stores()


def test_both_plans_buy_the_same_days_and_raise_sales_and_weight(plans):
    assert (
        plans.gmv_usd["burst"] > 1.1 * plans.gmv_usd["none"] and plans.gmv_usd["steady"] > 1.1 * plans.gmv_usd["none"]
    )
    last = plans.table.groupby("plan")["store_weight"].last()
    assert last["steady"] > last["burst"] > last["none"]


def test_before_the_first_promotion_day_all_plans_are_alike(plans):
    weights = plans.table.pivot(index="day", columns="plan", values="store_weight")
    assert (weights.loc[:FIRST_DAY].nunique(axis=1) == 1).all()
    assert (weights.loc[FIRST_DAY + 7 :, "burst"] > weights.loc[FIRST_DAY + 7 :, "none"]).all()


def test_with_a_short_memory_steady_promotion_does_more_and_with_a_long_one_the_burst():
    short, long = (weigh_stores(StoreWeightScenario(memory_days=days)).gmv_usd for days in (5.0, 60.0))
    assert short["steady"] > short["burst"]
    assert long["burst"] > long["steady"]


def test_a_weight_without_power_leaves_only_the_promotion_days():
    plans = weigh_stores(StoreWeightScenario(strength=0.0, memory_days=5.0))
    weighted = weigh_stores(StoreWeightScenario(strength=1.0, memory_days=5.0))
    gain, gain_weighted = (p.gmv_usd["burst"] / p.gmv_usd["none"] for p in (plans, weighted))
    assert gain_weighted > gain


def test_the_weight_is_a_moving_average_of_performance():
    """Recomputed by hand from the run's own counts."""
    market = make_market(12, rng=3, sessions_per_day=3000)
    rule = WeightedByStore(policy("conversion * rating"), memory_days=10.0, strength=0.5)
    run = simulate_market(market, rule, 20, "expected")
    store = market.stores.index[market.stores["store_id"].eq(market.listings["store_id"].iloc[0])][0]
    of_store = (market.listings["store_id"].map({s: k for k, s in enumerate(market.stores["store_id"])})).to_numpy()
    alpha, weight = 1 - np.exp(-1 / 10.0), rule.weights[8][store]
    for day in range(9, 20):
        week = np.bincount(of_store, run.daily["gmv_cents"][day - 7 : day].sum(axis=0), len(market.stores))
        weight += alpha * (min(week[store] / week.mean(), 10.0) - weight)
        assert rule.weights[day][store] == pytest.approx(weight)


def test_the_bought_place_is_first_on_its_days_only():
    market = make_market(12, rng=3, sessions_per_day=3000)
    worst = int(market.listings["appeal"].to_numpy().argmin())
    category = int(market.categories.index[market.categories["category"] == market.listings["category"].iloc[worst]][0])
    bought = simulate_market(
        market, policy("chance * 0 + 1"), 4, "expected", stages=[FirstPlace(worst, category, {1, 2})]
    )
    free = simulate_market(market, policy("chance * 0 + 1"), 4, "expected")
    more = bought.daily["clicks"][:, worst] > 1.2 * free.daily["clicks"][:, worst]
    assert more.tolist() == [False, True, True, False]
    np.testing.assert_allclose(bought.daily["impressions"].sum(axis=1), free.daily["impressions"].sum(axis=1))


def test_says_its_sentence(plans, speaks_both):
    assert set(plans.gmv_usd) == set(PLANS)
    speaks_both(plans)
