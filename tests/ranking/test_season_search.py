"""Season-aware search: coats and bikinis, north and south, best sellers of the past and of the festival."""

import pytest

from crossborder.ranking.season_search import (
    RULES,
    SeasonSearchScenario,
    clothing_market,
    compare_season_search,
    day_in_words,
)


@pytest.fixture(scope="module")
def start() -> SeasonSearchScenario:
    return SeasonSearchScenario()


def page(scenario):
    return compare_season_search(scenario).table.set_index("category")


def test_march_is_late_winter_in_russia_and_late_summer_in_brazil(start):
    russia, brazil = page(start), page(start.replace(country="BR"))
    assert russia["season"]["coats"] == pytest.approx(brazil["season"]["bikinis"], abs=0.05)
    assert russia["share_season"]["coats"] > russia["share_plain"]["coats"]
    assert russia["share_season"]["coats"] > brazil["share_season"]["coats"]
    assert brazil["share_season"]["bikinis"] >= russia["share_season"]["bikinis"]


@pytest.mark.parametrize(("month", "wins", "loses"), [(1, "coats", "bikinis"), (7, "bikinis", "coats")])
def test_a_coat_and_a_bikini_change_places_with_the_month(start, month, wins, loses):
    shown = page(start.replace(month=month))["share_season"]
    assert shown[wins] > shown[loses]


def test_and_with_the_hemisphere(start):
    strong = start.replace(month=1, season_weight=2.0)
    assert page(strong)["share_season"]["coats"] > page(strong)["share_season"]["bikinis"]
    south = page(strong.replace(country="BR"))["share_season"]
    assert south["bikinis"] > south["coats"]


def test_the_other_hemisphere_gains_most_since_history_is_the_majority_s(start):
    for month in (1, 7):
        result = compare_season_search(start.replace(month=month))
        assert result.change("season", "BR") > 0.1
        assert result.change("season", "BR") > result.change("season", "RU")


def test_a_season_without_weight_ranks_as_if_there_were_none(start):
    result = compare_season_search(start.replace(season_weight=0.0))
    assert result.change("season") == 0.0
    assert (result.table["share_plain"] == result.table["share_season"]).all()


def test_buyers_who_ignore_the_season_gain_nothing_by_it(start):
    result = compare_season_search(start.replace(month=7, season_effect=0.0))
    assert result.change("season", "BR") < 0.02


def test_at_double_11_three_months_of_best_sellers_are_not_the_best_sellers(start):
    november = compare_season_search(start.replace(month=11))
    assert november.change("best_sellers") < november.change("season")
    assert november.change("season") > 0
    assert november.still_best < 10


def test_pages_and_rules_are_whole(start):
    result = compare_season_search(start)
    assert result.table["share_season"].sum() == pytest.approx(1.0)
    assert result.table["share_plain"].sum() == pytest.approx(1.0)
    assert set(result.rules["rule"]) == set(RULES)
    by_rule = result.rules.groupby("rule")["orders"].sum()
    assert by_rule["season"] > 0


def test_the_world_stands_ninety_days_before_the_date(start):
    market = clothing_market(start.replace(month=11))
    assert market.starts_on.isoformat() == "2018-08-13"
    assert market.law.feed_share == 1.0


def test_both_languages(start, speaks_both):
    speaks_both(compare_season_search(start))
    assert day_in_words(11) == "November 11"
