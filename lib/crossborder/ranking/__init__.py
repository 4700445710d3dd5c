"""Who is seen: policies as readable formulas, their boosts and rules, and what changing them does.

``policy("conversion * rating | explore(0.05)")`` reads a formula; the same is built from terms in Python.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    **dict.fromkeys(
        ("boost", "medal_boost", "tilt", "conversion", "click_rate", "rating", "price", "gmv_30d", "season", "store_weight"), "terms"
    ),
    **dict.fromkeys(
        ("policy", "RankingPolicy", "explore", "per_store", "personal", "conversion_times_rating", "gmv_times_rating"), "policies"
    ),
    **dict.fromkeys(("compare_policies", "PolicyChangeScenario", "change_policy", "PolicyComparison"), "compare"),
    **dict.fromkeys(("same_product_offers", "OfferShares"), "offers"),
    **dict.fromkeys(("SameProductScenario", "split_traffic"), "slide"),
    **dict.fromkeys(("map_story", "StoryMapScenario", "StoryMap"), "story"),
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"crossborder.ranking.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'crossborder.ranking' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
