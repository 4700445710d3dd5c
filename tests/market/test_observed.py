import numpy as np
import pandas as pd
import pytest

from crossborder.data import read_listings
from crossborder.errors import BoundsError
from crossborder.i18n import _, in_language
from crossborder.market import ObservedScenario, from_listings, simulate_market
from crossborder.ranking import compare_policies, conversion_times_rating


@pytest.fixture(scope="module")
def listings():
    random = np.random.default_rng(3)
    n = 120
    words = ["red dress", "blue dress", "summer shirt", "cotton shirt"]
    return pd.DataFrame(
        {
            "listing_id": [f"{k:019d}" for k in range(n)],
            "title": random.choice(words, n),
            "price_usd": np.round(np.exp(random.normal(2.2, 0.4, n)), 2),
            "rating": np.where(random.random(n) < 0.2, np.nan, np.clip(random.normal(4.2, 0.4, n), 1, 5)),
            "rating_count": random.integers(0, 500, n),
            "units_sold": random.choice([0, 10, 100, 1000], n),
            "category": random.choice(["dresses", "phone cases"], n),
            "store_name": random.choice(["a", "b", "c"], n),
        }
    )


def test_what_the_file_says_is_kept(listings):
    market = from_listings(listings)
    assert market.observed and market.n_listings == len(listings)
    assert market.listings["price_usd"].tolist() == listings["price_usd"].tolist()
    assert set(market.stores["store_id"]) == {"a", "b", "c"}
    assert market.history["reviews"].tolist() == listings["rating_count"].tolist()
    rates = market.categories.set_index("category")["commission_rate"]
    assert rates["phone cases"] == 0.05 and rates["dresses"] == 0.15


def test_what_the_file_does_not_say_is_said_to_be_assumed(listings):
    sparse = from_listings(listings[["listing_id", "title", "price_usd"]])
    said = " ".join(sparse.assumed)
    for gap in ("category", "store", "rating", "units sold", "dates", "Cost", "Sessions"):
        assert gap in said
    assert not any("names none" in sentence for sentence in from_listings(listings).assumed)


def test_buyers_search_by_words_of_the_titles(listings):
    market = from_listings(listings)
    assert {"dress", "shirt"} <= set(market.searches["search"])
    assert market.searches["share"].sum() == pytest.approx(0.8)
    dress = market.listings["tags"].str.contains("search:dress", regex=False)
    assert (dress == listings["title"].str.contains("dress")).all()


def test_the_history_repeats_the_units_sold(listings):
    history = from_listings(listings, days_of_sales=90).history
    assert history["orders_90"].tolist() == listings["units_sold"].tolist()
    assert (history["clicks_90"] >= history["orders_90"]).all() and (
        history["impressions_90"] >= history["clicks_90"]
    ).all()


def test_a_listing_that_sold_more_at_the_same_price_has_more_appeal(listings):
    twins = listings.assign(
        price_usd=10.0, rating=4.5, category="x", units_sold=np.where(listings.index < 60, 1000, 10)
    )
    appeal = from_listings(twins).listings["appeal"]
    assert appeal[:60].min() > appeal[60:].max()


def test_it_runs_and_compares(listings):
    market = from_listings(listings, sessions_per_day=2000)
    assert market.sessions_per_day == pytest.approx(2000)
    run = simulate_market(market, conversion_times_rating(), days=7)
    assert run.platform["orders"].sum() > 0
    changed = compare_policies(market, "conversion * rating", "gmv_30d * rating", days=7, worlds=2)
    assert changed.observed and changed.row("gmv_usd")["old"] > 0


def test_rows_in_another_order_give_the_same_world(listings):
    runs = [
        simulate_market(from_listings(table), conversion_times_rating(), days=5).listings.set_index("listing_id")[
            "orders"
        ]
        for table in (listings, listings.sample(frac=1, random_state=1))
    ]
    pd.testing.assert_series_equal(runs[0].sort_index(), runs[1].sort_index())


@pytest.mark.parametrize("days_of_sales", [30, 180])
def test_the_first_day_sells_what_the_listings_sold_a_day(listings, days_of_sales):
    market = from_listings(listings, days_of_sales=days_of_sales)
    sold = listings["units_sold"].sum() / days_of_sales
    first = simulate_market(market, conversion_times_rating(), days=1, engine="expected").platform["orders"][0]
    assert first == pytest.approx(sold, rel=1e-6)
    drawn = simulate_market(market, conversion_times_rating(), days=1, rng=1).platform["orders"][0]
    assert drawn == pytest.approx(sold, abs=5 * np.sqrt(sold) + 1)
    (said,) = [sentence for sentence in market.assumed if "sessions a day" in sentence]
    assert f"{sold:,.0f} orders a day" in said and f"{market.sessions_per_day:,.0f} sessions a day" in said
    with in_language("zh"):
        assert f"日均 {sold:,.0f} 单" in _(said)


def test_sessions_that_are_given_count_and_are_held_against_the_sales(listings):
    market = from_listings(listings, ObservedScenario(sessions_per_day=500))
    assert market.sessions_per_day == pytest.approx(500) and "500 a day, as given" in market.assumed[-1]
    first = simulate_market(market, conversion_times_rating(), days=1, engine="expected").platform["orders"][0]
    assert f" {first:.2g} orders are expected" in market.assumed[-1] or f" {first:.0f} orders" in market.assumed[-1]


def test_without_units_sold_sessions_are_assumed_and_said(listings):
    for table in (listings.drop(columns="units_sold"), listings.assign(units_sold=0)):
        market = from_listings(table)
        assert market.sessions_per_day == pytest.approx(20_000)
        assert market.assumed[-1].startswith("Sessions are assumed to be 20,000 a day")


def test_sales_that_no_market_can_make_stop_at_the_most_there_is(listings):
    market = from_listings(listings.assign(units_sold=10**9), days_of_sales=7)
    assert market.sessions_per_day == pytest.approx(300_000_000) and "the most a market may have" in market.assumed[-1]
    assert (market.history.to_numpy() >= 0).all()


def test_what_was_read_of_a_file_is_taken_as_it_is():
    read = read_listings(b"id,title,price,rating,units sold\n1,Lamp,US $3.50,4.5,900\n2,Cup,US $4,4.1,90\n")
    assert from_listings(read).listings["title"].tolist() == ["Lamp", "Cup"]


def test_good_rows_are_kept_and_bad_ones_counted_by_reason(listings):
    bad = listings.head(6).assign(
        listing_id=["a", "b", "c", "d", "e", listings["listing_id"][7]],
        price_usd=[0.0, 3, 3, np.nan, 3, 3],
        rating=[4, 9.0, 4, 4, 4, 4],
        units_sold=[1, 1, -5, 1, np.inf, 1],
    )
    market = from_listings(pd.concat([listings, bad], ignore_index=True))
    assert market.listings["listing_id"].tolist() == listings["listing_id"].tolist()
    said = [sentence for sentence in market.assumed if "left out" in sentence]
    assert [sentence.split(", because ")[0][-8:] for sentence in said] == [
        "2 of 126",
        "1 of 126",
        "2 of 126",
        "1 of 126",
    ]
    with in_language("zh"):
        assert _(said[0]).startswith("商品表中有 2 行未采用（共 126 行），原因：price_usd")


def test_a_rating_of_zero_is_none(listings):
    table = listings.assign(rating=[0.0, *[4.0] * (len(listings) - 1)])
    market = from_listings(table)
    assert market.n_listings == len(table) and market.listings["quality"][0] == 4.5


def test_days_with_a_time_zone_are_days(listings):
    dated = listings.assign(first_listed=pd.Timestamp("2019-05-01", tz="Asia/Shanghai"))
    assert simulate_market(from_listings(dated), conversion_times_rating(), days=1).platform["orders"].sum() > 0


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda t: t.drop(columns="price_usd"), "lack the column price_usd"),
        (lambda t: t.assign(price_usd=0.0), "No listing is left to make a market of.*120 of 120, because price_usd"),
        (lambda t: t.head(0), "No listing is left to make a market of. It has no rows"),
        (lambda t: pd.concat([t, t["rating"]], axis=1), "have the column rating twice"),
        (lambda t: None, "listings must be a table .* got None. Read a file with read_listings"),
        (lambda t: "prices.csv", "got 'prices.csv'"),
    ],
)
def test_a_table_that_makes_no_market_says_so(listings, change, says):
    with pytest.raises(BoundsError, match=says):
        from_listings(change(listings))


def test_a_scenario_of_another_kind_is_refused(listings):
    with pytest.raises(BoundsError, match="scenario must be a ObservedScenario; got a dict"):
        from_listings(listings, {"click_rate": 0.1})
