"""What a run leaves behind: tables that agree, one sentence in two languages, an origin, JSON."""

import json

import numpy as np
import pandas as pd
import pytest

from crossborder.i18n import in_language
from crossborder.market import MarketRun, simulate_market
from crossborder.origin import OriginKind
from crossborder.ranking import policy


@pytest.fixture(scope="module")
def run(small):
    return simulate_market(small, policy("price * conversion * rating"), 6, rng=4, replicate=2)


def test_the_daily_table_has_what_others_rely_on(run, small):
    wanted = ["day", "listing_id", "store_id", "impressions", "clicks", "orders", "gmv_usd"]
    assert set(wanted) <= set(run.table.columns)
    assert len(run.table) == 6 * small.n_listings
    assert not run.table[["day", "listing_id"]].duplicated().any()
    assert run.table["day"].tolist() == np.repeat(np.arange(6), small.n_listings).tolist()


def test_totals_by_listing_store_and_day(run, small):
    by_listing = run.table.groupby("listing_id", sort=False)["orders"].sum()
    assert by_listing.tolist() == run.listings["orders"].tolist()
    assert run.stores["store_id"].tolist() == small.stores["store_id"].tolist()
    assert run.table.groupby("day")["gmv_usd"].sum().tolist() == pytest.approx(run.platform["gmv_usd"].tolist())
    assert len(run.countries) == 6 * 4
    assert run.days == 6 and (run.seed, run.replicate) == (4, 2)


def test_the_sentence_in_both_languages(run):
    assert run.text.startswith("In 6 days ") and "price * conversion * rating" in run.text
    with in_language("zh"):
        assert "天" in run.text and "price * conversion * rating" in run.text


def test_every_number_is_simulated_and_names_its_seed(run):
    origin = run.origin_of("gmv_usd")
    assert (origin.kind, origin.seed, origin.formula) == (OriginKind.SIMULATED, 4, "price * conversion * rating")


def test_a_generator_leaves_no_seed_to_repeat_by(small):
    assert simulate_market(small, policy("chance"), 1, rng=np.random.default_rng(3)).seed is None


def test_a_run_comes_back_from_json(run):
    again = MarketRun.from_dict(json.loads(run.to_json()))
    pd.testing.assert_frame_equal(again.table, run.table)
    pd.testing.assert_frame_equal(again.market.listings, run.market.listings)
    assert (again.text, again.origin, again.market.law) == (run.text, run.origin, run.market.law)


def test_a_store_that_sold_nothing_and_one_without_listings_have_a_row(small):
    lonely = small.stores.iloc[[0]].assign(store_id="no listings")
    run = simulate_market(
        small.replace(stores=pd.concat([small.stores, lonely], ignore_index=True)), policy("chance"), 2
    )
    row = run.stores.set_index("store_id").loc["no listings"]
    assert row["orders"] == row["gmv_usd"] == 0 and not row["survived"]
