"""Mechanism 46, store weight: promotions raise it for later. One burst, or the same days spread evenly?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from crossborder.i18n import N_, _, numbers
from crossborder.market.make import make_market
from crossborder.market.simulate import ENGINE_LABELS, simulate_market
from crossborder.market.view import View
from crossborder.market.world import Market
from crossborder.origin import Origin, assumed, simulated, stated
from crossborder.params import Params, choice, param
from crossborder.ranking.policies import RankingPolicy, policy
from crossborder.ranking.shared_seed import shared_seed
from crossborder.result import Result

BASE_RULE = "conversion * rating"
FIRST_DAY = 14  # before the first promotion day, all plans are alike
BEST_PERFORMANCE = 10.0  # a store's week of sales over the mean store's counts up to this
PLANS = {"none": N_("no promotion"), "burst": N_("one burst"), "steady": N_("spread evenly")}
UNPUBLISHED = N_(
    "Store weight exists, its formula is not published: a moving average of the store's sales is our model."
)


@dataclass(frozen=True, kw_only=True)
class StoreWeightScenario(Params):
    """One store of middling sales buys the first place in its category on a number of days."""

    promotion_days: int = param(14, 1, 42, label=N_("Days of promotion"), unit=N_("days"), main=True)
    memory_days: float = param(
        21.0,
        2.0,
        90.0,
        step=1.0,
        label=N_("Memory of the store weight"),
        unit=N_("days"),
        origin=assumed(UNPUBLISHED),
        main=True,
    )
    strength: float = param(
        0.5,
        0.0,
        2.0,
        step=0.05,
        label=N_("Power of the store weight in the score"),
        origin=assumed(UNPUBLISHED),
        main=True,
    )
    days: int = param(98, 56, 365, step=7, label=N_("Days"), unit=N_("days"))
    n_stores: int = param(60, 10, 1000, label=N_("Stores"), unit=N_("stores"), log=True)
    sessions_per_day: int = param(8_000, 100, 10_000_000, label=N_("Sessions per day"), unit=N_("sessions"), log=True)
    engine: str = choice("expected", ENGINE_LABELS, label=N_("Engine"))


class WeightedByStore:
    """``policy`` times store weight to a power; weight ← (1 − α)·weight + α·performance, day by day, from 1.

    Performance is the store's GMV of the last seven days over that of the mean store. It remembers: one object a run.
    """

    def __init__(self, base: RankingPolicy, memory_days: float, strength: float) -> None:
        self._base, self._alpha, self._strength = base, 1.0 - np.exp(-1.0 / memory_days), strength
        self.weights: list[np.ndarray] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._base, name)

    @property
    def formula(self) -> str:
        """The policy as it is written."""
        return f"{self._base.formula} × store weight ** {self._strength:g}"

    def scores(self, view: View) -> np.ndarray:
        """The base score times the weight that the store has today."""
        n_stores = int(view.store.max()) + 1
        sales = np.bincount(view.store, view.total("gmv_cents", 7), n_stores)
        performance = np.minimum(sales / max(sales.mean(), 1e-9), BEST_PERFORMANCE)
        before = self.weights[-1] if self.weights else np.ones(n_stores)
        self.weights.append(before + self._alpha * (performance - before))
        return self._base.scores(view) * np.maximum(self.weights[-1], 1e-6)[view.store] ** self._strength


class FirstPlace:
    """Puts one listing first on the pages of its category on the days that were bought."""

    slots = (0,)

    def __init__(self, listing: int, category: int, days: set[int]) -> None:
        self._listing, self._category, self._days = listing, category, days

    def choose(self, view: View, country: int, query: int) -> tuple[int, ...]:
        """The listing on its days, otherwise the place stays with the ranking."""
        return (self._listing if view.day in self._days and query == self._category else -1,)


@dataclass(frozen=True, kw_only=True)
class WeightPlans(Result):
    """``table`` has one row per plan and day: store weight and GMV of the store (mean of seven days)."""

    columns: ClassVar[Mapping[str, str]] = {
        "plan": N_("Plan"),
        "day": N_("Day"),
        "store_weight": N_("Store weight"),
        "gmv_usd": N_("GMV of the store a day, USD"),
    }
    row_labels: ClassVar[Mapping[str, str]] = PLANS

    table: pd.DataFrame
    gmv_usd: Mapping[str, float]
    promotion_days: int
    engine: str
    seed: int | None

    @property
    def text(self) -> str:
        gains = {plan: self.gmv_usd[plan] / max(self.gmv_usd["none"], 1e-9) - 1.0 for plan in ("burst", "steady")}
        better = "burst" if gains["burst"] >= gains["steady"] else "steady"
        last = self.table.groupby("plan")["store_weight"].last()
        return _(
            "{days} days of promotion raise the store's GMV by {burst} in one burst and by {steady} spread evenly: "
            "{better} does more. At the end the store weight is {weight_burst} and {weight_steady} ({weight_none} "
            "without promotion)."
        ).format(
            days=self.promotion_days,
            burst=numbers.percent(gains["burst"], 0),
            steady=numbers.percent(gains["steady"], 0),
            better=_(PLANS[better]),
            weight_burst=numbers.decimal(last["burst"]),
            weight_steady=numbers.decimal(last["steady"]),
            weight_none=numbers.decimal(last["none"]),
        )

    @property
    def origin(self) -> Mapping[str, Origin]:
        rule = "weight(t) = (1 − α)·weight(t−1) + α·performance(t)"
        return {
            "*": simulated(rule, seed=self.seed, note=ENGINE_LABELS.get(self.engine, self.engine)),
            "store_weight": stated("mech-promotions-raise-store-weight", note=UNPUBLISHED),
        }


def weigh_stores(scenario: StoreWeightScenario | None = None, rng: Any = 0) -> WeightPlans:
    """Does a burst of promotion or a steady one raise the store weight, and the sales that follow, more?

    Score = conversion × rating × weight^power, weight a moving average of the store's sales over the mean store's. Both
    plans buy the first place in the category on the same number of days.

    Source: fact mech-promotions-raise-store-weight (it exists); memory, power and performance are assumed.

    >>> plans = weigh_stores(StoreWeightScenario(days=56, n_stores=30))
    >>> plans.gmv_usd["burst"] > plans.gmv_usd["none"]
    True
    """
    scenario = scenario or StoreWeightScenario()
    market = make_market(scenario.n_stores, listings_per_store=3.0, sessions_per_day=scenario.sessions_per_day)
    listing, category, store = _middling(market)
    parts, gmv, seed = [], {}, shared_seed(rng)
    for plan, days in _bought_days(scenario).items():
        rule = WeightedByStore(policy(BASE_RULE), scenario.memory_days, scenario.strength)
        run = simulate_market(
            market, rule, scenario.days, scenario.engine, seed, stages=[FirstPlace(listing, category, days)]
        )
        mine = (market.listings["store_id"] == market.stores["store_id"].iloc[store]).to_numpy()
        daily = run.daily["gmv_cents"][:, mine].sum(axis=1) / 100.0
        gmv[plan] = float(daily.sum())
        smooth = pd.Series(daily).rolling(7, min_periods=1).mean()
        weights = np.array([w[store] for w in rule.weights])
        parts.append(
            pd.DataFrame({"plan": plan, "day": range(scenario.days), "store_weight": weights, "gmv_usd": smooth})
        )
    return WeightPlans(
        table=pd.concat(parts, ignore_index=True),
        gmv_usd=gmv,
        promotion_days=scenario.promotion_days,
        engine=scenario.engine,
        seed=seed,
    )


def _bought_days(scenario: StoreWeightScenario) -> dict[str, set[int]]:
    n = scenario.promotion_days
    steady = FIRST_DAY + np.arange(n) * (scenario.days - FIRST_DAY) // n
    return {"none": set(), "burst": set(range(FIRST_DAY, FIRST_DAY + n)), "steady": set(steady.tolist())}


def _middling(market: Market) -> tuple[int, int, int]:
    """The store of median past sales, its best-selling listing and that listing's category (row numbers)."""
    store = pd.Index(market.stores["store_id"]).get_indexer(market.listings["store_id"])
    past = market.history["gmv_cents_90"].to_numpy()
    chosen = int(np.argsort(np.bincount(store, past, len(market.stores)), kind="stable")[len(market.stores) // 2])
    listing = int(np.where(store == chosen, past, -1).argmax())
    category = int(pd.Index(market.categories["category"]).get_loc(market.listings["category"].iloc[listing]))
    return listing, category, chosen
