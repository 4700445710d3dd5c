"""Who is seen: policies as readable formulas, their boosts and rules, and what changing them does.

``policy("conversion * rating | explore(0.05)")`` reads a formula; the same is built from terms in Python.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    **dict.fromkeys(
        (
            "boost",
            "medal_boost",
            "tilt",
            "conversion",
            "click_rate",
            "rating",
            "price",
            "gmv_30d",
            "gmv_90d",
            "orders_90d",
            "season",
            "store_weight",
            "freshness",
            "chance",
        ),
        "terms",
    ),
    **dict.fromkeys(
        ("policy", "RankingPolicy", "explore", "per_store", "personal", "conversion_times_rating", "gmv_times_rating"),
        "policies",
    ),
    **dict.fromkeys(("compare_policies", "PolicyChangeScenario", "change_policy", "PolicyComparison"), "compare"),
    **dict.fromkeys(("same_product_offers", "OfferShares"), "offers"),
    **dict.fromkeys(("SameProductScenario", "split_traffic"), "slide"),
    **dict.fromkeys(("map_story", "StoryMapScenario", "StoryMap"), "story"),
    **dict.fromkeys(("grow_feeds", "PersonalFeedScenario"), "personal_feed"),
    **dict.fromkeys(("protect_brand", "BrandSearchScenario", "BrandFirst"), "brand_search"),
    **dict.fromkeys(("classify_query",), "query_kinds"),
    **dict.fromkeys(("compare_season_search", "SeasonSearchScenario"), "season_search"),
    **dict.fromkeys(("compare_country_pages", "CountryPagesScenario"), "country_pages"),
    **dict.fromkeys(("judge_plus_label", "PlusLabelScenario"), "plus_label"),
    **dict.fromkeys(("choose_free_shipping", "FreeShippingScenario"), "free_shipping"),
    **dict.fromkeys(("measure_dispatch",), "dispatch_clock"),
    **dict.fromkeys(("split_dispatch_claim", "DispatchIncentiveScenario"), "dispatch_incentive"),
    **dict.fromkeys(("judge_warehouse_tag", "WarehouseTagScenario"), "warehouse_tag"),
    **dict.fromkeys(("choose_forward_stock", "ForwardStockScenario"), "forward_stock"),
    **dict.fromkeys(("first_page",), "shelf"),
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"crossborder.ranking.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'crossborder.ranking' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
