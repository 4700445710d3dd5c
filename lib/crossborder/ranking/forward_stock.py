"""Stock abroad: which 20 of 200 products deserve it, when unsold goods age and each unit costs more to handle?"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crossborder.i18n import N_, _, numbers
from crossborder.market.law import SessionLaw
from crossborder.market.make import MarketScenario, country_table, make_market
from crossborder.market.run import MarketRun
from crossborder.market.simulate import simulate_market
from crossborder.market.world import Market
from crossborder.origin import Origin, estimated, simulated, stated
from crossborder.params import Params, choice, nested, param
from crossborder.ranking.places_and_goods import COUNTRY_NAMES, country_name
from crossborder.ranking.policies import policy
from crossborder.ranking.shared_seed import shared_seed
from crossborder.result import Result

TAG = "overseas_warehouse"
RULES = {
    "none": N_("no stock abroad"),
    "value": N_("largest expected gain"),
    "sales": N_("best sellers"),
    "all": N_("every product"),
}
OWN_STORE = "own"


@dataclass(frozen=True, kw_only=True)
class ForwardStockScenario(Params):
    """A store with many products, one country, and the cost of keeping goods there."""

    n_skus: int = param(200, 20, 400, label=N_("The store's products"), unit=N_("products"))
    n_chosen: int = param(20, 1, 100, label=N_("Products to stock abroad"), unit=N_("products"), main=True)
    country: str = choice(
        "ES", {c: COUNTRY_NAMES[c] for c in ("RU", "ES", "FR", "BR")}, label=N_("Country of the warehouse")
    )
    handling_usd: float = param(0.8, 0.0, 10.0, step=0.1, label=N_("Extra cost of a unit abroad"), unit=N_("USD"))
    ageing_per_month: float = param(
        0.06,
        0.0,
        0.5,
        step=0.01,
        label=N_("Cost of stock abroad, rent and ageing"),
        unit=N_("share of their value per month"),
        main=True,
    )
    least_lot: int = param(20, 1, 500, label=N_("Smallest lot sent abroad"), unit=N_("units"))
    cover_months: float = param(2.0, 0.5, 6.0, step=0.5, label=N_("Months of sales sent abroad"), unit=N_("months"))
    boost: float = param(1.0, 1.0, 2.0, step=0.01, label=N_("Ranking boost for stock abroad"))
    tag_effect: float = param(
        0.15, 0.0, 1.0, step=0.01, label=N_("Effect of the tag on clicks"), unit=N_("utils"), main=True
    )
    price_premium: float = param(
        0.05, -0.2, 0.5, step=0.01, label=N_("Price abroad over the price at home"), unit=N_("share"), main=True
    )
    world: MarketScenario = nested(
        lambda: MarketScenario(n_stores=40, listings_per_store=5.0, sessions_per_day=10_000), label=N_("The rivals")
    )


@dataclass(frozen=True, kw_only=True)
class ForwardStock(Result):
    """``table``: one row per product, the best first. ``rules``: what each way of choosing earned in its own run."""

    columns = {
        "title": N_("Product"),
        "orders": N_("Orders before, per month"),
        "margin_usd": N_("Margin of a unit"),
        "expected_gain_usd": N_("Expected gain"),
        "lot": N_("Units sent abroad"),
        "chosen": N_("Chosen"),
        "rule": N_("Chosen by"),
        "True": N_("sent abroad"),
        "False": N_("kept at home"),
        "gain_usd": N_("Change of profit"),
        "unsold_share": N_("Unsold share of the stock"),
        "stock_usd": N_("Money in stock abroad"),
        **RULES,
    }

    table: pd.DataFrame
    rules: pd.DataFrame
    country: str
    days: int
    seed: int | None = None

    @property
    def text(self) -> str:
        gain = self.rules.set_index("rule")["gain_usd"]
        shown = {name: numbers.signed(numbers.money(gain[name]), gain[name]) for name in ("value", "sales")}
        chosen = int(self.table["chosen"].sum())
        if not chosen:
            return _("In {country} none of {all_n} products is expected to earn its stock.").format(
                country=country_name(self.country), all_n=len(self.table)
            )
        return _(
            "Stock in {country} for the best {n} of {all_n} products changes the store's profit by {value} in {days} "
            "days, for its best sellers by {sales}."
        ).format(
            country=country_name(self.country),
            n=chosen,
            all_n=len(self.table),
            days=self.days,
            **shown,
        )

    @property
    def origin(self) -> dict[str, Origin]:
        gain = estimated(
            N_(
                "orders × ((1 + uplift)(margin − handling) − margin) − lot × cost × ageing × months / 2 − unsold × "
                "cost × ageing × months / 2"
            )
        )
        return {
            "*": simulated(seed=self.seed),
            "expected_gain_usd": gain,
            "chosen": stated("overseas-warehouse-tag-benefits", "overseas-warehouse-share-low"),
        }


def choose_forward_stock(scenario: ForwardStockScenario, rng: Any = 0) -> ForwardStock:
    """Which of a store's products deserve stock in a warehouse abroad?

    A month's run without stock abroad gives orders and margins. Expected gain of a product over the months covered:
    orders × ((1 + uplift)(margin − handling) − margin) − ageing of the stock, with uplift = exp(tag effect + order
    gain of faster delivery) − 1. The best products that gain are tagged and stocked, and the market runs again; so do
    rival ways of choosing. A lot covers the expected sales, at least ``least_lot`` units. Source:
    overseas-warehouse-tag-benefits.

    >>> rules = choose_forward_stock(ForwardStockScenario(n_skus=40, n_chosen=5)).rules
    >>> rules["rule"].tolist()
    ['none', 'value', 'sales', 'all']
    """
    rng = shared_seed(rng)
    market, own = store_with_rivals(scenario, rng)
    days = round(30 * scenario.cover_months)
    rule = policy(f"conversion * rating * boost('{TAG}', {scenario.boost:g})")
    month = simulate_market(market, rule, 30, "expected", rng)
    start = month.market_after
    listings = start.listings[own]
    orders = month.daily["orders"][:, own].sum(axis=0)
    commission = start.categories.set_index("category")["commission_rate"].loc[listings["category"]].to_numpy(float)
    cost = listings["cost_usd"].to_numpy()
    margin = listings["price_usd"].to_numpy() * (1.0 - commission) - cost
    margin_abroad = (
        margin + scenario.price_premium * listings["price_usd"].to_numpy() * (1.0 - commission) - scenario.handling_usd
    )
    lot = np.maximum(np.ceil(orders * scenario.cover_months * (1.0 + uplift(scenario, market))), scenario.least_lot)
    sold = np.minimum(orders * scenario.cover_months * (1.0 + uplift(scenario, market)), lot)
    gain = sold * margin_abroad - orders * scenario.cover_months * margin - _ageing_usd(scenario, lot, sold, cost)
    best = np.argsort(-gain, kind="stable")[: scenario.n_chosen]
    ways = {
        "none": np.zeros(0, np.int64),
        "value": best[gain[best] > 0],
        "sales": np.argsort(-orders, kind="stable")[: scenario.n_chosen],
        "all": np.arange(len(gain)),
    }
    earned = {
        name: _run_with_stock(start, own, chosen, lot, scenario, rule, days, rng) for name, chosen in ways.items()
    }
    rules = pd.DataFrame(
        [
            {"rule": name, **row, "gain_usd": row["profit_usd"] - earned["none"]["profit_usd"]}
            for name, row in earned.items()
        ]
    )
    table = pd.DataFrame(
        {
            "title": listings["title"].to_numpy(),
            "orders": orders,
            "margin_usd": margin,
            "lot": lot,
            "expected_gain_usd": gain,
            "chosen": np.isin(np.arange(len(gain)), ways["value"]),
        }
    ).sort_values("expected_gain_usd", ascending=False, ignore_index=True)
    return ForwardStock(
        table=table,
        rules=rules.drop(columns="profit_usd"),
        country=scenario.country,
        days=days,
        seed=rng,
    )


def uplift(scenario: ForwardStockScenario, market: Market) -> float:
    """By how much should a product's orders grow with stock abroad? Clicks by the tag, orders by speed."""
    law: SessionLaw = market.law
    country = market.countries.iloc[0]
    faster = country["delivery_days"] - 4.0 + (72.0 - 24.0) / 24.0
    price = scenario.price_premium * (law.click_price_slope + law.order_price_slope)
    return float(np.expm1(scenario.tag_effect + law.delivery_effect * faster / country["delivery_patience"] - price))


def store_with_rivals(scenario: ForwardStockScenario, rng: Any = 0) -> tuple[Market, np.ndarray]:
    """One country; the rivals' listings and ours, which are drawn alike; which rows are ours."""
    world = scenario.world
    countries = country_table(world.sessions_per_day)
    market = make_market(
        world.n_stores,
        rng,
        scenario=world,
        listings_per_store=world.listings_per_store + scenario.n_skus / world.n_stores,
        countries=countries[countries["country"] == scenario.country].assign(
            sessions_per_day=float(world.sessions_per_day)
        ),
    )
    random = np.random.default_rng([47, shared_seed(rng)])
    own = np.zeros(market.n_listings, dtype=bool)
    own[np.sort(random.permutation(market.n_listings)[: scenario.n_skus])] = True
    listings = market.listings
    at_home = {"stock_country": "CN", "dispatch_hours": 72.0, "tags": "", "store_id": OWN_STORE}
    ours = listings.assign(**{column: listings[column].where(~own, value) for column, value in at_home.items()})
    store = market.stores.iloc[:1].assign(store_id=OWN_STORE)
    market = market.replace(listings=ours, stores=pd.concat([market.stores, store], ignore_index=True))
    return market.with_law(warehouse_tag_effect=scenario.tag_effect, extra_unit_share=0.0), own


def _run_with_stock(
    start: Market,
    own: np.ndarray,
    chosen: np.ndarray,
    lot: np.ndarray,
    scenario: ForwardStockScenario,
    rule: Any,
    days: int,
    rng: Any,
) -> dict[str, float]:
    """What the store earns when these of its products lie abroad; what is sold beyond the lot is sent after it."""
    rows = np.flatnonzero(own)[chosen]
    listings = start.listings.copy()
    for column, value in (("stock_country", scenario.country), ("dispatch_hours", 24.0), ("tags", TAG)):
        listings.loc[rows, column] = value
    listings.loc[rows, "price_usd"] = (listings.loc[rows, "price_usd"] * (1.0 + scenario.price_premium)).round(2)
    run: MarketRun = simulate_market(start.replace(listings=listings), rule, days, "expected", rng, replicate=1)
    profit = run.daily["profit_cents"][:, own].sum() / 100.0
    units = run.daily["units"][:, rows].sum(axis=0)
    cost = listings.loc[rows, "cost_usd"].to_numpy()
    sold = np.minimum(units, lot[chosen])
    profit -= scenario.handling_usd * units.sum() + _ageing_usd(scenario, lot[chosen], sold, cost).sum()
    sent = lot[chosen].sum()
    unsold = float((lot[chosen] - sold).sum() / sent) if sent else float("nan")
    return {
        "profit_usd": float(profit),
        "gain_usd": 0.0,
        "unsold_share": unsold,
        "stock_usd": float((lot[chosen] * cost).sum()),
    }


def _ageing_usd(scenario: ForwardStockScenario, lot: np.ndarray, sold: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """Rent and ageing: what is sold lies there half of the time on average, what is not lies there all of it."""
    return scenario.ageing_per_month * scenario.cover_months * cost * (sold / 2.0 + (lot - sold))
