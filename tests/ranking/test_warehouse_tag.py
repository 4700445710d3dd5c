"""The overseas-warehouse tag: three comparisons and the truth."""

import numpy as np
import pytest

from crossborder.facts import facts
from crossborder.market.world import has_tag
from crossborder.ranking.warehouse_tag import TAG, WarehouseTagScenario, judge_warehouse_tag, twin_market


@pytest.fixture(scope="module")
def start() -> WarehouseTagScenario:
    return WarehouseTagScenario(
        n_skus=30, n_chosen=5, days=20, sellers=WarehouseTagScenario().sellers.replace(n_stores=40)
    )


@pytest.fixture(scope="module")
def result(start):
    return judge_warehouse_tag(start)


def test_twins_are_the_same_product_but_for_tag_place_price_and_dispatch(start):
    market, twin_of = twin_market(start)
    listings = market.listings
    abroad = np.flatnonzero(has_tag(listings["tags"], TAG))
    assert len(abroad) == len(twin_of) == len(set(twin_of))
    same = ["title", "store_id", "category", "quality", "appeal", "cost_usd"]
    for column in same:
        assert (listings[column].to_numpy()[abroad] == listings[column].to_numpy()[twin_of]).all()
    np.testing.assert_array_equal(market.tastes[abroad], market.tastes[twin_of])
    assert (listings["stock_country"].to_numpy()[abroad] != "CN").all()
    ratio = listings["price_usd"].to_numpy()[abroad] / listings["price_usd"].to_numpy()[twin_of]
    assert ratio == pytest.approx(1.0 + start.price_premium, abs=0.02)


def test_the_claim_stands_beside_as_the_source_gives_it(result):
    claim = result.method("claimed")
    assert (claim["low"], claim["high"]) == (
        facts["overseas-warehouse-tag-ctr"].low / 100,
        facts["overseas-warehouse-tag-ctr"].high / 100,
    )


def test_without_effect_selection_alone_can_make_the_claim(start):
    empty = judge_warehouse_tag(start.replace(tag_effect=0.0, price_premium=0.0, selection=1.5))
    assert empty.method("truth")["change"] == 0.0
    assert empty.method("all")["change"] > 0.2
    pairs = empty.method("pairs")
    assert pairs["low"] < 0.0 < pairs["high"]


def test_pairs_of_equal_price_find_the_tag_and_the_naive_comparison_does_not(start):
    fair = judge_warehouse_tag(start.replace(price_premium=0.0, selection=1.5, tag_effect=0.3))
    pairs, exact = fair.method("pairs"), np.expm1(0.3)  # twins stand on the same pages
    assert pairs["low"] < exact < pairs["high"]
    assert fair.method("all")["change"] > 1.3 * exact


def test_a_dearer_twin_hides_part_of_the_tag(start):
    dear = judge_warehouse_tag(start.replace(price_premium=0.2))
    fair = judge_warehouse_tag(start.replace(price_premium=0.0))
    assert dear.method("pairs")["change"] < fair.method("pairs")["change"] - 0.05


def test_the_truth_grows_with_the_effect(start, result):
    stronger = judge_warehouse_tag(start.replace(tag_effect=0.4))
    assert stronger.method("truth")["change"] > result.method("truth")["change"] > 0


def test_both_languages(result, speaks_both):
    speaks_both(result)
