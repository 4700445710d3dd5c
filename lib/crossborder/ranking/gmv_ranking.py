"""Mechanism 2, traffic by GMV: which price does the ranking like best, and which price does the seller?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from crossborder.i18n import N_, _, numbers
from crossborder.market.simulate import simulate_market
from crossborder.origin import Origin, OriginKind, assumed, simulated
from crossborder.params import Params, choice, param
from crossborder.ranking.offers import UNKNOWN_SLIDE, VARIANTS
from crossborder.ranking.one_product import (
    COST_USD,
    PRICES_USD,
    REFERENCE_PRICE_USD,
    PolicyByShelf,
    by_shelf,
    lowest_price_usd,
    one_product_market,
)
from crossborder.ranking.policies import gmv_times_rating
from crossborder.ranking.watching import Watching
from crossborder.result import Result

DAYS = 30  # the window that the ranking looks back on
HIGHEST_PRICE = 2.0  # of the curve, in reference prices


@dataclass(frozen=True, kw_only=True)
class GmvRankingScenario(Params):
    """Your own price against two rivals that stand still, under traffic by GMV."""

    own_price_usd: float = param(12.0, 4.0, 24.0, step=0.25, label=N_("Your price"), unit=N_("USD"), main=True)
    variant: str = choice(
        "per_visit",
        VARIANTS,
        label=N_("What GMV counts"),
        origin=assumed(N_("The source does not say what GMV is divided by.")),
        main=True,
    )
    cost_usd: float = param(COST_USD, 1.0, 12.0, step=0.1, label=N_("Cost of one unit"), unit=N_("USD"), main=True)
    order_price_elasticity: float = param(
        -0.9, -4.0, -0.1, step=0.05, label=N_("Price elasticity of orders per click"), main=True
    )
    click_price_elasticity: float = param(-1.7, -4.0, 0.0, step=0.05, label=N_("Price elasticity of clicks"), main=True)
    rival_1_price_usd: float = param(
        PRICES_USD[0], 4.0, 24.0, step=0.25, label=N_("Price of rival 1"), unit=N_("USD"), origin=assumed(UNKNOWN_SLIDE)
    )
    rival_2_price_usd: float = param(
        PRICES_USD[2], 4.0, 24.0, step=0.25, label=N_("Price of rival 2"), unit=N_("USD"), origin=assumed(UNKNOWN_SLIDE)
    )
    attention_steepness: float = param(0.7, 0.0, 3.0, label=N_("How fast attention falls with the slot"))
    n_prices: int = param(61, 11, 401, label=N_("Prices tried"), unit=N_("prices"))


@dataclass(frozen=True, kw_only=True)
class PriceCurve(Result):
    """``table`` has one row per own price: conversion and its elasticity, score, rank, share of visits, weekly profit.

    ``score_best_usd`` is the price that the ranking likes best, ``profit_best_usd`` the one that earns most.
    """

    columns: ClassVar[Mapping[str, str]] = {
        "price_usd": N_("Your price, USD"),
        "conversion": N_("Conversion"),
        "elasticity": N_("Price elasticity of conversion"),
        "score": N_("Score"),
        "score_index": N_("Score, best = 100"),
        "rank": N_("Your place on the page"),
        "traffic_share": N_("Share of visits"),
        "profit_usd": N_("Profit of the week, USD"),
        "profit_index": N_("Profit, best = 100"),
    }

    table: pd.DataFrame
    variant: str
    own_price_usd: float
    score_best_usd: float
    profit_best_usd: float
    elasticity_at_score_best: float

    @property
    def steps_usd(self) -> list[float]:
        """Prices from which on another place on the page is reached or lost; there visits and profit jump."""
        changed = self.table["rank"].diff().fillna(0) != 0
        return self.table["price_usd"][changed].tolist()

    @property
    def text(self) -> str:
        said = _(
            "The ranking likes a price of {score_best} best, where the price elasticity of conversion is {elasticity}; "
            "most profit is earned at {profit_best}. At your {own} you get {share} of the visits."
        ).format(
            score_best=numbers.money(self.score_best_usd),
            elasticity=numbers.decimal(self.elasticity_at_score_best),
            profit_best=numbers.money(self.profit_best_usd),
            own=numbers.money(self.own_price_usd),
            share=numbers.percent(
                float(np.interp(self.own_price_usd, self.table["price_usd"], self.table["traffic_share"])), 0
            ),
        )
        if not self.steps_usd:
            return said
        steps = _(
            "Where your profit jumps, at {prices}, you pass a rival on the page or are passed: visits come by the "
            "place, not by a little more score."
        ).format(prices=_(", ").join(numbers.money(price) for price in self.steps_usd))
        return _("{first} {second}").format(first=said, second=steps)

    @property
    def origin(self) -> Mapping[str, Origin]:
        rule = gmv_times_rating(self.variant).formula
        score = Origin(
            kind=OriginKind.STATED, formula=rule, facts=("joom-new-ranking-gmv", "joom-ranking-keeps-rating")
        )
        return {"*": simulated(rule), "score": score, "price_usd": assumed(UNKNOWN_SLIDE)}


def allocate_by_gmv(scenario: GmvRankingScenario | None = None, rng: Any = 0) -> PriceCurve:
    """Which price does a ranking by GMV reward, and is it the price that earns most?

    Score = price × conversion × rating, highest where d ln(conversion) / d ln(price) = −1. Every price on the curve is
    a page of its own in one market run (means, so ``rng`` plays no part); profit is after cost and 15 % commission.

    Source: facts joom-new-ranking-gmv, joom-ranking-keeps-rating; what GMV is divided by is not stated.

    >>> curve = allocate_by_gmv()
    >>> round(curve.elasticity_at_score_best, 1), curve.profit_best_usd < curve.score_best_usd
    (-1.0, True)
    """
    scenario = scenario or GmvRankingScenario()
    low = min(lowest_price_usd(scenario.cost_usd), REFERENCE_PRICE_USD)
    own = np.unique(np.round(np.linspace(low, HIGHEST_PRICE * REFERENCE_PRICE_USD, scenario.n_prices), 2))
    rivals = np.tile([scenario.rival_1_price_usd, scenario.rival_2_price_usd], (len(own), 1))
    market = one_product_market(
        np.column_stack([own, rivals]),
        cost_usd=scenario.cost_usd,
        attention_steepness=scenario.attention_steepness,
        offers=("you", "rival 1", "rival 2"),
        click_price_elasticity=scenario.click_price_elasticity,
        order_price_elasticity=scenario.order_price_elasticity,
    )
    rule = Watching(PolicyByShelf((gmv_times_rating(scenario.variant),)))
    run = simulate_market(market, rule, DAYS, "expected")
    clicks = by_shelf(run, "clicks", 7)
    conversion = by_shelf(run, "orders", 7)[:, 0] / clicks[:, 0]
    scores = rule.policy.scores(rule.view).reshape(clicks.shape)
    score = scores[:, 0]
    profit = by_shelf(run, "profit_cents", 7)[:, 0] / 100.0
    elasticity = np.gradient(np.log(conversion), np.log(own))
    best = int(score.argmax())
    table = pd.DataFrame(
        {
            "price_usd": own,
            "conversion": conversion,
            "elasticity": elasticity,
            "score": score,
            "score_index": 100.0 * score / score.max(),
            "rank": 1 + (scores[:, 1:] > scores[:, :1]).sum(axis=1),
            "traffic_share": clicks[:, 0] / clicks.sum(axis=1),
            "profit_usd": profit,
            "profit_index": 100.0 * profit / max(profit.max(), 1e-9),
        }
    )
    return PriceCurve(
        table=table,
        variant=scenario.variant,
        own_price_usd=scenario.own_price_usd,
        score_best_usd=float(own[best]),
        profit_best_usd=float(own[profit.argmax()]),
        elasticity_at_score_best=float(elasticity[best]),
    )
