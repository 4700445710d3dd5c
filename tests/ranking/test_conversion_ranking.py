import pytest

from crossborder.ranking.conversion_ranking import ConversionRankingScenario, allocate_by_conversion


@pytest.fixture(scope="module")
def race():
    return allocate_by_conversion()


def mean_prices(result):
    return result.table.groupby("week")["price_usd"].mean()


def test_three_sellers_race_towards_cost_in_ten_weeks(race):
    prices = mean_prices(race)
    assert len(prices) == 11
    assert prices.iloc[-1] < 0.75 * prices.iloc[0]
    assert prices.iloc[-1] > race.lowest_price_usd


def test_the_new_rule_ends_the_race(race):
    gmv = allocate_by_conversion(ConversionRankingScenario(rule="price * conversion * rating"))
    assert mean_prices(gmv).iloc[-1] > mean_prices(race).iloc[-1] + 3


def test_dearer_goods_race_less_far(race):
    dear = allocate_by_conversion(ConversionRankingScenario(cost_usd=9.0))
    assert mean_prices(dear).iloc[-1] > mean_prices(race).iloc[-1]


def test_the_cheapest_is_seen_most(race):
    first = race.table[race.table["week"] == 0].set_index("seller")
    assert first["traffic_share"].idxmax() == first["price_usd"].idxmin()
    assert race.table.groupby("week")["traffic_share"].sum().to_numpy() == pytest.approx(1.0)


def test_keeping_the_price_is_possible():
    held = allocate_by_conversion(ConversionRankingScenario(you_hold=True, weeks=3)).table
    assert held.loc[held["seller"] == "you", "price_usd"].nunique() == 1
    assert held.loc[held["seller"] == "rival 1", "price_usd"].nunique() > 1


def test_says_its_sentence(race, speaks_both):
    speaks_both(race)
    assert "joom-old-ranking-favours-cheapest" in race.origin_of("traffic_share").facts
