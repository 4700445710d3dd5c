"""Free shipping by country: which countries give back in orders what the freight costs?"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crossborder.i18n import N_, _, numbers
from crossborder.market.make import MarketScenario, make_market
from crossborder.market.run import MarketRun
from crossborder.market.simulate import simulate_market
from crossborder.market.world import Market
from crossborder.origin import Origin, simulated, stated
from crossborder.params import Params, choice, nested, param
from crossborder.ranking.places_and_goods import CATEGORY_NAMES, COUNTRY_NAMES, country_name, ten_countries
from crossborder.ranking.policies import policy
from crossborder.ranking.shared_seed import shared_seed
from crossborder.result import Result

OWN_STORE = "own"
FACTS = ("double11-free-shipping-exposure", "mech-promotions-encouraged")


@dataclass(frozen=True, kw_only=True)
class FreeShippingScenario(Params):
    """One store among others in ten countries, and how the platform favours free shipping."""

    boost: float = param(
        1.1, 1.0, 3.0, step=0.05, label=N_("Ranking boost for free shipping to a country"), main=True, fact=FACTS[0]
    )
    margin: float = param(
        0.3, 0.05, 0.6, step=0.01, label=N_("Margin after commission and goods"), unit=N_("share of price"), main=True
    )
    category: str = choice("shoes_bags", CATEGORY_NAMES, label=N_("What the store sells"), main=True)
    freight_per_fee: float = param(
        0.9, 0.2, 1.5, step=0.05, label=N_("Seller's freight over the fee a buyer would pay"), main=True
    )
    n_chosen: int = param(5, 1, 10, label=N_("Countries to choose"), unit=N_("countries"), main=True)
    days: int = param(30, 7, 120, label=N_("Days"), unit=N_("days"))
    price_level: float = param(1.0, 0.3, 3.0, step=0.05, label=N_("The store's prices over the usual price"))
    n_listings: int = param(6, 1, 40, label=N_("The store's listings"), unit=N_("products"))
    world: MarketScenario = nested(
        lambda: MarketScenario(n_stores=50, sessions_per_day=200_000), label=N_("The market")
    )


@dataclass(frozen=True, kw_only=True)
class FreeShipping(Result):
    """``table``: one row per country; ``chosen_gain_usd`` is the profit change of the run with just the chosen ones."""

    columns = {
        "country": N_("Country"),
        "orders_before": N_("Orders with a fee"),
        "orders_after": N_("Orders shipped free"),
        "orders_change": N_("More orders"),
        "break_even_change": N_("More orders needed to pay"),
        "fee_saved_usd": N_("Fees that buyers save"),
        "freight_usd": N_("Freight given away"),
        "gain_usd": N_("Change of profit"),
        "chosen": N_("Chosen"),
        **COUNTRY_NAMES,
    }

    table: pd.DataFrame
    chosen_gain_usd: float
    chosen_lift: float
    freight_usd: float
    days: int
    seed: int | None = None

    @property
    def text(self) -> str:
        pays = int((self.table["gain_usd"] > 0).sum())
        parts = {
            "pays": pays,
            "n": len(self.table),
            "days": self.days,
            "lift": numbers.signed_percent(self.chosen_lift),
            "gain": numbers.signed(numbers.money(self.chosen_gain_usd), self.chosen_gain_usd),
            "freight": numbers.money(self.freight_usd),
            "names": _(", ").join(country_name(c) for c in self.table.loc[self.table["chosen"], "country"]),
        }
        if not pays:
            return _(
                "Free shipping pays in none of the {n} countries: everywhere the freight costs more than the extra "
                "orders bring."
            ).format(**parts)
        return _(
            "Free shipping pays in {pays} of {n} countries; offered in the best ({names}) it changes the store's "
            "orders by {lift} and its profit by {gain} in {days} days, {freight} of freight paid."
        ).format(**parts)

    @property
    def origin(self) -> dict[str, Origin]:
        return {
            "*": simulated(seed=self.seed),
            "break_even_change": simulated(
                "m / (m − f) − 1", note=N_("m: margin of an order in dollars; f: its freight")
            ),
            "chosen": stated(*FACTS, note=N_("That free shipping helps is stated; by how much is assumed.")),
        }


def choose_free_shipping(scenario: FreeShippingScenario, rng: Any = 0) -> FreeShipping:
    """To which countries should this store ship free?

    Free shipping to a country multiplies the score there by ``boost`` and takes the fee out of the price that buyers
    see; the seller pays the freight. The same market runs with a fee everywhere and free everywhere; a country pays
    where the profit gained is positive, that is where orders grow by more than m / (m − f) − 1 (margin m and freight f
    of an order). The best countries are then run by themselves. Source: double11-free-shipping-exposure.

    >>> choose_free_shipping(FreeShippingScenario(n_chosen=2)).table["chosen"].sum().item()
    2
    """
    rng = shared_seed(rng)
    market = shipping_market(scenario, rng)
    own = (market.listings["store_id"] == OWN_STORE).to_numpy()
    rule = policy(f"conversion * rating * boost('free_shipping', {scenario.boost:g})")
    codes = market.countries["country"].tolist()
    with_fee = simulate_market(market, rule, scenario.days, "expected", rng)
    free = simulate_market(ship_free(market, own, codes), rule, scenario.days, "expected", rng)
    before, after = _books(with_fee, own, scenario, []), _books(free, own, scenario, codes)
    gain = after["profit_usd"] - before["profit_usd"]
    best = gain.sort_values(ascending=False).head(scenario.n_chosen)
    chosen = best[best > 0].index.tolist()
    run = _books(
        simulate_market(ship_free(market, own, chosen), rule, scenario.days, "expected", rng), own, scenario, chosen
    )
    margin, freight = before["margin_usd"] / before["orders"], _freight(market, scenario)
    fee = pd.Series(market.countries["shipping_usd"].to_numpy(float), codes)
    table = pd.DataFrame(
        {
            "country": codes,
            "orders_before": before["orders"],
            "orders_after": after["orders"],
            "orders_change": after["orders"] / before["orders"] - 1.0,
            "break_even_change": break_even_lift(margin, freight),
            "fee_saved_usd": after["orders"] * fee,
            "freight_usd": after["freight_usd"],
            "gain_usd": gain,
            "chosen": [code in chosen for code in codes],
        }
    ).sort_values("gain_usd", ascending=False, ignore_index=True)
    return FreeShipping(
        table=table,
        chosen_gain_usd=float(run["profit_usd"].sum() - before["profit_usd"].sum()),
        chosen_lift=float(run["orders"].sum() / before["orders"].sum() - 1.0),
        freight_usd=float(run["freight_usd"].sum()),
        days=scenario.days,
        seed=rng,
    )


def break_even_lift(margin_usd: Any, freight_usd: Any) -> np.ndarray:
    """By how much must orders grow to pay for the freight? m / (m − f) − 1; NaN where an order earns less than that.

    >>> break_even_lift([4.0, 1.0], [1.0, 1.0]).round(3).tolist()
    [0.333, nan]
    """
    margin, freight = np.broadcast_arrays(np.asarray(margin_usd, float), np.asarray(freight_usd, float))
    left = margin - freight
    return np.divide(freight, left, out=np.full(left.shape, np.nan), where=left > 1e-9 * np.abs(margin))


def shipping_market(scenario: FreeShippingScenario, rng: Any = 0) -> Market:
    """Ten countries; one store is ours, with prices and margin of its own and a fee on everything."""
    world = scenario.world
    market = make_market(world.n_stores, rng, scenario=world, countries=ten_countries(world.sessions_per_day))
    listings = market.listings.copy()
    own = np.arange(len(listings)) < min(scenario.n_listings, len(listings))
    kind = market.categories.set_index("category").loc[scenario.category]
    price = round(scenario.price_level * kind["reference_price_usd"], 2)
    cost = max(price * (1.0 - kind["commission_rate"] - scenario.margin), 0.01)
    ours = {
        "store_id": OWN_STORE,
        "category": scenario.category,
        "price_usd": price,
        "cost_usd": cost,
        "quality": 4.5,
        "tags": "",
    }
    for column, value in ours.items():
        listings[column] = listings[column].where(~own, value)
    stores = pd.concat([market.stores, market.stores.iloc[:1].assign(store_id=OWN_STORE)], ignore_index=True)
    return market.replace(listings=listings, stores=stores).with_law(extra_unit_share=0.0)


def ship_free(market: Market, own: np.ndarray, countries: list[str]) -> Market:
    """The same market with our listings shipped free to ``countries``."""
    tags = " ".join(f"free_shipping:{code}" for code in countries)
    return market.replace(listings=market.listings.assign(tags=market.listings["tags"].where(~own, tags)))


def _freight(market: Market, scenario: FreeShippingScenario) -> pd.Series:
    fee = market.countries["shipping_usd"].to_numpy(float)
    return pd.Series(scenario.freight_per_fee * fee, market.countries["country"])


def _books(run: MarketRun, own: np.ndarray, scenario: FreeShippingScenario, free: list[str]) -> pd.DataFrame:
    """Our orders, margin, freight and profit by country."""
    listings = run.market.listings[own]
    margin = scenario.margin * listings["price_usd"].to_numpy()
    orders = run.country_totals["orders"][:, own]
    codes = run.market.countries["country"].tolist()
    out = pd.DataFrame({"orders": orders.sum(axis=1), "margin_usd": orders @ margin}, index=codes)
    out["freight_usd"] = out["orders"] * _freight(run.market, scenario) * [code in free for code in codes]
    return out.assign(profit_usd=out["margin_usd"] - out["freight_usd"])
