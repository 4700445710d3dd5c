"""Winners and losers: what a change of policy means for kinds of sellers."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crossborder.i18n import N_
from crossborder.market.run import MarketRun

# kind -> its groups, in the order of the numbers that ``group_listings`` gives
KINDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "price": (N_("Price tier"), (N_("cheapest third"), N_("middle third"), N_("dearest third"))),
    "age": (N_("Age of the store"), (N_("younger than 90 days"), N_("90 days to a year"), N_("older than a year"))),
    "quality": (N_("True quality"), (N_("lowest third"), N_("middle third of quality"), N_("highest third"))),
    "medal": (N_("Medal"), (N_("no medal"), N_("silver"), N_("gold"))),
}


def group_listings(run: MarketRun) -> dict[str, np.ndarray]:
    """For each kind, the group (0, 1, 2) of every listing, as things stood at the start."""
    market = run.market
    listings = market.listings
    rank = listings.groupby("category")["price_usd"].rank(pct=True).to_numpy()
    quality = listings["quality"].rank(pct=True).to_numpy()
    stores = market.stores.set_index("store_id").loc[listings["store_id"]]
    age = (pd.Timestamp(market.starts_on) - pd.to_datetime(stores["opened_on"])).dt.days.to_numpy()
    return {
        "price": np.searchsorted([1 / 3, 2 / 3], rank, side="left"),
        "age": np.searchsorted([89, 364], age, side="left"),
        "quality": np.searchsorted([1 / 3, 2 / 3], quality, side="left"),
        "medal": np.clip(stores["medal"].to_numpy(int), 0, 2),
    }


def measure_groups(run: MarketRun) -> dict[str, float]:
    """Shares of impressions and of GMV, and profit, of every group: keys like ``price/0/gmv_share``."""
    totals = {
        "impressions_share": run.daily["impressions"].sum(axis=0).astype(float),
        "gmv_share": run.daily["gmv_cents"].sum(axis=0) / 100.0,
        "profit_usd": run.daily["profit_cents"].sum(axis=0) / 100.0,
    }
    out: dict[str, float] = {}
    for kind, group in group_listings(run).items():
        for name, values in totals.items():
            sums = np.bincount(group, values, 3)
            if name.endswith("share"):
                sums = sums / (sums.sum() or np.nan)
            out |= {f"{kind}/{k}/{name}": float(v) for k, v in enumerate(sums)}
    return out
