"""Mechanism 48, the promotion tag: what a test by item says of the boost, what a switchback says, and what is true."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from crossborder.facts import facts
from crossborder.i18n import N_, _, numbers
from crossborder.market.keys import fold_key, run_key, uniforms
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
MEASURES = {"gmv_cents": N_("GMV"), "impressions": N_("Impressions")}
DESIGNS = {
    "truth": N_("truth"),
    "item_test": N_("test by item"),
    "switchback": N_("switchback"),
}
SIZE = N_("The source says that tagged goods are favoured, not by how much.")
ASSIGNMENT, DAY_ORDER = 501, 502  # streams of chance: who is boosted in a test, which day of a pair is on


@dataclass(frozen=True, kw_only=True)
class TagBoostScenario(Params):
    """From 29 October tagged goods are boosted; how large would a test say that the effect is?"""

    boost: float = param(
        1.1, 1.0, 3.0, step=0.05, label=N_("Boost of tagged goods"), unit=N_("times"), origin=assumed(SIZE), main=True
    )
    tagged_share: float = param(
        0.4, 0.05, 0.95, step=0.05, label=N_("Goods that carry the tag"), unit=N_("share"), main=True
    )
    measure: str = choice("gmv_cents", MEASURES, label=N_("What the test measures"), main=True)
    days: int = param(14, 4, 60, step=2, label=N_("Days"), unit=N_("days"))
    block_days: int = param(1, 1, 7, label=N_("Days until the switchback switches"), unit=N_("days"), main=True)
    tests: int = param(10, 2, 200, label=N_("Tests of each design"), unit=N_("tests"))
    n_stores: int = param(100, 10, 1000, label=N_("Stores"), unit=N_("stores"), log=True)
    sessions_per_day: int = param(10_000, 100, 10_000_000, label=N_("Sessions per day"), unit=N_("sessions"), log=True)
    engine: str = choice("expected", ENGINE_LABELS, label=N_("Engine"))


class Switching:
    """Ranks by ``on`` on the days of ``on_days`` and by ``off`` on the others."""

    def __init__(self, on: RankingPolicy, off: RankingPolicy, on_days: np.ndarray) -> None:
        self._on, self._off, self._on_days = on, off, on_days

    def __getattr__(self, name: str) -> Any:
        return getattr(self._off, name)

    @property
    def formula(self) -> str:
        """Both formulas."""
        return f"{self._on.formula} / {self._off.formula}"

    def scores(self, view: View) -> np.ndarray:
        """The scores of the day's policy."""
        return (self._on if self._on_days[view.day] else self._off).scores(view)


@dataclass(frozen=True, kw_only=True)
class TagBoostTests(Result):
    """``table`` has one row per design: the effect on tagged goods that it reports, with nine of ten tests."""

    columns: ClassVar[Mapping[str, str]] = {
        "design": N_("Design"),
        "effect_share": N_("Effect on tagged goods"),
        "low_share": N_("Low (one test in twenty below)"),
        "high_share": N_("High (one test in twenty above)"),
        "over_truth_share": N_("Above the truth by"),
    }
    row_labels: ClassVar[Mapping[str, str]] = DESIGNS

    table: pd.DataFrame
    untagged_share: float
    boost: float
    engine: str
    seed: int | None

    def effect(self, design: str) -> float:
        """The mean effect that a design reports, as a share."""
        return dict(zip(self.table["design"], self.table["effect_share"], strict=True))[design]

    @property
    def text(self) -> str:
        return _(
            "A boost of {boost} truly changes what tagged goods get by {truth}, taken from untagged ones ({untagged}). "
            "A test by item reports {item}, a switchback {switchback}."
        ).format(
            boost=numbers.decimal(self.boost),
            truth=numbers.signed_percent(self.effect("truth"), 0),
            untagged=numbers.signed_percent(self.untagged_share, 0),
            item=numbers.signed_percent(self.effect("item_test"), 0),
            switchback=numbers.signed_percent(self.effect("switchback"), 0),
        )

    @property
    def origin(self) -> Mapping[str, Origin]:
        rule = f"{BASE_RULE} * boost('tagged', {self.boost:g})"
        return {
            "*": simulated(rule, seed=self.seed, note=ENGINE_LABELS.get(self.engine, self.engine)),
            "design": stated("double11-tag-boost", "warmup-tagging-date", note=SIZE),
        }


def boost_tagged(scenario: TagBoostScenario | None = None, rng: Any = 0) -> TagBoostTests:
    """What does the boost of tagged goods do, and what would an experiment say that it does?

    Truth: tagged goods with the boost for all over the same goods and shoppers without it, less one. Test by item: half
    of the tagged goods are boosted, drawn at random; mean boosted over mean unboosted, less one. Both halves share one
    page, so what one wins the other loses. Switchback: the boost is on in one of each pair of blocks of days; on days
    over off days, less one; what was shown yesterday still feeds today's score.

    Source: facts double11-tag-boost, warmup-tagging-date; the size of the boost is assumed.

    >>> tests = boost_tagged(TagBoostScenario(tests=2, n_stores=40, days=6))
    >>> tests.effect("truth") > 0
    True
    """
    scenario = scenario or TagBoostScenario()
    seed = shared_seed(rng)
    key = run_key(seed)
    market, tagged = _tagged_market(scenario)
    off, on = policy(BASE_RULE), policy(f"{BASE_RULE} * boost('tagged', {scenario.boost:g})")

    def outcome(world: Market, rule: Any) -> np.ndarray:
        return simulate_market(world, rule, scenario.days, scenario.engine, seed).daily[scenario.measure].astype(float)

    with_boost, without = outcome(market, on), outcome(market, off)
    truth = with_boost[:, tagged].sum() / without[:, tagged].sum() - 1.0
    untagged = with_boost[:, ~tagged].sum() / max(without[:, ~tagged].sum(), 1e-9) - 1.0
    reports: dict[str, list[tuple[float, float]]] = {
        "truth": [(with_boost[:, tagged].sum(), without[:, tagged].sum())],
        "item_test": [],
        "switchback": [],
    }
    for test in range(scenario.tests):
        treated = _half(fold_key(fold_key(key, ASSIGNMENT), test), tagged)
        tested = market.replace(listings=market.listings.assign(tags=_with_tag(market, treated)))
        got = outcome(tested, policy(f"{BASE_RULE} * boost('treated', {scenario.boost:g})"))
        reports["item_test"].append(
            (got[:, treated].sum() / treated.sum(), got[:, tagged & ~treated].sum() / (tagged & ~treated).sum())
        )
        on_days = _pairs(
            fold_key(fold_key(key, DAY_ORDER), test), scenario.days, min(scenario.block_days, scenario.days // 2)
        )
        got = outcome(market, Switching(on, off, on_days))
        reports["switchback"].append(
            (got[on_days][:, tagged].sum(axis=1).mean(), got[~on_days][:, tagged].sum(axis=1).mean())
        )
    rows = [_row(design, np.array(pairs), truth) for design, pairs in reports.items()]
    return TagBoostTests(
        table=pd.DataFrame(rows, columns=list(TagBoostTests.columns)),
        untagged_share=float(untagged),
        boost=scenario.boost,
        engine=scenario.engine,
        seed=seed,
    )


def _row(design: str, pairs: np.ndarray, truth: float) -> tuple[str, float, float, float, float]:
    """Effect over all tests, where nine tests of ten fall, and by how much it misses; ``pairs`` are (with, without)."""
    effect = pairs[:, 0].mean() / pairs[:, 1].mean() - 1.0
    low, high = np.quantile(pairs[:, 0] / np.maximum(pairs[:, 1], 1e-9) - 1.0, [0.05, 0.95])
    return design, effect, low, high, effect - truth


def _tagged_market(scenario: TagBoostScenario) -> tuple[Market, np.ndarray]:
    market = make_market(scenario.n_stores, listings_per_store=4.0, sessions_per_day=scenario.sessions_per_day)
    draw = uniforms(run_key(0), np.arange(market.n_listings).astype(np.uint64))
    tagged = draw <= np.sort(draw)[max(round(scenario.tagged_share * len(draw)), 2) - 1]
    starts_on = dt.date.fromisoformat(str(facts["warmup-tagging-date"].value))
    tags = (market.listings["tags"] + np.where(tagged, " tagged", "")).str.strip()
    return market.replace(listings=market.listings.assign(tags=tags), starts_on=starts_on), tagged


def _half(key: np.uint64, tagged: np.ndarray) -> np.ndarray:
    """A random half of the tagged goods."""
    draw = np.where(tagged, uniforms(key, np.arange(len(tagged)).astype(np.uint64)), 2.0)
    half = np.zeros(len(tagged), bool)
    half[np.argsort(draw)[: max(tagged.sum() // 2, 1)]] = True
    return half


def _with_tag(market: Market, treated: np.ndarray) -> pd.Series:
    return (market.listings["tags"] + np.where(treated, " treated", "")).str.strip()


def _pairs(key: np.uint64, days: int, block_days: int) -> np.ndarray:
    """On or off for every day: of each pair of blocks one is on, in random order."""
    n_pairs = -(-days // (2 * block_days))
    first = uniforms(key, np.arange(n_pairs).astype(np.uint64)) < 0.5
    return np.repeat(np.column_stack([first, ~first]).ravel(), block_days)[:days]
