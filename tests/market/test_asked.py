"""What a run is asked for: every wrong argument is a sentence that names the remedy, in both languages."""

import numpy as np
import pandas as pd
import pytest

from crossborder.errors import BoundsError, FormulaError
from crossborder.i18n import in_language
from crossborder.market import simulate_market, simulate_policies
from crossborder.market.asked import check_days, check_flag
from crossborder.market.world import TAGS
from crossborder.ranking import boost, conversion, policy, rating
from crossborder.ranking.shelf import first_page

RULE = policy("conversion * rating")
TYPO = policy("conversion * boost('free_shiping', 1.2)")


def says_in_both_languages(call, error, said):
    with pytest.raises(error) as refused:
        call()
    assert said in str(refused.value) and str(refused.value).endswith(".")
    with in_language("zh"), pytest.raises(error) as refused:
        call()
    assert str(refused.value).endswith("。")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("conversion*rating", "not its text 'conversion*rating'. Write xb.ranking.policy('conversion*rating')."),
        (conversion * rating, 'conversion * rating is no ranking policy. Make one with xb.ranking.policy("'),
        (None, "None is no ranking policy"),
        (3, "int is no ranking policy"),
        (type(RULE), "type is no ranking policy"),
    ],
)
def test_a_run_takes_a_policy(given, said, small):
    says_in_both_languages(lambda: simulate_market(small, given, 1), FormulaError, said)
    says_in_both_languages(lambda: first_page(small, given, "RU"), FormulaError, said)
    says_in_both_languages(lambda: simulate_policies(small, [RULE, given], 1), FormulaError, said)


def test_several_policies_stand_in_a_list(small):
    says_in_both_languages(lambda: simulate_policies(small, RULE, 1), FormulaError, "write [policy]")
    says_in_both_languages(lambda: simulate_policies(small, "price", 1), FormulaError, "not its text 'price'")
    assert len(simulate_policies(small, iter([RULE, RULE]), 1)) == 2


@pytest.mark.parametrize("given", [None, pd.DataFrame(), "market"])
def test_a_run_takes_a_market(given):
    said = f"market must be a Market; got {type(given).__name__}. Make one with xb.market.make_market()"
    says_in_both_languages(lambda: simulate_market(given, RULE, 1), BoundsError, said)
    says_in_both_languages(lambda: first_page(given, RULE, "RU"), BoundsError, said)


@pytest.mark.parametrize("days", [0, -1, 1.5, float("nan"), float("inf"), None, True, "7", 366, 10**7, 10**400])
def test_days_are_whole_and_between_one_and_a_year(days, small):
    said = "days must be a whole number between 1 and 365; got "
    says_in_both_languages(lambda: simulate_market(small, RULE, days), BoundsError, said)


def test_days_may_be_any_kind_of_whole_number():
    assert [check_days(days) for days in (1, 7.0, np.int64(28), np.float64(365))] == [1, 7, 28, 365]


def test_yes_and_no_are_true_and_false(small):
    says_in_both_languages(
        lambda: simulate_market(small, RULE, 1, respond="no"), BoundsError, "respond must be true or false; got 'no'"
    )
    assert check_flag("respond", np.True_) is True


def test_a_tag_that_nobody_has_is_named_with_those_there_are(small):
    said = (
        "carries the tag 'free_shiping' that the policy boosts. Tags here: "
        "dispatch_72h, free_shipping, overseas_warehouse, plus. Write one of these"
    )
    for call in (
        lambda: simulate_market(small, TYPO, 1),
        lambda: simulate_policies(small, [RULE, TYPO], 1),
        lambda: first_page(small, TYPO, "RU"),
    ):
        says_in_both_languages(call, FormulaError, said)


def test_a_market_without_tags_says_so(known_market):
    says_in_both_languages(
        lambda: simulate_market(known_market(3), TYPO, 1),
        FormulaError,
        "nor any other tag. Give listings the tag first",
    )


def test_many_tags_are_not_all_listed(known_market):
    market = known_market(40, listings={"tags": [f"search:{k:02d}" for k in range(40)]})
    with pytest.raises(FormulaError, match=r"search:14, …\. Write"):
        simulate_market(market, TYPO, 1)


@pytest.mark.parametrize("tag", [*TAGS, "free_shipping:RU"])
def test_tags_that_every_market_knows_may_be_carried_by_nobody(tag, known_market):
    assert simulate_market(known_market(3), policy(conversion * boost(tag, 1.2)), 1).days == 1


def test_a_tag_of_the_markets_own_is_known(known_market):
    market = known_market(3, listings={"tags": ["", "gift plus", ""]})
    assert simulate_market(market, policy("conversion * boost('gift', 1.2)"), 1).days == 1
    with pytest.raises(FormulaError, match="'free_shipping:XX'"):
        simulate_market(market, policy("conversion * boost('free_shipping:XX', 1.2)"), 1)


def test_what_was_written_into_a_market_is_found_before_it_runs(known_market):
    market = known_market(3)
    market.listings.loc[0, "price_usd"] = -5.0
    with pytest.raises(BoundsError, match="price_usd must be above 0"):
        simulate_market(market, RULE, 1)
