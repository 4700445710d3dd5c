"""Invented orders with local timestamps, as a platform's export shows them."""

from typing import Any

import numpy as np
import pandas as pd

from crossborder.ranking.dispatch_clock import SELLER_ZONE

FIRST_MONDAY = pd.Timestamp("2018-03-05")
WEEKS = 4
RESTING_STORES = 0.75
PAYMENT_LAG_HOURS = 5.0


def draw_dispatch_log(
    listings: pd.DataFrame, countries: pd.DataFrame, orders_per_listing: int, rng: Any = 0
) -> pd.DataFrame:
    """When were these orders placed, paid some hours later, and scanned?

    ``dispatch_hours`` of a listing is the median from payment to scan on working days; a scan that falls on a weekend
    waits for Monday in three of four stores (assumed). Times are local: the buyer's for the order, Shanghai's for the
    scan.
    """
    random = np.random.default_rng(rng)
    n = len(listings) * orders_per_listing
    country = random.choice(len(countries), n, p=countries["sessions_per_day"] / countries["sessions_per_day"].sum())
    created = pd.Series(FIRST_MONDAY + pd.to_timedelta(random.integers(0, WEEKS * 7 * 24 * 3600, n), unit="s"))  # UTC
    paid = created + pd.to_timedelta(random.exponential(PAYMENT_LAG_HOURS, n), unit="h")
    median = np.repeat(listings["dispatch_hours"].to_numpy(float), orders_per_listing)
    scan = (
        (paid + pd.to_timedelta(median * np.exp(0.3 * random.normal(size=n)), unit="h"))
        .dt.tz_localize("UTC")
        .dt.tz_convert(SELLER_ZONE)
    )
    scan = scan.dt.tz_localize(None)
    _codes, store = np.unique(listings["store_id"].to_numpy(), return_inverse=True)
    rests = (random.random(store.max() + 1) < RESTING_STORES)[np.repeat(store, orders_per_listing)]
    weekend = scan.dt.day_of_week.to_numpy() >= 5
    monday = (
        scan.dt.normalize()
        + pd.to_timedelta(7 - scan.dt.day_of_week, unit="D")
        + pd.to_timedelta(random.uniform(9, 18, n), unit="h")
    )
    zone = countries["zone"].to_numpy()[country]
    return pd.DataFrame(
        {
            "listing_id": np.repeat(listings["listing_id"].to_numpy(), orders_per_listing),
            "created_at": _local(created, zone),
            "paid_at": _local(paid, zone),
            "buyer_zone": zone,
            "first_scan_at": scan.where(~(rests & weekend), monday),
        }
    )


def _local(utc: pd.Series, zone: np.ndarray) -> pd.Series:
    out = utc.copy()
    for name in np.unique(zone):
        here = zone == name
        out[here] = utc[here].dt.tz_localize("UTC").dt.tz_convert(name).dt.tz_localize(None)
    return out
