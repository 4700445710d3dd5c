"""The 72-hour incentive: the parts of a year-on-year claim."""

import pytest

from crossborder.errors import BoundsError
from crossborder.facts import facts
from crossborder.ranking.dispatch_incentive import DispatchIncentiveScenario, split_dispatch_claim


@pytest.fixture(scope="module")
def start() -> DispatchIncentiveScenario:
    world = DispatchIncentiveScenario().world
    return DispatchIncentiveScenario(world=world.replace(n_stores=35), days=14, boost=1.05)


@pytest.fixture(scope="module")
def result(start):
    return split_dispatch_claim(start)


def traffic(result):
    return result.table.set_index("part")["traffic_change"]


@pytest.mark.parametrize("measure", ["traffic_change", "gmv_change"])
def test_the_parts_multiply_to_the_year(result, measure):
    part = 1.0 + result.table.set_index("part")[measure]
    assert part["market_growth"] * part["own_progress"] * part["rule"] == pytest.approx(part["year_on_year"])


def test_the_claim_is_the_stated_one(result):
    assert result.part("claimed")["traffic_change"] == pytest.approx(facts["mech-dispatch-72h-traffic"].rate)
    assert result.part("claimed")["gmv_change"] == pytest.approx(facts["mech-dispatch-72h-gmv"].rate)


def test_nothing_happens_where_nothing_changes(start):
    still = traffic(split_dispatch_claim(start.replace(boost=1.0, market_growth=0.0, own_progress=0.0)))
    assert still.drop("claimed").abs().max() == 0.0


def test_without_the_rule_most_of_the_claim_can_still_be_seen(start):
    parts = traffic(split_dispatch_claim(start.replace(boost=1.0, market_growth=0.12, own_progress=0.1)))
    assert parts["rule"] == 0.0 and parts["others_lost"] == 0.0
    assert parts["year_on_year"] > 0.15
    assert parts["against_others"] > 0.03  # progress of the qualified passes for an effect


def test_a_boost_takes_from_the_others_and_the_comparison_counts_it_twice(start):
    alone = traffic(split_dispatch_claim(start.replace(market_growth=0.0, own_progress=0.0)))
    assert alone["rule"] > 0.05 and alone["others_lost"] < 0
    assert alone["against_others"] > alone["rule"]
    doubled = (1 + alone["rule"]) / (1 + alone["others_lost"]) - 1
    assert alone["against_others"] == pytest.approx(doubled)


def test_growth_is_growth_for_all(start):
    parts = traffic(split_dispatch_claim(start.replace(boost=1.0, own_progress=0.0, market_growth=0.3)))
    assert parts["market_growth"] == pytest.approx(0.3, abs=0.03)
    assert parts["against_others"] == pytest.approx(0.0, abs=0.02)


def test_how_the_clock_is_read_decides_who_qualifies(start, result):
    early = split_dispatch_claim(start.replace(clock="created"))
    restful = split_dispatch_claim(start.replace(weekends_count=False))
    assert early.qualified_share < result.qualified_share < restful.qualified_share


def test_a_mark_that_nobody_reaches_is_a_sentence_not_a_crash(start):
    few = start.world.replace(n_stores=3, listings_per_store=1.0)
    with pytest.raises(BoundsError, match="Move pass_mark"):
        split_dispatch_claim(start.replace(pass_mark=1.0, orders_per_listing=200, world=few))
