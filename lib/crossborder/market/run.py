"""MarketRun: what a simulated market leaves behind, day by day and listing by listing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crossborder.i18n import N_, _, numbers
from crossborder.market.tally import tally_day
from crossborder.origin import Origin, simulated
from crossborder.result import Result

if TYPE_CHECKING:
    from crossborder.market.arrays import Arrays
    from crossborder.market.engines import Counts
    from crossborder.market.world import Market

SETTLED = ("carts", "carts_dropped", "orders", "cancelled", "units", "late", "disputes", "reviews", "stars")
TALLIED = ("impressions", "clicks", "gmv_cents", "commission_cents", "profit_cents", "on_sale")
PLATFORM = ("sessions", "impressions", "clicks", "orders", "units", "gmv_usd", "commission_usd", "buyer_surplus_usd")


@dataclass(frozen=True, kw_only=True)
class MarketRun(Result):
    """``table``: one row per day and listing. ``stores``, ``platform`` (per day) and ``countries`` stand beside it.

    ``daily`` holds the same numbers as arrays (days x listings); money in cents. ``country_totals`` has impressions,
    clicks and orders of the whole run (countries x listings). ``market`` is the world as it started,
    items that came during the run included.
    """

    columns = {
        "day": N_("Day"), "listing_id": N_("Listing"), "store_id": N_("Store"), "impressions": N_("Impressions"),
        "clicks": N_("Clicks"), "carts": N_("Added to cart"), "orders": N_("Orders"), "units": N_("Units"),
        "gmv_usd": N_("GMV, USD"), "price_usd": N_("Price, USD"),
    }  # fmt: skip

    market: "Market"
    engine: str
    policy: str
    seed: int | None
    replicate: int
    daily: Mapping[str, np.ndarray]
    by_country: Mapping[str, np.ndarray]
    country_totals: Mapping[str, np.ndarray] = field(repr=False)
    left_day: np.ndarray = field(repr=False)
    history: pd.DataFrame = field(repr=False)
    stock: np.ndarray = field(repr=False)
    carts: np.ndarray = field(repr=False)
    customers: np.ndarray = field(repr=False)
    fans: np.ndarray = field(repr=False)

    @property
    def days(self) -> int:
        """How many days ran."""
        return len(self.daily["orders"])

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per day and listing that was on sale: day, listing_id, store_id, impressions, orders, gmv_usd ..."""
        n = self.market.n_listings
        frame = pd.DataFrame({"day": np.repeat(np.arange(self.days), n)})
        for name in ("listing_id", "store_id"):
            frame[name] = np.tile(self.market.listings[name].to_numpy(), self.days)
        for name in (
            "impressions",
            "clicks",
            "carts",
            "orders",
            "units",
            "cancelled",
            "late",
            "disputes",
            "reviews",
            "stars",
        ):
            frame[name] = self.daily[name].ravel()
        for name in ("gmv", "price"):
            frame[f"{name}_usd"] = self.daily[f"{name}_cents"].ravel() / 100.0
        return frame[self.daily["on_sale"].ravel()].reset_index(drop=True)

    @cached_property
    def listings(self) -> pd.DataFrame:
        """One row per listing: its table row, its totals over the run, its last price and whether it is still there."""
        out = self.market.listings.copy()
        for name in ("impressions", "clicks", "carts", "orders", "units", "disputes", "reviews", "stars"):
            out[name] = self.daily[name].sum(axis=0)
        out["gmv_usd"] = self.daily["gmv_cents"].sum(axis=0) / 100.0
        out["profit_usd"] = self.daily["profit_cents"].sum(axis=0) / 100.0
        out["last_price_usd"] = self.daily["price_cents"][-1] / 100.0
        out["survived"] = self.left_day > self.days
        return out

    @cached_property
    def market_after(self) -> "Market":
        """The world as this run leaves it, to let something else happen next: counts, prices, stocks, the date.

        Stores that gave up stay, with nothing left to sell. Medals are as they were at the start.
        """
        last, here = self.daily["price_cents"][-1] / 100.0, self.left_day > self.days
        stock = np.where(here, np.rint(self.stock), 0).astype(np.int64)
        return self.market.replace(
            listings=self.market.listings.assign(price_usd=last, stock_units=stock),
            history=self.history, open_carts=self.carts, customers=self.customers, fans=self.fans,
            starts_on=self.market.starts_on + dt.timedelta(days=self.days),
        )  # fmt: skip

    @cached_property
    def stores(self) -> pd.DataFrame:
        """One row per store: totals over the run, customers and fans at the end, whether it is still there."""
        sums = ["impressions", "clicks", "orders", "units", "gmv_usd", "profit_usd"]
        totals = self.listings.groupby("store_id", sort=False).agg({**dict.fromkeys(sums, "sum"), "survived": "any"})
        out = self.market.stores.merge(totals, left_on="store_id", right_index=True, how="left")
        out[sums] = out[sums].fillna(0)
        out["survived"] = out["survived"].eq(True)
        return out.assign(customers=self.customers.sum(axis=0), fans=self.fans.sum(axis=0))

    @cached_property
    def platform(self) -> pd.DataFrame:
        """One row per day: sessions, impressions, clicks, orders, units, GMV, commission, buyer surplus."""
        out = pd.DataFrame({"day": np.arange(self.days), "sessions": self.by_country["sessions"].sum(axis=1)})
        for name in ("impressions", "clicks", "orders", "units"):
            out[name] = self.daily[name].sum(axis=1)
        out["gmv_usd"] = self.daily["gmv_cents"].sum(axis=1) / 100.0
        out["commission_usd"] = self.daily["commission_cents"].sum(axis=1) / 100.0
        out["buyer_surplus_usd"] = self.by_country["buyer_surplus_usd"].sum(axis=1)
        return out[["day", *PLATFORM]]

    @cached_property
    def countries(self) -> pd.DataFrame:
        """One row per day and country: sessions, clicks, orders, buyer surplus."""
        codes = self.market.countries["country"].to_numpy()
        frame = pd.DataFrame({"day": np.repeat(np.arange(self.days), len(codes)), "country": np.tile(codes, self.days)})
        return frame.assign(**{name: values.ravel() for name, values in self.by_country.items()})

    @property
    def text(self) -> str:
        total = self.platform[["orders", "gmv_usd", "sessions"]].sum()
        return _("In {days} days {sessions} sessions led to {orders} orders worth {gmv} under {policy}.").format(
            days=self.days,
            sessions=numbers.count(total["sessions"]),
            orders=numbers.count(total["orders"]),
            gmv=numbers.money(total["gmv_usd"]),
            policy=self.policy,
        )

    @property
    def origin(self) -> Mapping[str, Origin]:
        from crossborder.market.simulate import ENGINE_LABELS  # that module makes runs

        return {"*": simulated(self.policy, seed=self.seed, note=ENGINE_LABELS.get(self.engine, self.engine))}


class Diary:
    """Fills the arrays of a run while it goes on."""

    def __init__(self, days: int, arrays: "Arrays", dtype: type) -> None:
        self._arrays = arrays
        self._written = 0
        self._fee_cents = np.rint(arrays.paid_fee_usd * 100).astype(np.int64)
        shape = (days, arrays.n)
        self.daily: dict[str, np.ndarray] = {name: np.zeros(shape, dtype) for name in TALLIED[:-1]}
        self._settled: np.ndarray = np.zeros((days, len(SETTLED), arrays.n), dtype)
        self.daily |= {name: self._settled[:, k] for k, name in enumerate(SETTLED)}
        self.daily["price_cents"] = np.zeros(shape, np.int64)
        self.daily["on_sale"] = np.zeros(shape, bool)
        self.by_country: dict[str, np.ndarray] = {
            name: np.zeros((days, arrays.n_countries), dtype) for name in ("sessions", "clicks", "orders")
        }
        self.by_country["buyer_surplus_usd"] = np.zeros((days, arrays.n_countries))
        self._totals: np.ndarray = np.zeros((3, arrays.n_countries, arrays.n), dtype)
        self.country_totals = dict(zip(("impressions", "clicks", "orders"), self._totals, strict=True))

    @property
    def orders(self) -> np.ndarray:
        """Orders so far, days x listings."""
        return self.daily["orders"][: self._written]

    @property
    def profit_cents(self) -> np.ndarray:
        """Sellers' profit so far, days x listings."""
        return self.daily["profit_cents"][: self._written]

    @staticmethod
    def last_days(values: np.ndarray, days: int) -> np.ndarray:
        """Sum over the last days written."""
        return values[-days:].sum(axis=0)

    def write(
        self,
        day: int,
        counts: "Counts",
        by_row: np.ndarray,
        settled: np.ndarray,
        price_cents: np.ndarray,
        open_: np.ndarray,
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Note one settled day; returns its impressions, clicks and GMV in cents per listing."""
        a, daily = self._arrays, self.daily
        self._settled[day] = settled
        daily["price_cents"][day] = price_cents
        tally_day(
            counts.impressions, counts.clicks, by_row, settled, open_, price_cents, a.cost_cents, self._fee_cents,
            a.commission, self._totals, *(daily[name][day] for name in TALLIED),
            self.by_country["clicks"][day], self.by_country["orders"][day],
        )  # fmt: skip
        self.by_country["sessions"][day] = counts.sessions.sum(axis=(1, 2))
        self.by_country["buyer_surplus_usd"][day] = counts.surplus_usd.reshape(a.n_countries, -1).sum(axis=1)
        self._written = day + 1
        return daily["impressions"][day], daily["clicks"][day], daily["gmv_cents"][day]

    def close(
        self,
        *,
        engine: str,
        policy: str,
        seed: int | None,
        replicate: int,
        history: pd.DataFrame,
        carts: np.ndarray,
        customers: np.ndarray,
        fans: np.ndarray,
    ) -> MarketRun:
        """The finished run."""
        return MarketRun(
            market=self._arrays.market, engine=engine, policy=policy, seed=seed, replicate=replicate, daily=self.daily,
            by_country=self.by_country, country_totals=self.country_totals, left_day=self._arrays.left_day,
            history=history, stock=self._arrays.stock, carts=carts, customers=customers, fans=fans,
        )  # fmt: skip
