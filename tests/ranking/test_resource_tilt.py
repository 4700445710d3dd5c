import numpy as np
import pytest

from crossborder.ranking.resource_tilt import PLANS, ResourceTiltScenario, tilt_resources


@pytest.fixture(scope="module")
def outcome():
    return tilt_resources()


def test_the_strong_get_stronger_and_the_quota_softens_it(outcome):
    even, tilted, quota = (outcome.at_end(plan)["store_gini"] for plan in PLANS)
    assert tilted > quota > even
    assert tilted > even + 0.05


def test_fewer_newcomers_live_and_the_quota_keeps_some(outcome):
    even, tilted, quota = (outcome.at_end(plan) for plan in PLANS)
    assert tilted["newcomer_survival"] < quota["newcomer_survival"] <= 1
    assert tilted["newcomer_survival"] < even["newcomer_survival"]
    assert tilted["newcomer_share"] < even["newcomer_share"]


def test_buyers_lose_by_the_tilt_and_less_with_the_quota(outcome):
    assert outcome.surplus_usd("tilt") < outcome.surplus_usd("quota") < outcome.surplus_usd("even")


def test_any_tilt_makes_sales_more_unequal_without_response_too():
    ginis = [
        tilt_resources(ResourceTiltScenario(gamma=gamma, days=56, respond=False)).at_end("tilt")["store_gini"]
        for gamma in (0.0, 1.0, 3.0)
    ]
    assert min(ginis[1:]) > ginis[0] + 0.02


def test_no_tilt_and_no_quota_change_nothing():
    outcome = tilt_resources(ResourceTiltScenario(gamma=0.0, explore_share=0.0, days=28, n_stores=20))
    parts = [outcome.table[outcome.table["plan"] == plan].drop(columns="plan").reset_index(drop=True) for plan in PLANS]
    assert parts[0].equals(parts[1]) and parts[0].equals(parts[2])


def test_plans_meet_the_same_shoppers_also_from_a_generator():
    scenario = ResourceTiltScenario(gamma=0.0, explore_share=0.0, days=28, n_stores=20, engine="aggregate")
    outcome = tilt_resources(scenario, rng=np.random.default_rng(4))
    weeks = outcome.table.pivot(index="day", columns="plan", values="store_gini")
    assert weeks["even"].equals(weeks["tilt"].rename("even"))


def test_says_its_sentence(outcome, speaks_both):
    speaks_both(outcome)
