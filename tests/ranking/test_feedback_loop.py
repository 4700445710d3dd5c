import numpy as np
import pytest

from crossborder.ranking.feedback_loop import FeedbackLoopScenario, couple_site_and_outside


@pytest.fixture(scope="module")
def apart():
    return couple_site_and_outside()


def test_identical_products_part_ways_and_a_replay_crowns_another(apart):
    """As in the music market of Salganik, Dodds and Watts (2006): more inequality, and less predictability."""
    assert len(set(apart.winners)) >= 3
    assert apart.gini > 3 * apart.unlinked_gini
    assert apart.difference > 3 * apart.unlinked_difference


def test_accumulated_sales_alone_do_it_without_the_outside():
    alone = couple_site_and_outside(FeedbackLoopScenario(outside_to_site=0.0, site_to_outside=0.0, outside_share=0.05))
    assert len(set(alone.winners)) >= 3
    assert alone.gini > 2 * alone.unlinked_gini


def test_no_product_is_the_better_one():
    """Over many worlds every product has its wins."""
    many = couple_site_and_outside(FeedbackLoopScenario(worlds=40, n_products=4, days=25))
    wins = np.bincount([int(name.split()[1]) - 1 for name in many.winners], minlength=4)
    assert wins.sum() == 40 and wins.min() >= 2


def test_shares_of_a_world_sum_to_one_and_one_product_wins(apart):
    by_world = apart.table.groupby("world")
    assert by_world["sales_share"].sum().to_numpy() == pytest.approx(1.0)
    assert (by_world["won"].sum() == 1).all()
    assert (
        apart.table.loc[apart.table["won"], "sales_share"].to_numpy() == by_world["sales_share"].max().to_numpy()
    ).all()


def test_the_same_seed_replays_the_same_worlds_and_another_seed_others(apart):
    assert couple_site_and_outside().table.equals(apart.table)
    assert not couple_site_and_outside(rng=1).table.equals(apart.table)


def test_the_steeper_attention_falls_the_more_the_winner_takes(apart):
    steep = couple_site_and_outside(FeedbackLoopScenario(attention_steepness=1.5, worlds=4))
    flat = couple_site_and_outside(FeedbackLoopScenario(attention_steepness=0.0, worlds=4))
    assert steep.gini > 1.5 * apart.gini
    assert flat.gini < 0.5 * apart.gini


def test_says_its_sentence(apart, speaks_both):
    speaks_both(apart)
