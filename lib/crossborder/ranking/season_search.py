"""Season-aware search: one search, two hemispheres; and why three months of best sellers miss the festival's."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crossborder.facts import facts
from crossborder.i18n import N_, _, language, numbers
from crossborder.market.make import MarketScenario, country_table, make_market
from crossborder.market.run import MarketRun
from crossborder.market.seasons import season_factors
from crossborder.market.simulate import simulate_market
from crossborder.market.world import Market
from crossborder.origin import Origin, simulated, stated
from crossborder.params import Params, choice, nested, param
from crossborder.ranking.places_and_goods import COUNTRY_NAMES, country_name
from crossborder.ranking.policies import policy
from crossborder.ranking.shared_seed import shared_seed
from crossborder.ranking.shelf import first_page
from crossborder.result import Result

FACTS = ("season-aware-search", "double11-season-model")
PLAIN = "click_rate * conversion * rating"
FEW_CLICKS = -4.0  # with fewer clicks than usual a page has room to become more fitting
LOOK_BACK_DAYS = 90
DAY_OF_MONTH = 11
BEST = 10
CLOTHES = {
    "coats": N_("coats"),
    "boots": N_("boots"),
    "knitwear": N_("knitwear"),
    "jeans": N_("jeans"),
    "dresses": N_("dresses"),
    "tshirts": N_("T-shirts"),
    "sandals": N_("sandals"),
    "bikinis": N_("bikinis"),
}
# category, reference price, amplitude, peak month in the north; assumed
_SEASONS = (
    ("coats", 42.0, 0.9, 1.0),
    ("boots", 34.0, 0.75, 12.0),
    ("knitwear", 20.0, 0.65, 12.3),
    ("jeans", 19.0, 0.1, 10.0),
    ("dresses", 17.0, 0.55, 6.0),
    ("tshirts", 9.0, 0.45, 6.5),
    ("sandals", 15.0, 0.8, 6.5),
    ("bikinis", 10.0, 0.9, 7.0),
)
RULES = {
    "plain": N_("without season"),
    "best_sellers": N_("best sellers of three months"),
    "season": N_("with season"),
}


@dataclass(frozen=True, kw_only=True)
class SeasonSearchScenario(Params):
    """Where and when somebody searches for clothing, and what the platform makes of the season."""

    country: str = choice("RU", {c: COUNTRY_NAMES[c] for c in ("RU", "BR", "ES", "FR")}, label=N_("Country"), main=True)
    month: int = param(3, 1, 12, label=N_("Month"), unit=N_("of 12"), main=True, fact=FACTS[0])
    season_weight: float = param(1.0, 0.0, 3.0, step=0.1, label=N_("Weight of the season in the ranking"), main=True)
    season_effect: float = param(0.8, 0.0, 2.0, step=0.05, label=N_("How far buyers follow the season"), main=True)
    days: int = param(14, 3, 60, label=N_("Days after the date"), unit=N_("days"))
    world: MarketScenario = nested(
        lambda: MarketScenario(n_stores=60, sessions_per_day=20_000, appeal_spread=0.3, price_spread=0.3),
        label=N_("The market"),
    )


@dataclass(frozen=True, kw_only=True)
class SeasonSearch(Result):
    """``table``: one row per kind of clothes, in the chosen country. ``rules``: every country under the three rules."""

    columns = {
        "category": N_("Clothes"),
        "season": N_("Season, 1 in the yearly mean"),
        "share_plain": N_("Share of the page without season"),
        "share_season": N_("Share of the page with season"),
        "orders_plain": N_("Orders without season"),
        "orders_season": N_("Orders with season"),
        "country": N_("Country"),
        "rule": N_("Ranking"),
        "orders": N_("Orders"),
        "click_rate": N_("Clicks per session"),
        "gmv_usd": N_("GMV"),
        **CLOTHES,
        **RULES,
        **COUNTRY_NAMES,
    }

    table: pd.DataFrame
    rules: pd.DataFrame
    still_best: int
    country: str
    month: int
    seed: int | None = None

    def change(self, rule: str, country: str = "") -> float:
        """Relative change of orders against the ranking without season; in the chosen country if none is named."""
        orders = self.rules[self.rules["country"] == (country or self.country)].set_index("rule")["orders"]
        return float(orders[rule] / orders["plain"] - 1.0)

    @property
    def text(self) -> str:
        rows = self.table.set_index("category")
        other = "RU" if self.country == "BR" else "BR"  # the other hemisphere
        return _(
            "A search for clothing in {country} on {date} finds coats on {coats} of the page and bikinis on {bikinis} "
            "({coats_plain} and {bikinis_plain} without season). The season changes orders there by {season} and in "
            "{other} by {other_season}; {still} of the {n} best sellers of three months still lead in the days after."
        ).format(
            country=country_name(self.country),
            date=day_in_words(self.month),
            n=BEST,
            coats=numbers.percent(rows["share_season"]["coats"], 0),
            bikinis=numbers.percent(rows["share_season"]["bikinis"], 0),
            coats_plain=numbers.percent(rows["share_plain"]["coats"], 0),
            bikinis_plain=numbers.percent(rows["share_plain"]["bikinis"], 0),
            season=numbers.signed_percent(self.change("season")),
            still=self.still_best,
            other=country_name(other),
            other_season=numbers.signed_percent(self.change("season", other)),
        )

    @property
    def origin(self) -> dict[str, Origin]:
        term = simulated(
            "1 + a·cos(2π·(month − peak) / 12)",
            note=N_("South of the equator the peak is six months later; amplitudes are assumed."),
        )
        return {"*": simulated(seed=self.seed), "season": term, "rule": stated(*FACTS)}


def compare_season_search(scenario: SeasonSearchScenario, rng: Any = 0) -> SeasonSearch:
    """What does a ranking that knows the season do to a search for clothing, country by country?

    Score × season^weight with season = 1 + a cos(2π (month − peak) / 12), the peak six months later in the south. Three
    months pass under "click_rate * conversion * rating"; then, from the 11th of the month on, the same world goes on
    under three rules: without season, by the best sellers of those three months, with season. Buyers' click weight
    follows season^season_effect. In November the date is Double 11. Source: season-aware-search, double11-season-model.

    >>> march = compare_season_search(SeasonSearchScenario()).table.set_index("category")["share_season"]
    >>> july = compare_season_search(SeasonSearchScenario(month=7)).table.set_index("category")["share_season"]
    >>> bool(march["coats"] > march["bikinis"]), bool(july["coats"] < july["bikinis"])
    (True, True)
    """
    rng = shared_seed(rng)
    market = clothing_market(scenario, rng)
    formulas = {
        "plain": PLAIN,
        "best_sellers": "orders_90d * rating",
        "season": f"season ** {scenario.season_weight:g} * {PLAIN}",
    }
    before = simulate_market(market, policy(formulas["plain"]), LOOK_BACK_DAYS, "expected", rng)
    on_the_day = before.market_after
    runs = {
        name: simulate_market(on_the_day, policy(text), scenario.days, "expected", rng, replicate=1)
        for name, text in formulas.items()
    }
    here = market.countries["country"].tolist().index(scenario.country)
    clothes = list(CLOTHES)
    category = pd.Index(clothes).get_indexer(pd.Index(market.listings["category"]))
    table = pd.DataFrame(
        {"category": clothes, "season": season_factors(market.categories, market.countries, on_the_day.starts_on)[here]}
    )
    for name in ("plain", "season"):
        page = first_page(on_the_day, policy(formulas[name]), scenario.country)
        table[f"share_{name}"] = (
            page["category"].value_counts(normalize=True).reindex(clothes, fill_value=0.0).to_numpy()
        )
        table[f"orders_{name}"] = np.bincount(category, runs[name].country_totals["orders"][here], len(clothes))
    return SeasonSearch(
        table=table[["category", "season", "share_plain", "share_season", "orders_plain", "orders_season"]],
        rules=pd.concat([_by_country(run, name) for name, run in runs.items()], ignore_index=True),
        still_best=len(_best(before) & _best(runs["season"])),
        country=scenario.country,
        month=scenario.month,
        seed=rng,
    )


def day_in_words(month: int) -> str:
    """The 11th of a month in the language of the moment.

    >>> day_in_words(3)
    'March 11'
    """
    from babel.dates import format_skeleton

    return format_skeleton("MMMMd", dt.date(2018, month, DAY_OF_MONTH), locale={"zh": "zh_CN"}.get(language(), "en_US"))


def clothing_market(scenario: SeasonSearchScenario, rng: Any = 0) -> Market:
    """A shop of nothing but clothes, ninety days before the date; every session searches all of it."""
    world = scenario.world
    kinds = pd.DataFrame(_SEASONS, columns=["category", "reference_price_usd", "season_amplitude", "peak_month"])
    kinds = kinds.assign(query_share=1 / len(kinds), commission_rate=facts["joom-commission-standard"].rate)
    market = make_market(
        world.n_stores, rng, scenario=world, categories=kinds, countries=country_table(world.sessions_per_day)
    )
    date = dt.date(2018, scenario.month, DAY_OF_MONTH) - dt.timedelta(days=LOOK_BACK_DAYS)
    # Everything was listed as long before the start as it was in the market that was made.
    moved = pd.Timestamp(date) - pd.Timestamp(market.starts_on)
    listings = market.listings.assign(first_listed=pd.to_datetime(market.listings["first_listed"]) + moved)
    return market.replace(listings=listings, starts_on=date).with_law(
        feed_share=1.0, season_effect=scenario.season_effect, click_level=FEW_CLICKS
    )


def _by_country(run: MarketRun, rule: str) -> pd.DataFrame:
    price = run.market.listings["price_usd"].to_numpy()
    orders, clicks = run.country_totals["orders"], run.country_totals["clicks"]
    return pd.DataFrame(
        {
            "rule": rule,
            "country": run.market.countries["country"],
            "orders": orders.sum(axis=1),
            "click_rate": clicks.sum(axis=1) / run.by_country["sessions"].sum(axis=0),
            "gmv_usd": orders @ price,
        }
    )


def _best(run: MarketRun) -> set[int]:
    return set(np.argsort(-run.daily["orders"].sum(axis=0), kind="stable")[:BEST].tolist())
