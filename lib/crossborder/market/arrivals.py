"""Who comes: sessions per country, segment and query of a day."""

import datetime as dt

import numpy as np

from crossborder.market.seasons import WEEKDAY_FACTORS, Seasons
from crossborder.market.world import Market


class Arrivals:
    """Mean sessions per cell (country x segment x query); after one query per category comes the feed
    of all, then the named searches.

    lambda = sessions of the country x share able to pay x segment share x query share x season x weekday x lift, plus
    return visits of customers and fans, who look for the category of the store that they come back to.
    """

    def __init__(self, market: Market, lift: np.ndarray | None = None) -> None:
        self._market = market
        self._lift = lift
        countries, law = market.countries, market.law
        able = countries["sessions_per_day"].to_numpy(float) * countries["payment_coverage"].to_numpy(float)
        share = market.segments["share"].to_numpy(float)
        self._people = able[:, None] * (share / share.sum())[None, :]
        query = market.categories["query_share"].to_numpy(float)
        named = np.empty(0) if market.searches is None else market.searches["share"].to_numpy(float)
        plain = np.append(query / query.sum() * (1.0 - law.feed_share), law.feed_share)
        self._queries = np.append(plain * (1.0 - named.sum()), named)
        self._seasons = Seasons(market.categories, market.countries)
        self._weeks: dict[tuple[int, int], np.ndarray] = {}

    def mean(self, day: int, returning: np.ndarray | None = None) -> np.ndarray:
        """Mean sessions of a day, shape (countries, segments, queries)."""
        on = self._market.starts_on + dt.timedelta(days=day)
        people = self._people * WEEKDAY_FACTORS[on.weekday()]
        if self._lift is not None and day < len(self._lift):
            people = people * self._lift[day]
        cells = people[:, :, None] * self._wanted(on)[:, None, :]
        return cells if returning is None else cells + returning

    def _wanted(self, on: dt.date) -> np.ndarray:
        """Share of each query in each country, seasons included, shape (countries, queries)."""
        # Demand of a month is one number per category: recomputed when the week changes, not every day.
        week = (on.year, on.timetuple().tm_yday // 7)
        if week not in self._weeks:
            season = self._seasons.on(on)
            self._weeks[week] = np.repeat(self._queries[None, :], len(season), axis=0)
            self._weeks[week][:, : season.shape[1]] *= season
        return self._weeks[week]
