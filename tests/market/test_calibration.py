"""A market calibrated to a log that a known law made: the law comes back, inside its intervals."""

import numpy as np
import pandas as pd
import pytest

from crossborder.errors import BoundsError, FormulaError
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
    with pytest.raises(BoundsError, match=r"no orders to calibrate to\.$"):
        calibrate(orders_of(log).head(0), listings_of(market))
    with pytest.raises(BoundsError, match=r"no orders to calibrate to\. Orders left out because ordered_at"):
        calibrate(orders_of(log).assign(ordered_at="soon"), listings_of(market))
    with pytest.raises(BoundsError, match="listings must be a table"):
        calibrate(orders_of(log), None)


@pytest.mark.filterwarnings("error")
def test_faulty_rows_are_left_out_and_counted(world):
    market, log = world
    log, orders = log[log["session_id"] < 3000].astype({"session_id": float}), orders_of(log).reset_index(drop=True)
    whole = calibrate(orders, listings_of(market), log)
    bad = log.assign(slot=log["slot"].where(log["session_id"] != 7, -1))
    orders.loc[0, "listing_id"] = "nobody's"
    found = calibrate(orders, listings_of(market), bad)
    assert whole.left_out == () and [said.split(":")[0] for said in found.left_out] == [
        "Orders left out because their listing_id is not among the listings",
        "Sessions left out",
    ]
    assert found.n_orders == whole.n_orders - 1 and found.n_sessions == whole.n_sessions
    assert not any("sessions a day" in said for said in found.market.assumed)


def test_days_without_orders_are_days(world):
    market, _log = world
    days = pd.to_datetime(["2018-04-01", "2018-04-01", "2018-04-04", "2018-04-04"])
    ids = market.listings["listing_id"].head(4)
    gap, dense = (
        calibrate(pd.DataFrame({"ordered_at": on, "listing_id": ids}), listings_of(market)).market.sessions_per_day
        for on in (days, days.where(days < "2018-04-02", pd.Timestamp("2018-04-02")))
    )
    assert gap == pytest.approx(dense / 2)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"rating": 4.5}, "rating is the same in every impression"),
        ({"slot": 0}, "two listings stand in one slot"),
        ({"clicked": False, "ordered": False}, "No impression was clicked"),
        ({"ordered": False}, "Only 0 clicks led to an order"),
        ({"ordered": lambda log: log["clicked"]}, "Every click led to an order"),
    ],
)
def test_a_log_that_tells_nothing_says_so(world, change, says):
    market, log = world
    log = log[log["session_id"] < 2000]
    with pytest.raises(BoundsError, match=says):
        calibrate(orders_of(log), listings_of(market), log.assign(**change))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"sessions": 0}, "sessions must be a whole number of at least 1; got 0"),
        ({"sessions": -1}, "sessions must be"),
        ({"sessions": 1.5}, "got 1.5"),
        ({"days": 0}, "days must be a whole number of at least 1"),
        ({"days": True}, "got True"),
        ({"policy": "conversion*rating"}, r"Write xb\.ranking\.policy\('conversion\*rating'\)"),
        ({"market": None}, "market must be a Market; got NoneType"),
    ],
)
def test_a_log_of_nothing_is_refused(world, asked, says):
    market, _log = world
    with pytest.raises((BoundsError, FormulaError), match=says):
        simulate_log(**({"market": market, "policy": policy("chance")} | asked))


def test_a_market_with_nothing_on_sale_makes_no_log(world):
    market, _log = world
    with pytest.raises(BoundsError, match="No listing is on sale"):
        simulate_log(market.replace(listings=market.listings.assign(stock_units=0)), policy("chance"), sessions=10)
