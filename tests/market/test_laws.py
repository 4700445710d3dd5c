"""What holds in any market: dearer never sells more, faster never less, more slots show more, chances sum to one."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from crossborder.market import make_market, simulate_market
from crossborder.market.attention import buyer_surplus_usd, click_probabilities, order_probabilities
from crossborder.ranking import policy

quick = settings(max_examples=40, deadline=None, derandomize=True)
CHANCE = policy("chance")
ONE_DAY = {"days": 1, "engine": "expected"}


def totals(market, rule=CHANCE, **settings):
    """Orders per listing, all else equal: frozen history, expected engine."""
    return simulate_market(market, rule, **(ONE_DAY | settings)).listings


def change(market, row: int, **values):
    listings = market.listings.copy()
    for name, value in values.items():
        listings.loc[row, name] = value
    return market.replace(listings=listings)


# --- the formulas ----------------------------------------------------------------------------------------------------


@quick
@given(
    hnp.arrays(float, st.tuples(st.integers(1, 3), st.integers(1, 20)), elements=st.floats(-30, 30)), st.floats(0, 3)
)
def test_click_chances_are_chances_and_sum_to_one_at_most(utility, steepness):
    p = click_probabilities(utility, np.arange(1.0, utility.shape[1] + 1) ** -steepness)
    assert ((p >= 0) & (p <= 1)).all() and (p.sum(axis=1) <= 1 + 1e-12).all()


@quick
@given(hnp.arrays(float, 6, elements=st.floats(-5, 5)), st.integers(0, 5), st.floats(0.01, 5))
def test_a_more_useful_listing_takes_clicks_from_all_others(utility, i, more):
    attention = np.arange(1.0, 7.0) ** -0.7
    p, q = click_probabilities(utility, attention), click_probabilities(utility + more * np.eye(6)[i], attention)
    assert q[i] > p[i] and (np.delete(q, i) < np.delete(p, i)).all()
    others = np.delete(np.arange(6), i)
    np.testing.assert_allclose(q[others] / q[others].sum(), p[others] / p[others].sum())  # no favours among them


@quick
@given(st.floats(-30, 30), st.floats(0.01, 5), st.floats(0.01, 10))
def test_order_chances_and_surplus_grow_with_utility(v, more, slope):
    assert 0 <= order_probabilities(np.array(v)) <= order_probabilities(np.array(v + more)) <= 1
    assert 0 < buyer_surplus_usd(np.array(v), slope) < buyer_surplus_usd(np.array(v + more), slope)


def test_surplus_is_the_area_under_demand():
    """d surplus / d price is minus the chance to order: what a buyer who clicked would pay for a cent less."""
    slope, price, cent = 0.3, 12.0, 1e-5
    surplus = [buyer_surplus_usd(np.array(2.0 - slope * p), slope) for p in (price - cent, price + cent)]
    wanted = order_probabilities(np.array(2.0 - slope * price))
    assert (surplus[1] - surplus[0]) / (2 * cent) == pytest.approx(-wanted, rel=1e-6)


# --- one thing changed, all else equal -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def market():
    return make_market(8, rng=2, sessions_per_day=2000)


@quick
@given(row=st.integers(0, 39), factor=st.floats(1.01, 4))
def test_a_higher_price_never_sells_more_and_helps_the_others(row, factor, market):
    row %= market.n_listings
    dear = change(market, row, price_usd=round(market.listings["price_usd"][row] * factor + 0.01, 2))
    before, after = totals(market), totals(dear)
    assert after["units"][row] < before["units"][row] and after["clicks"][row] < before["clicks"][row]
    others = before.index != row
    assert (after["units"][others] >= before["units"][others] - 1e-9).all()
    assert after["orders"].sum() <= before["orders"].sum() + 1e-9


@quick
@given(row=st.integers(0, 39), hours=st.floats(0, 150))
def test_faster_dispatch_never_sells_less(row, hours, market):
    row %= market.n_listings
    slow, fast = (change(market, row, dispatch_hours=h) for h in (hours + 10, hours))
    late, soon = (simulate_market(world, CHANCE, **ONE_DAY).daily for world in (slow, fast))
    assert soon["orders"][0, row] > late["orders"][0, row]
    assert soon["clicks"][0, row] == pytest.approx(late["clicks"][0, row])
    assert soon["late"][0, row] / soon["orders"][0, row] < late["late"][0, row] / late["orders"][0, row]


@pytest.mark.parametrize("tag", ["overseas_warehouse", "plus", "promotion", "free_shipping", "free_shipping:ES"])
def test_a_tag_never_sells_less(tag, market):
    bare = change(market, 3, tags="")
    assert totals(change(market, 3, tags=tag))["orders"][3] > totals(bare)["orders"][3]


def test_goods_in_the_buyers_country_sell_more_there_and_not_less_elsewhere(market):
    runs = [simulate_market(change(market, 3, stock_country=c), CHANCE, **ONE_DAY) for c in ("CN", "ES")]
    far, near = (run.country_totals["orders"][:, 3] for run in runs)
    spain = market.countries["country"].eq("ES").to_numpy()
    assert near[spain] > far[spain]
    np.testing.assert_allclose(near[~spain], far[~spain])


@pytest.mark.parametrize("engine", ["expected", "aggregate", "individual"])
def test_more_slots_never_show_less(engine, market):
    shown = [totals(market.with_law(n_slots=k), engine=engine)["impressions"].sum() for k in (1, 2, 5, 10, 40)]
    assert shown == sorted(shown) and shown[0] < shown[-1]
    clicks = [totals(market.with_law(n_slots=k))["clicks"].sum() for k in (1, 2, 5, 10, 40)]
    assert clicks == sorted(clicks)


@pytest.mark.parametrize(
    ("name", "low", "high", "what"),
    [
        ("rating_effect_order", 0.2, 0.9, "orders"), ("rating_effect_click", 0.1, 0.9, "clicks"),
        ("warehouse_tag_effect", 0.0, 0.5, "clicks"), ("plus_tag_effect", 0.0, 0.5, "clicks"),
        ("promotion_tag_effect", 0.0, 0.5, "clicks"),
    ],
)  # fmt: skip
def test_each_strength_acts_where_it_says(name, low, high, what, market):
    """The listing that has the best of it gains when it counts for more."""
    best = change(market, 3, tags="overseas_warehouse plus promotion")
    stars = np.where(best.history.index == 3, 50_000, 40_000)
    best = best.replace(history=best.history.assign(reviews=10_000, stars=stars))
    weak, strong = (totals(best.with_law(**{name: value}))[what][3] for value in (low, high))
    assert strong > weak


def test_the_shape_of_attention(market):
    flat, steep = (market.with_law(attention_steepness=s).law.attention for s in (0.0, 2.0))
    assert (flat == 1).all() and steep[0] == 1 and (np.diff(steep) < 0).all()
    assert totals(market.with_law(attention_steepness=2.0))["clicks"].sum() < totals(market)["clicks"].sum()


def test_stronger_price_elasticity_moves_sales_to_the_cheap(market):
    relative = market.listings["price_usd"] / market.listings["category"].map(
        market.categories.set_index("category")["reference_price_usd"]
    )
    means = []
    for elasticity in (0.0, -1.7, -3.5):
        orders = totals(market.with_law(click_price_elasticity=elasticity))["orders"]
        means.append((orders * relative).sum() / orders.sum())
    assert means == sorted(means, reverse=True) and means[0] > means[-1]


@pytest.mark.parametrize("engine", ["expected", "aggregate", "individual"])
def test_a_longer_horizon_never_sells_less(engine, market):
    rule = policy("conversion * rating")
    orders = [totals(market, rule, days=d, engine=engine)["orders"].sum() for d in (1, 2, 5, 12)]
    assert orders == sorted(orders)


def test_a_higher_commission_never_leaves_the_seller_more(market):
    profits = []
    for rate in (0.0, 0.05, 0.15, 0.4):
        run = simulate_market(market.replace(categories=market.categories.assign(commission_rate=rate)), CHANCE, days=2)
        profits.append(run.daily["profit_cents"].sum())
    assert profits == sorted(profits, reverse=True) and profits[0] > profits[-1]


def test_more_sessions_scale_means_exactly(market):
    twice = market.replace(countries=market.countries.assign(sessions_per_day=2 * market.countries["sessions_per_day"]))
    np.testing.assert_allclose(totals(twice)["orders"], 2 * totals(market)["orders"])


# --- elasticities ----------------------------------------------------------------------------------------------------


def elasticity(market, row: int, what: str) -> float:
    """Numeric d ln what / d ln price of one listing: a step of one percent up and down from its price."""
    price = market.listings["price_usd"][row]
    down, up = (totals(change(market, row, price_usd=price * f)) for f in (0.99, 1.01))
    if what == "conversion":
        down, up = (table["orders"][row] / table["clicks"][row] for table in (down, up))
    else:
        down, up = down[what][row], up[what][row]
    return (np.log(up) - np.log(down)) / (np.log(1.01) - np.log(0.99))


@pytest.mark.parametrize(("click", "order"), [(-1.7, -0.9), (-0.5, -2.5), (-3.0, 0.0)])
def test_price_elasticities_at_the_reference_price_are_the_laws(click, order, known_market):
    """One shopper kind, no shipping fee, a listing that few click: the parameters come back to half a percent."""
    market = known_market(
        3,
        prices=[10.0, 10.0, 10.0],
        appeal=[-6.0, 0.0, 0.0],
        click_price_elasticity=click,
        order_price_elasticity=order,
    )
    assert elasticity(market, 0, "clicks") == pytest.approx(click, rel=0.005, abs=1e-9)
    assert elasticity(market, 0, "conversion") == pytest.approx(order, rel=0.005, abs=1e-6)
    assert elasticity(market, 0, "orders") == pytest.approx(click + order, rel=0.005)


def test_a_listing_that_many_click_feels_price_less(known_market):
    """The logit's share: elasticity at the click is the law's times 1 - P(click)."""
    market = known_market(2, prices=10.0, appeal=[2.0, 0.0], n_slots=2)
    p = totals(market)["clicks"][0] / totals(market)["impressions"][0]
    assert p > 0.2
    assert elasticity(market, 0, "clicks") == pytest.approx(-1.7 * (1 - p), rel=0.01)


def test_the_mean_shopper_of_a_mixed_market_has_the_laws_elasticity():
    """Countries and segments differ in how they feel prices; over all arrivals the slope at the click is the law's."""
    market = make_market(30, rng=5).with_law(taste_effect=0.0, click_level=-8.0)
    market = market.replace(countries=market.countries.assign(shipping_usd=0.0, delivery_days=20.0))
    reference = market.listings["category"].map(market.categories.set_index("category")["reference_price_usd"])
    market = market.replace(listings=market.listings.assign(price_usd=reference))
    found = [elasticity(market, row, "clicks") for row in range(0, market.n_listings, 40)]
    assert np.mean(found) == pytest.approx(-1.7, rel=0.02)


def test_who_cannot_pay_here_does_not_count(known_market):
    """A country without a way to pay sends nobody, and its feeling for prices weighs nothing."""
    market = known_market(3, prices=10.0, appeal=[-6.0, 0.0, 0.0])
    deaf = market.countries.assign(country="XX", price_sensitivity=9.0, payment_coverage=0.0)
    both = market.replace(countries=pd.concat([market.countries, deaf], ignore_index=True))
    assert elasticity(both, 0, "clicks") == pytest.approx(elasticity(market, 0, "clicks"))
