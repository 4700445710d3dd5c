"""The 72-hour dispatch incentive: how much of "+20 % on the year before" does the rule make?"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from crossborder.errors import BoundsError
from crossborder.facts import facts
from crossborder.i18n import N_, _, numbers
from crossborder.market.make import MarketScenario, make_market
from crossborder.market.run import MarketRun
from crossborder.market.simulate import simulate_market
from crossborder.market.world import Market
from crossborder.origin import Origin, simulated, stated
from crossborder.params import Params, choice, flag, nested, param
from crossborder.ranking.dispatch_clock import CLOCKS, DispatchRates, hours_to_scan, measure_dispatch
from crossborder.ranking.dispatch_log import draw_dispatch_log
from crossborder.ranking.policies import policy
from crossborder.ranking.shared_seed import shared_seed
from crossborder.result import Result

TRAFFIC, GMV, HOURS = "mech-dispatch-72h-traffic", "mech-dispatch-72h-gmv", "mech-dispatch-72h-hours"
TAG = "dispatch_72h"
PARTS = {
    "claimed": N_("what the platform reports"),
    "year_on_year": N_("qualified goods, on last year"),
    "market_growth": N_("… the market's growth"),
    "own_progress": N_("… their own progress"),
    "rule": N_("… the rule itself (the truth)"),
    "against_others": N_("difference-in-differences"),
    "others_lost": N_("what the rule costs the others"),
}


@dataclass(frozen=True, kw_only=True)
class DispatchIncentiveScenario(Params):
    """A year of growth, sellers that get better, a rule on dispatch, and how its clock is read."""

    boost: float = param(
        1.02, 1.0, 2.0, step=0.01, label=N_("Ranking boost for goods that meet the 72 hours"), main=True
    )
    market_growth: float = param(
        0.10, -0.2, 0.6, step=0.01, label=N_("Growth of the whole market in a year"), unit=N_("share"), main=True
    )
    own_progress: float = param(
        0.05,
        0.0,
        0.5,
        step=0.01,
        label=N_("Progress of the qualified sellers' goods in a year"),
        unit=N_("utils"),
        main=True,
    )
    clock: str = choice("paid", CLOCKS, label=N_("The clock starts"), main=True)
    weekends_count: bool = flag(True, label=N_("Saturdays and Sundays count"), main=True)
    pass_mark: float = param(0.8, 0.1, 1.0, step=0.05, label=N_("On-time rate to reach"), unit=N_("share"))
    orders_per_listing: int = param(30, 5, 200, label=N_("Orders in the log, per listing"), unit=N_("orders"))
    days: int = param(30, 7, 120, label=N_("Days compared in each year"), unit=N_("days"))
    world: MarketScenario = nested(lambda: MarketScenario(n_stores=60, sessions_per_day=50_000), label=N_("The market"))


@dataclass(frozen=True, kw_only=True)
class DispatchIncentive(Result):
    """``table``: change of traffic (clicks) and GMV, part by part. ``rates``: the on-time rate under every reading."""

    columns = {
        "part": N_("Part"),
        "traffic_change": N_("Change of traffic"),
        "gmv_change": N_("Change of GMV"),
        **PARTS,
    }

    table: pd.DataFrame
    rates: DispatchRates
    qualified_share: float
    seed: int | None = None

    def part(self, name: str) -> pd.Series:
        """One row of the table."""
        return self.table.set_index("part").loc[[name]].iloc[0]

    @property
    def text(self) -> str:
        shown = {name: numbers.signed_percent(self.part(name)["traffic_change"]) for name in PARTS}
        return _(
            "The {share} of goods that meet the 72 hours have {year_on_year} traffic on last year; the rule makes "
            "{rule} of it, the market {market_growth}, their own progress {own_progress}. Against the others it looks "
            "like {against_others}, for they lose by it ({others_lost})."
        ).format(share=numbers.percent(self.qualified_share, 0), **shown)

    @property
    def origin(self) -> dict[str, Origin]:
        yardsticks = N_(
            "Published: each business day faster gives +1.5% online sales (Fisher, Gallino, Xu); without its fastest "
            "carrier Alibaba sold 14.56% less (Cui, Li, Li)."
        )
        return {
            "*": simulated("(1 + market) (1 + progress) (1 + rule) − 1", seed=self.seed, note=yardsticks),
            "claimed": stated(TRAFFIC, GMV, note=N_("Year on year, without a control group.")),
            "part": stated(TRAFFIC, GMV, HOURS),
        }


def split_dispatch_claim(scenario: DispatchIncentiveScenario, rng: Any = 0) -> DispatchIncentive:
    """How much of the year-on-year gain of goods that meet the 72 hours does the rule itself make?

    Timestamps of an order log decide who qualifies. The same market runs four times: last year; this year with more
    sessions; with progress of the qualified; with the boost as well. Each step's change is its part:
    1 + year on year = (1 + market) (1 + progress) (1 + rule). Difference-in-differences divides by the change of the
    others, who lose what the rule moves, so it overstates. Source: mech-dispatch-72h-traffic, mech-dispatch-72h-gmv.

    >>> split_dispatch_claim(DispatchIncentiveScenario(boost=1.0)).part("rule")["traffic_change"].item()
    0.0
    """
    rng = shared_seed(rng)
    world = scenario.world
    market = make_market(world.n_stores, rng, scenario=world)
    log = draw_dispatch_log(market.listings, market.countries, scenario.orders_per_listing, rng)
    on_time = rate_by_listing(log, market, scenario)
    met = on_time >= scenario.pass_mark
    if met.all() or not met.any():
        raise BoundsError(
            _("With pass_mark at {mark:g} {n} of {all_n} goods qualify; both kinds are needed. Move pass_mark.").format(
                mark=scenario.pass_mark, n=int(met.sum()), all_n=len(met)
            )
        )
    market = tagged(market, met)
    grown = market.replace(
        countries=market.countries.assign(
            sessions_per_day=market.countries["sessions_per_day"] * (1.0 + scenario.market_growth)
        )
    )
    better = grown.replace(
        listings=grown.listings.assign(appeal=grown.listings["appeal"] + scenario.own_progress * met)
    )
    plain, boosted = policy("conversion * rating"), policy(f"conversion * rating * boost('{TAG}', {scenario.boost:g})")
    steps = [(market, plain), (grown, plain), (better, plain), (better, boosted)]
    totals = [_totals(simulate_market(where, rule, scenario.days, "expected", rng), met) for where, rule in steps]
    steps_ = [later / earlier for earlier, later in pairwise(totals)]
    year = totals[-1] / totals[0]
    rows = {
        "claimed": [1.0 + facts[name].rate for name in (TRAFFIC, GMV)],
        "year_on_year": year[0],
        "market_growth": steps_[0][0],
        "own_progress": steps_[1][0],
        "rule": steps_[2][0],
        "against_others": year[0] / year[1],
        "others_lost": steps_[2][1],
    }
    table = pd.DataFrame(
        [(name, *(np.asarray(rows[name]) - 1.0)) for name in PARTS], columns=["part", "traffic_change", "gmv_change"]
    )
    return DispatchIncentive(table=table, rates=measure_dispatch(log), qualified_share=float(met.mean()), seed=rng)


def rate_by_listing(log: pd.DataFrame, market: Market, scenario: DispatchIncentiveScenario) -> np.ndarray:
    """On-time rate of each listing's orders, as the scenario reads the rule."""
    weekends = "counted" if scenario.weekends_count else "not counted"
    in_time = hours_to_scan(log, clock=scenario.clock, weekends=weekends) <= facts[HOURS].value
    rate = pd.Series(in_time).groupby(log["listing_id"].to_numpy()).mean()
    return rate.reindex(market.listings["listing_id"]).to_numpy()


def tagged(market: Market, met: np.ndarray) -> Market:
    """The market with the 72-hour tag on just those listings that met it."""
    bare = market.listings["tags"].str.replace(TAG, "", regex=False).str.split().str.join(" ")
    return market.replace(listings=market.listings.assign(tags=bare.where(~met, bare + f" {TAG}")))


def _totals(run: MarketRun, met: np.ndarray) -> np.ndarray:
    """Clicks and GMV of the qualified (first row) and of the others."""
    measures = [run.daily["clicks"].sum(axis=0), run.daily["gmv_cents"].sum(axis=0) / 100.0]
    return np.array([[m[side].sum() for m in measures] for side in (met, ~met)])
