import numpy as np
import pytest

from crossborder.facts import facts
from crossborder.ranking.matching import MatchingScenario, match_shoppers


@pytest.fixture(scope="module")
def gain():
    return match_shoppers()


def test_matching_raises_views_breadth_and_the_long_tail(gain):
    change = gain.table.set_index("measure")["change"]
    assert change["view_rate"] > 0.1
    assert change["viewed_share"] > 0.1
    assert change["sell_through_share"] > 0.1
    assert change["sales_gini"] < -0.02


def test_the_index_is_visitors_times_conversion_times_order_value(gain):
    one, matched = gain.row("gmv_index")["one_ranking"], gain.row("gmv_index")["matched"]
    product = (1 + gain.row("conversion")["change"]) * (1 + gain.row("order_value_usd")["change"])
    assert one == pytest.approx(100.0)
    assert matched == pytest.approx(100.0 * product)


def test_one_page_per_visitor_leaves_impressions_per_product_where_they_were(gain):
    assert gain.row("impressions_per_product")["change"] == pytest.approx(0.0, abs=1e-9)


def test_claims_stand_beside_with_their_facts(gain):
    assert gain.row("conversion")["claimed_change"] == pytest.approx(facts["p828-conversion-uplift"].low / 100)
    assert gain.row("impressions_per_product")["claimed_change"] == pytest.approx(0.3)
    assert np.isnan(gain.row("gmv_index")["claimed_change"])
    assert "p828-product-view-rate" in gain.origin_of("claimed_change").facts


def test_without_weight_nothing_changes():
    none = match_shoppers(MatchingScenario(personal_weight=0.0, n_stores=30, days=7))
    np.testing.assert_allclose(none.table["change"], 0.0, atol=1e-12)


def test_where_shoppers_do_not_differ_matching_brings_nothing():
    alike = match_shoppers(MatchingScenario(taste_effect=0.0, n_stores=30, days=7))
    assert alike.row("view_rate")["change"] == pytest.approx(0.0, abs=1e-9)


def test_draws_agree_with_means(gain):
    drawn = match_shoppers(MatchingScenario(engine="aggregate"), rng=2)
    for measure, tolerance in (("view_rate", 0.02), ("gmv_index", 4.0), ("sales_gini", 0.03)):
        assert drawn.row(measure)["matched"] == pytest.approx(gain.row(measure)["matched"], abs=tolerance)


def test_lorenz_curves_run_from_nothing_to_all(gain):
    for _plan, curve in gain.lorenz.groupby("plan"):
        assert curve["share_of_total"].iloc[0] == 0 and curve["share_of_total"].iloc[-1] == pytest.approx(1.0)
        assert (curve["share_of_total"] <= curve["share_of_units"] + 1e-9).all()


def test_says_its_sentence(gain, speaks_both):
    speaks_both(gain)
