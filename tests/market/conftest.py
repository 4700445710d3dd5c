"""Small worlds whose every number is known, and a policy that ranks as it is told."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from crossborder.market import Market, SessionLaw, View, make_market
from crossborder.market.arrays import Arrays
from crossborder.market.engines import ENGINES
from crossborder.market.history import History
from crossborder.market.keys import day_key, run_key
from crossborder.market.world import N_TASTES, empty_history


@dataclass(frozen=True)
class Fixed:
    """A policy that gives every listing the score it was told, whatever happens."""

    given: Any = 1.0
    explore_share: float = 0.0
    newcomer_days: int = 30
    per_store: int = 0
    personal_weight: float = 0.0
    formula: str = "fixed"

    def scores(self, view: View) -> np.ndarray:
        return np.broadcast_to(np.asarray(self.given, dtype=float), (view.n_listings,))


@dataclass(frozen=True)
class Pin:
    """A stage that puts one listing into one slot of every page."""

    slot: int
    listing: int

    @property
    def slots(self) -> tuple[int, ...]:
        return (self.slot,)

    def choose(self, view: View, country: int, query: int) -> tuple[int, ...]:
        return (self.listing,)


def _known_market(
    n: int = 10, *, sessions: float = 1000.0, seed: int = 0, n_stores: int = 0, prices: Any = None, appeal: Any = None,
    ages: Any = 400, history: dict[str, Any] | None = None, listings: dict[str, Any] | None = None, **law: Any,
) -> Market:  # fmt: skip
    """One country, one segment, one category without season; shipping is free and everything is ordinary."""
    random = np.random.default_rng(seed)
    start = dt.date(2018, 4, 4)  # a Wednesday
    store = np.arange(n) % (n_stores or n)
    table = pd.DataFrame(
        {
            "listing_id": [f"listing-{k:04d}" for k in range(n)],
            "title": "a thing",
            "store_id": [f"store-{k:03d}" for k in store],
            "category": "things",
            "price_usd": np.exp(random.normal(2.3, 0.3, n)).round(2) if prices is None else prices,
            "cost_usd": 3.0,
            "quality": 4.5,
            "appeal": random.normal(0.0, 0.5, n) if appeal is None else appeal,
            "first_listed": pd.Timestamp(start) - pd.to_timedelta(np.broadcast_to(ages, n), unit="D"),
            "dispatch_hours": 0.0,
            "stock_country": "CN",
            "stock_units": 1_000_000,
            "tags": "",
        }
    ).assign(**(listings or {}))
    stores = sorted(set(table["store_id"]))
    return Market(
        listings=table,
        stores=pd.DataFrame(
            {
                "store_id": stores, "medal": 0, "specialisation": 1.0, "own_brand": False,
                "opened_on": pd.Timestamp("2016-01-01"),
            }
        ),
        categories=pd.DataFrame(
            {
                "category": ["things"], "reference_price_usd": 10.0, "commission_rate": 0.15, "query_share": 1.0,
                "season_amplitude": 0.0, "peak_month": 1.0,
            }
        ),
        countries=pd.DataFrame(
            {
                "country": ["RU"], "zone": "Europe/Moscow", "southern": False, "sessions_per_day": float(sessions),
                "price_sensitivity": 1.0, "delivery_patience": 1.0, "shipping_usd": 0.0, "delivery_days": 20.0,
                "payment_coverage": 1.0,
            }
        ),
        segments=pd.DataFrame({"segment": ["all"], "share": 1.0, "price_sensitivity": 1.0}),
        history=empty_history(n).assign(**(history or {})),
        tastes=np.zeros((n, N_TASTES)),
        segment_tastes=np.zeros((1, N_TASTES)),
        law=SessionLaw(**{"feed_share": 0.0, **law}),
        starts_on=start,
    )  # fmt: skip


@pytest.fixture(scope="session")
def known_market() -> Callable[..., Market]:
    return _known_market


@pytest.fixture(scope="session")
def fixed() -> type[Fixed]:
    return Fixed


@pytest.fixture(scope="session")
def pin() -> type[Pin]:
    return Pin


@pytest.fixture(scope="session")
def small() -> Market:
    """A made-up market of 20 stores, four countries, three segments and eight categories."""
    return make_market(20, rng=1, sessions_per_day=3000)


class Morning:
    """The first morning of a run: an engine ready to walk that day as often as one likes, each time with other luck."""

    def __init__(self, market: Market, policy: Any, engine: str, stages: tuple = (), seed: int = 0) -> None:
        self.seed = seed
        self.arrays = Arrays(market)
        self.walker = ENGINES[engine](self.arrays, policy, stages)
        self.view = View(0, self.arrays, History(market.history, self.walker.dtype))
        self.open = self.arrays.active(0)

    def key(self, replicate: int) -> np.uint64:
        return day_key(run_key(self.seed, replicate), 0)

    def pages(self, replicate: int = 0) -> SimpleNamespace:
        names = ("items", "theta", "shown", "count", "pool", "pool_start", "explore", "attention", "explore_at")
        return SimpleNamespace(
            **dict(zip(names, self.walker.pages(self.view, self.open, self.key(replicate)), strict=True))
        )

    def day(self, replicate: int = 0, sessions: int = 1000) -> Any:
        """Counts of a day on which exactly ``sessions`` come to each cell."""
        shape = (self.arrays.n_countries, self.arrays.n_segments, self.arrays.n_queries)
        exactly = np.zeros(shape, self.walker.dtype)
        exactly[:, :, 0] = sessions
        self.walker.arrive = lambda mean, day_key: exactly
        return self.walker.day(self.view, exactly, self.open, self.key(replicate))


@pytest.fixture(scope="session")
def morning() -> type[Morning]:
    return Morning
