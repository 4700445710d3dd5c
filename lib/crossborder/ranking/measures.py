"""What a run means for the platform, for buyers and for sellers: one number per measure."""

from collections.abc import Mapping

import numpy as np

from crossborder.i18n import N_
from crossborder.market.run import MarketRun
from crossborder.ranking.standing import Standing
from crossborder.statistics.concentration import gini, top_share

CHEAPEST_SHARE = 0.2

# label, unit, side
MEASURES: Mapping[str, tuple[str, str, str]] = {
    "gmv_usd": (N_("GMV"), "usd", "platform"),
    "orders": (N_("Orders"), "count", "platform"),
    "order_value_usd": (N_("Order value"), "usd", "platform"),
    "commission_usd": (N_("Commission"), "usd", "platform"),
    "conversion": (N_("Orders per click"), "share", "platform"),
    "buyer_surplus_usd": (N_("Buyer surplus"), "usd", "buyers"),
    "cheapest_share": (N_("Traffic to the cheapest fifth"), "share", "buyers"),
    "price_level": (N_("Price paid over reference price"), "ratio", "buyers"),
    "quality_shown": (N_("True quality shown"), "stars", "buyers"),
    "dispute_rate": (N_("Disputes per order"), "share", "buyers"),
    "seller_profit_usd": (N_("Sellers' profit"), "usd", "sellers"),
    "store_gini": (N_("Concentration of GMV over stores (Gini)"), "ratio", "sellers"),
    "top_tenth_share": (N_("GMV of the largest tenth of stores"), "share", "sellers"),
    "newcomer_share": (N_("GMV share of stores younger than 90 days"), "share", "sellers"),
    "newcomer_survival": (N_("Young stores still open"), "share", "sellers"),
}

SIDES = {"platform": N_("Platform"), "buyers": N_("Buyers"), "sellers": N_("Sellers")}


def measure_run(run: MarketRun, standing: Standing | None = None) -> dict[str, float]:
    """All measures of one run, by name; ``standing`` where several runs of one market share it."""
    daily, start, n_stores = run.daily, standing or Standing(run.market), len(run.market.stores)
    per_listing = {
        name: daily[name].sum(axis=0).astype(float) for name in ("impressions", "clicks", "orders", "units", "disputes")
    }
    gmv, profit = daily["gmv_cents"].sum(axis=0) / 100.0, daily["profit_cents"].sum(axis=0) / 100.0
    gmv_of_store = np.bincount(start.store, gmv, n_stores)
    young = start.young_stores
    open_ = np.bincount(start.store, run.left_day > run.days, n_stores) > 0
    shown = per_listing["impressions"]
    at_reference = gmv / start.reference_usd  # what was paid, in reference prices
    orders = per_listing["orders"].sum()
    return {
        "gmv_usd": float(gmv.sum()),
        "orders": float(orders),
        "order_value_usd": _ratio(gmv.sum(), orders),
        "commission_usd": float(daily["commission_cents"].sum() / 100.0),
        "conversion": _ratio(orders, per_listing["clicks"].sum()),
        "buyer_surplus_usd": float(run.by_country["buyer_surplus_usd"].sum()),
        "cheapest_share": _ratio(shown[start.price_rank <= CHEAPEST_SHARE].sum(), shown.sum()),
        "price_level": _ratio(at_reference.sum(), daily["units"].sum()),
        "quality_shown": _ratio((start.quality * shown).sum(), shown.sum()),
        "dispute_rate": _ratio(per_listing["disputes"].sum(), orders),
        "seller_profit_usd": float(profit.sum()),
        "store_gini": gini(np.maximum(gmv_of_store, 0)),
        "top_tenth_share": top_share(gmv_of_store),
        "newcomer_share": _ratio(gmv_of_store[young].sum(), gmv_of_store.sum()),
        "newcomer_survival": float(open_[young].mean()) if young.any() else float("nan"),
    }


def _ratio(top: float, bottom: float) -> float:
    return float(top / bottom) if bottom else float("nan")
