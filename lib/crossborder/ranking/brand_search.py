"""Brand searches: a store link and the brand's own goods first, against copies that live off the brand's name."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crossborder.errors import BoundsError
from crossborder.i18n import N_, _, numbers
from crossborder.market.make import MarketScenario, make_market
from crossborder.market.run import MarketRun
from crossborder.market.simulate import simulate_market
from crossborder.market.view import View
from crossborder.market.world import Market
from crossborder.origin import Origin, simulated, stated
from crossborder.params import Params, flag, formula, nested, param
from crossborder.ranking.policies import policy
from crossborder.ranking.query_kinds import QueryReading, classify_query
from crossborder.ranking.shared_seed import WORLDS, shared_seed
from crossborder.statistics.comparison import Comparison, compare

FACTS = ("ae-brand-keyword-store-link", "ae-trademark-brands-promoted")
BRAND, CATEGORY, BRAND_STORE = "Nordwind", "shoes_bags", "brand-store"
SEARCH, STORE_PAGE = "brand search", "brand store page"
FOUND_TAG, OWN_TAG = "named:brand", "own_brand"
LONGEST_QUERY = 200


def _checked_query(text: str) -> None:
    if len(str(text)) > LONGEST_QUERY:
        raise BoundsError(
            _("A search may have {limit} characters; this one has {n}.").format(limit=LONGEST_QUERY, n=len(str(text)))
        )


@dataclass(frozen=True, kw_only=True)
class BrandSearchScenario(Params):
    """A brand, the shoppers who search for it, and sellers who put its name on copies."""

    query: str = formula(
        "Nordwind trainers", label=N_("What a shopper types (the brand is Nordwind)"), check=_checked_query, main=True
    )
    registered: bool = flag(True, label=N_("The trademark is registered"), origin=stated(FACTS[1]), main=True)
    search_share: float = param(
        0.05, 0.0, 0.5, step=0.01, label=N_("Sessions that search for the brand"), unit=N_("share"), main=True
    )
    link_share: float = param(
        0.6, 0.0, 1.0, step=0.05, label=N_("Brand searches that follow the store link"), unit=N_("share"), main=True
    )
    n_copies: int = param(20, 0, 60, label=N_("Copies under the brand's name"), unit=N_("products"), main=True)
    copy_discount: float = param(0.4, 0.0, 0.8, step=0.05, label=N_("How much cheaper copies are"), unit=N_("share"))
    copy_stars: float = param(3.8, 2.0, 5.0, step=0.1, label=N_("True quality of copies"), unit=N_("stars"))
    n_own: int = param(8, 1, 20, label=N_("The brand's own listings"), unit=N_("products"))
    brand_boost: float = param(1.05, 1.0, 2.0, step=0.05, label=N_("Boost for registered brands in all traffic"))
    days: int = param(20, 5, 90, label=N_("Days"), unit=N_("days"))
    worlds: int = param(6, 2, 100, label=N_("Worlds"), unit=N_("worlds"), help=WORLDS)
    world: MarketScenario = nested(lambda: MarketScenario(n_stores=40, sessions_per_day=20_000), label=N_("The market"))


@dataclass(frozen=True)
class BrandFirst:
    """The brand's own goods in the first slots of a page that answers a search for the brand."""

    search: str
    listings: tuple[int, ...]

    @property
    def slots(self) -> tuple[int, ...]:
        """The first slots, one per listing of the brand."""
        return tuple(range(len(self.listings)))

    def choose(self, view: View, _country: int, query: int) -> tuple[int, ...]:
        """The brand's listings on its own search, nothing anywhere else."""
        return self.listings if view.queries[query] == self.search else (-1,) * len(self.listings)


@dataclass(frozen=True, kw_only=True)
class BrandSearch(Comparison):
    """``table``: with the store link against without, measure by measure. ``reading``: how the typed search is read."""

    columns = {
        **Comparison.columns,
        "own_click_share": N_("Clicks to the brand's own goods, of these and the copies"),
        "orders_brand": N_("Orders of the brand"),
        "orders_copies": N_("Orders of the copies"),
        "stars_bought": N_("True quality bought under the name"),
        "dispute_rate": N_("Disputes per order under the name"),
        "gmv_usd": N_("GMV of the platform"),
    }

    query: str
    reading: QueryReading
    registered: bool
    seed: int | None = None

    @property
    def text(self) -> str:
        reading = _("“{query}” is read as {reading}.").format(query=self.query, reading=self.reading.text)
        if not self.registered:
            effect = _("Without a registered trademark no rule fires: copies keep {copies} of the clicks.").format(
                copies=numbers.percent(1.0 - self.row("own_click_share")["old"], 0)
            )
        else:
            share = self.row("own_click_share")
            effect = _(
                "The store link lifts the brand's share of these clicks from {old} to {new}; copies sell {copies}, the "
                "platform's GMV changes by {gmv}."
            ).format(
                old=numbers.percent(share["old"], 0),
                new=numbers.percent(share["new"], 0),
                copies=_relative(self.row("orders_copies")),
                gmv=_relative(self.row("gmv_usd")),
            )
        return _("{first} {second}").format(first=reading, second=effect)

    @property
    def origin(self) -> dict[str, Origin]:
        return {
            "*": simulated(seed=self.seed),
            "measure": stated(*FACTS, note=N_("That the link exists is stated; how many follow it is assumed.")),
        }


def protect_brand(scenario: BrandSearchScenario, rng: Any = 0) -> BrandSearch:
    """What does a store link for brand searches do to the brand, to its copies and to the platform?

    Without the rule a search for the brand finds everything that carries its name, ranked by conversion and rating.
    With it, ``link_share`` of these sessions land on the brand's own store page and the rest see its goods first;
    registered brands are also boosted everywhere. Both run on the same shoppers. Source: ae-brand-keyword-store-link.

    >>> protect_brand(BrandSearchScenario(registered=False, worlds=2)).row("orders_brand")["difference"].item()
    0.0
    """
    rng = shared_seed(rng)
    market = brand_market(scenario, rng)
    own = (market.listings["store_id"] == BRAND_STORE).to_numpy()
    plain, link = policy("conversion * rating"), scenario.link_share if scenario.registered else 0.0
    favoured = (
        policy(f"conversion * rating * boost('{OWN_TAG}', {scenario.brand_boost:g})") if scenario.registered else plain
    )
    stages = [BrandFirst(SEARCH, tuple(np.flatnonzero(own).tolist()))] if scenario.registered else []
    sides: dict[str, list[dict[str, float]]] = {"old": [], "new": []}
    for world in range(scenario.worlds):
        settings = {"days": scenario.days, "engine": "aggregate", "rng": rng, "replicate": world}
        before = simulate_market(market.replace(searches=searches(scenario.search_share, 0.0)), plain, **settings)
        after = simulate_market(
            market.replace(searches=searches(scenario.search_share, link)), favoured, stages=stages, **settings
        )
        sides["old"].append(_measures(before, own))
        sides["new"].append(_measures(after, own))
    compared = compare(*(pd.DataFrame(rows) for rows in sides.values()))
    return BrandSearch(
        table=compared.table,
        n_worlds=scenario.worlds,
        query=scenario.query,
        registered=scenario.registered,
        reading=classify_query(scenario.query, [BRAND] if scenario.registered else []),
        seed=rng,
    )


def brand_market(scenario: BrandSearchScenario, rng: Any = 0) -> Market:
    """A market with the brand's own store and copies of its goods in other stores."""
    market = make_market(scenario.world.n_stores, rng, scenario=scenario.world)
    reference = market.categories.set_index("category")["reference_price_usd"].loc[CATEGORY]
    n_own, n_copies = scenario.n_own, scenario.n_copies
    random = np.random.default_rng([42, shared_seed(rng)])
    pattern = market.listings.iloc[np.resize(np.arange(market.n_listings), n_own + n_copies)]
    copies = np.arange(n_own + n_copies) >= n_own
    price = (
        reference
        * 1.2
        * np.exp(0.15 * random.normal(size=len(pattern)))
        * np.where(copies, 1.0 - scenario.copy_discount, 1.0)
    )
    named = pattern.assign(
        listing_id=[f"{'copy' if copied else 'own'}-{k}" for k, copied in enumerate(copies)],
        title=[f"{BRAND} trainers {k}" for k in range(len(pattern))],
        store_id=np.where(copies, random.choice(market.stores["store_id"], len(pattern)), BRAND_STORE),
        category=CATEGORY,
        price_usd=price.round(2),
        cost_usd=price * np.where(copies, 0.45, 0.5),
        quality=np.where(copies, scenario.copy_stars, 4.7),
        appeal=0.3,
        dispatch_hours=60.0,
        stock_country="CN",
        tags=[FOUND_TAG if copied else f"{FOUND_TAG} {OWN_TAG}" for copied in copies],
    )
    store = market.stores.iloc[:1].assign(store_id=BRAND_STORE, own_brand=True)
    return market.replace(
        listings=pd.concat([market.listings, named], ignore_index=True),
        stores=pd.concat([market.stores, store], ignore_index=True),
        history=pd.concat([market.history, market.history.iloc[: len(named)] * 0], ignore_index=True),
        tastes=np.concatenate([market.tastes, random.normal(0.0, 0.25, (len(named), market.tastes.shape[1]))]),
    )


def searches(share: float, link_share: float) -> pd.DataFrame:
    """Brand searches: those that stay on the page of results, and those that land on the brand's own store page."""
    rows = [(SEARCH, FOUND_TAG, share * (1.0 - link_share)), (STORE_PAGE, OWN_TAG, share * link_share)]
    return pd.DataFrame(rows, columns=["search", "tag", "share"])


def _measures(run: MarketRun, own: np.ndarray) -> dict[str, float]:
    named = run.market.listings["tags"].str.contains(FOUND_TAG, regex=False).to_numpy()
    total = {name: run.daily[name].sum(axis=0).astype(float) for name in ("clicks", "orders", "disputes", "gmv_cents")}
    orders = total["orders"][named].sum()
    quality = run.market.listings["quality"].to_numpy()
    return {
        "own_click_share": total["clicks"][own].sum() / max(total["clicks"][named].sum(), 1.0),
        "orders_brand": total["orders"][own].sum(),
        "orders_copies": total["orders"][named & ~own].sum(),
        "stars_bought": float((quality * total["orders"])[named].sum() / orders) if orders else float("nan"),
        "dispute_rate": total["disputes"][named].sum() / orders if orders else float("nan"),
        "gmv_usd": total["gmv_cents"].sum() / 100.0,
    }


def _relative(row: pd.Series) -> str:
    return numbers.signed_percent(row["difference"] / row["old"]) if row["old"] else numbers.signed_percent(0.0)
