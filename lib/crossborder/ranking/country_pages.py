"""One front page for all countries, or one each: what country factors in the ranking and the order path bring."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crossborder.i18n import N_, _, numbers
from crossborder.market.make import MarketScenario, make_market
from crossborder.market.run import MarketRun
from crossborder.market.simulate import simulate_market
from crossborder.market.view import View
from crossborder.market.world import N_TASTES, Market
from crossborder.origin import Origin, estimated, simulated, stated
from crossborder.params import Params, nested, param
from crossborder.ranking.places_and_goods import CATEGORY_NAMES, COUNTRY_NAMES, country_name
from crossborder.ranking.policies import RankingPolicy, policy
from crossborder.ranking.shared_seed import shared_seed
from crossborder.ranking.shelf import first_page
from crossborder.ranking.terms import Score
from crossborder.result import Result

FACTS = ("mech-country-regional-mindshare", "country-ops-four", "country-festivals-differ")
RULE = "click_rate * conversion * rating"
FRONT_SLOTS = 8
PAGES = {
    "global": N_("one page for all"),
    "country": N_("a page per country"),
    "path": N_("a page and an order path per country"),
    "known": N_("a page per country, tastes known"),
}


@dataclass(frozen=True, kw_only=True)
class CountryPagesScenario(Params):
    """How much countries differ, how long the platform watches them, and how many cannot pay today."""

    taste_gap: float = param(1.2, 0.0, 2.0, step=0.1, label=N_("How much tastes differ between countries"), main=True)
    learn_days: int = param(30, 1, 90, label=N_("Days of watching before pages part"), unit=N_("days"), main=True)
    caution: float = param(
        20.0,
        1.0,
        500.0,
        label=N_("Caution: clicks before a country's own rate counts half"),
        unit=N_("clicks"),
        log=True,
        main=True,
    )
    payment_gap_closed: float = param(
        0.5, 0.0, 1.0, step=0.05, label=N_("Payment gap closed by local ways to pay"), unit=N_("share"), main=True
    )
    days: int = param(20, 5, 90, label=N_("Days compared"), unit=N_("days"))
    world: MarketScenario = nested(lambda: MarketScenario(n_stores=60, sessions_per_day=20_000), label=N_("The market"))


@dataclass(frozen=True, kw_only=True)
class CountryPages(Result):
    """``table``: orders per session by country and page. ``fronts``: what stands on the front page of each country."""

    columns = {
        "country": N_("Country"),
        "rate_global": N_("One page for all"),
        "rate_country": N_("A page per country"),
        "rate_known": N_("Tastes known"),
        "change": N_("More orders by the page"),
        "orders_global": N_("Orders, one page for all"),
        "orders_path": N_("Orders with a page and an order path"),
        "slot": N_("Slot"),
        "title": N_("Product"),
        "page": N_("Page"),
        "category": N_("Category"),
        **COUNTRY_NAMES,
        **CATEGORY_NAMES,
        **{k: v for k, v in PAGES.items() if k != "country"},
    }

    table: pd.DataFrame
    fronts: pd.DataFrame
    lift: float
    known_lift: float
    path_lift: float
    shared_slots: float
    seed: int | None = None

    @property
    def text(self) -> str:
        best = self.table.sort_values("change", ascending=False).iloc[0]
        return _(
            "Pages of their own bring {lift} orders over all countries ({known} if tastes were known), most in "
            "{country} ({most}), and {path} with local ways to pay; two countries' front pages share {shared} of their "
            "products."
        ).format(
            lift=numbers.signed_percent(self.lift),
            country=country_name(best["country"]),
            most=numbers.signed_percent(best["change"]),
            known=numbers.signed_percent(self.known_lift),
            path=numbers.signed_percent(self.path_lift),
            shared=numbers.percent(self.shared_slots, 0),
        )

    @property
    def origin(self) -> dict[str, Origin]:
        factor = estimated(
            N_("(clicks in the country + caution) / (clicks expected at the rate of all countries + caution)")
        )
        return {
            "*": simulated(f"{RULE} * country_factor", seed=self.seed),
            "rate_country": factor,
            "country": stated(*FACTS),
        }


def compare_country_pages(scenario: CountryPagesScenario, rng: Any = 0) -> CountryPages:
    """What does a page per country bring, compared with one global ranking?

    The platform watches one market under a global ranking for ``learn_days`` (a fifth of the slots in turn), then gives
    every listing a factor per country: (clicks + caution) / (expected clicks + caution), expected at the listing's
    click rate over all countries and the country's own level. The same world goes on under the global ranking, the
    ranking × factor, the same with local ways to pay (more sessions can order), and with true tastes as factor: the
    most that is to be had. Source: mech-country-regional-mindshare.

    >>> compare_country_pages(CountryPagesScenario(taste_gap=0.0, payment_gap_closed=0.0)).known_lift
    0.0
    """
    rng = shared_seed(rng)
    market = parted_market(scenario, rng)
    watched = simulate_market(market, policy(f"{RULE} | explore(0.2, 3650)"), scenario.learn_days, "aggregate", rng)
    start = watched.market_after
    learned = with_factor(country_factors(watched, scenario.caution))
    known = with_factor(true_factors(market))
    coverage = start.countries["payment_coverage"]
    paying = start.replace(
        countries=start.countries.assign(payment_coverage=coverage + scenario.payment_gap_closed * (1.0 - coverage))
    )
    variants = {
        "global": (start, policy(RULE)),
        "country": (start, learned),
        "path": (paying, learned),
        "known": (start, known),
    }
    runs = {
        name: simulate_market(where, rule, scenario.days, "expected", rng, replicate=1)
        for name, (where, rule) in variants.items()
    }
    orders = {name: run.by_country["orders"].sum(axis=0) for name, run in runs.items()}
    rate = {name: orders[name] / run.by_country["sessions"].sum(axis=0) for name, run in runs.items()}
    table = pd.DataFrame(
        {
            "country": market.countries["country"],
            "rate_global": rate["global"],
            "rate_country": rate["country"],
            "rate_known": rate["known"],
            "change": rate["country"] / rate["global"] - 1.0,
            "orders_global": orders["global"],
            "orders_path": orders["path"],
        }
    )
    fronts = _fronts(start, {"global": policy(RULE), "country": learned})
    return CountryPages(
        table=table,
        fronts=fronts,
        lift=_over(orders, "country"),
        known_lift=_over(orders, "known"),
        path_lift=_over(orders, "path"),
        shared_slots=_shared(fronts),
        seed=rng,
    )


def parted_market(scenario: CountryPagesScenario, rng: Any = 0) -> Market:
    """A market whose categories have tastes of their own and whose countries like different ones."""
    market = make_market(scenario.world.n_stores, rng, scenario=scenario.world)
    random = np.random.default_rng([44, shared_seed(rng)])
    category = pd.Index(market.categories["category"]).get_indexer(market.listings["category"])
    of_category = random.normal(0.0, 0.25, (len(market.categories), N_TASTES))
    tastes = random.normal(0.0, 1.0, (len(market.countries), N_TASTES))
    return market.replace(tastes=market.tastes + of_category[category], country_tastes=scenario.taste_gap * tastes)


def country_factors(run: MarketRun, caution: float) -> np.ndarray:
    """How much more than elsewhere is a listing clicked in each country? (countries, listings); 1 where unknown."""
    shown, clicks = (run.country_totals[name].astype(float) for name in ("impressions", "clicks"))
    rate = clicks.sum(axis=0) / np.maximum(shown.sum(axis=0), 1.0)
    expected = shown * rate
    level = clicks.sum(axis=1, keepdims=True) / np.maximum(expected.sum(axis=1, keepdims=True), 1e-9)
    return (clicks + caution) / (expected * level + caution)


def true_factors(market: Market) -> np.ndarray:
    """The factors that full knowledge of tastes would give: exp(taste) over its mean across the countries' sessions."""
    if market.country_tastes is None:  # all countries like the same
        return np.ones((len(market.countries), market.n_listings))
    liking = np.exp(market.law.taste_effect * market.country_tastes @ market.tastes.T)
    return liking / np.average(liking, axis=0, weights=market.countries["sessions_per_day"])


def with_factor(factors: np.ndarray) -> RankingPolicy:
    """The platform's rule times a factor per country and listing; listings that came later have factor 1."""

    def values(view: View) -> np.ndarray:
        later = np.ones((len(factors), view.n_listings - factors.shape[1]))
        return np.concatenate([factors, later], axis=1)

    return RankingPolicy(policy(RULE).score * Score("country_factor", values))


def _fronts(market: Market, rules: dict[str, RankingPolicy]) -> pd.DataFrame:
    pages = [
        first_page(market, rule, country).head(FRONT_SLOTS).assign(country=country, page=name)
        for name, rule in rules.items()
        for country in market.countries["country"]
    ]
    return pd.concat(pages, ignore_index=True)[
        ["page", "country", "slot", "listing_id", "title", "category", "price_usd"]
    ]


def _shared(fronts: pd.DataFrame) -> float:
    """Mean share of products that two countries' own front pages have in common."""
    pages = [set(rows["listing_id"]) for _country, rows in fronts[fronts["page"] == "country"].groupby("country")]
    pairs = [len(a & b) / max(len(a), 1) for k, a in enumerate(pages) for b in pages[k + 1 :]]
    return float(np.mean(pairs)) if pairs else 1.0


def _over(orders: dict[str, np.ndarray], name: str) -> float:
    return float(orders[name].sum() / orders["global"].sum() - 1.0)
