"""Mechanism 50, site and outside in a loop: identical products, several worlds from one start, other winners."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from crossborder.i18n import N_, _, numbers
from crossborder.market.keys import fold_key, run_key
from crossborder.market.protocols import PlainPolicy
from crossborder.market.simulate import simulate_market
from crossborder.market.view import View
from crossborder.market.world import Market
from crossborder.origin import Origin, assumed, simulated, stated
from crossborder.params import Params, choice, param
from crossborder.ranking.one_product import REFERENCE_PRICE_USD, one_product_market
from crossborder.ranking.policies import policy
from crossborder.ranking.shared_seed import WORLDS, shared_seed
from crossborder.result import Result
from crossborder.statistics.concentration import gini

MENTIONS_PER_DAY = 40
MENTIONS_KEPT = 0.9  # of yesterday's mentions, how many still count today
ENGINES = {"aggregate": N_("aggregate (counts per cell)"), "individual": N_("individual (every session)")}
LINK = N_("That both sides are linked is stated; how strongly, and through mentions, is assumed.")


@dataclass(frozen=True, kw_only=True)
class FeedbackLoopScenario(Params):
    """Identical products on two sides: the site ranks by past sales, the world outside by what is talked about."""

    outside_to_site: float = param(
        0.3,
        0.0,
        1.0,
        step=0.05,
        label=N_("Weight of outside mentions in the site's ranking"),
        origin=assumed(LINK),
        main=True,
    )
    site_to_outside: float = param(
        0.5,
        0.0,
        1.0,
        step=0.05,
        label=N_("Mentions that follow sales on the site"),
        unit=N_("share"),
        origin=assumed(LINK),
        main=True,
    )
    outside_share: float = param(
        0.3, 0.05, 0.9, step=0.05, label=N_("Visitors who come from outside"), unit=N_("share"), main=True
    )
    sessions_per_day: int = param(
        2_000, 100, 1_000_000, label=N_("Sessions per day"), unit=N_("sessions"), log=True, main=True
    )
    n_products: int = param(8, 2, 30, label=N_("Identical products"), unit=N_("products"))
    days: int = param(60, 10, 365, label=N_("Days"), unit=N_("days"))
    worlds: int = param(8, 2, 100, label=N_("Worlds"), unit=N_("worlds"), help=WORLDS)
    attention_steepness: float = param(0.7, 0.0, 3.0, label=N_("How fast attention falls with the slot"))
    engine: str = choice("aggregate", ENGINES, label=N_("Engine"))


class LinkedPopularity(PlainPolicy):
    """Two popularities that feed each other; one object per run, since mentions are remembered and drawn.

    on = share of the last 30 days' sales, off = share of mentions. The site's page: (1 − b)·on + b·off; the page of
    visitors from outside: off. Each day's mentions go to products with chance (1 − c)·off + c·on.
    """

    def __init__(self, scenario: FeedbackLoopScenario, key: np.uint64) -> None:
        self._b, self._c, self._key = scenario.outside_to_site, scenario.site_to_outside, key
        self._mentions = np.ones(scenario.n_products)

    @property
    def formula(self) -> str:
        """How the two sides rank."""
        return f"site: {1 - self._b:g}·on + {self._b:g}·off; outside: off"

    def scores(self, view: View) -> np.ndarray:
        """One row for the site, one for visitors from outside."""
        on = _share(view.total("gmv_cents", 30) + 1.0)
        luck = np.random.default_rng(int(fold_key(self._key, view.day)))
        heard = luck.multinomial(MENTIONS_PER_DAY, (1 - self._c) * _share(self._mentions) + self._c * on)
        self._mentions = MENTIONS_KEPT * self._mentions + heard
        off = _share(self._mentions)
        return np.stack([(1 - self._b) * on + self._b * off, off])


@dataclass(frozen=True, kw_only=True)
class WorldsApart(Result):
    """``table`` has one row per world and product: its share of the world's sales, and whether it won there.

    ``unlinked_gini`` and ``unlinked_difference`` are the same measures where rank is drawn by lot every day.
    """

    columns: ClassVar[Mapping[str, str]] = {
        "world": N_("World"),
        "product": N_("Product"),
        "sales_share": N_("Share of sales"),
        "won": N_("Won"),
    }

    table: pd.DataFrame
    gini: float
    difference: float
    unlinked_gini: float
    unlinked_difference: float
    formula: str
    seed: int | None

    @property
    def row_labels(self) -> Mapping[str, str]:  # type: ignore[override]
        """What each product is called, in the language of the moment."""
        return {
            name: _("product {n}").format(n=name.removeprefix("product ")) for name in self.table["product"].unique()
        }

    @property
    def winners(self) -> list[str]:
        """The product that sold most in each world."""
        return self.table[self.table["won"]].sort_values("world")["product"].tolist()

    @property
    def text(self) -> str:
        n_products = self.table["product"].nunique()
        return _(
            "{worlds} worlds from one start, {products} identical products: {winners} different winners. A winner "
            "holds {share} of the sales on average, where {even} would be even; a product's share differs by "
            "{difference} between two worlds ({unlinked} where rank is drawn by lot)."
        ).format(
            worlds=self.table["world"].nunique(),
            products=n_products,
            winners=len(set(self.winners)),
            share=numbers.percent(self.table.loc[self.table["won"], "sales_share"].mean(), 0),
            even=numbers.percent(1 / n_products, 0),
            difference=numbers.percent(self.difference),
            unlinked=numbers.percent(self.unlinked_difference),
        )

    @property
    def origin(self) -> Mapping[str, Origin]:
        return {"*": simulated(self.formula, seed=self.seed), "world": stated("onsite-offsite-realtime", note=LINK)}


def couple_site_and_outside(scenario: FeedbackLoopScenario | None = None, rng: Any = 0) -> WorldsApart:
    """If what sells is shown and talked about more, which of several identical products wins?

    on(t+1) = a·on(t) + b·off(t), off(t+1) = c·on(t) + d·off(t), as ranking by accumulated sales and mentions in one
    market run per world. Unpredictability is the mean of |share − share'| of a product between two worlds.

    Source: fact onsite-offsite-realtime; Salganik, Dodds and Watts (2006) found both inequality and unpredictability to
    rise when listeners saw what others chose.

    >>> apart = couple_site_and_outside(FeedbackLoopScenario(worlds=3, days=20))
    >>> apart.difference > apart.unlinked_difference
    True
    """
    scenario = scenario or FeedbackLoopScenario()
    market, seed = _two_sided_market(scenario), shared_seed(rng)
    linked, by_lot = [], []
    for world in range(scenario.worlds):
        rule = LinkedPopularity(scenario, run_key(seed, world))
        run = simulate_market(market, rule, scenario.days, scenario.engine, seed, replicate=world)
        lot = simulate_market(market, policy("chance"), scenario.days, scenario.engine, seed, replicate=world)
        linked.append(_share(run.daily["gmv_cents"].sum(axis=0) + 1e-9))
        by_lot.append(_share(lot.daily["gmv_cents"].sum(axis=0) + 1e-9))
    rows = [
        (world + 1, f"product {k + 1}", share, k == int(np.argmax(shares)))
        for world, shares in enumerate(linked)
        for k, share in enumerate(shares)
    ]
    return WorldsApart(
        table=pd.DataFrame(rows, columns=list(WorldsApart.columns)),
        gini=float(np.mean([gini(s) for s in linked])),
        difference=_difference(linked),
        unlinked_gini=float(np.mean([gini(s) for s in by_lot])),
        unlinked_difference=_difference(by_lot),
        formula=rule.formula,
        seed=seed,
    )


def _two_sided_market(scenario: FeedbackLoopScenario) -> Market:
    """Identical products; the first row of visitors is the site's own, the second comes from outside."""
    n = scenario.n_products
    market = one_product_market(
        np.full(n, REFERENCE_PRICE_USD),
        offers=[f"product {k + 1}" for k in range(n)],
        attention_steepness=scenario.attention_steepness,
    )
    sessions = scenario.sessions_per_day * np.array([1 - scenario.outside_share, scenario.outside_share])
    both = pd.concat([market.countries] * 2, ignore_index=True).assign(
        country=["on site", "outside"], sessions_per_day=sessions
    )
    return market.replace(countries=both)


def _share(values: np.ndarray) -> np.ndarray:
    return values / values.sum()


def _difference(worlds: list[np.ndarray]) -> float:
    """Mean absolute difference of a product's share between two worlds."""
    return float(np.mean([np.abs(a - b).mean() for a, b in combinations(worlds, 2)]))
