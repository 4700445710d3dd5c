"""When does the platform's story hold? A map over what buyers feel at the click and at the order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from crossborder.i18n import N_, _, numbers
from crossborder.market.law import ELASTICITY_SOURCE, SessionLaw
from crossborder.origin import Origin, assumed, simulated, stated
from crossborder.params import Params, choice, flag, param
from crossborder.ranking.offers import CLAIM, NOTICEABLE, UNKNOWN_SLIDE, offer_price
from crossborder.ranking.one_product import COST_USD
from crossborder.ranking.policies import conversion_times_rating, gmv_times_rating
from crossborder.ranking.price_race import Week, race_prices
from crossborder.result import Result

DENOMINATORS = {"per_visit": N_("GMV per visit"), "per_impression": N_("GMV per impression")}
OUTCOMES = {
    "gain_share": N_("Traffic gained by the middle and right offers"),
    "gmv_change": N_("Change of the platform's GMV"),
    "profit_change": N_("Change of the sellers' profit"),
    "price_change": N_("Change of the mean price paid"),
}
WEAKEST = -0.1  # at 0 the price would not matter at all, and equal offers would tie
LAW = SessionLaw()
ASSUMED_AT = (LAW.click_price_elasticity, LAW.order_price_elasticity)


@dataclass(frozen=True, kw_only=True)
class StoryMapScenario(Params):
    """Joom's slide under all pairs of price elasticities; the slide's prices are assumed."""

    denominator: str = choice("per_visit", DENOMINATORS, label=N_("GMV counted"), main=True)
    outcome: str = choice("gain_share", OUTCOMES, label=N_("What the map shows"), main=True)
    respond: bool = flag(False, label=N_("Sellers respond (takes longer)"), main=True)
    cost_usd: float = param(COST_USD, 1.0, 10.0, step=0.1, label=N_("Cost of one unit"), unit=N_("USD"), main=True)
    n_points: int = param(9, 3, 41, label=N_("Points along each side"), unit=N_("points"))
    weeks: int = param(8, 1, 52, label=N_("Weeks of response"), unit=N_("weeks"))
    left_price_usd: float = offer_price(0)
    middle_price_usd: float = offer_price(1)
    right_price_usd: float = offer_price(2)
    strongest_click_elasticity: float = param(
        -3.3, -4.0, -0.5, step=0.1, label=N_("Strongest elasticity of clicks on the map")
    )
    strongest_order_elasticity: float = param(
        -1.7, -4.0, -0.5, step=0.1, label=N_("Strongest elasticity of orders on the map")
    )


@dataclass(frozen=True, kw_only=True)
class StoryMap(Result):
    """``table``: one row per pair of elasticities, denominator, cost and response. Shares are changes of visits.

    ``claimed`` are the same rows at the elasticities that we assume for Joom, where the platform's sentence is judged.
    """

    columns: ClassVar[Mapping[str, str]] = {
        "click_elasticity": N_("Price elasticity of clicks"),
        "order_elasticity": N_("Price elasticity of orders per click"),
        "denominator": N_("GMV counted"),
        "cost_usd": N_("Cost of one unit, USD"),
        "respond": N_("Sellers respond"),
        "gain_share": OUTCOMES["gain_share"],
        "middle_gain_share": N_("Traffic gained by the middle offer"),
        "right_gain_share": N_("Traffic gained by the right offer"),
        "story_holds": N_("Both gain"),
        "gmv_change": OUTCOMES["gmv_change"],
        "profit_change": OUTCOMES["profit_change"],
        "price_change": OUTCOMES["price_change"],
    }
    row_labels: ClassVar[Mapping[str, str]] = DENOMINATORS

    table: pd.DataFrame
    claimed: pd.DataFrame
    denominator: str
    outcome: str

    def only(self, **values: Any) -> "StoryMap":
        """The rows with these values: ``only(denominator="per_visit")``."""
        table, claimed = self.table, self.claimed
        for name, value in values.items():
            table, claimed = table[table[name] == value], claimed[claimed[name] == value]
        return StoryMap(
            table=table.reset_index(drop=True), claimed=claimed, denominator=self.denominator, outcome=self.outcome
        )

    def share_held(self, denominator: str) -> float:
        """On which part of the map do both the middle and the right offer gain?"""
        return float(self.table.loc[self.table["denominator"] == denominator, "story_holds"].mean())

    @property
    def text(self) -> str:
        at = self.claimed.set_index("denominator")["story_holds"].groupby(level=0).first()
        rises = (self.table.loc[self.table["denominator"] == self.denominator, "gmv_change"] > NOTICEABLE).mean()
        words = {True: _("gain"), False: _("do not both gain")}
        return _(
            "Per visit the middle and right offers gain on {visit} of the map, per impression on {impression}. At the "
            "assumed elasticities ({click} at the click, {order} at the order) they {at_visit} per visit and "
            "{at_impression} per impression. The platform's GMV rises on {rises} of the map."
        ).format(
            visit=numbers.percent(self.share_held("per_visit"), 0),
            impression=numbers.percent(self.share_held("per_impression"), 0),
            click=numbers.decimal(ASSUMED_AT[0], 1),
            order=numbers.decimal(ASSUMED_AT[1], 1),
            at_visit=words[bool(at["per_visit"])],
            at_impression=words[bool(at["per_impression"])],
            rises=numbers.percent(float(rises), 0),
        )

    @property
    def origin(self) -> Mapping[str, Origin]:
        rules = f"({gmv_times_rating(self.denominator).formula}) − ({conversion_times_rating().formula})"
        split = assumed(N_("the published mean is split between click and order by us"), source=ELASTICITY_SOURCE)
        return {
            "*": simulated(rules),
            "story_holds": stated(*CLAIM),
            "click_elasticity": split,
            "order_elasticity": split,
            "cost_usd": assumed(UNKNOWN_SLIDE),
        }


def map_story(
    scenario: StoryMapScenario | None = None,
    rng: Any = 0,
    *,
    click_elasticities: Sequence[float] | None = None,
    order_elasticities: Sequence[float] | None = None,
    costs_usd: Sequence[float] | None = None,
    responds: Sequence[bool] | None = None,
) -> StoryMap:
    """For which buyers do the middle and right offers of Joom's slide gain from ranking by GMV, and does the platform?

    Every point is a market run of three offers under the old rule and under GMV per visit and per impression, in means
    (so ``rng`` plays no part). Where sellers respond, prices race for some weeks under each rule; all of them count.

    Parameters
    ----------
    scenario : prices, cost, response, size of the grid
    click_elasticities, order_elasticities : the grid itself, instead of an even one
    costs_usd, responds : several costs, with and without response; all combinations are run

    Source: facts joom-ranking-example-old-winner and joom-ranking-example-new-winners; prices, costs and the split of
    the elasticity are assumed.

    >>> story = map_story(StoryMapScenario(n_points=3))
    >>> story.claimed.set_index("denominator")["story_holds"].to_dict()
    {'per_visit': True, 'per_impression': False}
    """
    scenario = scenario or StoryMapScenario()
    clicks = (
        np.linspace(scenario.strongest_click_elasticity, WEAKEST, scenario.n_points)
        if click_elasticities is None
        else click_elasticities
    )
    orders = (
        np.linspace(scenario.strongest_order_elasticity, WEAKEST, scenario.n_points)
        if order_elasticities is None
        else order_elasticities
    )
    prices = (scenario.left_price_usd, scenario.middle_price_usd, scenario.right_price_usd)
    settings = [
        (float(cost), scenario.weeks if respond else 0)
        for cost, respond in product(
            costs_usd or [scenario.cost_usd], [scenario.respond] if responds is None else responds
        )
    ]
    grid = [
        row
        for click, order in product(clicks, orders)
        for how in settings
        for row in _point(prices, float(click), float(order), *how)
    ]
    claimed = [row for how in settings for row in _point(prices, *ASSUMED_AT, *how)]
    columns = list(StoryMap.columns)
    return StoryMap(
        table=pd.DataFrame(grid, columns=columns),
        claimed=pd.DataFrame(claimed, columns=columns),
        denominator=scenario.denominator,
        outcome=scenario.outcome,
    )


@lru_cache(maxsize=4096)  # turning the map to another outcome or denominator runs nothing again
def _point(
    prices: tuple[float, ...], click: float, order: float, cost: float, weeks: int
) -> tuple[tuple[Any, ...], ...]:
    """The rows of one pair of elasticities: old rule against both GMV rules, from one run a week."""
    races = race_prices(
        [conversion_times_rating(), *(gmv_times_rating(name) for name in DENOMINATORS)],
        prices,
        cost_usd=cost,
        weeks=weeks,
        holds=() if weeks else range(len(prices)),
        click_price_elasticity=click,
        order_price_elasticity=order,
    )
    old, *new = (Week(*(np.sum(values, axis=0) for values in zip(*race, strict=True))) for race in races)
    return tuple(
        (click, order, name, cost, weeks > 0, *_change(old, summed))
        for name, summed in zip(DENOMINATORS, new, strict=True)
    )


def _change(old: Week, new: Week) -> tuple[float, float, float, bool, float, float, float]:
    gain = new.visits / new.visits.sum() - old.visits / old.visits.sum()
    both = bool(gain[1] > NOTICEABLE and gain[2] > NOTICEABLE)
    gmv, profit = (getattr(new, name).sum() / getattr(old, name).sum() - 1.0 for name in ("gmv_usd", "profit_usd"))
    paid = (new.gmv_usd.sum() / new.orders.sum()) / (old.gmv_usd.sum() / old.orders.sum()) - 1.0
    return float(gain[1] + gain[2]), float(gain[1]), float(gain[2]), both, float(gmv), float(profit), float(paid)
