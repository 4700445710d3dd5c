"""View: what a policy, a stage or a governance may see on a day. History with priors; never true quality."""

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from crossborder.market.rates import posterior_rates

if TYPE_CHECKING:
    from crossborder.market.arrays import Arrays
    from crossborder.market.history import History

PRIOR_CLICKS = 100.0
BAND_CLICKS = 200.0
PRICE_BANDS = np.log([0.5, 0.8, 1.25, 2.0])  # edges of price over the category's reference price
PRIOR_IMPRESSIONS = 1000.0
PRIOR_REVIEWS = 20.0
PRIOR_RATING = 4.5


class View:
    """One day's sight of the market. Arrays have one entry per listing unless said otherwise."""

    def __init__(self, day: int, arrays: "Arrays", history: "History") -> None:
        self.day = day
        self._arrays = arrays
        self._history = history

    @property
    def n_listings(self) -> int:
        """How many listings there are, those not yet listed included."""
        return self._arrays.n

    @property
    def on(self) -> dt.date:
        """The calendar day."""
        return self._arrays.market.starts_on + dt.timedelta(days=self.day)

    @property
    def price_usd(self) -> np.ndarray:
        """Today's prices."""
        return self._arrays.price_cents / 100.0

    @property
    def category(self) -> np.ndarray:
        """Row number of each listing's category."""
        return self._arrays.category

    @property
    def store(self) -> np.ndarray:
        """Row number of each listing's store."""
        return self._arrays.store

    @property
    def medal(self) -> np.ndarray:
        """Medal of each listing's store: 0 none, 1 silver, 2 gold."""
        return self._arrays.medal[self._arrays.store]

    @property
    def active(self) -> np.ndarray:
        """Which listings are on sale today."""
        return self._arrays.active(self.day)

    @property
    def age_days(self) -> np.ndarray:
        """Days since each listing was first listed; negative before that."""
        return self.day - self._arrays.listed_day

    @property
    def countries(self) -> list[str]:
        """ISO codes, in the order of score rows."""
        return self._arrays.country_codes

    @property
    def queries(self) -> list[str]:
        """What a page answers, by number: a query per category, "feed" (all of them), the market's named searches."""
        return self._arrays.queries

    def total(self, measure: str, window_days: int = 90) -> np.ndarray:
        """Sum of a measure (impressions, clicks, carts, orders, gmv_cents) over the last 7, 30 or 90 days."""
        return self._history.window(measure, window_days)

    @cached_property
    def rating(self) -> np.ndarray:
        """Mean stars, with 20 reviews of 4.5 as prior."""
        return (self._history.stars + PRIOR_REVIEWS * PRIOR_RATING) / (self._history.reviews + PRIOR_REVIEWS)

    def conversion(self, window_days: int = 30) -> np.ndarray:
        """Orders per click: posterior mean under a Beta prior worth 100 clicks at the rate of the price band.

        Without the band, a listing at five times the usual price would be credited with the usual conversion until
        it had failed a hundred times; a platform knows better than that. At most 1: orders from old carts have no
        click in the window.
        """
        return np.minimum(self._posterior("orders", "clicks", window_days, PRIOR_CLICKS), 1.0)

    def click_rate(self, window_days: int = 30) -> np.ndarray:
        """Clicks per impression: posterior mean under a Beta prior worth 1,000 impressions at the band's rate."""
        return self._posterior("clicks", "impressions", window_days, PRIOR_IMPRESSIONS)

    def _posterior(self, top: str, bottom: str, window_days: int, strength: float) -> np.ndarray:
        hits, tries = (self.total(name, window_days).astype(float) for name in (top, bottom))
        per_category = len(PRICE_BANDS) + 1
        n_bands = self._arrays.n_categories * per_category
        return posterior_rates(
            hits, tries, self._band, n_bands, per_category, strength, BAND_CLICKS * strength / PRIOR_CLICKS
        )

    @cached_property
    def _band(self) -> np.ndarray:
        relative = self._arrays.price_cents / (100.0 * self._arrays.reference_usd)
        return self.category * (len(PRICE_BANDS) + 1) + np.searchsorted(PRICE_BANDS, np.log(relative))

    def has_tag(self, tag: str) -> np.ndarray:
        """Which listings carry ``tag``, shape (listings,); for ``free_shipping``, (countries, listings)."""
        if tag == "free_shipping":
            return self._arrays.free_shipping
        return self._arrays.has_tag(tag)

    @property
    def season(self) -> np.ndarray:
        """Seasonal demand of each listing's category by country, shape (countries, listings); mean 1 over a year."""
        return self._arrays.season(self.day)[:, self.category]

    @property
    def store_orders(self) -> np.ndarray:
        """Orders of the last 90 days of each listing's store."""
        return np.bincount(self.store, self.total("orders", 90), self._arrays.n_stores)[self.store]

    @property
    def store_gmv_cents(self) -> np.ndarray:
        """GMV of the last 30 days of each listing's store."""
        return np.bincount(self.store, self.total("gmv_cents", 30), self._arrays.n_stores)[self.store]
