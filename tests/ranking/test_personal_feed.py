"""The personalised feed: three shoppers, falling regret, and the market."""

import pytest

from crossborder.ranking.personal_feed import SHOPPERS, PersonalFeedScenario, grow_feeds


@pytest.fixture(scope="module")
def start() -> PersonalFeedScenario:
    world = PersonalFeedScenario().world
    return PersonalFeedScenario(n_sessions=60, n_shoppers=40, days=3, world=world.replace(n_stores=45))


@pytest.fixture(scope="module")
def result(start):
    return grow_feeds(start)


def curve(result, method):
    return result.table[result.table["method"] == method].set_index("session")["clicks_lost"]


def test_more_sessions_make_better_matches(result):
    thompson, greedy = curve(result, "thompson"), curve(result, "greedy")
    for lost in (thompson, greedy):
        assert lost[51:60].mean() < 0.6 * lost[1:10].mean()
    assert result.attained_first < result.attained_last < 1.0
    assert curve(result, "one_for_all").nunique() == 1
    assert thompson[51:60].mean() < curve(result, "one_for_all").iloc[0]


def test_curiosity_costs_at_first(result):
    assert curve(result, "thompson")[1] > curve(result, "greedy")[1]


def test_three_shoppers_start_alike_and_part(result):
    cards = {(when, who): rows["title"].tolist() for (when, who), rows in result.feeds.groupby(["when", "shopper"])}
    assert len({tuple(cards["first", who]) for who in SHOPPERS}) == 1
    assert len({tuple(cards["last", who]) for who in SHOPPERS}) == 3


@pytest.mark.parametrize("shopper", list(SHOPPERS))
def test_each_feed_goes_to_what_its_shopper_likes(result, shopper):
    liked = SHOPPERS[shopper][1]
    shown = result.feeds[result.feeds["shopper"] == shopper].groupby("when")["category"]
    share = shown.apply(lambda categories: categories.isin(liked).mean())
    assert share["last"] > share["first"]
    assert share["last"] >= 0.5


def test_a_ranking_that_ignores_taste_changes_nothing_in_the_market(start):
    blind = grow_feeds(start.replace(personal_weight=0.0, n_sessions=5, n_shoppers=10))
    assert blind.market_clicks_lift == blind.market_orders_lift == 0.0


def test_knowing_tastes_brings_clicks_and_the_more_so_the_more_they_count(start, result):
    strong = grow_feeds(start.replace(taste_effect=1.2, n_sessions=5, n_shoppers=10))
    assert strong.market_clicks_lift > result.market_clicks_lift > 0.03


def test_where_taste_does_not_count_there_is_nothing_to_learn(start):
    equal = grow_feeds(start.replace(taste_effect=0.0, n_sessions=5, n_shoppers=10))
    assert equal.table["clicks_lost"].abs().max() < 1e-12


def test_both_languages(result, speaks_both):
    speaks_both(result)
