"""The Plus label: how much do labelled goods gain by the label, and how much by having been chosen for it?"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crossborder.i18n import N_, _, numbers
from crossborder.market.make import MarketScenario, make_market
from crossborder.market.simulate import simulate_market
from crossborder.market.world import Market, has_tag
from crossborder.origin import Origin, estimated, simulated, stated
from crossborder.params import Params, nested, param
from crossborder.ranking.policies import policy
from crossborder.ranking.shared_seed import shared_seed
from crossborder.result import Result
from crossborder.statistics.discontinuity import discontinuity
from crossborder.statistics.intervals import LEVEL, Estimate

FACTS = ("mech-plus-label-endorsement", "mech-plus-channel-month")
IN_TURN, RULE = "chance", "conversion * rating"
METHODS = {
    "naive": N_("all labelled against all others"),
    "selection": N_("the same goods without any label"),
    "at_bar": N_("just above the bar against below"),
    "truth": N_("the truth: with against without"),
}


@dataclass(frozen=True, kw_only=True)
class PlusLabelScenario(Params):
    """Who gets the label, what buyers make of it, and how the platform favours it."""

    label_effect: float = param(
        0.2, 0.0, 1.0, step=0.02, label=N_("Effect of the label on clicks"), unit=N_("utils"), main=True
    )
    boost: float = param(1.0, 1.0, 2.0, step=0.05, label=N_("Ranking boost for labelled goods"), main=True)
    labelled_share: float = param(
        0.15, 0.02, 0.6, step=0.01, label=N_("Goods that get the label"), unit=N_("share"), main=True
    )
    selection: float = param(
        0.4,
        0.0,
        1.0,
        step=0.05,
        label=N_("Weight of past click rate in choosing them"),
        unit=N_("share"),
        main=True,
        help=N_("The rest of the platform's mark is unrelated to clicks (papers, service, luck)."),
    )
    bandwidth: float = param(
        1.0, 0.2, 3.0, step=0.1, label=N_("How near to the bar"), unit=N_("standard deviations"), main=True
    )
    days: int = param(45, 7, 120, label=N_("Days"), unit=N_("days"))
    world: MarketScenario = nested(
        lambda: MarketScenario(n_stores=120, sessions_per_day=100_000), label=N_("The market")
    )


@dataclass(frozen=True, kw_only=True)
class PlusLabel(Result):
    """``table``: the change of the click rate by method, with interval. ``listings``: mark, label and rate."""

    columns = {
        "method": N_("Comparison"),
        "change": N_("How much higher the click rate is"),
        "low": N_("Low"),
        "high": N_("High"),
        "mark": N_("Mark over the bar"),
        "click_rate": N_("Click rate"),
        "labelled": N_("Labelled"),
        **METHODS,
    }

    table: pd.DataFrame
    listings: pd.DataFrame
    visits_change: float
    others_visits_change: float
    seed: int | None = None

    def method(self, name: str) -> pd.Series:
        """One row of the table."""
        return self.table.set_index("method").loc[[name]].iloc[0]

    @property
    def text(self) -> str:
        shown = {name: numbers.signed_percent(self.method(name)["change"], 0) for name in METHODS}
        bar = self.method("at_bar")
        return _(
            "Labelled goods are clicked {naive} against the others, but would stand at {selection} without any label. "
            "At the bar the label makes {at_bar} ({low} to {high}), the truth here is {truth}; with its boost it "
            "brings labelled goods {visits} visits and the others {others}."
        ).format(
            visits=numbers.signed_percent(self.visits_change),
            others=numbers.signed_percent(self.others_visits_change),
            low=numbers.signed_percent(bar["low"], 0),
            high=numbers.signed_percent(bar["high"], 0),
            **shown,
        )

    @property
    def origin(self) -> dict[str, Origin]:
        return {
            "*": simulated(N_("clicks / impressions"), seed=self.seed),
            "method": stated(
                *FACTS,
                note=N_(
                    "That the label is an endorsement is stated; how goods are chosen and what it does are assumed."
                ),
            ),
            "at_bar": estimated(N_("exp(jump of the log click rate at the bar) − 1, local linear regression")),
        }


def judge_plus_label(scenario: PlusLabelScenario, rng: Any = 0) -> PlusLabel:
    """What does the Plus label add to the click rate?

    The platform marks goods by past click rate (weight ``selection``) and other things, and labels those over a bar.
    The market runs with the label and, with the same shoppers, without it. Naive: click rate of labelled over others −
    1. At the bar: jump of a local linear regression of the log click rate, with the past click rate as covariate.
    Truth: with over without, labelled goods. Selection: naive in the world without labels; 1 + naive ≈ (1 +
    selection)(1 + truth). Click rates are measured with goods shown in random order, so that places do not speak for
    or against anybody; what label and boost do to visits is read off runs under the platform's own rule. Source:
    mech-plus-label-endorsement.

    >>> judge_plus_label(PlusLabelScenario(label_effect=0.0)).method("truth")["change"].item()
    0.0
    """
    rng = shared_seed(rng)
    market, mark = marked_market(scenario, rng)
    seen, unseen = (market.with_law(plus_tag_effect=effect) for effect in (scenario.label_effect, 0.0))
    with_label, without = (
        simulate_market(world, policy(IN_TURN), scenario.days, "aggregate", rng) for world in (seen, unseen)
    )
    labelled = has_tag(market.listings["tags"], "plus")
    shown, clicks = (with_label.daily[name].sum(axis=0) for name in ("impressions", "clicks"))
    shown_without, clicks_without = (without.daily[name].sum(axis=0) for name in ("impressions", "clicks"))
    rows = {
        "naive": ratio_of_rates(clicks, shown, labelled),
        "at_bar": _at_bar(past_click_rate(market), mark, clicks, shown, scenario.bandwidth),
        "truth": _exact(
            clicks[labelled].sum()
            / shown[labelled].sum()
            / (clicks_without[labelled].sum() / shown_without[labelled].sum())
            - 1.0
        ),
        "selection": ratio_of_rates(clicks_without, shown_without, labelled),
    }
    boosted = policy(f"{RULE} * boost('plus', {scenario.boost:g})")
    visits = [
        simulate_market(world, rule, scenario.days, "expected", rng).daily["clicks"].sum(axis=0)
        for world, rule in ((unseen, policy(RULE)), (seen, boosted))
    ]
    table = pd.DataFrame(
        [(name, rows[name].value, rows[name].low, rows[name].high) for name in METHODS],
        columns=["method", "change", "low", "high"],
    )
    listings = pd.DataFrame(
        {
            "title": market.listings["title"],
            "mark": mark,
            "click_rate": clicks / np.maximum(shown, 1),
            "labelled": labelled,
        }
    )
    return PlusLabel(
        table=table,
        listings=listings[shown > 0].reset_index(drop=True),
        seed=rng,
        visits_change=float(visits[1][labelled].sum() / visits[0][labelled].sum() - 1.0),
        others_visits_change=float(visits[1][~labelled].sum() / visits[0][~labelled].sum() - 1.0),
    )


def marked_market(scenario: PlusLabelScenario, rng: Any = 0) -> tuple[Market, np.ndarray]:
    """The market with labels given, and each listing's mark less the bar, in standard deviations."""
    world = scenario.world
    market = make_market(world.n_stores, rng, scenario=world)
    past = past_click_rate(market)
    other = np.random.default_rng([shared_seed(rng), 45]).normal(size=len(past))
    mark = scenario.selection * _standard(np.log(past)) + (1.0 - scenario.selection) * _standard(other)
    mark = _standard(mark)
    mark = mark - np.quantile(mark, 1.0 - scenario.labelled_share)
    bare = market.listings["tags"].str.replace("plus", "", regex=False)
    tags = bare.where(mark < 0, bare + " plus").str.split().str.join(" ")
    return market.replace(listings=market.listings.assign(tags=tags)), mark


def past_click_rate(market: Market) -> np.ndarray:
    """Clicks per impression of the last 90 days, with a prior of five clicks at 2 %."""
    return ((market.history["clicks_90"] + 5.0) / (market.history["impressions_90"] + 5.0 / 0.02)).to_numpy()


def ratio_of_rates(clicks: np.ndarray, shown: np.ndarray, chosen: np.ndarray, level: float = LEVEL) -> Estimate:
    """Click rate of the chosen over that of the others, less one; listings are the units that vary.

    Each rate is a ratio of sums, with the linearised variance Σ(clicks − rate·shown)² / (Σ shown)².
    """
    rates, spreads = [], []
    for side in (chosen, ~chosen):
        total = shown[side].sum()
        rates.append(clicks[side].sum() / total)
        spreads.append(((clicks[side] - rates[-1] * shown[side]) ** 2).sum() / total**2 / rates[-1] ** 2)
    from scipy.special import ndtri

    half = float(ndtri(0.5 + level / 2) * np.sqrt(sum(spreads)))
    ratio = rates[0] / rates[1]
    return Estimate(float(ratio - 1.0), float(ratio * np.exp(-half) - 1.0), float(ratio * np.exp(half) - 1.0))


def _at_bar(
    past_rate: np.ndarray, mark: np.ndarray, clicks: np.ndarray, shown: np.ndarray, bandwidth: float
) -> Estimate:
    """The jump of the log click rate at the bar, as a relative change; the past click rate is the covariate."""
    seen = shown > 0
    rate = np.log((clicks + 0.5) / (shown + 0.5 / 0.02))
    jump = discontinuity(
        mark[seen],
        rate[seen],
        0.0,
        bandwidth,
        weights=shown[seen].astype(float),
        covariates=np.log(past_rate[seen])[:, None],
    )
    return Estimate(*(float(np.expm1(x)) for x in (jump.value, jump.low, jump.high)))


def _standard(values: np.ndarray) -> np.ndarray:
    return (values - values.mean()) / values.std()


def _exact(value: float) -> Estimate:
    return Estimate(float(value), float(value), float(value))
