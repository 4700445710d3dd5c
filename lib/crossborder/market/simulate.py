"""One market, day by day, in the causal order of the model: arrivals to governance."""

import copy
from collections.abc import Sequence
from typing import Any

import numpy as np

from crossborder.errors import EngineError
from crossborder.i18n import N_, _
from crossborder.market.arrays import Arrays
from crossborder.market.arrivals import Arrivals
from crossborder.market.asked import check_days, check_flag, check_market, check_policies
from crossborder.market.coming import with_coming_items
from crossborder.market.engines import ENGINES, Engine
from crossborder.market.history import History
from crossborder.market.keys import EXIT, PRICE, day_key, entity_keys, fold_key, run_key, uniforms
from crossborder.market.protocols import Governance, GovernanceAct, Policy, SlateStage
from crossborder.market.run import Diary, MarketRun
from crossborder.market.sellers import REVIEW_DAYS, STEP_DAYS, Exits, PriceSetting
from crossborder.market.view import View
from crossborder.market.world import Market

ENGINE_LABELS = {
    "expected": N_("expected (means, no luck)"),
    "aggregate": N_("aggregate (counts per cell)"),
    "individual": N_("individual (every session)"),
}


def simulate_market(
    market: Market,
    policy: Policy,
    days: int = 90,
    engine: str = "aggregate",
    rng: Any = 0,
    *,
    replicate: int = 0,
    respond: bool = False,
    lift: Sequence[float] | None = None,
    stages: Sequence[SlateStage] = (),
    governance: Governance | None = None,
) -> MarketRun:
    """What happens on this market under this ranking policy?

    Each day: arrivals, retrieval, score, slate, attention, click, cart and order, fulfilment, review, history; once a
    week sellers respond; governance looks at the end.

    Parameters
    ----------
    market, policy : the world and who is shown (``crossborder.ranking.policy`` reads a formula)
    days : how many days, 1 to 365; ``market_after`` of the run is there to go on with
    engine : "expected" (means), "aggregate" (one multinomial per cell) or "individual" (session by session)
    rng : seed or numpy Generator (yields one key); the same seed meets the same shoppers under any policy
    replicate : which of the seed's worlds
    respond : whether sellers change prices, list new items and give up
    lift : factor on each day's sessions (a festival), or None
    stages : who fills slots before the ranking does
    governance : who may evict stores and give medals, or None

    Raises EngineError for an engine that does not exist or that this policy or market does not fit, BoundsError for
    ``days`` outside 1 to 365, FormulaError for what is no policy or boosts a tag that no listing carries.

    >>> from crossborder.market import make_market
    >>> from crossborder.ranking import conversion_times_rating
    >>> simulate_market(make_market(n_stores=10), conversion_times_rating(), days=3).table.columns[:3].tolist()
    ['day', 'listing_id', 'store_id']
    """
    (run,) = simulate_policies(
        market, [policy], days, engine, rng,
        replicate=replicate, respond=respond, lift=lift, stages=stages, governance=governance,
    )  # fmt: skip
    return run


def simulate_policies(
    market: Market,
    policies: Sequence[Policy],
    days: int = 90,
    engine: str = "aggregate",
    rng: Any = 0,
    *,
    replicate: int = 0,
    respond: bool = False,
    lift: Sequence[float] | None = None,
    stages: Sequence[SlateStage] = (),
    governance: Governance | None = None,
) -> list[MarketRun]:
    """What happens on one and the same world under each of several ranking policies?

    The same as ``simulate_market`` for each; the market is laid out once. A governance that remembers is asked about
    all of them: give it to ``simulate_market`` one by one.

    >>> from crossborder.market import make_market
    >>> from crossborder.ranking import conversion_times_rating, gmv_times_rating
    >>> runs = simulate_policies(make_market(n_stores=10), [conversion_times_rating(), gmv_times_rating()], days=3)
    >>> [run.days for run in runs]
    [3, 3]
    """
    if engine not in ENGINES:
        raise EngineError(
            _("engine must be one of {names}; got {engine!r}.").format(names=", ".join(ENGINES), engine=engine)
        )
    market, days, respond = check_market(market), check_days(days), check_flag("respond", respond)
    policies = check_policies(policies, market)
    key = run_key(rng, replicate)
    seed = int(rng) if isinstance(rng, int | np.integer) else None
    arrays = Arrays(with_coming_items(market, key, days) if respond else market)
    lifted = None if lift is None else np.asarray(lift, dtype=float)
    return [
        _simulate(copy.copy(arrays), policy, days, engine, key, seed, replicate, respond, lifted, stages, governance)
        for policy in policies
    ]


def _simulate(
    arrays: Arrays, policy: Policy, days: int, engine: str, key: np.uint64, seed: int | None, replicate: int,
    respond: bool, lift: np.ndarray | None, stages: Sequence[SlateStage], governance: Governance | None,
) -> MarketRun:  # fmt: skip
    walker = ENGINES[engine](arrays, policy, stages)
    history = History(arrays.market.history, walker.dtype)
    arrivals = Arrivals(arrays.market, lift)
    diary = Diary(days, arrays, walker.dtype)
    sellers = _Sellers(arrays, key) if respond else None
    stocks = _Stocks(arrays, walker)
    for day in range(days):
        today = day_key(key, day)
        view = View(day, arrays, history)
        price_cents = arrays.price_cents
        open_ = arrays.active(day)
        counts = walker.day(view, arrivals.mean(day, stocks.return_visits()), open_, today)
        carts_left_behind = stocks.drop_carts(day)
        settled, by_row = walker.settle(day, today, counts.wants, stocks.carts, stocks.stock)
        settled[1] += carts_left_behind
        stocks.credit(by_row, today)
        impressions, clicks, gmv_cents = diary.write(day, counts, by_row, settled, price_cents, open_)
        history.add_day(
            np.array([impressions, clicks, settled[0], settled[2], gmv_cents], dtype=walker.dtype),
            settled[7],
            settled[8],
        )
        arrays.stock = stocks.stock
        if sellers and (day + 1) % STEP_DAYS == 0:
            sellers.respond(day, open_, diary)
        if governance is not None:
            _act(arrays, governance.review(View(day, arrays, history)), day)
    return diary.close(
        engine=engine, policy=policy.formula, seed=seed, replicate=replicate, history=history.table(),
        carts=stocks.carts, customers=stocks.customers, fans=stocks.fans,
    )  # fmt: skip


class _Stocks:
    """Open carts, customers, fans and goods: what is carried from day to day beside the history."""

    def __init__(self, arrays: Arrays, walker: "Engine") -> None:
        self._arrays, self._walker = arrays, walker
        market, rows = arrays.market, arrays.n_countries * arrays.n_segments
        self.carts = _start(market.open_carts, (rows, arrays.n), walker.dtype)
        self.customers = _start(market.customers, (rows, arrays.n_stores), walker.dtype)
        self.fans = _start(market.fans, (rows, arrays.n_stores), walker.dtype)
        self.stock: np.ndarray = arrays.stock.astype(walker.dtype)
        law = market.law
        self._visits = (law.return_visits_per_customer_day, law.return_visits_per_fan_day)
        listed = np.zeros((arrays.n_stores, arrays.n_categories), np.int64)
        np.add.at(listed, (arrays.store, arrays.category), 1)
        home = np.where(listed.any(axis=1), listed.argmax(axis=1), arrays.n_queries)  # an extra one for nobody's
        self._home_cell = (np.arange(rows)[:, None] * (arrays.n_queries + 1) + home[None, :]).ravel()

    def return_visits(self) -> np.ndarray | None:
        """Extra mean sessions per cell by people who come back to a store's category; None where nobody does."""
        if not any(self._visits):
            return None
        arrays = self._arrays
        per_store = self.customers * self._visits[0] + self.fans * self._visits[1]
        cells = len(per_store) * (arrays.n_queries + 1)
        out = np.bincount(self._home_cell, per_store.ravel(), cells).reshape(len(per_store), -1)
        return out[:, : arrays.n_queries].reshape(arrays.n_countries, arrays.n_segments, -1)

    def drop_carts(self, day: int) -> np.ndarray:
        """Drop the open carts of listings that have left; returns how many of each."""
        gone = self._arrays.left_day <= day
        if not gone.any():
            return np.zeros(self._arrays.n, self.carts.dtype)
        dropped = np.where(gone, self.carts.sum(axis=0), 0)
        self.carts[:, gone] = 0
        return dropped

    def credit(self, orders_by_row: np.ndarray, day_key: np.uint64) -> None:
        """Count the day's new customers and fans."""
        self._walker.credit(orders_by_row, day_key, self.customers, self.fans)


class _Sellers:
    """The weekly round of all sellers."""

    def __init__(self, arrays: Arrays, key: np.uint64) -> None:
        self._arrays = arrays
        self._behaviour = arrays.market.sellers
        first = np.where(uniforms(fold_key(key, PRICE), arrays.entity) < 0.5, -1.0, 1.0)
        self._prices = PriceSetting(arrays.price_cents, arrays.cost_cents, arrays.commission, first)
        self._exits = Exits(uniforms(fold_key(key, EXIT), entity_keys(arrays.market.stores["store_id"])))

    def respond(self, day: int, open_: np.ndarray, diary: Diary) -> None:
        arrays = self._arrays
        profit = diary.last_days(diary.profit_cents, STEP_DAYS)
        arrays.price_cents = self._prices.respond(arrays.price_cents, profit, open_, self._behaviour)
        orders = np.bincount(arrays.store, diary.last_days(diary.orders, REVIEW_DAYS), arrays.n_stores)
        opened = np.full(arrays.n_stores, day)
        np.minimum.at(opened, arrays.store, arrays.listed_day)
        alive = np.bincount(arrays.store, open_, arrays.n_stores) > 0
        leaving = self._exits.leaving(
            orders, alive & (day - opened >= REVIEW_DAYS) & (day + 1 >= REVIEW_DAYS), self._behaviour
        )
        _put_out(arrays, leaving, day)


def _act(arrays: Arrays, act: GovernanceAct | None, day: int) -> None:
    if act is None:
        return
    if act.medals is not None:
        arrays.medal = np.asarray(act.medals, dtype=np.int64)
    if act.evicted_stores is not None:
        _put_out(arrays, np.asarray(act.evicted_stores, dtype=bool), day)


def _put_out(arrays: Arrays, stores: np.ndarray, day: int) -> None:
    gone = stores[arrays.store]
    arrays.left_day = np.where(gone, np.minimum(arrays.left_day, day + 1), arrays.left_day)


def _start(given: np.ndarray | None, shape: tuple[int, int], dtype: type) -> np.ndarray:
    return np.zeros(shape, dtype) if given is None else np.asarray(given).astype(dtype, copy=True)
