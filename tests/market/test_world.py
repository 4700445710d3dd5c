"""The market's tables: what may be in them, and sentences for what may not."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from crossborder.errors import BoundsError
from crossborder.i18n import in_language
from crossborder.market import Market, SessionLaw, make_market
from crossborder.market.world import HISTORY_MEASURES, WINDOWS_DAYS, empty_history, has_tag


def test_a_world_is_frozen_and_replace_makes_another(small):
    with pytest.raises(dataclasses.FrozenInstanceError):
        small.law = SessionLaw()  # type: ignore[misc]
    other = small.with_law(n_slots=3)
    assert (other.law.n_slots, small.law.n_slots) == (3, 20)
    assert other.listings is small.listings


def test_a_market_has_tables_of_its_own(small):
    """What happens to the caller's tables afterwards does not reach it, and nothing goes back the other way."""
    given = {name: getattr(small, name).copy() for name in ("listings", "stores", "countries", "history")}
    market = small.replace(**given)
    price, medal = given["listings"].loc[0, "price_usd"], given["stores"].loc[0, "medal"]
    given["listings"].loc[0, "price_usd"] = -5.0
    given["stores"].loc[0, "medal"] = 9
    given["countries"]["sessions_per_day"] = -1.0
    given["history"].loc[0, "reviews"] = -1
    assert market.listings.loc[0, "price_usd"] == price and market.stores.loc[0, "medal"] == medal
    assert market.sessions_per_day == small.sessions_per_day and (market.history["reviews"] >= 0).all()
    another = market.replace(observed=True)
    another.listings.loc[0, "price_usd"] = 99.0
    assert market.listings.loc[0, "price_usd"] == price


def test_a_market_is_one_line(small):
    assert repr(small) == f"<Market: 20 stores, {small.n_listings} listings, 8 categories, 4 countries; made up>"
    with in_language("zh"):
        assert repr(small.replace(observed=True)).endswith("4 个国家；来自你的商品表>")


def test_a_market_knows_its_tags(known_market):
    assert known_market(3).tags == []
    market = known_market(3, listings={"tags": ["zebra plus", "plus free_shipping:ES", "apple"]})
    assert market.tags == ["free_shipping:ES", "plus", "apple", "zebra"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"listing": 1}, "listing is not a part of a market. Known: listings, stores, categories, "),
        ({"n_slots": 5}, "n_slots belongs to how buyers choose: write market.with_law(n_slots=...)."),
        ({"listings": [1]}, "listings must be a table (a pandas DataFrame), not list."),
        ({"history": None}, "history must be a table (a pandas DataFrame), not NoneType."),
    ],
)
def test_replace_names_what_there_is(change, said, small):
    with pytest.raises(BoundsError) as problem:
        small.replace(**change)
    assert said in str(problem.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: {"listings": m.listings.drop(columns="appeal")}, "listings lacks the column appeal"),
        (lambda m: {"stores": m.stores.iloc[:0]}, "stores has no rows"),
        (lambda m: {"listings": m.listings.assign(listing_id="same")}, "listing_id 'same' stands twice"),
        (lambda m: {"countries": m.countries.assign(country="RU")}, "country 'RU' stands twice"),
        (
            lambda m: {"listings": m.listings.assign(store_id="nobody")},
            "store_id 'nobody', which has no row of its own",
        ),
        (lambda m: {"listings": m.listings.assign(category="none")}, "category 'none', which has no row of its own"),
        (lambda m: {"history": m.history.iloc[1:]}, "history and tastes need one row for each of the"),
        (lambda m: {"tastes": m.tastes[:, :3]}, "history and tastes need one row for each of the"),
        (lambda m: {"listings": m.listings.assign(price_usd=0.0)}, "price_usd must be above 0"),
        (lambda m: {"listings": m.listings.assign(price_usd=np.nan)}, "price_usd must be above 0"),
        (
            lambda m: {"listings": m.listings.assign(quality=np.nan)},
            "quality must be a number in every row; row 0 has nan",
        ),
        (lambda m: {"listings": m.listings.assign(stock_units=-1)}, "stock_units must be a number of at least 0"),
        (lambda m: {"listings": m.listings.assign(cost_usd=np.inf)}, "cost_usd must be a number of at least 0"),
        (lambda m: {"listings": m.listings.assign(first_listed=pd.NaT)}, "first_listed must be a date"),
        (
            lambda m: {"countries": m.countries.assign(sessions_per_day=-5.0)},
            "sessions_per_day must be a number of at least 0",
        ),
        (
            lambda m: {"categories": m.categories.assign(reference_price_usd=np.nan)},
            "reference_price_usd must be a number",
        ),
        (lambda m: {"open_carts": np.zeros((1, 1))}, "open_carts must hold counts of at least 0 in 12 rows"),
        (lambda m: {"customers": -np.ones((12, len(m.stores)))}, "customers must hold counts of at least 0"),
        (lambda m: {"fans": np.zeros((12, 3))}, "fans must hold counts of at least 0"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(change, said, small):
    with pytest.raises(BoundsError) as problem:
        small.replace(**change(small))
    assert said in str(problem.value)


def test_nobody_has_seen_a_listing_without_history():
    empty = empty_history(3)
    assert len(empty) == 3 and empty.to_numpy().sum() == 0
    assert len(empty.columns) == 2 + len(WINDOWS_DAYS) * len(HISTORY_MEASURES)


def test_a_tag_is_a_whole_word():
    tags = pd.Series(["plus", "a plus b", "plusminus", "", "free_shipping:ES free_shipping"])
    assert has_tag(tags, "plus").tolist() == [True, True, False, False, False]
    assert has_tag(tags, "free_shipping").tolist() == [False] * 4 + [True]


def test_a_made_up_market_says_that_it_is_made_up(small):
    assert not small.observed and small.assumed
    assert small.sessions_per_day == pytest.approx(3000)
    assert isinstance(small, Market)


def test_made_up_numbers_are_plausible():
    market = make_market(300, rng=3)
    listings, history = market.listings, market.history
    assert market.n_listings == pytest.approx(300 * 5, rel=0.1)
    assert (listings["cost_usd"] < listings["price_usd"]).mean() > 0.99
    assert listings["quality"].between(1, 5).all() and listings["price_usd"].min() >= 0.5
    for window in WINDOWS_DAYS:
        assert (history[f"clicks_{window}"] <= history[f"impressions_{window}"]).all()
        assert (history[f"orders_{window}"] <= history[f"clicks_{window}"]).all()
    for name in HISTORY_MEASURES:
        assert (history[f"{name}_7"] <= history[f"{name}_30"]).all() and (
            history[f"{name}_30"] <= history[f"{name}_90"]
        ).all()
    assert (history["stars"] >= history["reviews"]).all() and (history["stars"] <= 5 * history["reviews"]).all()
    opened = listings["store_id"].map(market.stores.set_index("store_id")["opened_on"])
    assert (listings["first_listed"] >= opened).all()
    assert market.categories["commission_rate"].isin([0.15, 0.05]).all()
    young = (pd.Timestamp(market.starts_on) - market.stores["opened_on"]).dt.days < 90
    assert young.mean() == pytest.approx(0.15, abs=0.06)
