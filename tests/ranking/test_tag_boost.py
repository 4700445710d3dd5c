import numpy as np
import pytest

from crossborder.market.keys import run_key
from crossborder.ranking.tag_boost import DESIGNS, TagBoostScenario, _half, _pairs, boost_tagged


@pytest.fixture(scope="module")
def tests():
    return boost_tagged(TagBoostScenario(tests=24))


def test_the_test_by_item_overstates(tests):
    assert tests.effect("item_test") > 1.3 * tests.effect("truth") > 0


def test_the_switchback_comes_nearer_and_scatters_less(tests):
    over = tests.table.set_index("design")["over_truth_share"]
    assert abs(over["switchback"]) < 0.7 * over["item_test"]
    width = (tests.table["high_share"] - tests.table["low_share"]).to_numpy()
    assert width[2] < 0.2 * width[1]


def test_what_tagged_goods_gain_untagged_goods_lose(tests):
    assert tests.untagged_share < -0.05


def test_where_all_goods_are_tagged_nothing_is_gained_though_the_test_says_so():
    nearly_all = boost_tagged(TagBoostScenario(tagged_share=0.95, tests=12, measure="impressions"))
    assert nearly_all.effect("truth") < 0.05
    assert nearly_all.effect("item_test") > 0.15


def test_without_a_boost_no_design_sees_one_that_is_not_there():
    none = boost_tagged(TagBoostScenario(boost=1.0, tests=40, measure="impressions"))
    assert none.effect("truth") == pytest.approx(0.0, abs=1e-12)
    assert none.untagged_share == pytest.approx(0.0, abs=1e-12)
    low, high = none.table.set_index("design").loc["item_test", ["low_share", "high_share"]]
    assert low < 0 < high
    assert none.effect("item_test") == pytest.approx(0.0, abs=0.15)
    assert none.effect("switchback") == pytest.approx(0.0, abs=0.02)


def test_a_larger_boost_has_a_larger_effect(tests):
    assert boost_tagged(TagBoostScenario(boost=1.6, tests=2)).effect("truth") > tests.effect("truth")


def test_half_of_the_tagged_and_nobody_else_is_treated():
    tagged = np.arange(50) % 3 == 0
    halves = [_half(run_key(seed), tagged) for seed in range(5)]
    assert {half.sum() for half in halves} == {tagged.sum() // 2}
    assert not any((half & ~tagged).any() for half in halves)
    assert len({tuple(half) for half in halves}) == 5


@pytest.mark.parametrize(("days", "block"), [(14, 1), (14, 7), (12, 3), (9, 2)])
def test_each_pair_of_blocks_has_one_on_and_one_off(days, block):
    on = _pairs(run_key(3), days, block)
    assert len(on) == days
    for start in range(0, days - 2 * block + 1, 2 * block):
        assert on[start : start + 2 * block].sum() == block


def test_the_longest_block_leaves_days_of_both_kinds():
    assert np.isfinite(boost_tagged(TagBoostScenario(days=4, block_days=7, tests=2, n_stores=30)).effect("switchback"))


def test_says_its_sentence(tests, speaks_both):
    assert tests.table["design"].tolist() == list(DESIGNS)
    speaks_both(tests)
