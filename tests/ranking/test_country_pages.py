"""Pages by country: what they bring, what could be had, and what a careful platform learns."""

import numpy as np
import pytest

from crossborder.market import simulate_market
from crossborder.ranking import policy
from crossborder.ranking.country_pages import (
    RULE,
    CountryPagesScenario,
    compare_country_pages,
    country_factors,
    parted_market,
    true_factors,
)


@pytest.fixture(scope="module")
def start() -> CountryPagesScenario:
    return CountryPagesScenario(world=CountryPagesScenario().world.replace(n_stores=45), learn_days=20, days=14)


@pytest.fixture(scope="module")
def result(start):
    return compare_country_pages(start)


def test_countries_with_one_taste_need_one_page(start):
    same = compare_country_pages(start.replace(taste_gap=0.0, payment_gap_closed=0.0))
    assert same.known_lift == 0.0
    assert abs(same.lift) < 0.01
    assert same.lift == same.path_lift


def test_the_more_tastes_differ_the_more_pages_bring(start, result):
    apart = compare_country_pages(start.replace(taste_gap=2.0))
    assert apart.lift > result.lift > 0.005
    assert apart.shared_slots < compare_country_pages(start.replace(taste_gap=0.2)).shared_slots


def test_small_countries_gain_most_since_the_global_page_is_the_large_one_s(result):
    change = result.table.set_index("country")["change"]
    assert change["BR"] > change["RU"]


def test_who_is_careful_and_watches_for_a_day_reaches_little_of_what_is_to_be_had(start):
    timid = compare_country_pages(start.replace(caution=500.0, learn_days=1))
    assert timid.lift < 0.5 * timid.known_lift


def test_local_ways_to_pay_bring_orders_beyond_the_page(start, result):
    assert result.path_lift > result.lift
    brazil = result.table.set_index("country").loc["BR"]
    assert brazil["orders_path"] / brazil["orders_global"] - 1 > brazil["change"] + 0.05


def test_learned_factors_point_where_true_tastes_do(start):
    market = parted_market(start)
    watched = simulate_market(market, policy(f"{RULE} | explore(0.5, 3650)"), 30, "aggregate", rng=1)
    learned, true = country_factors(watched, 20.0), true_factors(market)
    seen = watched.country_totals["clicks"].sum(axis=0) > 300
    for c in range(len(learned)):
        assert np.corrcoef(np.log(learned[c, seen]), np.log(true[c, seen]))[0, 1] > 0.6


def test_where_all_countries_like_the_same_true_factors_are_one(start):
    market = parted_market(start)
    indifferent = true_factors(market.replace(country_tastes=np.zeros_like(market.country_tastes)))
    np.testing.assert_allclose(indifferent, 1.0, rtol=1e-12)
    np.testing.assert_array_equal(true_factors(market.replace(country_tastes=None)), np.ones_like(indifferent))


def test_what_nobody_saw_has_factor_one(start):
    market = parted_market(start)
    watched = simulate_market(market, policy(RULE), 2, "aggregate", rng=1)
    unseen = watched.country_totals["impressions"].sum(axis=0) == 0
    assert unseen.any()
    np.testing.assert_array_equal(country_factors(watched, 20.0)[:, unseen], 1.0)


def test_fronts_hold_one_page_of_each_kind_per_country(result):
    pages = result.fronts.groupby(["page", "country"]).size()
    assert len(pages) == 8 and (pages == 8).all()


def test_both_languages(result, speaks_both):
    speaks_both(result)
