"""What a policy sees: history with priors, dates, tags; never what is true but unseen."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from crossborder.market import GovernanceAct, simulate_market
from crossborder.market.view import PRIOR_CLICKS, PRIOR_RATING, PRIOR_REVIEWS


def test_the_rating_is_a_posterior_mean(known_market, fixed, morning):
    market = known_market(4, history={"reviews": [0, 20, 20, 10**9], "stars": [0, 100, 20, 2 * 10**9]})
    rating = morning(market, fixed(), "aggregate").view.rating
    np.testing.assert_allclose(rating[:3], [4.5, 4.75, 2.75])
    assert rating[3] == pytest.approx(2.0, abs=1e-6)
    reviews, stars = np.array([5.0, 7.0]), np.array([15.0, 28.0])
    wished = (stars + PRIOR_REVIEWS * PRIOR_RATING) / (reviews + PRIOR_REVIEWS)
    seen = morning(known_market(2, history={"reviews": reviews, "stars": stars}), fixed(), "expected").view.rating
    np.testing.assert_allclose(seen, wished)


def test_more_reviews_pull_the_rating_towards_their_mean(known_market, fixed, morning):
    n = np.array([0, 1, 5, 20, 100, 5000])
    rating = morning(known_market(6, history={"reviews": n, "stars": 3 * n}), fixed(), "aggregate").view.rating
    assert (np.diff(rating) < 0).all() and rating[0] == 4.5 and rating[-1] == pytest.approx(3.0, abs=0.01)


def test_conversion_is_a_posterior_mean_under_the_band_s_own_rate(known_market, fixed, morning):
    """All prices in one band, many clicks: the prior is the band's rate, worth 100 clicks."""
    clicks, orders = np.array([0, 100, 10_000, 30_000]), np.array([0, 0, 900, 1200])
    market = known_market(4, prices=10.0, history={"clicks_30": clicks, "orders_30": orders})
    found = morning(market, fixed(), "aggregate").view.conversion(30)
    rate = orders.sum() / clicks.sum()
    np.testing.assert_allclose(found, (orders + PRIOR_CLICKS * rate) / (clicks + PRIOR_CLICKS), rtol=1e-3)
    assert found[0] == pytest.approx(rate, rel=1e-3)


def test_a_dear_newcomer_is_judged_by_dear_listings(known_market, fixed, morning):
    clicks, orders = np.array([0, 0, 50_000, 50_000]), np.array([0, 0, 2500, 100])
    market = known_market(4, prices=[10.0, 40.0, 10.0, 40.0], history={"clicks_30": clicks, "orders_30": orders})
    conversion = morning(market, fixed(), "aggregate").view.conversion(30)
    assert conversion[0] == pytest.approx(0.05, rel=0.01) and conversion[1] == pytest.approx(0.002, rel=0.1)


def test_where_nothing_has_been_seen_everything_is_alike_and_defined(known_market, fixed, morning):
    view = morning(known_market(5), fixed(), "aggregate").view
    for values in (view.conversion(), view.click_rate(), view.rating):
        assert np.isfinite(values).all() and (values > 0).all()
    assert len(set(view.rating)) == 1


def test_days_dates_ages_and_names(known_market, fixed, morning):
    today = morning(known_market(3, ages=[0, 10, -4]), fixed(), "aggregate")
    view = today.view
    assert view.on == dt.date(2018, 4, 4) and view.n_listings == 3 and view.countries == ["RU"]
    assert view.age_days.tolist() == [0, 10, -4] and view.active.tolist() == [True, True, False]
    assert view.queries == ["things", "feed"]


def test_tags_and_free_shipping_by_country(small, fixed, morning):
    tags = ["free_shipping", "free_shipping:ES plus", *[""] * (small.n_listings - 2)]
    view = morning(small.replace(listings=small.listings.assign(tags=tags)), fixed(), "aggregate").view
    free = view.has_tag("free_shipping")
    assert free[:, 0].all() and free[:, 1].tolist() == [code == "ES" for code in view.countries]
    assert view.has_tag("plus").tolist() == [False, True] + [False] * (small.n_listings - 2)


def test_sums_of_a_store(known_market, fixed, morning):
    market = known_market(4, n_stores=2, history={"orders_90": [1, 2, 3, 4], "gmv_cents_30": [10, 20, 30, 40]})
    view = morning(market, fixed(), "aggregate").view
    assert view.store_orders.tolist() == [4, 6, 4, 6] and view.store_gmv_cents.tolist() == [40, 60, 40, 60]


def test_true_quality_and_appeal_are_not_to_be_seen(small, fixed, morning):
    """Two markets that differ only in what is true but unseen look the same on the first morning."""
    other = small.replace(listings=small.listings.assign(quality=1.0, appeal=5.0))
    views = [morning(market, fixed(), "aggregate").view for market in (small, other)]
    public = [name for name in dir(views[0]) if not name.startswith("_")]
    assert not {"quality", "appeal"} & set(public)
    for name in public:
        one, two = (getattr(view, name) for view in views)
        one, two = (
            value() if callable(value) and name in ("conversion", "click_rate") else value for value in (one, two)
        )
        if not callable(one):
            np.testing.assert_array_equal(one, two)


def test_governance_sees_the_day_that_has_passed_and_acts(small, fixed):
    """Gold for who sold most, out with who sold nothing: in force from the next day."""

    class Judge:
        seen = []

        def review(self, view):
            self.seen.append((view.day, int(view.total("orders", 7).sum())))
            if view.day != 2:
                return None
            sold = np.bincount(view.store, view.total("orders", 7), 20)
            return GovernanceAct(evicted_stores=sold == 0, medals=np.where(sold == sold.max(), 2, 0))

    class Medals:
        explore_share, newcomer_days, per_store, personal_weight, formula = 0.0, 30, 0, 0.0, "medal"
        seen = []

        def scores(self, view):
            self.seen.append(view.medal.copy())
            return np.ones(view.n_listings)

    judge, medals = Judge(), Medals()
    quiet = small.replace(history=small.history * 0)
    run = simulate_market(quiet, medals, 6, rng=2, governance=judge)
    assert [day for day, _orders in judge.seen] == list(range(6))
    assert [orders for _day, orders in judge.seen] == run.daily["orders"].sum(axis=1).cumsum().tolist()
    store = run.market.stores["store_id"].searchsorted(run.market.listings["store_id"])
    sold = np.bincount(store, run.daily["orders"][:3].sum(axis=0), 20)
    out = (sold == 0)[store]
    assert out.any() and not out.all()
    assert (run.left_day[out] == 3).all() and (run.left_day[~out] > 6).all()
    assert run.daily["impressions"][2, out].sum() > 0 == run.daily["impressions"][3:, out].sum()
    np.testing.assert_array_equal(medals.seen[2], small.stores["medal"].to_numpy()[store])
    np.testing.assert_array_equal(medals.seen[3], np.where(sold == sold.max(), 2, 0)[store])
    assert run.stores.set_index("store_id")["survived"].tolist() == (sold > 0).tolist()
    assert isinstance(run.table, pd.DataFrame) and not run.table[run.table["day"] >= 3]["listing_id"].isin(
        run.market.listings["listing_id"][out]
    ).any()  # fmt: skip
