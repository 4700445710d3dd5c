"""Joom's slide as a market: conversions come out of what shoppers choose, and both rules meet the same shoppers."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from crossborder.i18n import N_
from crossborder.market.simulate import ENGINE_LABELS, simulate_market
from crossborder.origin import assumed
from crossborder.params import Params, choice, param
from crossborder.ranking.offers import VARIANTS, OfferShares, offer_price, offer_table
from crossborder.ranking.one_product import SESSIONS_PER_DAY, PolicyByShelf, by_shelf, one_product_market
from crossborder.ranking.policies import conversion_times_rating, gmv_times_rating
from crossborder.ranking.shared_seed import shared_seed
from crossborder.ranking.watching import Watching


@dataclass(frozen=True, kw_only=True)
class SameProductScenario(Params):
    """Three sellers, one product, a market of its own. Left to right as on Joom's slide; its prices are assumed."""

    left_price_usd: float = offer_price(0, main=True)
    middle_price_usd: float = offer_price(1, main=True)
    right_price_usd: float = offer_price(2, main=True)
    variant: str = choice(
        "per_visit",
        VARIANTS,
        label=N_("What GMV counts"),
        origin=assumed(N_("The source does not say what GMV is divided by.")),
        main=True,
    )
    order_price_elasticity: float = param(
        -0.9, -4.0, 0.0, step=0.05, label=N_("Price elasticity of orders per click"), main=True
    )
    click_price_elasticity: float = param(-1.7, -4.0, 0.0, step=0.05, label=N_("Price elasticity of clicks"))
    attention_steepness: float = param(0.7, 0.0, 3.0, label=N_("How fast attention falls with the slot"))
    sessions_per_day: int = param(
        SESSIONS_PER_DAY, 100, 10_000_000, label=N_("Sessions per day"), unit=N_("sessions"), log=True
    )
    days: int = param(28, 4, 180, label=N_("Days"), unit=N_("days"))
    engine: str = choice("expected", ENGINE_LABELS, label=N_("Engine"))


def split_traffic(scenario: SameProductScenario | None = None, rng: Any = 0) -> OfferShares:
    """Joom's slide as a market: both rules meet the same shoppers, and conversions come out of their choices.

    Traffic shares are those of the second half of the days; scores and conversions are what the platform sees at the
    end. ``same_product_offers`` is the closed form that this run settles to.

    >>> split_traffic().gainers
    ['middle', 'right']
    """
    scenario = scenario or SameProductScenario()
    prices = (scenario.left_price_usd, scenario.middle_price_usd, scenario.right_price_usd)
    market = one_product_market(
        prices,
        sessions_per_day=scenario.sessions_per_day,
        attention_steepness=scenario.attention_steepness,
        click_price_elasticity=scenario.click_price_elasticity,
        order_price_elasticity=scenario.order_price_elasticity,
    )
    seed = shared_seed(rng)
    rules = {
        end: Watching(PolicyByShelf((rule,)))
        for end, rule in (("old", conversion_times_rating()), ("new", gmv_times_rating(scenario.variant)))
    }
    runs = {end: simulate_market(market, rule, scenario.days, scenario.engine, seed) for end, rule in rules.items()}
    half = scenario.days - scenario.days // 2
    clicks = {end: by_shelf(run, "clicks", half)[0] for end, run in runs.items()}
    gmv = {end: by_shelf(run, "gmv_cents", half).sum() for end, run in runs.items()}
    seen = rules["new"].view
    return OfferShares(
        table=offer_table(
            np.array(prices),
            seen.conversion(),
            seen.rating,
            {end: rule.policy.scores(rule.view) for end, rule in rules.items()},
            {end: n / n.sum() if n.sum() else n + np.nan for end, n in clicks.items()},
        ),
        variant=scenario.variant,
        gmv_change=float(gmv["new"] / gmv["old"] - 1.0) if gmv["old"] else float("nan"),
        engine=scenario.engine,
        seed=seed,
    )
