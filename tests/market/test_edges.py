"""Numbers at the edges: one listing, one slot, nobody comes, no stock, price no matter, hundreds of millions."""

import time

import numpy as np
import pandas as pd
import pytest

from crossborder.market import make_market, simulate_market
from crossborder.ranking import policy

ENGINES = ("expected", "aggregate", "individual")
RULE = policy("price * conversion * rating | explore(0.05)")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("slots", [1, 60])
def test_one_listing(engine, slots, known_market):
    run = simulate_market(known_market(1, n_slots=slots), RULE, 9, engine, respond=True)
    np.testing.assert_allclose(run.daily["impressions"][:, 0], run.platform["sessions"])
    assert 0 < run.daily["clicks"].sum() < run.daily["impressions"].sum()


@pytest.mark.parametrize("engine", ENGINES)
def test_one_slot(engine, known_market, fixed):
    run = simulate_market(known_market(5, n_slots=1), fixed([1, 2, 9, 4, 5]), 2, engine)
    assert run.daily["impressions"][:, [0, 1, 3, 4]].sum() == 0
    np.testing.assert_allclose(run.daily["impressions"][:, 2], run.platform["sessions"])


@pytest.mark.parametrize("engine", ENGINES)
def test_a_country_from_which_nobody_comes(engine, small):
    quiet = small.replace(countries=small.countries.assign(sessions_per_day=[0.0, 500.0, 0.0, 300.0]))
    run = simulate_market(quiet, RULE, 5, engine)
    assert run.by_country["sessions"][:, [0, 2]].sum() == 0 < run.by_country["sessions"].sum()
    assert np.isfinite(run.platform.to_numpy(float)).all()


@pytest.mark.parametrize("engine", ENGINES)
def test_nobody_at_all(engine, small):
    empty = small.replace(countries=small.countries.assign(sessions_per_day=0.0))
    run = simulate_market(empty, RULE, 30, engine, respond=True)
    assert run.platform[["sessions", "impressions", "orders", "gmv_usd", "buyer_surplus_usd"]].to_numpy().sum() == 0
    assert "0 sessions" in run.text


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_in_stock(engine, small):
    empty = small.replace(listings=small.listings.assign(stock_units=0))
    run = simulate_market(empty, RULE, 3, engine)
    assert run.platform["sessions"].sum() > 0 == run.platform["impressions"].sum() == run.platform["orders"].sum()
    assert run.table.empty


@pytest.mark.parametrize("engine", ENGINES)
def test_the_last_pieces_are_sold_once(engine, known_market, fixed):
    market = known_market(
        3, sessions=3000, conversion_at_reference=0.4, click_level=0.0, listings={"stock_units": [3, 0, 1]}
    )
    run = simulate_market(market, fixed([3, 2, 1]), 4, engine)
    np.testing.assert_allclose(run.daily["units"].sum(axis=0), [3, 0, 1])
    assert run.daily["impressions"][1:, 0].sum() == 0 and run.daily["cancelled"].sum() > 0


@pytest.mark.parametrize("engine", ENGINES)
def test_where_price_does_not_matter_there_is_no_surplus_in_dollars(engine, known_market):
    run = simulate_market(known_market(4, order_price_elasticity=0.0), RULE, 2, engine)
    assert np.isnan(run.platform["buyer_surplus_usd"]).all() and run.platform["orders"].sum() > 0
    assert "nan" not in run.text.lower()
    assert np.isfinite(
        simulate_market(known_market(4, click_price_elasticity=0.0), RULE, 2, engine).platform.to_numpy(float)
    ).all()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("price", [0.001, 0.01, 1e9])
def test_prices_at_the_ends(engine, price, known_market):
    run = simulate_market(known_market(3, prices=[10.0, price, 12.0]), RULE, 15, engine, respond=True)
    assert run.daily["price_cents"].min() >= 1
    assert np.isfinite(run.listings[["orders", "gmv_usd", "profit_usd"]].to_numpy(float)).all()


@pytest.mark.parametrize("engine", ENGINES)
def test_certain_and_impossible_chances(engine, known_market):
    market = known_market(
        3, cart_share=1.0, cart_return_rate=1.0, cart_drop_rate=1.0, extra_unit_share=1.0, review_share=1.0,
        new_customer_share=1.0, fan_share=0.0, click_level=0.0, conversion_at_reference=0.5,
    )  # fmt: skip
    run = simulate_market(market, RULE, 5, engine)
    d = run.daily
    np.testing.assert_allclose(d["units"], 2 * d["orders"])
    np.testing.assert_allclose(d["reviews"], d["orders"])
    np.testing.assert_allclose(d["orders"][1:], d["carts"][:-1])  # each cart of a day is ordered the next day
    assert run.fans.sum() == 0
    assert run.customers.sum() == pytest.approx(d["orders"].sum()) and d["orders"].sum() > 0


def test_three_hundred_million_sessions_a_day_are_counted_exactly_and_fast():
    market = make_market(40, rng=2, sessions_per_day=300_000_000)
    simulate_market(market, RULE, 1)
    start = time.process_time()
    run = simulate_market(market, RULE, 10, respond=True)
    seconds = time.process_time() - start
    d = run.daily
    assert run.platform["sessions"].min() > 2e8
    assert d["impressions"].dtype == np.int64 and d["impressions"].sum() > 2**33
    full = d["impressions"].sum(axis=1) / run.platform["sessions"]
    assert (full <= market.law.n_slots).all() and (full > 1).all()
    np.testing.assert_array_equal(d["gmv_cents"], d["units"] * d["price_cents"])
    assert d["gmv_cents"].sum() > 2**32 and (d["gmv_cents"] >= 0).all()
    assert (d["clicks"] <= d["impressions"]).all()
    assert seconds < 5 * 0.5


def test_luck_vanishes_in_a_huge_crowd():
    """At 300 million sessions the draws stand within a few parts in ten thousand of their means on the first day.

    Without newcomers' slots: who of them begins is one draw a page and a day, however many sessions there are.
    """
    market = make_market(40, rng=2, sessions_per_day=300_000_000)
    runs = (simulate_market(market, policy("price * rating"), 1, engine) for engine in ("aggregate", "expected"))
    drawn, mean = (run.platform.iloc[0] for run in runs)
    for name in ("sessions", "impressions", "clicks", "orders"):
        assert drawn[name] == pytest.approx(mean[name], rel=1e-3), name


def test_a_market_of_three_stores_is_the_smallest_made_up():
    market = make_market(3, listings_per_store=1.0)
    assert market.n_listings == 3
    assert simulate_market(market, RULE, 2).platform["sessions"].sum() > 0


def test_a_category_without_listings_shows_empty_pages(known_market, fixed):
    market = known_market(3)
    two = pd.concat([market.categories, market.categories.assign(category="nothing here")], ignore_index=True)
    run = simulate_market(market.replace(categories=two), fixed(), 3, "aggregate")
    assert run.daily["impressions"].sum() < 3 * run.platform["sessions"].sum() * 0.7
