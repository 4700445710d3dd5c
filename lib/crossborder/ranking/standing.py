"""Who is who when a run begins: stores and listings by age, price, quality and medal."""

from functools import cached_property

import numpy as np
import pandas as pd

from crossborder.market.world import Market

NEWCOMER_DAYS = 90


class Standing:
    """A market's sellers as they stand on the first day; each array is worked out when it is first asked for."""

    def __init__(self, market: Market) -> None:
        self.market = market

    @cached_property
    def store(self) -> np.ndarray:
        """Row number of each listing's store."""
        return pd.Index(self.market.stores["store_id"]).get_indexer(self.market.listings["store_id"])

    @cached_property
    def reference_usd(self) -> np.ndarray:
        """Reference price of each listing's category."""
        categories = self.market.categories
        row = pd.Index(categories["category"]).get_indexer(self.market.listings["category"])
        return categories["reference_price_usd"].to_numpy(float)[row]

    @cached_property
    def quality(self) -> np.ndarray:
        """True quality of each listing, in stars."""
        return self.market.listings["quality"].to_numpy(float)

    @cached_property
    def age_days(self) -> np.ndarray:
        """Age of each store."""
        opened = pd.to_datetime(self.market.stores["opened_on"])
        return (pd.Timestamp(self.market.starts_on) - opened).dt.days.to_numpy()

    @cached_property
    def young_stores(self) -> np.ndarray:
        """Which stores are younger than 90 days."""
        return self.age_days < NEWCOMER_DAYS

    @cached_property
    def price_rank(self) -> np.ndarray:
        """Rank of each listing's price within its category, as a share of its listings; equal prices share theirs."""
        listings = self.market.listings
        return listings.groupby("category")["price_usd"].rank(pct=True).to_numpy()

    @cached_property
    def groups(self) -> dict[str, np.ndarray]:
        """For each kind of seller, the group (0, 1, 2) of every listing; the names are in ``groups.KINDS``."""
        quality = pd.Series(self.quality).rank(pct=True).to_numpy()
        medal = self.market.stores["medal"].to_numpy(int)
        return {
            "price": np.searchsorted([1 / 3, 2 / 3], self.price_rank, side="left"),
            "age": np.searchsorted([NEWCOMER_DAYS - 1, 364], self.age_days, side="left")[self.store],
            "quality": np.searchsorted([1 / 3, 2 / 3], quality, side="left"),
            "medal": np.clip(medal, 0, 2)[self.store],
        }
