"""Mechanism 1, traffic by conversion: the trainee sets a price against two rivals, and the prices race."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd

from crossborder.i18n import N_, _, numbers
from crossborder.origin import Origin, OriginKind, assumed, simulated
from crossborder.params import Params, choice, flag, param
from crossborder.ranking.one_product import COST_USD, lowest_price_usd
from crossborder.ranking.policies import policy
from crossborder.ranking.price_race import race_prices
from crossborder.result import Result

SELLERS = {"you": N_("you"), "rival 1": N_("rival 1"), "rival 2": N_("rival 2")}
RULES = {
    "conversion * rating": N_("conversion × rating (old)"),
    "price * conversion * rating": N_("price × conversion × rating (new)"),
    "chance": N_("by chance"),
}
STEP = N_("A seller knows what a price one step away would bring while the others stand still.")


@dataclass(frozen=True, kw_only=True)
class ConversionRankingScenario(Params):
    """One product, three sellers; each week everybody who wants to may move the price by a step."""

    own_price_usd: float = param(13.0, 4.0, 24.0, step=0.25, label=N_("Your price"), unit=N_("USD"), main=True)
    rival_1_price_usd: float = param(
        12.0, 4.0, 24.0, step=0.25, label=N_("Price of rival 1"), unit=N_("USD"), main=True
    )
    rival_2_price_usd: float = param(14.0, 4.0, 24.0, step=0.25, label=N_("Price of rival 2"), unit=N_("USD"))
    cost_usd: float = param(COST_USD, 1.0, 12.0, step=0.1, label=N_("Cost of one unit"), unit=N_("USD"), main=True)
    rule: str = choice("conversion * rating", RULES, label=N_("Ranking rule"), main=True)
    you_hold: bool = flag(False, label=N_("You keep your price"), main=True)
    weeks: int = param(10, 1, 52, label=N_("Weeks"), unit=N_("weeks"))
    max_step: float = param(
        0.05, 0.01, 0.2, step=0.01, label=N_("Largest weekly price step"), unit=N_("share of price")
    )
    click_price_elasticity: float = param(-1.7, -4.0, 0.0, step=0.05, label=N_("Price elasticity of clicks"))
    order_price_elasticity: float = param(-0.9, -4.0, 0.0, step=0.05, label=N_("Price elasticity of orders per click"))
    attention_steepness: float = param(0.7, 0.0, 3.0, label=N_("How fast attention falls with the slot"))


@dataclass(frozen=True, kw_only=True)
class PriceRace(Result):
    """``table`` has one row per week and seller: price, share of visits, profit of the week."""

    columns: ClassVar[Mapping[str, str]] = {
        "week": N_("Week"),
        "seller": N_("Seller"),
        "price_usd": N_("Price, USD"),
        "traffic_share": N_("Share of visits"),
        "profit_usd": N_("Profit of the week, USD"),
        "lowest_price_usd": N_("Cost with commission, USD"),
    }
    row_labels: ClassVar[Mapping[str, str]] = SELLERS

    table: pd.DataFrame
    rule: str
    lowest_price_usd: float

    @property
    def text(self) -> str:
        weeks = self.table["week"].max()
        start, end = (self.table[self.table["week"] == week] for week in (0, weeks))
        return _(
            "In {weeks} weeks the mean price goes from {start} to {end} (cost with commission is {floor}), and the "
            "three sellers' profit from {profit_start} to {profit_end} a week."
        ).format(
            weeks=weeks,
            start=numbers.money(start["price_usd"].mean()),
            end=numbers.money(end["price_usd"].mean()),
            floor=numbers.money(self.lowest_price_usd),
            profit_start=numbers.money(start["profit_usd"].sum()),
            profit_end=numbers.money(end["profit_usd"].sum()),
        )

    @property
    def origin(self) -> Mapping[str, Origin]:
        rule = Origin(
            kind=OriginKind.STATED,
            formula=self.rule,
            facts=(
                "joom-old-ranking-conversion",
                "joom-old-ranking-favours-cheapest",
                "joom-ranking-example-old-winner",
            ),
        )
        return {"*": simulated(self.rule), "price_usd": assumed(STEP), "traffic_share": rule}


def allocate_by_conversion(scenario: ConversionRankingScenario | None = None, rng: Any = 0) -> PriceRace:
    """What do prices do when traffic goes by conversion and sellers respond?

    Score = conversion × rating; conversion falls with the price, so a cheaper offer of the same product is seen more.
    Each week the market is asked what one step down or up would bring each seller (means, so ``rng`` plays no part).

    Source: facts joom-old-ranking-conversion, joom-old-ranking-favours-cheapest; costs and steps are assumed.

    >>> race = allocate_by_conversion()
    >>> ends = race.table.groupby("week")["price_usd"].mean()
    >>> bool(ends.iloc[-1] < 0.8 * ends.iloc[0])
    True
    """
    scenario = scenario or ConversionRankingScenario()
    weeks = race_prices(
        [policy(scenario.rule)],
        (scenario.own_price_usd, scenario.rival_1_price_usd, scenario.rival_2_price_usd),
        cost_usd=scenario.cost_usd,
        weeks=scenario.weeks,
        max_step=scenario.max_step,
        holds=(0,) if scenario.you_hold else (),
        click_price_elasticity=scenario.click_price_elasticity,
        order_price_elasticity=scenario.order_price_elasticity,
        attention_steepness=scenario.attention_steepness,
    )[0]
    floor = lowest_price_usd(scenario.cost_usd)
    rows = [
        (number, seller, week.price_usd[k], week.visits[k] / week.visits.sum(), week.profit_usd[k], floor)
        for number, week in enumerate(weeks)
        for k, seller in enumerate(SELLERS)
    ]
    return PriceRace(
        table=pd.DataFrame(rows, columns=list(PriceRace.columns)), rule=scenario.rule, lowest_price_usd=floor
    )
