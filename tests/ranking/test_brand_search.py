"""Brand searches in the market: whom the store link helps, and whom not."""

import pytest

from crossborder.errors import BoundsError
from crossborder.ranking import policy
from crossborder.ranking.brand_search import (
    BRAND_STORE,
    SEARCH,
    STORE_PAGE,
    BrandFirst,
    BrandSearchScenario,
    brand_market,
    protect_brand,
    searches,
)
from crossborder.ranking.shelf import first_page


@pytest.fixture(scope="module")
def start() -> BrandSearchScenario:
    return BrandSearchScenario(world=BrandSearchScenario().world.replace(n_stores=25), days=10, worlds=4)


@pytest.fixture(scope="module")
def result(start):
    return protect_brand(start)


def test_without_a_trademark_nothing_changes_at_all(start):
    table = protect_brand(start.replace(registered=False)).table
    assert table["difference"].abs().max() == 0.0


def test_the_link_moves_clicks_from_the_copies_to_the_brand(result):
    assert result.row("own_click_share")["low"] > 0.1
    assert result.row("orders_brand")["low"] > 0
    assert result.row("orders_copies")["high"] < 0
    assert result.row("stars_bought")["low"] > 0


def test_the_more_follow_the_link_the_better_for_the_brand(start, result):
    none, all_ = (protect_brand(start.replace(link_share=share)) for share in (0.0, 1.0))
    shares = [run.row("own_click_share")["new"] for run in (none, result, all_)]
    assert shares[0] < shares[1] < shares[2]


def test_without_copies_there_is_nobody_to_take_from(start):
    alone = protect_brand(start.replace(n_copies=0))
    assert alone.row("own_click_share")["difference"] == 0.0
    assert alone.row("orders_copies")["old"] == 0.0


def test_the_brand_s_own_goods_stand_first_on_its_search_and_nowhere_else(start):
    market = brand_market(start)
    market = market.replace(searches=searches(0.05, 0.5))
    own = tuple(i for i, store in enumerate(market.listings["store_id"]) if store == BRAND_STORE)
    stage, rule = BrandFirst(SEARCH, own), policy("conversion * rating")
    top = first_page(market, rule, "RU", SEARCH, stages=[stage])["store_id"].tolist()
    assert set(top[: len(own)]) == {BRAND_STORE} and BRAND_STORE not in top[len(own) :]
    assert set(first_page(market, rule, "RU", STORE_PAGE)["store_id"]) == {BRAND_STORE}
    for query in ("toys", "feed"):
        with_stage = first_page(market, rule, "RU", query, stages=[stage])["listing_id"].tolist()
        assert with_stage == first_page(market, rule, "RU", query)["listing_id"].tolist()


def test_the_typed_search_is_read_aloud(start):
    quick = start.replace(worlds=2, days=5)
    assert "a kind of goods" in protect_brand(quick.replace(query="red shoes")).text
    assert "one letter away" in protect_brand(quick.replace(query="nordwnd")).text


def test_a_search_of_a_thousand_letters_is_refused(start):
    with pytest.raises(BoundsError, match="200 characters"):
        start.replace(query="x" * 1000)


def test_both_languages(result, speaks_both):
    speaks_both(result)
