import numpy as np
import pandas as pd
import pytest

from crossborder.errors import BoundsError
from crossborder.market import from_listings, simulate_market
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


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda t: t.drop(columns="price_usd"), "price_usd"),
        (lambda t: t.assign(price_usd=0.0), "No listing with a price above 0"),
    ],
)
def test_a_table_that_makes_no_market_says_so(listings, change, says):
    with pytest.raises(BoundsError, match=says):
        from_listings(change(listings))
