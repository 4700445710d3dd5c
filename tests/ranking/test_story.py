import numpy as np
import pytest

from crossborder.market.law import SessionLaw
from crossborder.ranking import StoryMapScenario, map_story, same_product_offers
from crossborder.ranking.one_product import PRICES_USD, REFERENCE_PRICE_USD
from crossborder.ranking.story import DENOMINATORS


@pytest.fixture(scope="module")
def story():
    return map_story()


def closed_form(click, order, denominator):
    law = SessionLaw(click_price_elasticity=click, order_price_elasticity=order)
    relative = np.array(PRICES_USD) / REFERENCE_PRICE_USD - 1.0
    conversions = 1.0 / (1.0 + np.exp(-(law.order_level - law.order_price_slope * relative)))
    weights = np.exp(-law.click_price_slope * relative)
    return same_product_offers(PRICES_USD, conversions, (4.5,) * 3, click_weights=weights, variant=denominator)


def test_every_point_of_the_map_is_the_closed_form(story):
    """Market runs on one side, a formula without a market on the other."""
    for row in story.table.to_dict("records"):
        expected = closed_form(row["click_elasticity"], row["order_elasticity"], row["denominator"]).table
        gain = expected["traffic_share_new"] - expected["traffic_share_old"]
        assert row["middle_gain_share"] == pytest.approx(gain[1], abs=0.003)
        assert row["right_gain_share"] == pytest.approx(gain[2], abs=0.003)


def test_at_the_assumed_elasticities_the_story_holds_per_visit_only(story):
    holds = story.claimed.set_index("denominator")["story_holds"]
    assert holds["per_visit"] and not holds["per_impression"]


def test_per_visit_it_flips_between_minus_0_9_and_minus_1_3_at_the_order():
    fine = map_story(click_elasticities=[-1.7], order_elasticities=np.arange(-1.4, -0.6, 0.05))
    holds = fine.only(denominator="per_visit").table.set_index("order_elasticity")["story_holds"]
    assert holds.loc[-0.9:].all() and not holds.loc[:-1.25].any()


def test_the_platform_gains_only_where_buyers_hardly_feel_the_price(story):
    visits = story.only(denominator="per_visit").table
    total = visits["click_elasticity"] + visits["order_elasticity"]
    assert (visits.loc[total < -1.5, "gmv_change"] <= 0.001).all()
    assert (visits.loc[total > -0.7, "gmv_change"] > 0).all()


def test_where_the_rules_rank_alike_nothing_changes(story):
    strong = story.table[(story.table["order_elasticity"] < -1.4)]
    visits = strong[strong["denominator"] == "per_visit"]
    for measure in ("gain_share", "gmv_change", "profit_change", "price_change"):
        assert np.abs(visits[measure]).max() < 0.001


def test_costs_and_response_widen_the_table():
    wide = map_story(
        StoryMapScenario(weeks=2),
        click_elasticities=[-1.7],
        order_elasticities=[-0.9, -0.5],
        costs_usd=[4.0, 6.6],
        responds=[False, True],
    )
    assert len(wide.table) == 2 * 2 * 2 * len(DENOMINATORS)
    still = wide.only(denominator="per_visit", respond=False).table
    assert still.groupby("order_elasticity")["gain_share"].nunique().eq(1).all(), (
        "without response cost moves no traffic"
    )
    assert still.groupby("order_elasticity")["profit_change"].nunique().eq(2).all()


def test_when_sellers_respond_buyers_pay_more_under_the_new_rule():
    row = map_story(StoryMapScenario(respond=True), click_elasticities=[-1.7], order_elasticities=[-0.9])
    visit = row.only(denominator="per_visit").table.iloc[0]
    assert visit["price_change"] > 0.03 and visit["profit_change"] > 0


def test_the_grid_grows_by_parameter():
    assert len(map_story(StoryMapScenario(n_points=3)).table) == 9 * len(DENOMINATORS)


def test_says_its_sentence(story, speaks_both):
    speaks_both(story)
    assert set(story.origin_of("story_holds").facts) == {
        "joom-ranking-example-old-winner",
        "joom-ranking-example-new-winners",
    }
