"""A made-up market: what is given by name wins over the scenario, and what makes no market is a sentence."""

import numpy as np
import pandas as pd
import pytest

from crossborder.errors import BoundsError
from crossborder.i18n import in_language
from crossborder.market import MarketScenario, make_market
from crossborder.market.make import category_table


def test_a_scenario_says_how_many_stores():
    assert len(make_market(scenario=MarketScenario(n_stores=5)).stores) == 5
    assert len(make_market().stores) == 200


def test_what_is_given_by_name_wins_over_the_scenario():
    scenario = MarketScenario(n_stores=5, sessions_per_day=700)
    market = make_market(8, scenario=scenario, sessions_per_day=900)
    assert len(market.stores) == 8 and market.sessions_per_day == pytest.approx(900)
    pd.testing.assert_frame_equal(make_market(5, scenario=scenario).listings, make_market(scenario=scenario).listings)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"rng": "x"}, "rng must be a seed (a whole number of at least 0) or a numpy Generator; got 'x'."),
        ({"rng": -1}, "rng must be a seed"),
        (
            {"categories": pd.DataFrame()},
            "categories lacks the column category; it needs category, reference_price_usd",
        ),
        ({"categories": category_table().iloc[:0]}, "categories has no rows"),
        ({"categories": category_table().assign(query_share=0.0)}, "query_share must be at least 0 in every category"),
        ({"categories": category_table().assign(query_share=np.nan)}, "query_share must be at least 0"),
        ({"countries": [1]}, "countries must be a table (a pandas DataFrame), not list."),
        (
            {"scenario": 3},
            "scenario must be a MarketScenario, not int. Write for instance MarketScenario(n_stores=50).",
        ),
        ({"n_slots": 5}, "n_slots belongs to how buyers choose: write make_market(...).with_law(n_slots=...)."),
        ({"n_shops": 5}, "n_shops is not a parameter here. Known: n_stores, "),
        ({"n_stores": "many"}, "n_stores must be a number; got 'many'"),
        ({"n_stores": pd.DataFrame()}, "n_stores must be a number"),
    ],
)
def test_what_makes_no_market_is_a_sentence(arguments, said):
    with pytest.raises(BoundsError) as refused:
        make_market(**arguments)
    assert said in str(refused.value)
    with in_language("zh"), pytest.raises(BoundsError) as refused:
        make_market(**arguments)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in str(refused.value))
