"""The same seed gives the same bytes, on any number of threads, in any order, in any process, in any order of rows."""

import hashlib
import json
import os
import subprocess
import sys

import numba
import numpy as np
import pandas as pd
import pytest

from crossborder.market import Market, MarketRun, SellerBehaviour, make_market, simulate_market
from crossborder.ranking import policy

ENGINES = ("expected", "aggregate", "individual")
RULE = policy("price * conversion * rating | explore(0.1) | per_store(2)")


def digest(run: MarketRun) -> str:
    """One line for all that a run left behind, byte by byte."""
    sum_ = hashlib.sha256()
    for part in (run.daily, run.by_country, run.country_totals):
        for name in sorted(part):
            sum_.update(name.encode() + np.ascontiguousarray(part[name]).tobytes())
    for array in (run.carts, run.customers, run.fans, run.stock, run.left_day, run.history.to_numpy()):
        sum_.update(np.ascontiguousarray(array).tobytes())
    return sum_.hexdigest()


def lively(small: Market, **law) -> Market:
    return small.with_law(cart_share=0.3, return_visits_per_customer_day=0.02, click_level=-1.5, **law)


def go(market: Market, engine: str, **more) -> MarketRun:
    return simulate_market(market, RULE, **{"days": 15, "engine": engine, "rng": 3, "respond": True} | more)


@pytest.mark.parametrize("engine", [*ENGINES, "tastes"])
def test_one_thread_or_two(engine, small):
    market = lively(small, taste_spread=0.5) if engine == "tastes" else lively(small)
    rule = policy("conversion * rating | explore(0.1) | personal(0.5)") if engine == "tastes" else RULE
    digests, before = set(), numba.get_num_threads()
    try:
        for threads in (1, min(2, numba.config.NUMBA_NUM_THREADS)):
            numba.set_num_threads(threads)
            digests.add(digest(simulate_market(market, rule, 4, "individual" if engine == "tastes" else engine, 3)))
    finally:
        numba.set_num_threads(before)
    assert len(digests) == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_replicates_in_any_order(engine, small):
    market = lively(small)
    forth = {r: digest(go(market, engine, replicate=r, days=8)) for r in (0, 1, 2)}
    back = {r: digest(go(market, engine, replicate=r, days=8)) for r in (2, 0, 1)}
    assert forth == back
    if engine != "expected":
        assert len(set(forth.values())) == 3


IN_A_PROCESS = """
import json, sys
sys.path.insert(0, sys.argv[1])
import test_repeatability as t
small = t.make_market(20, rng=1, sessions_per_day=3000)
print(json.dumps({e: t.digest(t.go(t.lively(small), e, days=8)) for e in t.ENGINES}))
"""


def test_two_processes_with_one_and_two_threads(small):
    found = []
    for threads in ("1", "2"):
        environment = os.environ | {"NUMBA_NUM_THREADS": threads, "PYTHONHASHSEED": threads}
        done = subprocess.run(
            [sys.executable, "-c", IN_A_PROCESS, os.path.dirname(__file__)],
            env=environment, check=True, capture_output=True, text=True, timeout=250,
        )  # fmt: skip
        found.append(json.loads(done.stdout))
    assert found[0] == found[1] == {engine: digest(go(lively(small), engine, days=8)) for engine in ENGINES}


def test_a_generator_gives_one_world_and_moves_on(small):
    first, again = np.random.default_rng(8), np.random.default_rng(8)
    a, b = (digest(simulate_market(small, RULE, 3, rng=first)) for _turn in range(2))
    assert [a, b] == [digest(simulate_market(small, RULE, 3, rng=again)) for _turn in range(2)]
    assert a != b


@pytest.mark.parametrize("engine", ["aggregate", "individual"])
def test_other_seeds_other_worlds(engine, small):
    runs = [simulate_market(small, RULE, 3, engine, seed) for seed in (0, 1, 2**63)]
    assert len({digest(run) for run in runs}) == 3
    assert len({run.platform["sessions"].sum() for run in runs}) > 1


def shuffled(market: Market, seed: int) -> tuple[Market, np.ndarray]:
    order = np.random.default_rng(seed).permutation(market.n_listings)
    moved = market.replace(
        listings=market.listings.iloc[order].reset_index(drop=True),
        history=market.history.iloc[order].reset_index(drop=True),
        tastes=market.tastes[order],
        open_carts=None if market.open_carts is None else market.open_carts[:, order],
    )
    return moved, order


def by_name(run: MarketRun, name: str) -> pd.DataFrame:
    return pd.DataFrame(run.daily[name], columns=run.market.listings["listing_id"]).sort_index(axis=1)


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_in_another_order(engine, small):
    carts = np.arange(12 * small.n_listings).reshape(12, -1) % 3
    market = lively(small).replace(open_carts=carts, sellers=SellerBehaviour(new_items_per_store_week=0.3))
    moved, _order = shuffled(market, 2)
    here, there = (go(world, engine, days=22) for world in (market, moved))
    assert here.market.n_listings > market.n_listings  # items came during the run
    for name in here.daily:
        if engine == "expected":
            one, two = (by_name(run, name).to_numpy(float) for run in (here, there))
            np.testing.assert_allclose(one, two, rtol=1e-9)
        else:
            pd.testing.assert_frame_equal(by_name(here, name), by_name(there, name))
    np.testing.assert_array_equal(here.by_country["orders"].round(6), there.by_country["orders"].round(6))


def test_rows_of_tastes_in_another_order(small):
    market = lively(small, taste_spread=0.5)
    moved, _order = shuffled(market, 2)
    rule = policy("conversion * rating | explore(0.1) | personal(0.5)")
    here, there = (simulate_market(world, rule, 4, "individual", 3) for world in (market, moved))
    for name in here.daily:
        pd.testing.assert_frame_equal(by_name(here, name), by_name(there, name))


def test_stores_and_columns_in_another_order(small):
    market = lively(small)
    moved = market.replace(
        stores=market.stores.iloc[::-1].reset_index(drop=True), listings=market.listings[market.listings.columns[::-1]]
    )
    here, there = go(market, "aggregate"), go(moved, "aggregate")
    for name in here.daily:
        pd.testing.assert_frame_equal(by_name(here, name), by_name(there, name))


def test_other_names_the_same_means(small):
    renamed = small.replace(listings=small.listings.assign(listing_id="x" + small.listings["listing_id"]))
    rule = policy("price * conversion * rating")
    here, there = (simulate_market(world, rule, 20, "expected") for world in (small, renamed))
    for name in here.daily:
        np.testing.assert_allclose(here.daily[name].astype(float), there.daily[name].astype(float), rtol=1e-9)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_longer_run_begins_like_a_shorter_one(engine, small):
    market = lively(small)
    short, long = (go(market, engine, days=days) for days in (10, 24))
    n = short.market.n_listings
    for name in short.daily:
        np.testing.assert_array_equal(short.daily[name], long.daily[name][:10, :n])
    assert (long.daily["orders"].sum(axis=0)[:n] >= short.daily["orders"].sum(axis=0)).all()


def test_all_dates_a_year_of_weeks_later(small):
    """52 weeks later it is the same weekday; without seasons it is the same market."""
    still = small.replace(categories=small.categories.assign(season_amplitude=0.0))
    year = pd.Timedelta(weeks=52)
    later = still.replace(
        starts_on=still.starts_on + year.to_pytimedelta(),
        listings=still.listings.assign(first_listed=still.listings["first_listed"] + year),
        stores=still.stores.assign(opened_on=still.stores["opened_on"] + year),
    )
    assert digest(go(still, "aggregate")) == digest(go(later, "aggregate"))


def test_made_up_markets_repeat_too():
    one, two, other = (make_market(12, rng=rng) for rng in (4, np.random.default_rng(4), 5))
    pd.testing.assert_frame_equal(one.listings, two.listings)
    pd.testing.assert_frame_equal(one.history, two.history)
    assert not one.listings.equals(other.listings)
