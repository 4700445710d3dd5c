"""The overseas-warehouse tag: +30 to 50 % clicks, or better goods chosen for it? Three comparisons and the truth."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crossborder.facts import facts
from crossborder.i18n import N_, _, numbers
from crossborder.market.make import MarketScenario, make_market
from crossborder.market.simulate import simulate_market
from crossborder.market.world import Market, has_tag
from crossborder.origin import Origin, estimated, simulated, stated
from crossborder.params import nested, param
from crossborder.ranking.forward_stock import ForwardStock, ForwardStockScenario, choose_forward_stock
from crossborder.ranking.plus_label import past_click_rate, ratio_of_rates
from crossborder.ranking.policies import policy
from crossborder.ranking.shared_seed import shared_seed
from crossborder.result import Result
from crossborder.statistics.intervals import mean_interval

CLAIM = "overseas-warehouse-tag-ctr"
BENEFITS = (
    "overseas-warehouse-tag-benefits",
    "overseas-warehouse-tag-future",
    "overseas-warehouse-share-low",
    "b2c-to-b2b2c-trend",
)
TAG = "overseas_warehouse"
METHODS = {
    "claimed": N_("what the platform reports"),
    "all": N_("all tagged against all untagged"),
    "chosen": N_("their untagged twins, against the rest at home"),
    "pairs": N_("the same product, tagged or not"),
    "truth": N_("the truth: with against without"),
}
FEW_IMPRESSIONS = 200


@dataclass(frozen=True, kw_only=True)
class WarehouseTagScenario(ForwardStockScenario):
    """Which goods sellers send abroad, what the tag does to clicks, and what stock abroad costs one of them."""

    selection: float = param(
        0.6, 0.0, 3.0, step=0.1, label=N_("How strongly sellers send their well-clicked goods abroad"), main=True
    )
    tagged_share: float = param(0.25, 0.05, 0.9, step=0.01, label=N_("Products with a twin abroad"), unit=N_("share"))
    days: int = param(30, 7, 120, label=N_("Days"), unit=N_("days"))
    sellers: MarketScenario = nested(
        lambda: MarketScenario(n_stores=60, sessions_per_day=100_000), label=N_("The market compared")
    )


@dataclass(frozen=True, kw_only=True)
class WarehouseTag(Result):
    """``table``: the change of the click rate by comparison; ``stock``: which goods deserve stock abroad."""

    columns = {
        "method": N_("Comparison"),
        "change": N_("How much higher the click rate is"),
        "low": N_("Low"),
        "high": N_("High"),
        **METHODS,
    }

    table: pd.DataFrame
    n_pairs: int
    price_premium: float
    stock: ForwardStock
    seed: int | None = None

    def method(self, name: str) -> pd.Series:
        """One row of the table."""
        return self.table.set_index("method").loc[[name]].iloc[0]

    @property
    def text(self) -> str:
        shown = {name: numbers.signed_percent(self.method(name)["change"], 0) for name in METHODS if name != "claimed"}
        claim_low, claim_high = _claimed_percent()
        sentence = _(
            "Tagged goods are clicked {all} against all others ({claim_low}–{claim_high}% more is claimed). But they "
            "were chosen for it: at home, without the tag, the same products stand {chosen} above those that nobody "
            "sent abroad. Twin against twin the difference is {pairs}, of which the tag makes {truth}; the rest is "
            "the price abroad ({premium})."
        ).format(
            claim_low=numbers.decimal(claim_low, 0),
            claim_high=numbers.decimal(claim_high, 0),
            premium=numbers.signed_percent(self.price_premium, 0),
            **shown,
        )
        return _("{first} {second}").format(first=sentence, second=self.stock.text)

    @property
    def origin(self) -> dict[str, Origin]:
        return {
            "*": simulated(N_("clicks / impressions"), seed=self.seed),
            "claimed": stated(
                CLAIM, note=N_("Read as a relative uplift; the source compares the same product or the same day.")
            ),
            "pairs": estimated(N_("exp(mean of log(click rate abroad / click rate at home)) − 1")),
            "method": stated(CLAIM, *BENEFITS),
        }


def judge_warehouse_tag(scenario: WarehouseTagScenario, rng: Any = 0) -> WarehouseTag:
    """What does the overseas-warehouse tag itself do to the click rate, and which goods deserve stock abroad?

    Sellers list some products a second time from a warehouse abroad (with the tag), rather those that are clicked well:
    chance ∝ exp(selection × standardised past click rate). Pages show goods in random order. Compared are: all tagged
    with all untagged; the products that have a twin abroad with those that have none, both at home; twin with twin,
    exp(mean log ratio) − 1; and the same world with and without the tag's effect. Source: overseas-warehouse-tag-ctr.

    >>> result = judge_warehouse_tag(WarehouseTagScenario(tag_effect=0.0, price_premium=0.0))
    >>> pairs = result.method("pairs")
    >>> result.method("truth")["change"].item(), bool(pairs["low"] < 0 < pairs["high"])
    (0.0, True)
    """
    rng = shared_seed(rng)
    market, twin_of = twin_market(scenario, rng)
    worlds = [market.with_law(warehouse_tag_effect=effect) for effect in (scenario.tag_effect, 0.0)]
    runs = [simulate_market(world, policy("chance"), scenario.days, "aggregate", rng) for world in worlds]
    (shown, clicks), (shown_without, clicks_without) = [
        [run.daily[m].sum(axis=0) for m in ("impressions", "clicks")] for run in runs
    ]
    tagged = has_tag(market.listings["tags"], TAG)
    has_twin = np.isin(np.arange(len(tagged)), twin_of)
    home = ~tagged
    rate = (clicks + 0.5) / (shown + 25.0)
    abroad = np.flatnonzero(tagged)
    seen = (shown[abroad] >= FEW_IMPRESSIONS) & (shown[twin_of] >= FEW_IMPRESSIONS)
    pairs = mean_interval(np.log(rate[abroad[seen]] / rate[twin_of[seen]]))
    true = (
        clicks[tagged].sum() / shown[tagged].sum() / (clicks_without[tagged].sum() / shown_without[tagged].sum()) - 1.0
    )
    both, selected = ratio_of_rates(clicks, shown, tagged), ratio_of_rates(clicks[home], shown[home], has_twin[home])
    claim_low, claim_high = _claimed_percent()
    rows = [
        ("claimed", (claim_low + claim_high) / 200.0, claim_low / 100.0, claim_high / 100.0),
        ("all", both.value, both.low, both.high),
        ("chosen", selected.value, selected.low, selected.high),
        ("pairs", *(float(np.expm1(x)) for x in (pairs.value, pairs.low, pairs.high))),
        ("truth", float(true), float(true), float(true)),
    ]
    return WarehouseTag(
        table=pd.DataFrame(rows, columns=["method", "change", "low", "high"]),
        n_pairs=int(seen.sum()),
        price_premium=scenario.price_premium,
        stock=choose_forward_stock(scenario, rng),
        seed=rng,
    )


def _claimed_percent() -> tuple[float, float]:
    """By how much more the source says that tagged goods are clicked: from, to."""
    claim = facts[CLAIM]
    return float(str(claim.low)), float(str(claim.high))


def twin_market(scenario: WarehouseTagScenario, rng: Any = 0) -> tuple[Market, np.ndarray]:
    """The market with some products listed twice, at home and abroad.

    And the row at home of each twin, in their order.
    """
    market = make_market(scenario.sellers.n_stores, rng, scenario=scenario.sellers)
    bare = market.listings.assign(
        tags=market.listings["tags"].str.replace(TAG, "", regex=False).str.split().str.join(" "), stock_country="CN"
    )
    past = np.log(past_click_rate(market))
    pull = np.exp(scenario.selection * (past - past.mean()) / past.std())
    random = np.random.default_rng([90, shared_seed(rng)])
    n_twins = max(2, round(scenario.tagged_share * len(bare)))
    twin_of = np.sort(random.choice(len(bare), n_twins, replace=False, p=pull / pull.sum()))
    there = market.countries["country"].to_numpy()[random.integers(0, len(market.countries), n_twins)]
    twins = bare.iloc[twin_of]
    twins = twins.assign(
        listing_id=twins["listing_id"] + "-abroad",
        price_usd=(twins["price_usd"] * (1.0 + scenario.price_premium)).round(2).clip(lower=0.01),
        dispatch_hours=24.0,
        stock_country=there,
        tags=(twins["tags"] + f" {TAG}").str.strip(),
    )
    return market.replace(
        listings=pd.concat([bare, twins], ignore_index=True),
        history=pd.concat([market.history, market.history.iloc[twin_of]], ignore_index=True),
        tastes=np.concatenate([market.tastes, market.tastes[twin_of]]),
    ), twin_of
