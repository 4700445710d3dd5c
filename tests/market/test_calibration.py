"""A market calibrated to a log that a known law made: the law comes back, inside its intervals."""

import numpy as np
import pandas as pd
import pytest

from crossborder.errors import BoundsError
from crossborder.market import calibrate, make_market, simulate_log
from crossborder.ranking import policy

TRUTH = {"attention_steepness": 0.8, "click_level": -2.2, "click_price_elasticity": -1.4, "rating_effect_click": 0.5,
         "order_price_elasticity": -0.8, "rating_effect_order": 0.6, "conversion_at_reference": 0.25}  # fmt: skip


@pytest.fixture(scope="module")
def world():
    market = make_market(n_stores=60, rng=4, sessions_per_day=1000, quality_spread=0.5, appeal_spread=0.3)
    market = market.with_law(
        **TRUTH, taste_effect=0.0, feed_share=0.0, delivery_effect=0.0, warehouse_tag_effect=0.0, plus_tag_effect=0.0
    )
    alike = market.replace(
        segments=market.segments.assign(price_sensitivity=1.0),
        countries=market.countries.assign(price_sensitivity=1.0, shipping_usd=0.0),
    )
    return alike, simulate_log(alike, policy("chance"), sessions=12_000, days=12, rng=8)


def listings_of(market):
    reviews = market.history["reviews"].to_numpy()
    rating = np.where(reviews > 0, market.history["stars"].to_numpy() / np.maximum(reviews, 1), 4.5)
    return market.listings[["listing_id", "title", "store_id", "category"]].assign(
        price_usd=market.listings["price_usd"] * 1.0, rating=rating, rating_count=reviews
    )


def orders_of(log):
    bought = log[log["ordered"]]
    return pd.DataFrame(
        {
            "ordered_at": pd.Timestamp("2018-04-01") + pd.to_timedelta(bought["day"], unit="D"),
            "listing_id": bought["listing_id"],
        }
    )


def test_the_log_keeps_the_session_law(world):
    _market, log = world
    per_session = log.groupby("session_id")["clicked"].sum()
    assert per_session.max() == 1 and len(per_session) == 12_000
    assert (log.loc[log["ordered"], "clicked"]).all()
    assert log.groupby("session_id")["slot"].apply(lambda s: s.tolist() == list(range(len(s)))).all()


def test_the_law_comes_back(world):
    market, log = world
    found = calibrate(orders_of(log), listings_of(market), log)
    table = found.table.set_index("parameter")
    assert found.table["estimated"].all()
    for name in ("attention_steepness", "rating_effect_click", "rating_effect_order"):
        half = (table.loc[name, "high"] - table.loc[name, "low"]) / 2
        assert abs(table.loc[name, "value"] - TRUTH[name]) < 1.6 * half, name
    # The reference price is the file's median, not the hidden one, so slopes are in other units: compare per dollar.
    hidden = market.categories.set_index("category")["reference_price_usd"]
    seen = found.market.categories.set_index("category")["reference_price_usd"]
    scale = (seen / hidden).loc[market.listings["category"]].mean()
    for name in ("click_price_elasticity", "order_price_elasticity"):
        assert table.loc[name, "value"] == pytest.approx(TRUTH[name] * scale, abs=0.25), name
    assert table.loc["sessions_per_day", "value"] == pytest.approx(1000)
    assert found.market.law.attention_steepness == pytest.approx(table.loc["attention_steepness", "value"])


def test_without_impressions_only_the_crowd_is_estimated(world):
    market, log = world
    orders = orders_of(log)
    found = calibrate(orders, listings_of(market))
    assert found.table.set_index("parameter")["estimated"].to_dict()["sessions_per_day"]
    assert found.table["estimated"].sum() == 1
    double = calibrate(pd.concat([orders, orders]), listings_of(market))
    once, twice = (f.table.set_index("parameter").loc["sessions_per_day", "value"] for f in (found, double))
    assert twice == pytest.approx(2 * once)


def test_what_is_missing_is_named(world):
    market, log = world
    with pytest.raises(BoundsError, match="orders lacks the column ordered_at"):
        calibrate(pd.DataFrame({"listing_id": []}), listings_of(market))
    with pytest.raises(BoundsError, match="impressions lacks the column slot"):
        calibrate(orders_of(log), listings_of(market), log.drop(columns="slot"))
    with pytest.raises(BoundsError, match="no orders"):
        calibrate(orders_of(log).head(0), listings_of(market))
