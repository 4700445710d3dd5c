"""Impression logs of a made-up market: which session saw which listing in which slot, and what it did."""

from typing import Any

import numpy as np
import pandas as pd

from crossborder.errors import BoundsError, shortened
from crossborder.i18n import _
from crossborder.market.arrays import Arrays
from crossborder.market.arrivals import Arrivals
from crossborder.market.asked import check_market, check_policy
from crossborder.market.attention import click_probabilities, order_probabilities
from crossborder.market.engines import AggregateEngine
from crossborder.market.history import History
from crossborder.market.keys import day_key, run_key
from crossborder.market.protocols import Policy
from crossborder.market.view import View
from crossborder.market.world import Market

LOG_COLUMNS = (
    "session_id",
    "day",
    "country",
    "query",
    "slot",
    "listing_id",
    "price_usd",
    "rating",
    "clicked",
    "ordered",
)


def simulate_log(market: Market, policy: Policy, sessions: int = 10_000, days: int = 10, rng: Any = 0) -> pd.DataFrame:
    """What would a sample of sessions leave in the platform's log?

    History stays frozen, so that the log is made by one law; pages change from day to day where the policy draws by
    chance. Drawn from the readable reference formulas, not by the engines: a log that estimators can be tested on.

    Parameters
    ----------
    market, policy : the world and who is shown; without exploration slots (their place is not logged). A policy is
        made of its formula by ``crossborder.ranking.policy("conversion * rating")``
    sessions : sessions in all, at least 1
    days : over how many days, at least 1
    rng : seed or Generator

    Raises BoundsError for anything else, FormulaError where ``policy`` is none.

    Returns columns session_id, day, country, query, slot (0 is the first), listing_id, price_usd, rating, clicked,
    ordered: one row per listing shown.
    """
    check_policy(policy, check_market(market))
    _check_counts(sessions=sessions, days=days)
    key = run_key(rng)
    random = np.random.default_rng(int(key) % 2**63)
    arrays = Arrays(market)
    engine = AggregateEngine(arrays, policy, ())
    history = History(arrays.market.history, np.int64)
    ids = arrays.market.listings["listing_id"].to_numpy()
    parts, first = [], 0
    for day in range(days):
        view = View(day, arrays, history)
        click, order, relative = arrays.utilities(view.rating, day)
        items, theta, _shown, count, *_rest = engine.pages(view, arrays.active(day), day_key(key, day))
        mean = Arrivals(market).mean(day)
        n_today = sessions // days + (day < sessions % days)
        for cell, n in enumerate(random.multinomial(n_today, mean.ravel() / mean.sum())):
            c, s, q = np.unravel_index(cell, mean.shape)
            page = engine.page_of[c, s, q]
            shown, attention = items[page, : count[page]], theta[page, : count[page]]
            if n == 0 or len(shown) == 0:
                continue
            u = click[c, shown] + arrays.taste[s, shown] - arrays.click_slope[c, s] * relative[c, shown]
            v = order[c, shown] - arrays.order_slope[c, s] * relative[c, shown]
            chances = click_probabilities(u, attention)
            picked = random.choice(len(shown) + 1, n, p=np.append(chances, 1.0 - chances.sum()))
            wanted = random.random(n) < np.append(order_probabilities(v), 0.0)[picked]
            slot = np.tile(np.arange(len(shown)), n)
            clicked = slot == np.repeat(picked, len(shown))
            parts.append(
                pd.DataFrame(
                    {
                        "session_id": np.repeat(first + np.arange(n), len(shown)),
                        "day": day,
                        "country": arrays.country_codes[c],
                        "query": q,
                        "slot": slot,
                        "listing_id": np.tile(ids[shown], n),
                        "price_usd": np.tile(view.price_usd[shown] + arrays.fee_usd[c, shown], n),
                        "rating": np.tile(view.rating[shown], n),
                        "clicked": clicked,
                        "ordered": clicked & np.repeat(wanted, len(shown)),
                    }
                )
            )
            first += n
    if not parts:
        raise BoundsError(_("No listing is on sale on these days, so there is no page to log."))
    return pd.concat(parts, ignore_index=True)[list(LOG_COLUMNS)]


def _check_counts(**counts: Any) -> None:
    for name, n in counts.items():
        if not isinstance(n, int | np.integer) or isinstance(n, bool) or n < 1:
            raise BoundsError(
                _("{name} must be a whole number of at least 1; got {value}.").format(name=name, value=shortened(n))
            )
