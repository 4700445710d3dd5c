"""The worlds of the comparison as markets of the library, and the neutral one as plain arrays for the others."""

import datetime as dt
from functools import cache
from pathlib import Path

import numpy as np

from crossborder.market import Market, make_market
from crossborder.market.arrays import Arrays
from crossborder.market.tastes import Tastes
from crossborder.market.view import View
from crossborder.market.world import HISTORY_MEASURES, WINDOWS_DAYS
from crossborder.ranking import policy

ALL_FEATURES = (
    "price * conversion * rating * season * boost('dispatch_72h', 1.2) * boost('free_shipping', 1.1)"
    " * medal_boost(1.1, 1.2) | explore(0.1)"
)
PERSONAL_WEIGHT, TASTE_EFFECT, TASTE_SPREAD = 0.5, 0.5, 0.7


class NeutralPolicy:
    """GMV per impression times rating, with priors: a rule that every system can state."""

    formula = "(gmv_90d + 100) / (impressions_90d + 50) * rating"
    explore_share, newcomer_days, per_store, personal_weight = 0.0, 30, 0, 0.0

    def scores(self, view: View) -> np.ndarray:
        gmv, seen = view.total("gmv_cents", 90), view.total("impressions", 90)
        return (gmv + 100.0) / (seen + 50.0) * view.rating


@cache
def _base(n: int) -> Market:
    """The first ``n`` listings of a market made up for 20,000 sessions a day, with goods that last."""
    made = make_market(n_stores=min(n // 4 + 10, 20_000), listings_per_store=5.0 if n < 50_000 else 7.0, rng=1)
    return made.replace(
        listings=made.listings.iloc[:n].assign(stock_units=2_000_000_000),
        history=made.history.iloc[:n],
        tastes=made.tastes[:n],
        starts_on=dt.date(2018, 4, 3),
    )


@cache
def full(n: int = 1000, k: int = 10, sessions: int = 1_000_000) -> Market:
    """Everything on: nine queries, three segments, delivery, tags, tastes, seasons, carts, reviews, return visits."""
    made = _base(n)
    countries = made.countries.assign(
        sessions_per_day=made.countries["sessions_per_day"] / made.sessions_per_day * sessions
    )
    made = made.replace(countries=countries)
    return made.with_law(n_slots=k, cart_share=0.3, return_visits_per_customer_day=0.001, season_effect=0.1)


@cache
def neutral(n: int = 1000, k: int = 10, sessions: int = 1_000_000) -> Market:
    """One query, no delivery, tags, tastes, seasons, carts; all that has happened before lies in the last week."""
    market = full(n, k, sessions)
    categories = market.categories.iloc[:1].assign(season_amplitude=0.0, query_share=1.0)
    name, reference = categories[["category", "reference_price_usd"]].iloc[0]
    history = market.history.copy()
    for measure in HISTORY_MEASURES:
        for days in WINDOWS_DAYS:
            history[f"{measure}_{days}"] = market.history[f"{measure}_90"]
    prices = (reference * np.exp(0.4 * np.random.default_rng(2).normal(size=n))).round(2)
    listings = market.listings.assign(category=name, tags="", price_usd=prices)
    return market.replace(
        listings=listings.assign(cost_usd=listings["price_usd"] / 2), categories=categories, history=history,
        countries=market.countries.assign(shipping_usd=0.0, payment_coverage=1.0),
    ).with_law(
        click_level=-3.3, taste_effect=0.0, delivery_effect=0.0, feed_share=0.0, cart_share=0.0, extra_unit_share=0.0,
        season_effect=0.0, return_visits_per_customer_day=0.0,
    )  # fmt: skip


@cache
def personal(n: int = 1000, k: int = 10, sessions: int = 20_000) -> Market:
    """Every shopper's own 16 tastes; all sessions browse one feed of all listings."""
    return neutral(n, k, sessions).with_law(taste_effect=TASTE_EFFECT, taste_spread=TASTE_SPREAD)


def all_features_policy():
    """Ranking fed by statistics, with boosts by tag, country and medal, and slots for newcomers."""
    return policy(ALL_FEATURES)


def personal_policy():
    """Each shopper's own page, ranked by statistics and taste."""
    return policy("price * conversion * rating | personal(0.5)")


def write_job(path: Path, n: int = 1000, k: int = 10) -> None:
    """The neutral world as rules.Job reads it."""
    market = neutral(n, k)
    law, arrays = market.law, Arrays(market)
    visits = market.countries["sessions_per_day"].to_numpy(float)
    segments = market.segments["share"].to_numpy(float)
    share = np.outer(visits / visits.sum(), segments / segments.sum()).ravel()
    np.savez(
        path, attention=law.attention, appeal=arrays.appeal, quality=arrays.quality, price_cents=arrays.price_cents,
        relative_price=arrays.utilities(np.full(n, 4.5), 0)[2][0], click_slope=arrays.click_slope.ravel(),
        order_slope=arrays.order_slope.ravel(), cell_share=share,
        click_level=law.click_level, rating_effect_click=law.rating_effect_click,
        order_level=law.order_level, rating_effect_order=law.rating_effect_order,
        reviews=market.history["reviews"].to_numpy(np.int64), stars=market.history["stars"].to_numpy(np.int64),
        panel=Tastes(Arrays(personal(n, k)))._panel, tastes=market.tastes,
        personal_weight=PERSONAL_WEIGHT, taste_effect=TASTE_EFFECT,
        **{m: market.history[f"{m}_90"].to_numpy(np.int64) for m in ("impressions", "clicks", "orders", "gmv_cents")},
    )  # fmt: skip
