"""Make a plausible synthetic market. Nothing in it is measured on a platform; every number is assumed and says so."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crossborder.errors import BoundsError
from crossborder.facts import facts
from crossborder.i18n import N_, _
from crossborder.market.arrays import mean_stars, star_shares
from crossborder.market.law import SessionLaw
from crossborder.market.sellers import SellerBehaviour
from crossborder.market.world import (
    CATEGORY_COLUMNS,
    COUNTRY_COLUMNS,
    HISTORY_MEASURES,
    N_TASTES,
    WINDOWS_DAYS,
    Market,
    check_table,
    refuse_law_parameters,
)
from crossborder.params import Params, nested, param

# name, reference price, season amplitude, peak month (northern), share of queries, low commission?
CATEGORIES = (
    ("womens_clothing", 12.0, 0.25, 5.0, 0.24, False),
    ("shoes_bags", 18.0, 0.15, 9.5, 0.14, False),
    ("home_kitchen", 9.0, 0.05, 11.5, 0.15, False),
    ("phones_electronics", 60.0, 0.10, 11.5, 0.12, True),
    ("beauty", 7.0, 0.05, 11.5, 0.11, False),
    ("toys", 10.0, 0.35, 11.8, 0.09, False),
    ("sports_outdoor", 15.0, 0.30, 6.0, 0.08, False),
    ("jewellery", 5.0, 0.05, 12.0, 0.07, False),
)

# ISO code, zone, southern, share of sessions, price sensitivity, patience with delivery, shipping fee, days, pay
COUNTRIES = (
    ("RU", "Europe/Moscow", False, 0.50, 1.15, 1.3, 1.5, 25.0, 0.92),
    ("ES", "Europe/Madrid", False, 0.20, 1.00, 1.0, 2.0, 20.0, 0.96),
    ("FR", "Europe/Paris", False, 0.17, 0.90, 0.8, 2.2, 18.0, 0.97),
    ("BR", "America/Sao_Paulo", True, 0.13, 1.10, 1.2, 2.5, 35.0, 0.80),
)

SEGMENTS = (("bargain", 0.5, 1.25), ("mainstream", 0.35, 0.85), ("quality", 0.15, 0.6))


@dataclass(frozen=True, kw_only=True)
class MarketScenario(Params):
    """How large the synthetic market is and how its sellers differ."""

    n_stores: int = param(200, 3, 20_000, label=N_("Stores"), unit=N_("stores"), log=True, main=True)
    listings_per_store: float = param(5.0, 1.0, 200.0, label=N_("Listings per store"), unit=N_("products"), log=True)
    sessions_per_day: int = param(
        20_000, 10, 300_000_000, label=N_("Sessions per day"), unit=N_("sessions"), log=True, main=True
    )
    price_spread: float = param(
        0.45, 0.0, 1.5, label=N_("Spread of prices inside a category"), unit=N_("log standard deviation")
    )
    quality_spread: float = param(0.35, 0.0, 1.0, label=N_("Spread of true quality"), unit=N_("stars"))
    appeal_spread: float = param(0.5, 0.0, 2.0, label=N_("Spread of appeal"), unit=N_("utils"))
    cost_share: float = param(0.55, 0.1, 0.8, label=N_("Mean cost as share of price"), unit=N_("share of price"))
    newcomer_share: float = param(0.15, 0.0, 1.0, label=N_("Stores opened in the last 90 days"), unit=N_("share"))
    law: SessionLaw = nested(SessionLaw, label=N_("How buyers choose"))
    sellers: SellerBehaviour = nested(SellerBehaviour, label=N_("How sellers respond"))


def make_market(
    n_stores: int | None = None,
    rng: Any = 0,
    *,
    scenario: MarketScenario | None = None,
    categories: pd.DataFrame | None = None,
    countries: pd.DataFrame | None = None,
    **changes: Any,
) -> Market:
    """What could a cross-border marketplace look like?

    Prices are log-normal around each category's reference price, costs a share of the price, quality normal around 4.5
    stars; the history of the last 90 days is drawn with the session law at those prices.

    Parameters
    ----------
    n_stores : how many stores; where it is left out, the scenario's (200 without one)
    rng : seed or numpy Generator
    categories, countries : tables of your own instead of ``category_table()`` and ``country_table()``
    scenario, **changes : a ``MarketScenario``, or values of its parameters. What is given by name, ``n_stores`` too,
        wins over the scenario.

    Raises BoundsError for a value outside its bounds, an unknown name or a table that lacks columns.

    >>> world = make_market(n_stores=20, rng=1)
    >>> world.n_listings > 20, world.observed
    (True, False)
    """
    scenario = _settled(scenario, changes if n_stores is None else {"n_stores": n_stores, **changes})
    categories = category_table() if categories is None else categories
    countries = country_table(scenario.sessions_per_day) if countries is None else countries
    check_table("categories", categories, CATEGORY_COLUMNS)
    check_table("countries", countries, COUNTRY_COLUMNS)
    shares = categories["query_share"].to_numpy(float)
    if not ((shares >= 0).all() and shares.sum() > 0):
        raise BoundsError(_("query_share must be at least 0 in every category, and above 0 in one of them."))
    random = _generator(rng)
    stores = _stores(scenario, categories, random)
    listings = _listings(scenario, categories, countries, stores, random)
    segments = pd.DataFrame(SEGMENTS, columns=["segment", "share", "price_sensitivity"])
    market = Market(
        listings=listings.drop(columns="_first"),
        stores=stores.drop(columns="_category"),
        categories=categories,
        countries=countries,
        segments=segments,
        history=_history(listings, scenario, categories, countries, random),
        tastes=random.normal(0.0, 0.25, (len(listings), N_TASTES)),
        segment_tastes=random.normal(0.0, 1.0, (len(segments), N_TASTES)),
        law=scenario.law,
        sellers=scenario.sellers,
        assumed=(N_("All listings, shoppers and sellers are made up; sizes and spreads are assumed."),),
    )
    return market


def _settled(scenario: MarketScenario | None, changes: dict[str, Any]) -> MarketScenario:
    """The scenario with the named values, which win over it."""
    if scenario is None:
        scenario = MarketScenario()
    elif not isinstance(scenario, MarketScenario):
        raise BoundsError(
            _("scenario must be a MarketScenario, not {found}. Write for instance MarketScenario(n_stores=50).").format(
                found=type(scenario).__name__
            )
        )
    unknown = [name for name in changes if name not in MarketScenario.about()]
    refuse_law_parameters(unknown, "make_market(...)")
    return scenario.replace(**changes)


def _generator(rng: Any) -> np.random.Generator:
    try:
        return np.random.default_rng(rng)
    except (TypeError, ValueError):
        raise BoundsError(
            _("rng must be a seed (a whole number of at least 0) or a numpy Generator; got {rng!r:.60}.").format(
                rng=rng
            )
        ) from None


def category_table() -> pd.DataFrame:
    """The synthetic market's categories; commissions are the stated ones, the rest is assumed."""
    standard, low = facts["joom-commission-standard"].rate, facts["joom-commission-low"].rate
    columns = ["category", "reference_price_usd", "season_amplitude", "peak_month", "query_share", "_low"]
    table = pd.DataFrame(CATEGORIES, columns=columns)
    return table.assign(commission_rate=np.where(table["_low"], low, standard)).drop(columns="_low")


def country_table(sessions_per_day: float = 20_000, rows: Sequence[tuple] = COUNTRIES) -> pd.DataFrame:
    """The synthetic market's countries (assumed); ``rows`` for others, with their share of all sessions."""
    columns = [
        "country",
        "zone",
        "southern",
        "_share",
        "price_sensitivity",
        "delivery_patience",
        "shipping_usd",
        "delivery_days",
        "payment_coverage",
    ]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(sessions_per_day=table["_share"] * sessions_per_day).drop(columns="_share")


def _stores(scenario: MarketScenario, categories: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    n = scenario.n_stores
    share = categories["query_share"].to_numpy(float)
    category = random.choice(len(categories), n, p=share / share.sum())
    young = random.random(n) < scenario.newcomer_share
    age = np.where(young, random.integers(0, 90, n), random.integers(90, 900, n))
    start = pd.Timestamp(dt.date(2018, 4, 1))
    focus = random.beta(4, 2, n)
    return pd.DataFrame(
        {
            "store_id": [f"s{k:05d}" for k in range(n)],
            "medal": np.where(age < 120, 0, random.choice(3, n, p=[0.7, 0.2, 0.1])),
            "specialisation": focus.round(3),
            "own_brand": random.random(n) < 0.25,
            "opened_on": start - pd.to_timedelta(age, unit="D"),
            "_category": category,
        }
    )


def _listings(
    scenario: MarketScenario,
    categories: pd.DataFrame,
    countries: pd.DataFrame,
    stores: pd.DataFrame,
    random: np.random.Generator,
) -> pd.DataFrame:
    per_store = 1 + random.poisson(scenario.listings_per_store - 1.0, len(stores))
    store = np.repeat(np.arange(len(stores)), per_store)
    n = len(store)
    at_home = random.random(n) < stores["specialisation"].to_numpy()[store]
    other = random.choice(len(categories), n)
    category = np.where(at_home, stores["_category"].to_numpy()[store], other)
    reference = categories["reference_price_usd"].to_numpy(float)[category]
    quality = np.clip(
        4.5 + scenario.quality_spread * (random.normal(size=n) * 0.8 + random.normal(size=len(stores))[store] * 0.6),
        1.0,
        5.0,
    )
    price = reference * np.exp(scenario.price_spread * random.normal(size=n) + 0.15 * (quality - 4.5))
    cost = price * np.clip(scenario.cost_share + 0.08 * random.normal(size=n), 0.2, 0.78)
    opened = stores["opened_on"].to_numpy()[store]
    start = pd.Timestamp(dt.date(2018, 4, 1))
    store_age = ((start - pd.Series(opened)).dt.days).to_numpy()
    age = (store_age * np.where(random.random(n) < 0.1, 0.1, random.random(n) ** 0.5)).astype(int)
    fast, overseas, free = random.random(n) < 0.5, random.random(n) < 0.06, random.random(n) < 0.4
    plus = (stores["medal"].to_numpy()[store] == 2) & (random.random(n) < 0.5)
    words = [
        " ".join(
            name
            for name, on in (("dispatch_72h", f), ("overseas_warehouse", o), ("free_shipping", s), ("plus", p))
            if on
        )
        for f, o, s, p in zip(fast, overseas, free, plus, strict=True)
    ]
    names = categories["category"].to_numpy()[category]
    where = countries["country"].to_numpy()[random.integers(0, len(countries), n)]
    return pd.DataFrame(
        {
            "listing_id": [f"l{k:06d}" for k in range(n)],
            "title": [f"{name} {k}" for k, name in enumerate(names)],
            "store_id": stores["store_id"].to_numpy()[store],
            "category": names,
            "price_usd": np.maximum(price, 0.5).round(2),
            "cost_usd": np.maximum(cost, 0.2),
            "quality": quality,
            "appeal": scenario.appeal_spread * random.normal(size=n),
            "first_listed": start - pd.to_timedelta(age, unit="D"),
            "dispatch_hours": np.where(fast, random.uniform(12, 66, n), random.uniform(48, 160, n)),
            "stock_country": np.where(overseas, where, "CN"),
            "stock_units": 1_000_000,
            "tags": words,
            "_first": age,
        }
    )


def _history(
    listings: pd.DataFrame,
    scenario: MarketScenario,
    categories: pd.DataFrame,
    countries: pd.DataFrame,
    random: np.random.Generator,
) -> pd.DataFrame:
    """Counts of the last 90 days: exposure in proportion to age and luck, clicks and orders by the session law."""
    law, n = scenario.law, len(listings)
    reference = categories.set_index("category")["reference_price_usd"][listings["category"]].to_numpy(float)
    relative = listings["price_usd"].to_numpy() / reference - 1.0
    quality, age = listings["quality"].to_numpy(), listings["_first"].to_numpy()
    exposure = np.exp(random.normal(0.0, 0.8, n)) * np.minimum(age, 90) / 90.0
    slots = countries["sessions_per_day"].sum() * law.n_slots
    per_day = exposure / max(exposure.sum(), 1e-9) * slots
    click_chance = 0.25 * np.exp(law.click_level + listings["appeal"].to_numpy() - law.click_price_slope * relative)
    click_chance = np.minimum(click_chance, 0.5)
    want_chance = 1.0 / (
        1.0 + np.exp(-(law.order_level + law.rating_effect_order * (quality - 4.5) - law.order_price_slope * relative))
    )
    columns: dict[str, np.ndarray] = {}
    before, earlier = 0, np.zeros((len(HISTORY_MEASURES), n), dtype=np.int64)
    for window in WINDOWS_DAYS:
        days = np.minimum(age, window) - np.minimum(age, before)
        impressions = random.poisson(per_day * days)
        clicks = random.binomial(impressions, click_chance)
        orders = random.binomial(clicks, want_chance)
        gmv = orders * np.rint(listings["price_usd"].to_numpy() * 100).astype(np.int64)
        earlier = earlier + np.array([impressions, clicks, np.zeros(n, np.int64), orders, gmv])
        columns |= {f"{m}_{window}": earlier[k] for k, m in enumerate(HISTORY_MEASURES)}
        before = window
    reviews = random.binomial(columns["orders_90"] * np.maximum(1, age // 90), law.review_share)
    mean = mean_stars(star_shares(quality))
    stars = np.clip(np.rint(reviews * mean + np.sqrt(reviews) * 0.7 * random.normal(size=n)), reviews, 5 * reviews)
    return pd.DataFrame({"reviews": reviews, "stars": stars.astype(np.int64), **columns})
