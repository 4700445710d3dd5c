"""Policies compared meet the same shoppers, who react to the same things with the same luck."""

import numpy as np
import pandas as pd
import pytest

from crossborder.market import make_market, simulate_market
from crossborder.market.world import N_TASTES, empty_history
from crossborder.ranking import policy

DRAWING = ("aggregate", "individual")
OLD, NEW = policy("conversion * rating"), policy("price * conversion * rating")


def with_unseen(market):
    """The same market and one more listing, of a new store, that no ranking against price shows."""
    row = market.listings.iloc[[0]].assign(listing_id="nobody sees me", store_id="new store", price_usd=1e7)
    return market.replace(
        listings=pd.concat([row, market.listings], ignore_index=True),
        stores=pd.concat([market.stores.iloc[[0]].assign(store_id="new store"), market.stores], ignore_index=True),
        history=pd.concat([empty_history(1), market.history], ignore_index=True),
        tastes=np.concatenate([np.zeros((1, N_TASTES)), market.tastes]),
    )  # fmt: skip


@pytest.mark.parametrize("engine", DRAWING)
def test_the_same_people_come(engine, small):
    runs = [simulate_market(small, rule, 10, engine, 3, respond=True) for rule in (OLD, NEW, policy("chance"))]
    for run in runs[1:]:
        np.testing.assert_array_equal(run.by_country["sessions"], runs[0].by_country["sessions"])
    assert len({run.daily["orders"].sum() for run in runs}) == 3


@pytest.mark.parametrize("engine", ["expected", *DRAWING])
def test_the_same_policy_twice_is_no_difference_at_all(engine, small):
    runs = [
        simulate_market(small, rule, 15, engine, 3, respond=True) for rule in (OLD, policy("conversion * rating * 1"))
    ]
    for name in runs[0].daily:
        np.testing.assert_array_equal(runs[0].daily[name], runs[1].daily[name])


@pytest.mark.parametrize("engine", DRAWING)
def test_the_same_listing_in_the_same_slot_gets_the_same_draws(engine, known_market, fixed, morning):
    """Two rankings that differ only in which of two equal listings comes first, far down: above, the same sales."""
    market = known_market(8, n_slots=6, prices=10.0, appeal=[0.3, -0.2, 0.6, 0, 0, 0, 0, 0], click_level=-1.0)
    first, second = (
        morning(market, fixed(scores), engine).day(5, 4000)
        for scores in ([8.0, 7, 6, 5, 4, 3, 2, 1], [8.0, 7, 6, 5, 4, 1, 2, 3])
    )
    if engine == "aggregate":
        np.testing.assert_array_equal(first.wants[0, :5], second.wants[0, :5])
        np.testing.assert_array_equal(first.clicks[0, :5], second.clicks[0, :5])
    else:  # here whoever is in the last slot wins sessions of its own from those above; in all others nothing changes
        moved = np.abs(first.clicks[0, :5] - second.clicks[0, :5]).sum()
        assert 0 < moved <= first.clicks[0, 5] + second.clicks[0, 7]
    assert first.clicks[0, 5] > 0 == second.clicks[0, 5]


@pytest.mark.parametrize("engine", DRAWING)
def test_a_change_below_moves_what_is_above_by_little(engine, known_market, fixed, morning):
    market = known_market(8, n_slots=6, click_level=-1.0)
    moved, chance = [], []
    for replicate in range(100):
        first, second = (
            morning(market, fixed(scores), engine).day(replicate, 4000).clicks[0, :3]
            for scores in ([8.0, 7, 6, 5, 4, 3, 2, 1], [8.0, 7, 6, 1, 2, 3, 4, 5])
        )
        moved.append(second - first)
        chance.append(first)
    unpaired = 2 * np.var(chance, axis=0)
    assert (np.var(moved, axis=0) < 0.2 * unpaired).all()


def test_a_dearer_offer_only_loses_the_sessions_that_minded(known_market, fixed, morning):
    """Raising one price takes clicks from that listing only, each to another listing or to nobody."""
    cheap = known_market(5, n_slots=5, prices=10.0, appeal=0.0, click_level=-1.0)
    dear = cheap.replace(listings=cheap.listings.assign(price_usd=[14.0, 10, 10, 10, 10]))
    before, after = (morning(m, fixed([5.0, 4, 3, 2, 1]), "individual").day(1, 20_000).clicks[0] for m in (cheap, dear))
    assert after[0] < before[0] and (after[1:] >= before[1:]).all()
    assert before.sum() > after.sum()


@pytest.mark.parametrize("engine", DRAWING)
def test_pairing_makes_differences_small(engine, small):
    """The worlds' luck cancels: paired differences vary much less than unpaired ones."""
    mild = policy("conversion * rating * boost('dispatch_72h', 1.05)")
    gmv = np.array(
        [
            [simulate_market(small, rule, 3, engine, 4, replicate=r).daily["gmv_cents"].sum() for rule in (OLD, mild)]
            for r in range(30)
        ],
        dtype=float,
    )
    paired = (gmv[:, 1] - gmv[:, 0]).var()
    unpaired = (gmv[:-1, 1] - gmv[1:, 0]).var()
    assert paired < 0.6 * unpaired


@pytest.mark.parametrize("engine", ["expected", *DRAWING])
def test_a_listing_that_nobody_sees_changes_nothing(engine, small):
    few = small.with_law(n_slots=4, feed_share=0.3)
    rule = policy("conversion * rating / price | per_store(1)")
    here, there = (simulate_market(world, rule, 12, engine, 3, respond=True) for world in (few, with_unseen(few)))
    assert there.daily["impressions"][:, 0].sum() == 0
    kept = there.market.listings["listing_id"] != "nobody sees me"
    kept &= ~there.market.listings["store_id"].eq("new store")
    for name in ("impressions", "clicks", "orders", "gmv_cents", "price_cents", "stars"):
        np.testing.assert_allclose(here.daily[name], there.daily[name][:, kept], rtol=1e-9, atol=0)


@pytest.mark.parametrize("engine", DRAWING)
def test_a_festival_draws_more_of_the_same_crowd(engine, small):
    plain = simulate_market(small, OLD, 4, engine, 3)
    busy = simulate_market(small, OLD, 4, engine, 3, lift=[1.0, 3.0])
    np.testing.assert_array_equal(plain.by_country["sessions"][[0, 2, 3]], busy.by_country["sessions"][[0, 2, 3]])
    assert (busy.by_country["sessions"][1] >= plain.by_country["sessions"][1]).all()
    assert busy.platform["sessions"][1] == pytest.approx(3 * plain.platform["sessions"][1], rel=0.1)


def test_another_country_brings_no_other_shoppers_to_the_rest():
    market = make_market(30, rng=4, sessions_per_day=2000).with_law(season_effect=0.0)
    fewer = market.replace(countries=market.countries.iloc[[0, 2, 3]].reset_index(drop=True))
    assert fewer.countries["country"].tolist() == [c for k, c in enumerate(market.countries["country"]) if k != 1]
    runs = [simulate_market(m, policy("price"), 5, "individual", 8) for m in (market, fewer)]
    np.testing.assert_array_equal(runs[0].by_country["sessions"][:, [0, 2, 3]], runs[1].by_country["sessions"])
