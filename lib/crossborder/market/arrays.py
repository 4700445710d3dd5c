"""Arrays: the market's tables laid out for the engines."""

import datetime as dt

import numpy as np
import pandas as pd

from crossborder.market.draws import normal_shares
from crossborder.market.keys import entity_keys
from crossborder.market.law import REFERENCE_RATING
from crossborder.market.seasons import Seasons
from crossborder.market.utilities import utilities_of_day
from crossborder.market.world import Market, has_tag

STAR_NOISE = 0.8
DISPATCH_LIMIT_HOURS = 72.0
NEVER = 1 << 40


class Arrays:
    """One run's layout. Prices, stocks, medals and who is on sale change from day to day; the rest stays."""

    def __init__(self, market: Market) -> None:
        self.market = market
        listings, law = market.listings, market.law
        self.n, self.n_stores = len(listings), len(market.stores)
        self.n_countries, self.n_segments = len(market.countries), len(market.segments)
        self.n_categories = len(market.categories)
        named = [] if market.searches is None else market.searches["search"].tolist()
        self.queries = [*market.categories["category"], "feed", *named]
        self.n_queries = len(self.queries)
        self.country_codes = market.countries["country"].tolist()
        self.entity = entity_keys(listings["listing_id"])
        segments = market.segments["segment"].tolist()
        rows = [f"{country}/{segment}" for country in self.country_codes for segment in segments]
        queries = [*(f"category {c}" for c in market.categories["category"]), "feed", *(f"search {n}" for n in named)]
        self.row_keys = entity_keys(rows)
        self.cell_keys = entity_keys([f"{row}/{query}" for row in rows for query in queries]).reshape(
            self.n_countries, self.n_segments, self.n_queries
        )
        self.store_entity = entity_keys(market.stores["store_id"])
        self.store = pd.Index(market.stores["store_id"]).get_indexer(listings["store_id"])
        self.category = pd.Index(market.categories["category"]).get_indexer(listings["category"])
        self.price_cents = np.maximum(np.rint(listings["price_usd"].to_numpy(float) * 100), 1).astype(np.int64)
        self.cost_cents = np.rint(listings["cost_usd"].to_numpy(float) * 100).astype(np.int64)
        self.commission = market.categories["commission_rate"].to_numpy(float)[self.category]
        self.reference_usd = market.categories["reference_price_usd"].to_numpy(float)[self.category]
        self.stock = listings["stock_units"].to_numpy(np.int64).copy()
        self.medal = market.stores["medal"].to_numpy(np.int64).copy()
        start = pd.Timestamp(market.starts_on)
        since_start = (pd.to_datetime(listings["first_listed"]) - start).to_numpy()
        self.listed_day = since_start // np.timedelta64(1, "D")
        self.left_day = np.full(self.n, NEVER)
        # Few listings have tags of their own: each different text is looked through once.
        self._tags_of, self._tags = pd.factorize(listings["tags"].to_numpy(dtype=object), use_na_sentinel=False)
        self._tag_masks: dict[str, np.ndarray] = {}
        self._seasons = Seasons(market.categories, market.countries)
        self.free_shipping = np.array([self.has_tag(f"free_shipping:{c}") for c in self.country_codes])
        self.free_shipping |= self.has_tag("free_shipping")[None, :]
        self.appeal = listings["appeal"].to_numpy(float)
        quality = listings["quality"].to_numpy(float)
        self.quality = quality
        self.star_shares = star_shares(quality)
        self.mean_stars = mean_stars(self.star_shares)
        hours = listings["dispatch_hours"].to_numpy(float)
        self.late_share = 1.0 / (1.0 + np.exp((DISPATCH_LIMIT_HOURS - hours) / 8.0))
        self.dispute_share = np.clip(0.02 + 0.05 * (REFERENCE_RATING - quality), 0.002, 0.5)
        self.tag_clicks = (
            law.warehouse_tag_effect * self.has_tag("overseas_warehouse")
            + law.plus_tag_effect * self.has_tag("plus")
            + law.promotion_tag_effect * self.has_tag("promotion")
        )
        self.taste = law.taste_effect * market.segment_tastes @ market.tastes.T
        liked = market.country_tastes
        self.country_taste = None if liked is None else law.taste_effect * liked @ market.tastes.T
        self.click_slope, self.order_slope = self._slopes()
        fee = market.countries["shipping_usd"].to_numpy(float)[:, None]
        self.fee_usd = np.where(self.free_shipping, 0.0, fee)
        self.paid_fee_usd = np.where(self.free_shipping, fee, 0.0)
        steady = law.click_level + self.appeal + self.tag_clicks
        self._click_level = np.repeat(steady[None, :], self.n_countries, axis=0)
        if self.country_taste is not None:
            self._click_level += self.country_taste
        self._order_level = law.order_level + self._delivery_part(hours)
        self.query_start, self.query_members = self._queries()

    def _slopes(self) -> tuple[np.ndarray, np.ndarray]:
        """Price slopes per country x segment, utils per reference price."""
        market = self.market
        feel = np.outer(
            market.countries["price_sensitivity"].to_numpy(float), market.segments["price_sensitivity"].to_numpy(float)
        )
        share = market.segments["share"].to_numpy(float)
        visits = (market.countries["sessions_per_day"] * market.countries["payment_coverage"]).to_numpy(float)
        if visits.sum() > 0:  # the mean shopper has the law's slope
            feel = feel / ((feel * share / share.sum()).sum(axis=1) @ visits / visits.sum())
        return feel * market.law.click_price_slope, feel * market.law.order_price_slope

    def _delivery_part(self, dispatch_hours: np.ndarray) -> np.ndarray:
        """Utils of delivery at the order, country x listing: days in transit and until dispatch, against 20 days."""
        countries = self.market.countries
        home = self.market.listings["stock_country"].to_numpy()[None, :] == np.array(self.country_codes)[:, None]
        transit = np.where(home, 4.0, countries["delivery_days"].to_numpy(float)[:, None])
        days = transit + dispatch_hours[None, :] / 24.0
        return (
            -self.market.law.delivery_effect / countries["delivery_patience"].to_numpy(float)[:, None] * (days - 20.0)
        )

    def _queries(self) -> tuple[np.ndarray, np.ndarray]:
        """Members of each query as a flat array with starts: one per category, the feed of all, the named searches."""
        by_key = np.argsort(self.entity, kind="stable")  # not by row: newcomers take turns in this order
        order = by_key[np.argsort(self.category[by_key], kind="stable")]
        sizes = np.bincount(self.category, minlength=self.n_categories)
        tags = () if self.market.searches is None else self.market.searches["tag"]
        named = [by_key[self.has_tag(tag)[by_key]] for tag in tags]
        start = np.concatenate([[0], np.cumsum([*sizes, self.n, *map(len, named)])])
        return start.astype(np.int64), np.concatenate([order, by_key, *named]).astype(np.int64)

    def has_tag(self, tag: str) -> np.ndarray:
        """Which listings carry a tag."""
        if tag not in self._tag_masks:
            self._tag_masks[tag] = has_tag(self._tags, tag)[self._tags_of]
        return self._tag_masks[tag]

    def active(self, day: int) -> np.ndarray:
        """Which listings are on sale on a day."""
        return (self.listed_day <= day) & (day < self.left_day) & (self.stock > 0)

    def season(self, day: int) -> np.ndarray:
        """Seasonal demand of a day, countries x categories."""
        return self._seasons.on(self.market.starts_on + dt.timedelta(days=day))

    def utilities(self, rating: np.ndarray, day: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Click part, order part without price, and price over reference less one: each country x listing."""
        law = self.market.law
        liked_now = np.zeros((self.n_countries, self.n_categories))
        if law.season_effect > 0:
            liked_now = law.season_effect * np.log(np.maximum(self.season(day), 0.05))
        return utilities_of_day(
            self._click_level, self._order_level, liked_now, self.category, rating - REFERENCE_RATING,
            law.rating_effect_click, law.rating_effect_order, self.price_cents, self.fee_usd, self.reference_usd,
        )  # fmt: skip


def star_shares(quality: np.ndarray) -> np.ndarray:
    """Chance of 1, 2, 3, 4 stars given not fewer (5 is the rest): a normal around quality, rounded into 1 to 5."""
    edges = np.arange(1.5, 5.0)
    below = normal_shares(((edges[None, :] - quality[:, None]) / STAR_NOISE).ravel()).reshape(len(quality), -1)
    reached = 1.0 - np.column_stack([np.zeros(len(quality)), below[:, :-1]])
    return np.clip(np.diff(below, axis=1, prepend=0.0) / np.maximum(reached, 1e-12), 0.0, 1.0)


def mean_stars(shares: np.ndarray) -> np.ndarray:
    """Mean stars of a review under those chances."""
    left = np.ones(len(shares))
    mean = np.zeros(len(shares))
    for star in range(4):
        mean += left * shares[:, star] * (star + 1)
        left = left * (1.0 - shares[:, star])
    return mean + left * 5.0
