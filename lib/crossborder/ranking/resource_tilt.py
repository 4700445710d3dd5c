"""Mechanism 20, resources to the strong: traffic follows past sales to a power, with and without a quota."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from crossborder.i18n import N_, _, numbers
from crossborder.market.make import make_market
from crossborder.market.run import MarketRun
from crossborder.market.simulate import ENGINE_LABELS, simulate_market
from crossborder.origin import Origin, assumed, simulated, stated
from crossborder.params import Params, choice, flag, param
from crossborder.ranking.policies import explore, policy
from crossborder.ranking.shared_seed import shared_seed
from crossborder.ranking.standing import NEWCOMER_DAYS, Standing
from crossborder.ranking.terms import conversion, rating, tilt
from crossborder.result import Result
from crossborder.statistics.concentration import gini

WEEK, WINDOW = 7, 28
PLANS = {"even": N_("no tilt"), "tilt": N_("tilted to the strong"), "quota": N_("tilted, with a quota for newcomers")}
POWER = N_("The source says that the strong get the best resources, not how: a power of past sales is our model.")


@dataclass(frozen=True, kw_only=True)
class ResourceTiltScenario(Params):
    """How strongly traffic follows past sales, and how many slots newcomers are sure of."""

    gamma: float = param(
        1.5, 0.0, 3.0, step=0.1, label=N_("Tilt to the strong (power of past sales)"), origin=assumed(POWER), main=True
    )
    explore_share: float = param(
        0.1, 0.0, 0.5, step=0.05, label=N_("Slots kept for newcomers"), unit=N_("share"), main=True
    )
    newcomer_share: float = param(
        0.25, 0.05, 0.8, step=0.05, label=N_("Stores opened in the last 90 days"), unit=N_("share"), main=True
    )
    respond: bool = flag(True, label=N_("Sellers respond"), main=True)
    days: int = param(112, 28, 365, step=7, label=N_("Days"), unit=N_("days"))
    n_stores: int = param(80, 10, 2000, label=N_("Stores"), unit=N_("stores"), log=True)
    sessions_per_day: int = param(8_000, 100, 10_000_000, label=N_("Sessions per day"), unit=N_("sessions"), log=True)
    engine: str = choice("expected", ENGINE_LABELS, label=N_("Engine"))


@dataclass(frozen=True, kw_only=True)
class TiltOutcome(Result):
    """``table`` has one row per plan and week: inequality among stores, newcomers' share and survival, surplus."""

    columns: ClassVar[Mapping[str, str]] = {
        "plan": N_("Plan"),
        "day": N_("Day"),
        "store_gini": N_("Gini of store GMV, last 28 days"),
        "newcomer_share": N_("Newcomers' share of GMV"),
        "newcomer_survival": N_("Young stores still open"),
        "buyer_surplus_usd": N_("Buyer surplus of the week, USD"),
    }
    row_labels: ClassVar[Mapping[str, str]] = PLANS

    table: pd.DataFrame
    gamma: float
    engine: str
    seed: int | None

    def at_end(self, plan: str) -> pd.Series:
        """The last week of one plan."""
        return self.table[self.table["plan"] == plan].iloc[-1]

    def surplus_usd(self, plan: str) -> float:
        """Buyer surplus of all weeks under one plan."""
        return float(self.table.loc[self.table["plan"] == plan, "buyer_surplus_usd"].sum())

    @property
    def text(self) -> str:
        even, tilted, quota = (self.at_end(plan) for plan in PLANS)
        change = self.surplus_usd("tilt") / self.surplus_usd("even") - 1.0
        return _(
            "Tilting to the strong (power {gamma}) takes the Gini of store sales from {even} to {tilted} and leaves "
            "{alive} of the young stores open ({alive_quota} with the quota, {alive_even} without a tilt); buyer "
            "surplus changes by {change}."
        ).format(
            gamma=numbers.decimal(self.gamma, 1),
            even=numbers.decimal(even["store_gini"]),
            tilted=numbers.decimal(tilted["store_gini"]),
            alive=numbers.percent(tilted["newcomer_survival"], 0),
            alive_quota=numbers.percent(quota["newcomer_survival"], 0),
            alive_even=numbers.percent(even["newcomer_survival"], 0),
            change=numbers.signed_percent(change, 0),
        )

    @property
    def origin(self) -> Mapping[str, Origin]:
        rule = f"conversion * rating * tilt({self.gamma:g})"
        return {
            "*": simulated(rule, seed=self.seed, note=ENGINE_LABELS.get(self.engine, self.engine)),
            "plan": stated("mech-resources-tilt-to-strong", note=POWER),
        }


def tilt_resources(scenario: ResourceTiltScenario | None = None, rng: Any = 0) -> TiltOutcome:
    """What does it do to newcomers and buyers when the best resources go to the strong?

    Score = conversion × rating × (store's sales of 90 days)^γ, on the same market and shoppers without tilt, with it,
    and with it plus a quota of slots for listings not older than 90 days.

    Source: fact mech-resources-tilt-to-strong; the power and the quota are assumed.

    >>> outcome = tilt_resources(ResourceTiltScenario(days=56, n_stores=40))
    >>> bool(outcome.at_end("tilt")["store_gini"] > outcome.at_end("even")["store_gini"])
    True
    """
    scenario = scenario or ResourceTiltScenario()
    market = make_market(
        scenario.n_stores,
        listings_per_store=3.0,
        sessions_per_day=scenario.sessions_per_day,
        newcomer_share=scenario.newcomer_share,
    )
    plain = policy(conversion * rating)
    tilted = policy(conversion * rating * tilt(scenario.gamma))
    quota = policy(tilted, explore(scenario.explore_share, NEWCOMER_DAYS))
    weeks, seed = [], shared_seed(rng)
    for plan, rule in zip(PLANS, (plain, tilted, quota), strict=True):
        run = simulate_market(market, rule, scenario.days, scenario.engine, seed, respond=scenario.respond)
        weeks.append(_by_week(run).assign(plan=plan))
    table = pd.concat(weeks, ignore_index=True)[list(TiltOutcome.columns)]
    return TiltOutcome(table=table, gamma=scenario.gamma, engine=scenario.engine, seed=seed)


def _by_week(run: MarketRun) -> pd.DataFrame:
    n_stores = len(run.market.stores)
    store = pd.Index(run.market.stores["store_id"]).get_indexer(run.market.listings["store_id"])
    young = Standing(run.market).young_stores
    surplus = run.by_country["buyer_surplus_usd"].sum(axis=1)
    rows = []
    for day in range(WEEK, run.days + 1, WEEK):
        gmv = np.bincount(store, run.daily["gmv_cents"][max(day - WINDOW, 0) : day].sum(axis=0), n_stores)
        open_ = np.bincount(store, run.left_day > day, n_stores) > 0
        rows.append(
            {
                "day": day,
                "store_gini": gini(gmv),
                "newcomer_share": gmv[young].sum() / max(gmv.sum(), 1e-9),
                "newcomer_survival": open_[young].mean() if young.any() else np.nan,
                "buyer_surplus_usd": surplus[day - WEEK : day].sum(),
            }
        )
    return pd.DataFrame(rows)
