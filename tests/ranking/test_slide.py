import numpy as np
import pytest

from crossborder.ranking import SameProductScenario, same_product_offers, split_traffic
from crossborder.ranking.one_product import REFERENCE_PRICE_USD


def closed_form(scenario, run):
    """The same slide without a market: conversions as the run measured them, click weights from the session law."""
    prices = np.array([scenario.left_price_usd, scenario.middle_price_usd, scenario.right_price_usd])
    weights = np.exp(scenario.click_price_elasticity * (prices / REFERENCE_PRICE_USD - 1.0))
    return same_product_offers(
        prices, run.table["conversion"], run.table["rating"], click_weights=weights, variant=scenario.variant,
        attention_steepness=scenario.attention_steepness,
    )  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"order_price_elasticity": -1.5},
        {"click_price_elasticity": -0.5, "variant": "per_impression"},
        {"variant": "per_impression"},
        {"left_price_usd": 7.0, "right_price_usd": 13.0},
        {"attention_steepness": 1.5},
    ],
)
def test_the_market_settles_to_the_closed_form(changes):
    scenario = SameProductScenario(**changes)
    run = split_traffic(scenario)
    expected = closed_form(scenario, run)
    for column in ("traffic_share_old", "traffic_share_new"):
        np.testing.assert_allclose(run.table[column], expected.table[column], atol=0.002)
    assert run.table["rank_old"].tolist() == expected.table["rank_old"].tolist()


def test_the_middle_and_right_offers_gain_per_visit_but_not_per_impression_or_when_orders_feel_the_price_more():
    assert split_traffic().gainers == ["middle", "right"]
    assert split_traffic(SameProductScenario(variant="per_impression")).gainers == []
    assert split_traffic(SameProductScenario(order_price_elasticity=-1.5)).gainers == []


def test_the_platform_itself_loses_sales_value_where_buyers_feel_the_price():
    assert split_traffic().gmv_change < -0.05
    indifferent = SameProductScenario(click_price_elasticity=-0.2, order_price_elasticity=-0.2)
    assert split_traffic(indifferent).gmv_change > 0.05


def test_conversions_arise_from_choices_and_fall_with_the_price():
    conversion = split_traffic().table["conversion"]
    assert conversion.is_monotonic_decreasing
    assert conversion[1] == pytest.approx(0.04, rel=0.01)


def test_draws_scatter_around_the_means():
    means = split_traffic().table["traffic_share_old"].to_numpy()
    drawn = [
        split_traffic(SameProductScenario(engine="aggregate"), rng=seed).table["traffic_share_old"] for seed in range(4)
    ]
    assert len({tuple(shares) for shares in drawn}) == 4
    np.testing.assert_allclose(np.mean(drawn, axis=0), means, atol=0.02)


def test_the_same_seed_gives_the_same_world_and_a_generator_one_world_for_both_rules():
    scenario = SameProductScenario(engine="aggregate", days=6, variant="accumulated")
    first, again = split_traffic(scenario, rng=3), split_traffic(scenario, rng=3)
    assert first.table.equals(again.table)
    generator = split_traffic(scenario, rng=np.random.default_rng(1))
    assert generator.table.equals(split_traffic(scenario, rng=generator.seed).table)


def test_says_its_sentence(speaks_both):
    speaks_both(split_traffic())
    speaks_both(split_traffic(SameProductScenario(variant="per_impression")))
