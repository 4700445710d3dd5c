"""The first page: the one that the market shows."""

import numpy as np
import pytest

from crossborder.errors import BoundsError
from crossborder.market import make_market, simulate_market
from crossborder.ranking import policy
from crossborder.ranking.shelf import first_page


@pytest.fixture(scope="module")
def market():
    return make_market(25, rng=4)


@pytest.mark.parametrize("formula", ["conversion * rating", "price * conversion * rating | per_store(2)"])
def test_the_feed_is_what_a_day_of_the_market_shows(market, formula):
    page = first_page(market, policy(formula), "FR")
    only_feed = market.with_law(feed_share=1.0)
    shown = simulate_market(only_feed, policy(formula), 1, "aggregate").country_totals["impressions"][2] > 0
    assert set(page["listing_id"]) == set(market.listings["listing_id"][shown])
    assert page["slot"].tolist() == list(range(market.law.n_slots))


def test_the_best_score_stands_first(market):
    page = first_page(market, policy("price"), "RU")
    assert (np.diff(page["price_usd"]) <= 0).all()
    assert page["price_usd"].iloc[0] == market.listings["price_usd"].max()


def test_a_category_page_holds_its_category(market):
    assert set(first_page(market, policy("price"), "BR", "toys")["category"]) == {"toys"}


def test_a_stage_has_its_slots(market):
    class Third:
        slots = (2,)

        def choose(self, view, country, query):
            return (5,)

    page = first_page(market, policy("price"), "RU", stages=[Third()])
    assert page["listing_id"].tolist().index(market.listings["listing_id"].iloc[5]) == 2


def test_a_personal_page_depends_on_the_segment(market):
    rule = policy("conversion * rating | personal(3)")
    pages = [first_page(market, rule, "RU", segment=s)["listing_id"].tolist() for s in market.segments["segment"]]
    assert pages[0] != pages[1] != pages[2]


@pytest.mark.parametrize(("country", "query"), [("XX", "feed"), ("RU", "nothing")])
def test_an_unknown_place_is_named(market, country, query):
    with pytest.raises(BoundsError, match="must be one of"):
        first_page(market, policy("price"), country, query)
