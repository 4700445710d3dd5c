"""The Plus label: what selection makes, what the label makes, what an analyst can tell."""

import numpy as np
import pytest

from crossborder.market.world import has_tag
from crossborder.ranking.plus_label import PlusLabelScenario, judge_plus_label, marked_market, ratio_of_rates


@pytest.fixture(scope="module")
def start() -> PlusLabelScenario:
    world = PlusLabelScenario().world
    return PlusLabelScenario(world=world.replace(n_stores=80), days=30)


@pytest.fixture(scope="module")
def result(start):
    return judge_plus_label(start)


def test_a_label_that_does_nothing_has_no_effect_though_the_naive_comparison_sees_one(start):
    nothing = judge_plus_label(start.replace(label_effect=0.0, boost=1.0))
    assert nothing.method("truth")["change"] == 0.0
    assert nothing.visits_change == nothing.others_visits_change == 0.0
    assert nothing.method("naive")["change"] == nothing.method("selection")["change"]
    assert nothing.method("naive")["low"] > 0.1


def test_the_naive_comparison_is_selection_times_truth(result):
    naive, selection, truth = (1.0 + result.method(m)["change"] for m in ("naive", "selection", "truth"))
    assert naive == pytest.approx(selection * truth, rel=0.06)


def test_the_label_moves_clicks_by_about_its_weight(result, start):
    most = np.expm1(start.label_effect)  # a fuller page takes a little back
    assert 0.6 * most < result.method("truth")["change"] < most


def test_without_selection_naive_and_truth_agree(start):
    fair = judge_plus_label(start.replace(selection=0.0))
    selection = fair.method("selection")
    assert selection["low"] < 0.0 < selection["high"]
    assert fair.method("naive")["low"] < fair.method("truth")["change"] < fair.method("naive")["high"]


def test_the_comparison_at_the_bar_covers_the_truth_in_most_worlds(start):
    covered = 0
    for seed in range(10):
        run = judge_plus_label(start.replace(bandwidth=1.2), seed)
        bar = run.method("at_bar")
        covered += bar["low"] <= run.method("truth")["change"] <= bar["high"]
    assert covered >= 8


def test_a_boost_brings_labelled_goods_visits_at_the_cost_of_the_others(start, result):
    boosted = judge_plus_label(start.replace(boost=1.2))
    assert boosted.visits_change > result.visits_change > 0
    assert boosted.others_visits_change < result.others_visits_change < 0


@pytest.mark.parametrize("share", [0.05, 0.4])
def test_the_bar_is_set_by_the_share_of_labels(start, share):
    market, mark = marked_market(start.replace(labelled_share=share))
    labelled = has_tag(market.listings["tags"], "plus")
    assert labelled.mean() == pytest.approx(share, abs=0.02)
    assert (labelled == (mark >= 0)).all()


def test_a_ratio_of_rates_and_its_interval_by_hand():
    clicks, shown = np.array([20.0, 20.0, 10.0, 10.0]), np.full(4, 100.0)
    same = ratio_of_rates(clicks, shown, np.array([True, True, False, False]))
    assert (same.value, same.low, same.high) == pytest.approx((1.0, 1.0, 1.0))
    spread = ratio_of_rates(np.array([10.0, 30.0, 5.0, 15.0]), shown, np.array([True, True, False, False]))
    assert spread.value == pytest.approx(1.0) and spread.low < 0.0 < 1.0 < spread.high


def test_both_languages(result, speaks_both):
    speaks_both(result)
