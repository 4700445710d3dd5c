"""Mechanism 49, matching technology: everybody sees one ranking, or everybody sees goods to the own taste."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from crossborder.facts import facts
from crossborder.i18n import N_, _, numbers
from crossborder.market.make import make_market
from crossborder.market.run import MarketRun
from crossborder.market.simulate import ENGINE_LABELS, simulate_market
from crossborder.market.world import N_TASTES, Market
from crossborder.origin import Origin, assumed, simulated, stated
from crossborder.params import Params, choice, param
from crossborder.ranking.policies import personal, policy
from crossborder.ranking.shared_seed import shared_seed
from crossborder.result import Result
from crossborder.statistics.concentration import gini, lorenz_curve

BASE_RULE = "click_rate * conversion * rating"
CLAIMED = {
    "impressions_per_product": "p828-impressions-uplift",
    "view_rate": "p828-product-view-rate",
    "viewed_share": "p828-product-view-rate",
    "conversion": "p828-conversion-uplift",
}
LABELS = {
    "impressions_per_product": N_("Impressions per product"),
    "view_rate": N_("Views per impression"),
    "viewed_share": N_("Products viewed"),
    "conversion": N_("Orders per visitor"),
    "order_value_usd": N_("Order value"),
    "gmv_index": N_("GMV index (visitors × conversion × order value)"),
    "sell_through_share": N_("Products with a sale"),
    "sales_gini": N_("Gini of sales over products"),
    "one_ranking": N_("one ranking for all"),
    "matched": N_("matched to taste"),
    "share_of_units": N_("Share of products, smallest first"),
    "share_of_total": N_("Share of sales"),
}
READING = N_(
    "How the platform counted is not stated: a browsing rate may be views per impression or the share of products "
    "viewed. Every visitor sees one page here, so impressions per product cannot change."
)


@dataclass(frozen=True, kw_only=True)
class MatchingScenario(Params):
    """Groups of shoppers with tastes of their own, and how much the ranking heeds them."""

    personal_weight: float = param(
        1.0, 0.0, 4.0, step=0.1, label=N_("Weight of the own taste in the ranking"), main=True
    )
    taste_effect: float = param(1.0, 0.0, 2.0, step=0.1, label=N_("Strength of taste"), unit=N_("utils"), main=True)
    n_tastes: int = param(8, 2, 40, label=N_("Groups of taste"), unit=N_("groups"), main=True)
    days: int = param(28, 7, 180, label=N_("Days"), unit=N_("days"))
    n_stores: int = param(120, 10, 2000, label=N_("Stores"), unit=N_("stores"), log=True)
    sessions_per_day: int = param(10_000, 100, 10_000_000, label=N_("Sessions per day"), unit=N_("sessions"), log=True)
    engine: str = choice("expected", ENGINE_LABELS, label=N_("Engine"))


@dataclass(frozen=True, kw_only=True)
class MatchingGain(Result):
    """``table`` has one row per measure: under one ranking, matched, the change, and what the platform claims.

    ``lorenz`` has the Lorenz curve of sales over products under both.
    """

    columns: ClassVar[Mapping[str, str]] = {
        "measure": N_("Measure"),
        "one_ranking": N_("One ranking for all"),
        "matched": N_("Matched to taste"),
        "change": N_("Change"),
        "claimed_change": N_("Claimed for 828"),
    }
    row_labels: ClassVar[Mapping[str, str]] = LABELS

    table: pd.DataFrame
    lorenz: pd.DataFrame
    formula: str
    engine: str
    seed: int | None

    def row(self, measure: str) -> dict[str, Any]:
        """One measure's row."""
        number = self.table["measure"].tolist().index(measure)
        return {str(name): value for name, value in self.table.iloc[number].items()}

    @property
    def text(self) -> str:
        index, sold = self.row("gmv_index"), self.row("sell_through_share")
        return _(
            "Matching changes views per impression by {views} and orders per visitor by {conversion} (claimed: "
            "{claimed} or more); the GMV index goes from 100 to {index}, and products with a sale from {sold_one} to "
            "{sold_matched}."
        ).format(
            views=numbers.signed_percent(self.row("view_rate")["change"], 0),
            conversion=numbers.signed_percent(self.row("conversion")["change"], 0),
            claimed=numbers.signed_percent(self.row("conversion")["claimed_change"], 0),
            index=numbers.decimal(index["matched"], 0),
            sold_one=numbers.percent(sold["one_ranking"], 0),
            sold_matched=numbers.percent(sold["matched"], 0),
        )

    @property
    def origin(self) -> Mapping[str, Origin]:
        claims = stated(*CLAIMED.values(), "p828-products-registered", "p828-sell-through-low", note=READING)
        return {
            "*": simulated(self.formula, seed=self.seed, note=ENGINE_LABELS.get(self.engine, self.engine)),
            "claimed_change": claims,
            "measure": assumed(READING),
        }


def match_shoppers(scenario: MatchingScenario | None = None, rng: Any = 0) -> MatchingGain:
    """What does matching goods to shoppers do to views, conversion, sales value and the long tail?

    Score = clicks per impression × conversion × rating, and the same × exp(weight × taste match), on the same shoppers.
    GMV index = visitors × orders per visitor × order value, 100 under one ranking. A product counts as sold with the
    chance 1 − exp(−orders) in means, and with an order in counts.

    Source: facts p828-impressions-uplift (+30 %), p828-product-view-rate (+50 % or more), p828-conversion-uplift (+20 %
    or more), p828-sell-through-low; tastes are assumed.

    >>> gain = match_shoppers(MatchingScenario(n_stores=30, days=7))
    >>> bool(gain.row("gmv_index")["matched"] > 100)
    True
    """
    scenario = scenario or MatchingScenario()
    market, seed = _market_of_tastes(scenario), shared_seed(rng)
    rules = {"one_ranking": policy(BASE_RULE), "matched": policy(policy(BASE_RULE), personal(scenario.personal_weight))}
    runs = {name: simulate_market(market, rule, scenario.days, scenario.engine, seed) for name, rule in rules.items()}
    base = _measures(runs["one_ranking"])["gmv_index"]
    measured = pd.DataFrame({name: _measures(run) for name, run in runs.items()}).rename_axis("measure")
    measured.loc["gmv_index"] *= 100.0 / base
    claimed = {measure: float(str(facts[fact].low)) / 100.0 for measure, fact in CLAIMED.items()}
    table = measured.assign(
        change=measured["matched"] / measured["one_ranking"] - 1.0, claimed_change=pd.Series(claimed)
    )
    curves = [lorenz_curve(run.daily["orders"].sum(axis=0)).assign(plan=name) for name, run in runs.items()]
    return MatchingGain(
        table=table.reset_index()[list(MatchingGain.columns)],
        lorenz=pd.concat(curves, ignore_index=True),
        formula=rules["matched"].formula,
        engine=scenario.engine,
        seed=seed,
    )


def _market_of_tastes(scenario: MatchingScenario) -> Market:
    """The synthetic market with shoppers in equal groups that differ in taste only."""
    market = make_market(scenario.n_stores, listings_per_store=4.0, sessions_per_day=scenario.sessions_per_day)
    n = scenario.n_tastes
    segments = pd.DataFrame(
        {"segment": [f"taste {k + 1}" for k in range(n)], "share": 1.0 / n, "price_sensitivity": 1.0}
    )
    tastes = np.random.default_rng(0).normal(0.0, 1.0, (n, N_TASTES))
    return market.replace(segments=segments, segment_tastes=tastes).with_law(taste_effect=scenario.taste_effect)


def _measures(run: MarketRun) -> dict[str, float]:
    total = {name: run.daily[name].sum(axis=0).astype(float) for name in ("impressions", "clicks", "orders")}
    gmv, visitors = run.daily["gmv_cents"].sum() / 100.0, float(run.by_country["sessions"].sum())
    orders = max(total["orders"].sum(), 1e-9)
    whole = np.issubdtype(run.daily["orders"].dtype, np.integer)
    return {
        "impressions_per_product": float(total["impressions"].mean()),
        "view_rate": total["clicks"].sum() / max(total["impressions"].sum(), 1e-9),
        "viewed_share": _share_reached(total["clicks"], whole),
        "conversion": orders / max(visitors, 1e-9),
        "order_value_usd": gmv / orders,
        "gmv_index": visitors * (orders / max(visitors, 1e-9)) * (gmv / orders),
        "sell_through_share": _share_reached(total["orders"], whole),
        "sales_gini": gini(total["orders"]),
    }


def _share_reached(counts: np.ndarray, whole: bool) -> float:
    """Share of products with at least one; in means, a mean of m is taken as the chance 1 - exp(-m) of at least one."""
    return float(np.mean(counts > 0 if whole else 1.0 - np.exp(-counts)))
