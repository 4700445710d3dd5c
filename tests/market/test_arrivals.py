"""Arrivals: sessions per country, segment and query, who can pay, seasons, weekdays, festivals, return visits."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from crossborder.market import simulate_market
from crossborder.market.arrivals import Arrivals
from crossborder.market.seasons import WEEKDAY_FACTORS
from crossborder.ranking import policy


def test_means_are_the_product_of_their_parts(small):
    cells = Arrivals(small).mean(0)
    countries, segments, categories = small.countries, small.segments, small.categories
    assert cells.shape == (4, 3, 9)
    assert small.starts_on.weekday() == 6
    able = (countries["sessions_per_day"] * countries["payment_coverage"]).to_numpy() * WEEKDAY_FACTORS[6]
    feed = small.law.feed_share
    np.testing.assert_allclose(cells[:, :, -1], np.outer(able * feed, segments["share"] / segments["share"].sum()))
    still = small.replace(categories=categories.assign(season_amplitude=0.0))
    np.testing.assert_allclose(Arrivals(still).mean(0).sum(axis=(1, 2)), able)
    by_query = Arrivals(still).mean(0).sum(axis=(0, 1))[:-1]
    np.testing.assert_allclose(by_query / by_query.sum(), categories["query_share"] / categories["query_share"].sum())


def test_weekdays_and_lift(known_market):
    market = known_market(2, sessions=700)
    week = np.array([Arrivals(market, np.array([1.0, 2.5])).mean(day).sum() for day in range(7)])
    factor = WEEKDAY_FACTORS[[(market.starts_on + dt.timedelta(days=d)).weekday() for d in range(7)]]
    np.testing.assert_allclose(week, 700 * factor * [1, 2.5, 1, 1, 1, 1, 1])


def test_the_south_has_its_season_half_a_year_later(small):
    even = small.countries.assign(southern=[False, False, True, True], sessions_per_day=100.0, payment_coverage=1.0)
    market = small.replace(countries=even, starts_on=dt.date(2018, 6, 1))
    toys = market.categories["category"].tolist().index("toys")  # peaks at Christmas
    june, december = (
        Arrivals(market.replace(starts_on=day)).mean(0)[:, 0, toys]
        for day in (dt.date(2018, 6, 20), dt.date(2018, 12, 20))
    )
    assert december[0] > 1.5 * june[0] and june[2] > 1.5 * december[2]
    np.testing.assert_allclose(june[:2] / WEEKDAY_FACTORS[2], december[2:] / WEEKDAY_FACTORS[3], rtol=0.05)


def test_named_searches_take_their_share(small):
    searches = pd.DataFrame({"search": ["quick"], "tag": ["dispatch_72h"], "share": [0.25]})
    plain, named = (Arrivals(m).mean(3) for m in (small, small.replace(searches=searches)))
    np.testing.assert_allclose(named[:, :, :9], 0.75 * plain)
    assert named.shape[2] == 10


@pytest.mark.parametrize(
    ("kind", "rate"), [("customers", "return_visits_per_customer_day"), ("fans", "return_visits_per_fan_day")]
)
def test_people_come_back_to_their_store_s_category(kind, rate, small):
    """Known by heart: 50 customers of store 3 in the second country's first segment visit 0.1 times a day."""
    stock = np.zeros((12, 20), np.int64)
    stock[3, 3] = 50
    still = small.replace(**{kind: stock}).with_law(**{rate: 0.1, "new_customer_share": 0.0, "fan_share": 0.0})
    without = small.with_law(new_customer_share=0.0, fan_share=0.0)
    rule = policy("chance")
    more, plain = (simulate_market(market, rule, 1, "expected") for market in (still, without))
    extra = more.by_country["sessions"] - plain.by_country["sessions"]
    np.testing.assert_allclose(extra, [[0, 5.0, 0, 0]], atol=1e-9)
    shown = (more.country_totals["impressions"] - plain.country_totals["impressions"])[1]
    mine = small.listings[small.listings["store_id"] == small.stores["store_id"][3]]
    home = mine["category"].value_counts().sort_index()
    assert set(small.listings["category"][shown > 1e-9]) == {home.index[home.argmax()]} or len(home) > 1
    assert small.listings["category"][shown > 1e-9].nunique() == 1
    assert small.listings["category"][shown > 1e-9].iloc[0] in home[home == home.max()].index


def test_carts_customers_and_fans_are_there_from_the_start(small):
    """Nothing of this theme uses them, and still they are counted, kept and handed on."""
    run = simulate_market(small, policy("conversion"), 5)
    assert run.carts.shape == (12, small.n_listings) and run.customers.shape == run.fans.shape == (12, 20)
    assert run.carts.sum() == 0 and run.customers.sum() > run.fans.sum() >= 0
    next_ = run.market_after
    assert next_.starts_on == small.starts_on + dt.timedelta(days=5)
    np.testing.assert_array_equal(next_.customers, run.customers)
    assert simulate_market(next_, policy("conversion"), 1).customers.sum() >= run.customers.sum()


def test_nobody_comes_back_where_there_are_no_customers(small):
    with_rates = small.with_law(return_visits_per_customer_day=0.2, return_visits_per_fan_day=1.0)
    first_days = [
        simulate_market(market, policy("chance"), 1, rng=1).by_country["sessions"] for market in (small, with_rates)
    ]
    np.testing.assert_array_equal(*first_days)
