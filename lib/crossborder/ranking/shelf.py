"""What a shopper sees first: the page that a policy makes today for one country and one search."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from crossborder.errors import BoundsError
from crossborder.i18n import _
from crossborder.market.arrays import Arrays
from crossborder.market.asked import check_market, check_policy
from crossborder.market.engines import AggregateEngine
from crossborder.market.history import History
from crossborder.market.keys import run_key
from crossborder.market.protocols import Policy, SlateStage
from crossborder.market.view import View
from crossborder.market.world import Market


def first_page(
    market: Market,
    rule: Policy,
    country: str,
    query: str = "feed",
    *,
    segment: str = "",
    stages: Sequence[SlateStage] = (),
    rng: Any = 0,
) -> pd.DataFrame:
    """Which listings stand on the first page, from the top?

    The very page that ``simulate_market`` shows on its first day: slot, listing_id, title, store_id, category,
    price_usd.

    Parameters
    ----------
    market, rule, stages : as in ``simulate_market``
    country : ISO code of one of the market's countries
    query : a category, "feed" or the name of one of the market's searches
    segment : for a personal policy, whose page (the first segment if empty)
    rng : seed; decides between equal scores

    >>> from crossborder.market import make_market
    >>> from crossborder.ranking import conversion_times_rating
    >>> first_page(make_market(20), conversion_times_rating(), "RU", "toys").columns[:2].tolist()
    ['slot', 'listing_id']
    """
    check_policy(rule, check_market(market))
    arrays = Arrays(market)
    view = View(0, arrays, History(market.history, np.int64))
    engine = AggregateEngine(arrays, rule, stages)
    row = _number("segment", segment, market.segments["segment"].tolist()) if segment else 0
    cell = (_number("country", country, arrays.country_codes), row, _number("query", query, view.queries))
    page = int(engine.page_of[cell])
    items, theta, _shown, count, *_rest = engine.pages(view, arrays.active(0), run_key(rng))
    order = np.argsort(-theta[page, : count[page]], kind="stable")
    listings = market.listings.iloc[items[page, : count[page]][order]]
    wanted = ["listing_id", "title", "store_id", "category", "price_usd"]
    return listings[wanted].reset_index(drop=True).rename_axis("slot").reset_index()


def _number(name: str, value: str, known: list[str]) -> int:
    if value not in known:
        raise BoundsError(
            _("{name} must be one of {options}; got {value!r}.").format(
                name=name, options=", ".join(known), value=value
            )
        )
    return known.index(value)
