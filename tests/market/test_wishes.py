"""Named searches, tastes of countries and seasons inside a page: what they change, and that they are off by default."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from crossborder.errors import BoundsError
from crossborder.market import make_market, simulate_market
from crossborder.market.world import N_TASTES
from crossborder.ranking import conversion_times_rating, policy

DAYS = 5


@pytest.fixture(scope="module")
def world():
    market = make_market(n_stores=25, rng=2, sessions_per_day=5_000)
    tags = market.listings["tags"].where(np.arange(market.n_listings) % 10 != 0, market.listings["tags"] + " tenth")
    return market.replace(listings=market.listings.assign(tags=tags))


def named(share):
    return pd.DataFrame({"search": ["every tenth"], "tag": ["tenth"], "share": [share]})


def run(market, engine="expected", rule="conversion * rating", **settings):
    return simulate_market(market, policy(rule), DAYS, engine, rng=1, **settings)


def test_a_search_that_nobody_makes_changes_nothing(world):
    plain, searched = run(world), run(world.replace(searches=named(0.0)))
    np.testing.assert_array_equal(plain.daily["orders"], searched.daily["orders"])


@pytest.mark.parametrize("engine", ["expected", "aggregate", "individual"])
def test_a_named_search_shows_only_what_carries_its_tag(world, engine):
    found = run(world.replace(searches=named(1.0)), engine)
    carries = np.arange(world.n_listings) % 10 == 0
    assert found.daily["impressions"][:, ~carries].sum() == 0
    assert found.daily["impressions"][:, carries].sum() > 0


def test_a_search_takes_its_share_of_the_sessions_and_no_more(world):
    plain, searched = run(world), run(world.replace(searches=named(0.25)))
    totals = [r.by_country["sessions"].sum() for r in (plain, searched)]
    assert totals[0] == pytest.approx(totals[1], rel=0.05)  # the categories' seasons do not reach a named search


def test_a_stage_reads_which_search_a_page_answers(world):
    class Pin:
        slots = (0,)

        def choose(self, view, country, query):
            return (3,) if view.queries[query] == "every tenth" else (-1,)

    pinned = run(world.replace(searches=named(0.25)), stages=[Pin()])
    plain = run(world.replace(searches=named(0.25)))
    assert pinned.daily["impressions"][:, 3].sum() > plain.daily["impressions"][:, 3].sum()


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_shares_of_searches_are_shares(world, share):
    with pytest.raises(BoundsError, match="shares of searches"):
        world.replace(searches=named(share))


def test_no_taste_of_a_country_changes_nothing_and_a_taste_moves_its_clicks(world):
    plain = run(world)
    none = run(world.replace(country_tastes=np.zeros((len(world.countries), N_TASTES))))
    np.testing.assert_array_equal(plain.daily["clicks"], none.daily["clicks"])
    tastes = np.zeros((len(world.countries), N_TASTES))
    tastes[0] = 4.0 * world.tastes[7]
    liked = run(world.replace(country_tastes=tastes), rule="chance")
    rate = liked.country_totals["clicks"][:, 7] / liked.country_totals["impressions"][:, 7]
    usual = run(world, rule="chance")
    before = usual.country_totals["clicks"][:, 7] / usual.country_totals["impressions"][:, 7]
    assert rate[0] > 1.5 * before[0]
    np.testing.assert_allclose(rate[1:], before[1:], rtol=1e-2)  # only through reviews


def test_country_tastes_need_a_row_for_each_country(world):
    with pytest.raises(BoundsError, match="country_tastes"):
        world.replace(country_tastes=np.zeros((1, N_TASTES)))


def test_the_season_moves_clicks_between_categories_of_one_page(world):
    january = world.replace(starts_on=dt.date(2018, 1, 10)).with_law(feed_share=1.0)
    category = pd.Index(world.categories["category"]).get_indexer(world.listings["category"])
    with_season = run(january.with_law(season_effect=1.0), rule="chance")
    without = run(january, rule="chance")
    sports = list(world.categories["category"]).index(
        "sports_outdoor"
    )  # peaks in June, in December south of the equator
    north, south = 0, list(world.countries["country"]).index("BR")
    clicks = [run_.country_totals["clicks"][:, category == sports].sum(axis=1) for run_ in (without, with_season)]
    change = clicks[1] / clicks[0]
    assert change[north] < 0.9 < 1.1 < change[south]


def test_country_totals_are_the_daily_counts_by_country(world):
    counted = simulate_market(world, conversion_times_rating(), DAYS, "aggregate", rng=3)
    for name in ("impressions", "clicks", "orders"):
        np.testing.assert_array_equal(counted.country_totals[name].sum(axis=0), counted.daily[name].sum(axis=0))
    np.testing.assert_array_equal(
        counted.country_totals["clicks"].sum(axis=1), counted.by_country["clicks"].sum(axis=0)
    )


def test_a_run_goes_on_where_another_ended(world):
    """Ten days at once and twice five days: the same means, but for windows that forget daily instead of evenly."""
    whole = simulate_market(world, policy("conversion * rating"), 10, "expected", rng=1)
    first = simulate_market(world, policy("conversion * rating"), 5, "expected", rng=1)
    second = simulate_market(first.market_after, policy("conversion * rating"), 5, "expected", rng=1)
    assert first.market_after.starts_on == world.starts_on + dt.timedelta(days=5)
    assert second.platform["orders"].to_numpy() == pytest.approx(whole.platform["orders"].to_numpy()[5:], rel=0.03)
    np.testing.assert_allclose(second.history["orders_90"], whole.history["orders_90"], rtol=0.02, atol=0.5)


def test_who_gave_up_has_nothing_to_sell_afterwards(world):
    unsold = world.replace(countries=world.countries.assign(sessions_per_day=1.0), history=world.history * 0)
    over = simulate_market(unsold, policy("chance"), 120, "expected", rng=1, respond=True)
    gone = over.left_day <= over.days
    assert gone.any()
    assert (over.market_after.listings["stock_units"].to_numpy()[gone] == 0).all()


def test_a_market_of_categories_and_countries_of_your_own(world):
    kinds = world.categories.head(2).assign(category=["kites", "lamps"], reference_price_usd=[5.0, 50.0])
    lands = world.countries.tail(1)
    made = make_market(12, rng=1, categories=kinds, countries=lands)
    assert set(made.listings["category"]) <= {"kites", "lamps"}
    medians = made.listings.groupby("category")["price_usd"].median()
    assert medians["lamps"] > 4 * medians["kites"]
    assert simulate_market(made, conversion_times_rating(), 2).by_country["sessions"].shape == (2, 1)
