"""The market's tables laid out for the engines."""

import numpy as np
import pytest

from crossborder.market import make_market
from crossborder.market.arrays import Arrays
from crossborder.market.coming import with_coming_items
from crossborder.market.keys import run_key


@pytest.fixture(scope="module")
def arrays(small):
    return Arrays(small)


def test_rows_point_to_their_store_and_category(arrays, small):
    assert (small.stores["store_id"].to_numpy()[arrays.store] == small.listings["store_id"]).all()
    assert (small.categories["category"].to_numpy()[arrays.category] == small.listings["category"]).all()
    assert (
        arrays.commission == small.listings["category"].map(small.categories.set_index("category")["commission_rate"])
    ).all()


def test_money_is_whole_cents(arrays, small):
    np.testing.assert_array_equal(arrays.price_cents, (small.listings["price_usd"] * 100).round().astype(np.int64))
    assert arrays.price_cents.dtype == arrays.cost_cents.dtype == np.int64


def test_each_query_finds_its_category_and_the_feed_everything(arrays, small):
    members = [
        arrays.query_members[arrays.query_start[q] : arrays.query_start[q + 1]] for q in range(arrays.n_categories + 1)
    ]
    for q, mine in enumerate(members[:-1]):
        assert sorted(mine) == np.flatnonzero(arrays.category == q).tolist()
    assert sorted(members[-1]) == list(range(small.n_listings))


def test_the_mean_shopper_has_the_law_s_slope(arrays, small):
    """Weighted by who comes and can pay, over countries and segments."""
    countries, share = small.countries, small.segments["share"] / small.segments["share"].sum()
    people = np.outer(countries["sessions_per_day"] * countries["payment_coverage"], share)
    for slope, wanted in ((arrays.click_slope, 1.7), (arrays.order_slope, 0.9 / 0.96)):
        assert (slope * people).sum() / people.sum() == pytest.approx(wanted)
        assert slope.shape == (4, 3) and (slope > 0).all()


def test_who_lists_free_shipping_pays_the_fee_and_others_buyers_do(arrays, small):
    free = small.listings["tags"].str.contains("free_shipping").to_numpy()
    assert (arrays.fee_usd[:, free] == 0).all() and (arrays.paid_fee_usd[:, ~free] == 0).all()
    fee = small.countries["shipping_usd"].to_numpy()[:, None]
    np.testing.assert_array_equal(arrays.fee_usd + arrays.paid_fee_usd, np.broadcast_to(fee, arrays.fee_usd.shape))


def test_dispatch_after_72_hours_is_late_half_the_time_at_72(known_market):
    hours = np.array([10.0, 60.0, 72.0, 84.0, 150.0])
    late = Arrays(known_market(5, listings={"dispatch_hours": hours})).late_share
    assert late[2] == pytest.approx(0.5) and (np.diff(late) > 0).all() and late[0] < 0.001 and late[-1] > 0.999


def test_worse_goods_are_disputed_more(known_market):
    quality = np.array([1.0, 3.0, 4.5, 5.0])
    a = Arrays(known_market(4, listings={"quality": quality}))
    assert (np.diff(a.dispute_share) <= 0).all() and (np.diff(a.mean_stars) > 0).all()
    assert ((a.dispute_share > 0) & (a.dispute_share < 1)).all()


def test_a_market_in_which_nobody_can_pay_is_still_laid_out(known_market):
    market = known_market(3)
    market = market.replace(countries=market.countries.assign(payment_coverage=0.0))
    assert np.isfinite(Arrays(market).click_slope).all()


def test_a_shorter_run_has_the_first_of_a_longer_run_s_new_items():
    market = make_market(60, rng=3)
    short, long = (with_coming_items(market, run_key(4), days).listings for days in (21, 70))
    assert market.n_listings < len(short) < len(long)
    assert short.equals(long.iloc[: len(short)])
