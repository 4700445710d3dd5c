"""The items that stores will list during a run: drawn before it starts, so that every policy meets the same ones."""

import numpy as np
import pandas as pd

from crossborder.market.keys import ENTRY, ENTRY_LUCK, entity_keys, fold_key, uniforms
from crossborder.market.sellers import STEP_DAYS
from crossborder.market.world import Market, empty_history


def with_coming_items(market: Market, key: np.uint64, days: int) -> Market:
    """The market with the items that its stores will list during the run, drawn by store and week.

    Each resembles the store's first listing (by listing_id), with a price and an appeal of its own.
    """
    rate = market.sellers.new_items_per_store_week
    weeks = days // STEP_DAYS
    if rate == 0 or weeks == 0:
        return market
    stores = entity_keys(market.stores["store_id"])
    entry = fold_key(key, ENTRY)
    drawn = np.array([uniforms(fold_key(entry, week), stores) for week in range(weeks)])
    week, store = np.nonzero(drawn < 1.0 - np.exp(-rate))
    pattern = _first_listing_of_store(market)[store]
    week, store, pattern = week[pattern >= 0], store[pattern >= 0], pattern[pattern >= 0]
    if len(week) == 0:
        return market
    listings, names = market.listings, market.stores["store_id"].to_numpy()
    luck = uniforms(fold_key(key, ENTRY_LUCK), stores[store] + week.astype(np.uint64))
    spread = np.exp(0.5 * (luck - 0.5))
    mark = "new"
    while listings["listing_id"].astype(str).str.startswith(f"{mark}-").any():  # a market that has run before
        mark += "er"
    new = listings.iloc[pattern].reset_index(drop=True)
    new["listing_id"] = [f"{mark}-{names[s]}-{w + 1}" for s, w in zip(store, week, strict=True)]
    new["price_usd"] = (new["price_usd"] * spread).round(2).clip(lower=0.01)
    new["cost_usd"] = new["cost_usd"] * spread
    new["appeal"] = new["appeal"] + luck - 0.5
    new["first_listed"] = pd.Timestamp(market.starts_on) + pd.to_timedelta((week + 1) * STEP_DAYS, unit="D")
    return market.unchecked(
        listings=pd.concat([listings, new], ignore_index=True),
        history=pd.concat([market.history, empty_history(len(new))], ignore_index=True),
        tastes=np.concatenate([market.tastes, market.tastes[pattern]]),
        open_carts=None if market.open_carts is None else np.pad(market.open_carts, ((0, 0), (0, len(new)))),
    )


def _first_listing_of_store(market: Market) -> np.ndarray:
    """Row of each store's first listing by listing_id, -1 where it has none."""
    backwards = np.argsort(market.listings["listing_id"].to_numpy(dtype=object), kind="stable")[::-1]
    store = pd.Index(market.stores["store_id"]).get_indexer(market.listings["store_id"])
    first = np.full(len(market.stores), -1)
    first[store[backwards]] = backwards  # the last to be written is the first by name
    return first
