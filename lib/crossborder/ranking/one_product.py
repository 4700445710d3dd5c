"""A market so small that nothing distracts: one product, a few sellers, one country, shoppers who are all alike.

What if the price were another? Several copies of the page (shelves, each with its own equal crowd) answer that in one
run: shoppers of one shelf never see another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from crossborder.errors import BoundsError
from crossborder.facts import facts
from crossborder.i18n import N_, _
from crossborder.market.law import SessionLaw
from crossborder.market.protocols import PlainPolicy, Policy
from crossborder.market.run import MarketRun
from crossborder.market.sellers import SellerBehaviour
from crossborder.market.view import View
from crossborder.market.world import N_TASTES, Market, empty_history

# Joom's slide shows one product of three sellers; its prices and conversions are not known. No. 3 is the cheapest and
# stands on the left here, since the middle and the right-hand offer are said to gain.
OFFERS = ("left", "middle", "right")
OFFER_LABELS = {"left": N_("left"), "middle": N_("middle"), "right": N_("right")}
PRICES_USD = (9.0, 12.0, 16.0)
REFERENCE_PRICE_USD = 12.0
COST_USD = 6.6
SESSIONS_PER_DAY = 20_000
ORDINARY_QUALITY = 4.657  # its reviews average 4.5 stars, the rating that everybody starts with
PLAIN_DELIVERY_DAYS = 20.0  # what the session law takes as ordinary: no gain, no loss
OPENED = pd.Timestamp("2017-04-01")


def one_product_market(
    prices_usd: Any = PRICES_USD,
    *,
    cost_usd: float = COST_USD,
    offers: Sequence[str] = (),
    sessions_per_day: float = SESSIONS_PER_DAY,
    **law: float,
) -> Market:
    """One product offered by several sellers, without history: who is seen is up to the policy alone.

    All offers of a shelf stand on one page. Nothing else matters: no season, no shipping fee, no taste.

    Parameters
    ----------
    prices_usd : one price per offer, or one row of prices per shelf
    cost_usd : what one unit costs every seller
    offers : names; left, middle, right for three
    sessions_per_day : per shelf
    law : changes of the session law's parameters

    >>> one_product_market([[9, 12, 16], [9, 12, 12]]).listings["listing_id"].tolist()[:4]
    ['left', 'middle', 'right', '1:left']
    """
    prices = np.atleast_2d(np.asarray(prices_usd, dtype=float))
    n_shelves, n_offers = prices.shape
    names = tuple(offers) or (OFFERS if n_offers == len(OFFERS) else tuple(f"offer {k + 1}" for k in range(n_offers)))
    if len(names) != n_offers:
        raise BoundsError(_("{n} offers need {n} names; got {got}.").format(n=n_offers, got=len(names)))
    tables = _plain_tables(n_shelves, names)
    return Market(
        **{
            **tables,
            "listings": tables["listings"].assign(price_usd=prices.ravel(), cost_usd=float(cost_usd)),
            "countries": tables["countries"].assign(sessions_per_day=float(sessions_per_day) * n_shelves),
        },
        law=SessionLaw(**{"n_slots": n_offers, "feed_share": 0.0, "extra_unit_share": 0.0, **law}),
        sellers=SellerBehaviour(new_items_per_store_week=0.0),
        assumed=(N_("One product, its sellers and its shoppers are made up; prices and costs are assumed."),),
    )


@lru_cache(maxsize=32)
def _plain_tables(n_shelves: int, names: tuple[str, ...]) -> dict[str, Any]:
    """The tables of such a market; prices, costs and visitors are filled in by the caller."""
    ids = [f"{shelf}:{name}" if shelf else name for shelf in range(n_shelves) for name in names]
    shelves = [f"shelf {k}" for k in range(n_shelves)]
    plain_listing = {
        "price_usd": 1.0,
        "cost_usd": 1.0,
        "quality": ORDINARY_QUALITY,
        "appeal": 0.0,
        "first_listed": OPENED,
    }
    at_hand = {"dispatch_hours": 0.0, "stock_country": "CN", "stock_units": 1_000_000_000, "tags": ""}
    plain_store = {"medal": 0, "specialisation": 1.0, "own_brand": False, "opened_on": OPENED}
    plain_shelf = {"query_share": 1.0, "season_amplitude": 0.0, "peak_month": 1.0}
    country = {"country": "RU", "zone": "Europe/Moscow", "southern": False, "delivery_days": PLAIN_DELIVERY_DAYS}
    shoppers = {"price_sensitivity": 1.0, "delivery_patience": 1.0, "shipping_usd": 0.0, "payment_coverage": 1.0}
    stores = [f"seller of {name}" for name in ids]
    commission = {"commission_rate": facts["joom-commission-standard"].rate}
    listings = {
        "listing_id": ids,
        "title": list(names) * n_shelves,
        "store_id": stores,
        "category": np.repeat(shelves, len(names)),
    }
    return {
        "listings": pd.DataFrame({**listings, **plain_listing, **at_hand}),
        "stores": pd.DataFrame({"store_id": stores, **plain_store}),
        "categories": pd.DataFrame(
            {"category": shelves, "reference_price_usd": REFERENCE_PRICE_USD, **plain_shelf, **commission}
        ),
        "countries": pd.DataFrame([{**country, **shoppers, "sessions_per_day": 1.0}]),
        "segments": pd.DataFrame([{"segment": "all", "share": 1.0, "price_sensitivity": 1.0}]),
        "history": empty_history(len(ids)),
        "tastes": np.zeros((len(ids), N_TASTES)),
        "segment_tastes": np.zeros((1, N_TASTES)),
    }


def lowest_price_usd(cost_usd: float) -> float:
    """Below this price an order loses money: cost / (1 - commission)."""
    return cost_usd / (1.0 - facts["joom-commission-standard"].rate)


def by_shelf(run: MarketRun, measure: str, last_days: int = 1) -> np.ndarray:
    """Sum of a daily measure over the last days, shape (shelves, offers)."""
    return run.daily[measure][-last_days:].sum(axis=0).reshape(len(run.market.categories), -1)


@dataclass(frozen=True)
class PolicyByShelf(PlainPolicy):
    """Ranks every shelf by a policy of its own, so that one run answers for several; a single policy ranks all.

    On the first day nothing is known and rank falls by lot. Otherwise a score with the price in it would put the
    dearest offer on top, and where clicks per impression count, being on top would keep it there.
    """

    policies: tuple[Policy, ...]
    of_shelf: tuple[int, ...] = ()

    @property
    def formula(self) -> str:
        """All formulas, in the order of the policies."""
        return "; ".join(policy.formula for policy in self.policies)

    def scores(self, view: View) -> np.ndarray:
        """Each listing's score under its shelf's policy."""
        if view.day == 0:
            return np.ones(view.n_listings)
        if len(self.policies) == 1:
            return self.policies[0].scores(view)
        scored = np.stack([policy.scores(view) for policy in self.policies])
        return scored[np.asarray(self.of_shelf)[view.category], np.arange(view.n_listings)]
