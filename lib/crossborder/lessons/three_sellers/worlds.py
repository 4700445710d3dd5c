"""Sellers who know no rival and read only their own books: where do prices go, in other worlds too?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from crossborder.i18n import N_, _, numbers
from crossborder.market.simulate import simulate_market
from crossborder.origin import Origin, simulated
from crossborder.ranking.one_product import PRICES_USD, by_shelf, one_product_market
from crossborder.ranking.policies import conversion_times_rating, gmv_times_rating
from crossborder.result import Result

WORLDS = 20
WEEKS = 12


@dataclass(frozen=True, kw_only=True)
class BooksWorlds(Result):
    """``table`` has one row per world: the mean price after the last week under each rule, and the difference."""

    columns: ClassVar[Mapping[str, str]] = {
        "world": N_("World"),
        "old_usd": N_("Mean price by conversion, USD"),
        "new_usd": N_("Mean price by GMV, USD"),
        "difference_usd": N_("Mean price by GMV less that by conversion, USD"),
    }

    table: pd.DataFrame
    weeks: int
    seed: int

    @property
    def higher(self) -> int:
        """Worlds in which prices end higher under the new rule."""
        return int((self.table["difference_usd"] > 0).sum())

    @property
    def text(self) -> str:
        return _(
            "After {weeks} weeks the mean price is higher by GMV than by conversion in {higher} of "
            "{n} worlds, typically by {typical}."
        ).format(
            weeks=self.weeks,
            higher=self.higher,
            n=len(self.table),
            typical=numbers.money(float(self.table["difference_usd"].median())),
        )

    @property
    def origin(self) -> Mapping[str, Origin]:
        return {"*": simulated("mean(price_usd)", seed=self.seed)}


def prices_by_own_books(seed: int = 0, *, worlds: int = WORLDS, weeks: int = WEEKS) -> BooksWorlds:
    """What do prices do when each seller only sees the own sales, with their luck?

    Each world is a copy of the page with shoppers of its own; both rules meet the same shoppers. Sellers move weekly by
    at most 5 % along the profit slope in their own books, so they err.

    >>> bool((prices_by_own_books(worlds=4, weeks=2).table["old_usd"] > 5).all())
    True
    """
    market = one_product_market(np.tile(PRICES_USD, (worlds, 1)))
    rules = {"old_usd": conversion_times_rating(), "new_usd": gmv_times_rating()}
    ends = {
        name: by_shelf(simulate_market(market, rule, 7 * weeks + 1, rng=seed, respond=True), "price_cents").mean(axis=1)
        / 100.0
        for name, rule in rules.items()
    }
    table = pd.DataFrame({"world": range(1, worlds + 1), **ends})
    return BooksWorlds(table=table.assign(difference_usd=table["new_usd"] - table["old_usd"]), weeks=weeks, seed=seed)
