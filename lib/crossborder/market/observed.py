"""A market of the user's own listings: what the file says is kept, what it does not say is assumed, and said so."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from crossborder.bounds import check_group
from crossborder.errors import BoundsError
from crossborder.facts import facts
from crossborder.i18n import N_, _
from crossborder.market.assumptions import Assumptions
from crossborder.market.implied_sessions import MOST_SESSIONS, SESSIONS_WITHOUT_SALES, with_sessions
from crossborder.market.law import REFERENCE_RATING, SessionLaw
from crossborder.market.listing_faults import faults_of, listing_table, told, why_none
from crossborder.market.make import SEGMENTS, country_table
from crossborder.market.searches import search_words, searches_of, tags_of
from crossborder.market.sellers import SellerBehaviour
from crossborder.market.view import PRIOR_RATING, PRIOR_REVIEWS
from crossborder.market.world import HISTORY_MEASURES, N_TASTES, WINDOWS_DAYS, Market
from crossborder.params import Params, nested, param

if TYPE_CHECKING:
    from crossborder.data.listings_read import ListingsRead

ALL = "all"
ENDLESS_STOCK = 10**12
# Words of the categories that pay the low commission (phones, computers and the like).
LOW_COMMISSION_WORDS = (
    "phone",
    "smartphone",
    "laptop",
    "computer",
    "tablet",
    "手机",
    "电脑",
    "平板",
    "телефон",
    "ноутбук",
    "компьютер",
    "ordinateur",
    "celular",
    "móvil",
)


@dataclass(frozen=True, kw_only=True)
class ObservedScenario(Params):
    """What a file of listings does not say."""

    sessions_per_day: int = param(
        0,
        0,
        MOST_SESSIONS,
        label=N_("Sessions per day"),
        unit=N_("sessions"),
        main=True,
        help=N_("0: as many as the units sold imply; 20,000 where the file has none."),
    )
    cost_share: float = param(
        0.55, 0.1, 0.8, label=N_("Mean cost as share of price"), unit=N_("share of price"), main=True
    )
    days_of_sales: int = param(
        180, 7, 1500, label=N_("Days over which the units sold so far were sold"), unit=N_("days"), main=True
    )
    click_rate: float = param(0.02, 0.001, 0.3, step=0.001, label=N_("Clicks per impression so far"), unit=N_("share"))
    appeal_shrinkage: float = param(
        0.5, 0.0, 1.0, label=N_("How much of the differences in units sold is appeal"), unit=N_("share")
    )
    dispatch_hours: float = param(
        72.0, 6.0, 240.0, label=N_("Hours until dispatch where the file does not say"), unit=N_("hours")
    )
    law: SessionLaw = nested(SessionLaw, label=N_("How buyers choose"))
    sellers: SellerBehaviour = nested(SellerBehaviour, label=N_("How sellers respond"))


def from_listings(
    listings: "pd.DataFrame | ListingsRead", scenario: ObservedScenario | None = None, **changes: Any
) -> Market:
    """What market do these listings make?

    Prices, ratings, reviews, stores, categories and units sold are the file's; costs, countries, delivery and buyers'
    behaviour are assumed. Units sold become orders per day over ``days_of_sales``; the clicks and impressions behind
    them follow from the session law's conversion at each price and from ``click_rate``. Sessions are set so that the
    first day's expected orders under conversion × rating are as many as the listings sold a day:
    ``sessions = sold a day / orders per session``. A listing that sold more than its price and rating explain gets a
    higher appeal, shrunk by ``appeal_shrinkage``.

    Rows that no market can be made of are left out; ``unusable_listings(listings)`` names them, ``market.assumed``
    counts them by reason beside all that was assumed.

    Parameters
    ----------
    listings : a table as ``read_listings`` gives it, or its result (listing_id, price_usd; others where found)
    scenario : an ``ObservedScenario``
    **changes : values of its parameters, among them

        - sessions_per_day: sessions of an ordinary day; 0 (the default) for as many as the units sold imply, or 20,000
          where the file has no units sold
        - cost_share: mean cost as a share of price, 0.1 to 0.8
        - days_of_sales: days over which the units sold so far were sold, 7 to 1,500
        - click_rate: clicks per impression so far, 0.001 to 0.3
        - appeal_shrinkage: how much of the differences in units sold is appeal, 0 to 1
        - dispatch_hours: hours until dispatch
        - law, sellers: a ``SessionLaw`` and a ``SellerBehaviour``

    Raises BoundsError where this is no table, listing_id or price_usd are missing, no listing is left, or a parameter
    lies outside its bounds.

    >>> table = pd.DataFrame({"listing_id": ["a", "b"], "title": ["Mug", "Cup"], "price_usd": [3.0, 4.0]})
    >>> market = from_listings(table.assign(units_sold=[1800, 900]), days_of_sales=90)
    >>> market.observed, market.n_listings
    (True, 2)
    >>> market.assumed[-1].split(":")[0]
    'The listings sold 30 orders a day (2,700 units in an assumed 90 days)'
    """
    scenario = ObservedScenario() if scenario is None else scenario
    check_group("scenario", scenario, ObservedScenario)
    scenario = scenario.replace(**changes)
    table = listing_table(listings)
    faults = faults_of(table)
    if not (faults == "").any():
        raise BoundsError(_("No listing is left to make a market of. {why}").format(why=why_none(listings, faults)))
    table = table[faults == ""].reset_index(drop=True)
    assumed = Assumptions(table)
    assumed.sentences += told(faults)
    category = assumed.text("category", ALL, N_("All listings stand in one category: the file names none."))
    store = assumed.text("store_id", "", "")
    if not store.str.len().gt(0).any():
        store = assumed.text("store_name", "", N_("Each listing is a store of its own: the file names no stores."))
    store = store.where(store.str.len() > 0, table["listing_id"].astype(str))
    rating = assumed.number("rating", PRIOR_RATING, N_("Listings without a rating count as 4.5 stars."), none=0.0)
    reviews = assumed.number("rating_count", 0, N_("Listings without a count of reviews count as having none.")).round()
    units = assumed.number("units_sold", 0, N_("Listings without units sold start without a history."))
    price = table["price_usd"].to_numpy(float)
    categories = _categories(category, price)
    reference = categories.set_index("category")["reference_price_usd"].loc[category].to_numpy()
    posterior = ((rating * reviews + PRIOR_RATING * PRIOR_REVIEWS) / (reviews + PRIOR_REVIEWS)).to_numpy(float)
    law = scenario.law
    value = -(law.click_price_slope + law.order_price_slope) * (price / reference - 1) + (
        law.rating_effect_click + law.rating_effect_order
    ) * (posterior - REFERENCE_RATING)
    surprise = np.log1p(units.to_numpy(float)) - value if units.sum() > 0 else np.zeros(len(table))
    appeal = np.clip(scenario.appeal_shrinkage * (surprise - np.mean(surprise)), -2.5, 2.5)
    first_listed = (
        pd.to_datetime(table["first_listed"], errors="coerce", utc=True).dt.tz_localize(None)
        if "first_listed" in table
        else pd.Series(pd.NaT, index=table.index)
    )
    start = pd.Timestamp("2018-04-01")
    if first_listed.notna().any():
        start = first_listed.max().normalize() + pd.Timedelta(days=1)
    else:
        assumed.say(N_("No listing counts as new: the file has no dates of first listing."))
    first_listed = first_listed.fillna(start - pd.Timedelta(days=400))
    words = search_words(table)
    if len(words):
        assumed.say(
            N_(
                "Buyers search by the most frequent words of the file's keywords or titles, each as often as "
                "listings carry it."
            )
        )
    made = pd.DataFrame(
        {
            "listing_id": table["listing_id"].astype(str),
            "title": assumed.text("title", "", "").where(lambda title: title != "", table["listing_id"].astype(str)),
            "store_id": store.astype(str),
            "category": category,
            "price_usd": price,
            "cost_usd": price * scenario.cost_share,
            "quality": posterior,
            "appeal": appeal,
            "first_listed": first_listed,
            "dispatch_hours": scenario.dispatch_hours,
            "stock_country": "CN",
            "stock_units": ENDLESS_STOCK,
            "tags": tags_of(table, words),
        }
    )
    for sentence in (
        N_("Countries, delivery and the behaviour of buyers are assumed: the file holds listings, not visits."),
        N_("Cost is assumed to be the same share of every price, and stock to be refilled in time."),
        N_("True quality is taken to be the rating, pulled towards 4.5 stars where there are few reviews."),
    ):
        assumed.say(sentence)
    opened = made.groupby("store_id", sort=True)["first_listed"].min()
    market = Market(
        listings=made,
        stores=pd.DataFrame(
            {
                "store_id": opened.index,
                "medal": 0,
                "specialisation": 1.0,
                "own_brand": False,
                "opened_on": opened.to_numpy(),
            }
        ),
        categories=categories,
        countries=country_table(scenario.sessions_per_day or SESSIONS_WITHOUT_SALES),
        segments=pd.DataFrame(SEGMENTS, columns=["segment", "share", "price_sensitivity"]),
        history=_history(
            price,
            reference,
            posterior,
            units.to_numpy(float),
            reviews.to_numpy(float),
            rating.to_numpy(float),
            scenario,
        ),
        searches=searches_of(words),
        tastes=np.zeros((len(made), N_TASTES)),
        segment_tastes=np.zeros((len(SEGMENTS), N_TASTES)),
        law=law,
        sellers=scenario.sellers,
        starts_on=start.date(),
        observed=True,
        assumed=tuple(assumed.sentences),
    )
    return with_sessions(market, float(units.sum()), scenario.days_of_sales, scenario.sessions_per_day)


def _categories(category: pd.Series, price: np.ndarray) -> pd.DataFrame:
    """Reference price: the median of the file's category; share of searches: its share of listings."""
    grouped = pd.DataFrame({"category": category, "price": price}).groupby("category", sort=True)["price"]
    words = "|".join(LOW_COMMISSION_WORDS)
    names = grouped.median().index.to_series()
    low = names.str.lower().str.contains(words, regex=True).to_numpy()
    standard, reduced = facts["joom-commission-standard"].rate, facts["joom-commission-low"].rate
    return pd.DataFrame(
        {
            "category": names.to_numpy(),
            "reference_price_usd": grouped.median().to_numpy(),
            "commission_rate": np.where(low, reduced, standard),
            "query_share": (grouped.size() / len(price)).to_numpy(),
            "season_amplitude": 0.0,
            "peak_month": 1.0,
        }
    )


def _history(
    price: np.ndarray,
    reference: np.ndarray,
    rating: np.ndarray,
    units: np.ndarray,
    reviews: np.ndarray,
    stars: np.ndarray,
    scenario: ObservedScenario,
) -> pd.DataFrame:
    law = scenario.law
    want = (
        law.order_level
        + law.rating_effect_order * (rating - REFERENCE_RATING)
        - law.order_price_slope * (price / reference - 1)
    )
    conversion = 1.0 / (1.0 + np.exp(-want))
    columns: dict[str, np.ndarray] = {
        "reviews": reviews.astype(np.int64),
        "stars": np.rint(reviews * stars).astype(np.int64),
    }
    for window in WINDOWS_DAYS:
        orders = np.rint(units * min(window, scenario.days_of_sales) / scenario.days_of_sales)
        clicks = np.rint(orders / conversion)
        values = (np.rint(clicks / scenario.click_rate), clicks, 0 * orders, orders, orders * np.rint(price * 100))
        columns |= {f"{m}_{window}": v.astype(np.int64) for m, v in zip(HISTORY_MEASURES, values, strict=True)}
    return pd.DataFrame(columns)
