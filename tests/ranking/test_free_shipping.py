"""Free shipping by country: what it earns, what it costs, and where the two meet."""

import numpy as np
import pytest

from crossborder.market.law import SessionLaw
from crossborder.ranking.free_shipping import (
    FreeShippingScenario,
    break_even_lift,
    choose_free_shipping,
    ship_free,
    shipping_market,
)


@pytest.fixture(scope="module")
def start() -> FreeShippingScenario:
    world = FreeShippingScenario().world
    return FreeShippingScenario(world=world.replace(n_stores=30), days=14)


@pytest.fixture(scope="module")
def default(start):
    return choose_free_shipping(start)


def test_break_even_is_where_the_margin_left_makes_up_for_the_freight():
    margin, freight = np.array([5.0, 3.0]), np.array([2.0, 0.5])
    grown = 1.0 + break_even_lift(margin, freight)
    np.testing.assert_allclose(grown * (margin - freight), margin)


@pytest.mark.parametrize(("margin", "freight"), [(1.0, 1.0), (1.0, 2.0)])
def test_an_order_that_earns_less_than_its_freight_never_pays(margin, freight):
    assert np.isnan(break_even_lift(margin, freight))


def test_profit_rises_just_where_orders_grow_beyond_break_even(default):
    pays = default.table["gain_usd"] > 0
    assert (pays == (default.table["orders_change"] > default.table["break_even_change"])).all()
    assert 0 < pays.sum() < len(pays)  # both kinds occur, or this test could not fail


def test_where_nobody_minds_the_fee_and_nobody_boosts_the_freight_is_lost(start):
    law = SessionLaw(click_price_elasticity=0.0, order_price_elasticity=0.0)
    table = choose_free_shipping(start.replace(boost=1.0, world=start.world.replace(law=law))).table
    np.testing.assert_allclose(table["orders_change"], 0.0, atol=1e-9)
    np.testing.assert_allclose(table["gain_usd"], -table["freight_usd"])
    assert not table["chosen"].any()


def test_a_stronger_boost_moves_more_traffic(start, default):
    stronger = choose_free_shipping(start.replace(boost=1.5)).table.set_index("country")["orders_after"]
    assert (stronger > default.table.set_index("country")["orders_after"].reindex(stronger.index)).all()


def test_the_chosen_are_the_best_and_all_pay(start):
    result = choose_free_shipping(start.replace(n_chosen=3))
    assert result.table["chosen"].tolist() == [True] * 3 + [False] * 7
    assert result.chosen_gain_usd > 0
    assert result.freight_usd < result.table["freight_usd"].sum()


def test_free_shipping_to_one_country_hardly_moves_the_others(start):
    from crossborder.market import simulate_market
    from crossborder.ranking import policy

    market = shipping_market(start)
    own = (market.listings["store_id"] == "own").to_numpy()
    rule = policy("conversion * rating * boost('free_shipping', 1.3)")
    orders = [
        simulate_market(ship_free(market, own, free), rule, 10, "expected").country_totals["orders"][:, own].sum(axis=1)
        for free in ([], ["FR"])
    ]
    change = dict(zip(market.countries["country"], orders[1] / orders[0] - 1.0, strict=True))
    assert change.pop("FR") > 0.3
    assert max(abs(c) for c in change.values()) < 0.1


def test_the_sentence_says_it_when_nothing_pays(start):
    assert "none of the 10" in choose_free_shipping(start.replace(margin=0.05)).text


def test_jewellery_cannot_pay_for_what_phones_can(start):
    cheap, dear = (choose_free_shipping(start.replace(category=c)).table for c in ("jewellery", "phones_electronics"))
    assert (cheap["gain_usd"] > 0).sum() < (dear["gain_usd"] > 0).sum()
