"""Nothing appears and nothing is lost: every count and every cent of a run is where it should be, in whole numbers."""

import numpy as np
import pytest

from crossborder.market import GovernanceAct, MarketRun, simulate_market
from crossborder.ranking import policy

DRAWING = ("aggregate", "individual")


class EvictsTwo:
    """Puts two stores out on the fourth day."""

    def review(self, view):
        out = np.zeros(view.store.max() + 1, bool)
        out[:2] = view.day == 3
        return GovernanceAct(evicted_stores=out)


def busy(small, engine: str, **more) -> MarketRun:
    """Twenty days with everything: carts, shortages, exploration, caps, leavers, return visits, responses."""
    world = small.with_law(
        cart_share=0.4, return_visits_per_customer_day=0.02, return_visits_per_fan_day=0.1, extra_unit_share=0.3,
        click_level=-1.0, conversion_at_reference=0.2, n_slots=8,
    )  # fmt: skip
    rows = len(small.countries) * len(small.segments)
    random = np.random.default_rng(3)
    world = world.replace(
        listings=world.listings.assign(stock_units=random.integers(0, 60, small.n_listings)),
        open_carts=random.integers(0, 4, (rows, small.n_listings)),
        customers=random.integers(0, 9, (rows, len(small.stores))),
        fans=random.integers(0, 3, (rows, len(small.stores))),
    )
    rule = policy("price * conversion * rating | explore(0.1) | per_store(2)")
    settings = {"days": 20, "engine": engine, "rng": 5, "respond": True, "governance": EvictsTwo()} | more
    return simulate_market(world, rule, **settings)


@pytest.fixture(scope="module", params=DRAWING)
def run(request, small):
    return busy(small, request.param)


def test_everything_happened(run):
    """The run has what the other tests need: shortages, carts, leavers, second units."""
    d = run.daily
    for name in ("cancelled", "carts", "carts_dropped", "late", "disputes", "reviews"):
        assert d[name].sum() > 0, name
    assert (d["units"] > d["orders"]).any() and (run.left_day < 20).any() and run.stock.min() == 0


def test_counts_are_whole_numbers_and_never_negative(run):
    for name, values in run.daily.items():
        if name not in ("on_sale", "profit_cents"):
            assert values.dtype == np.int64 and values.min() >= 0, name
    for values in (run.carts, run.customers, run.fans, run.stock):
        assert values.dtype == np.int64 and values.min() >= 0


def test_shown_clicked_ordered(run):
    d = run.daily
    slots = run.market.law.n_slots
    assert (d["impressions"].sum(axis=1) <= slots * run.platform["sessions"]).all()
    assert (d["clicks"] <= d["impressions"]).all()
    assert (d["clicks"].sum(axis=1) <= run.platform["sessions"]).all()  # one click a page at most
    came_from_carts = run.market.open_carts.sum(axis=0) + np.cumsum(d["carts"], axis=0)
    assert (np.cumsum(d["orders"] + d["cancelled"], axis=0) <= np.cumsum(d["clicks"], axis=0) + came_from_carts).all()
    assert (d["carts"] <= d["clicks"]).all()


@pytest.mark.parametrize("engine", DRAWING)
def test_impressions_are_sessions_times_slots_where_every_page_is_full(engine, known_market, fixed):
    market = known_market(30, sessions=500, n_slots=7, ages=np.where(np.arange(30) < 9, 5, 400))
    run = simulate_market(market, fixed(np.arange(30), explore_share=0.3), days=4, engine=engine)
    np.testing.assert_array_equal(run.daily["impressions"].sum(axis=1), 7 * run.platform["sessions"])


def test_stock_is_sold_or_left(run):
    start = run.market.listings["stock_units"].to_numpy()
    np.testing.assert_array_equal(start, run.daily["units"].sum(axis=0) + run.stock)


def test_an_order_has_one_unit_or_two(run):
    extra = run.daily["units"] - run.daily["orders"]
    assert (extra >= 0).all() and (extra <= run.daily["orders"]).all()


def test_carts_are_ordered_dropped_or_open(known_market, fixed):
    """Everything wanted goes into the cart here, so that orders come from carts only."""
    market = known_market(8, sessions=900, click_level=-1.0, conversion_at_reference=0.3, cart_share=1.0)
    market = market.replace(open_carts=np.arange(8)[None, :])
    for engine in DRAWING:
        run = simulate_market(market, fixed(np.arange(8)), days=9, engine=engine)
        came = market.open_carts.sum(axis=0) + run.daily["carts"].sum(axis=0)
        went = (run.daily["orders"] + run.daily["cancelled"] + run.daily["carts_dropped"]).sum(axis=0)
        np.testing.assert_array_equal(came, went + run.carts.sum(axis=0))


def test_carts_of_who_has_left_are_dropped_and_never_ordered(run):
    gone = run.left_day < 20
    assert run.carts[:, gone].sum() == 0
    after = np.arange(20)[:, None] >= run.left_day[None, :]
    for name in ("impressions", "clicks", "orders", "cancelled", "carts"):
        assert run.daily[name][after].sum() == 0, name
    assert run.daily["carts_dropped"][after].sum() > 0


def test_what_follows_an_order_is_no_more_than_the_orders(run):
    d = run.daily
    for name in ("late", "disputes", "reviews"):
        assert (d[name] <= d["orders"]).all(), name
    assert (d["stars"] >= d["reviews"]).all() and (d["stars"] <= 5 * d["reviews"]).all()
    started = run.market.history
    np.testing.assert_array_equal(run.history["reviews"], started["reviews"] + d["reviews"].sum(axis=0))
    np.testing.assert_array_equal(run.history["stars"], started["stars"] + d["stars"].sum(axis=0))


def test_customers_and_fans_grow_by_no_more_than_the_orders(run):
    store = run.market.stores["store_id"].searchsorted(run.market.listings["store_id"])
    orders = np.bincount(store, run.daily["orders"].sum(axis=0), len(run.market.stores))
    for now, before in ((run.customers, run.market.customers), (run.fans, run.market.fans)):
        new = (now - before).sum(axis=0)
        assert (now >= before).all() and (new <= orders).all() and new.sum() > 0


def test_money_is_whole_cents(run):
    d, listings = run.daily, run.market.listings
    np.testing.assert_array_equal(d["gmv_cents"], d["units"] * d["price_cents"])
    rate = run.market.categories.set_index("category")["commission_rate"][listings["category"]].to_numpy()
    np.testing.assert_array_equal(d["commission_cents"], d["units"] * np.rint(d["price_cents"] * rate).astype(np.int64))
    assert np.abs(d["commission_cents"] - d["gmv_cents"] * rate).max() <= d["units"].max() / 2
    # What buyers pay is the seller's share and the commission; a seller's profit is the share less cost and shipping.
    cost = np.rint(listings["cost_usd"].to_numpy() * 100).astype(np.int64)
    shipping = d["gmv_cents"] - d["commission_cents"] - d["units"] * cost - d["profit_cents"]
    free = listings["tags"].str.contains("free_shipping").to_numpy()
    assert (shipping >= 0).all() and (shipping[:, ~free] == 0).all() and shipping[:, free].sum() > 0
    fees = np.rint(run.market.countries["shipping_usd"].to_numpy() * 100)
    assert (shipping <= d["orders"] * fees.max()).all() and (
        shipping[:, free] >= d["orders"][:, free] * fees.min()
    ).all()


def test_sums_over_listings_stores_countries_and_days_are_the_total(run):
    d, platform, stores, table = run.daily, run.platform, run.stores, run.table
    for name in ("impressions", "clicks", "orders", "units"):
        total = d[name].sum()
        assert total == platform[name].sum() == stores[name].sum() == table[name].sum() == run.listings[name].sum(), (
            name
        )
    for name in ("impressions", "clicks", "orders"):
        assert run.country_totals[name].sum() == d[name].sum()
        np.testing.assert_array_equal(run.country_totals[name].sum(axis=0), d[name].sum(axis=0))
    for name in ("clicks", "orders"):
        assert run.countries[name].sum() == d[name].sum()
        np.testing.assert_array_equal(run.by_country[name].sum(axis=1), platform[name])
    assert table["cancelled"].sum() == d["cancelled"].sum()
    cents = d["gmv_cents"].sum()
    for frame in (platform, stores, table, run.listings):
        assert round(frame["gmv_usd"].sum() * 100) == cents
    assert round(platform["commission_usd"].sum() * 100) == d["commission_cents"].sum()
    assert platform["buyer_surplus_usd"].sum() == pytest.approx(run.countries["buyer_surplus_usd"].sum(), rel=1e-12)


def test_history_is_what_was_counted(known_market, fixed):
    market = known_market(6, sessions=700, click_level=-1.0)
    run = simulate_market(market, fixed(np.arange(6)), days=40)
    for window in (7, 30, 90):
        for name in ("impressions", "clicks", "carts", "orders", "gmv_cents"):
            np.testing.assert_array_equal(run.history[f"{name}_{window}"], run.daily[name][-window:].sum(axis=0))


@pytest.mark.parametrize("engine", DRAWING)
def test_a_market_handed_in_is_not_changed(engine, small):
    world = small.replace(open_carts=np.ones((12, small.n_listings), np.int64), customers=np.ones((12, 20), np.int64))
    names = ("listings", "stores", "history", "open_carts", "customers", "tastes")
    before = {name: getattr(world, name).copy() for name in names}
    simulate_market(world.with_law(cart_share=0.5), policy("conversion"), days=9, engine=engine, respond=True)
    for name, value in before.items():
        after = getattr(world, name)
        assert value.equals(after) if hasattr(value, "equals") else np.array_equal(value, after), name


def test_means_obey_the_same_sums(small):
    run = busy(small, "expected")
    d = run.daily
    start = run.market.listings["stock_units"].to_numpy()
    np.testing.assert_allclose(start, d["units"].sum(axis=0) + run.stock, atol=1e-9)
    assert (run.stock >= -1e-9).all() and (run.carts >= 0).all()
    assert (d["clicks"] <= d["impressions"] + 1e-9).all()
    assert (d["impressions"].sum(axis=1) <= run.market.law.n_slots * run.platform["sessions"] + 1e-6).all()
    np.testing.assert_allclose(run.country_totals["orders"].sum(axis=0), d["orders"].sum(axis=0), rtol=1e-12)
    np.testing.assert_allclose(run.by_country["orders"].sum(axis=1), d["orders"].sum(axis=1), rtol=1e-12)
    assert run.table["orders"].sum() == pytest.approx(d["orders"].sum(), rel=1e-12)
    gone = run.left_day < 20
    assert gone.any() and run.carts[:, gone].sum() == 0
