"""Do prices race to cost? Every week each seller tries what a price a step away would bring, and takes the best.

The market answers every try: a shelf for the prices as they are, and for each seller one with a lower and one with a
higher price. Sellers here know their rivals' prices of last week; those of ``simulate_market(respond=True)`` only read
their own books, where three on one page hide from each other what a lower price would bring.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from crossborder.market.protocols import Policy
from crossborder.market.simulate import simulate_market
from crossborder.ranking.one_product import PolicyByShelf, by_shelf, lowest_price_usd, one_product_market

SETTLE_DAYS = 3  # means need no more than a day to show the ranking what converts
WORTH_IT = 1e-4  # a step must raise profit by this share


class Week(NamedTuple):
    """One week of one race, an entry per seller; visits, orders, money are those of the whole week."""

    price_usd: np.ndarray
    visits: np.ndarray
    orders: np.ndarray
    gmv_usd: np.ndarray
    profit_usd: np.ndarray


def race_prices(
    policies: Sequence[Policy],
    prices_usd: Sequence[float],
    *,
    cost_usd: float,
    weeks: int,
    max_step: float = 0.05,
    holds: Sequence[int] = (),
    **law: float,
) -> list[list[Week]]:
    """The weeks of one race per policy, all from the same prices.

    Parameters
    ----------
    policies : one race each
    prices_usd : where sellers start
    cost_usd : of one unit; nobody goes below cost / (1 - commission)
    weeks : how often sellers move
    max_step : how far a price moves in a week, as a share of it
    holds : sellers (by position) that keep their price
    law : changes of the session law's parameters
    """
    start = np.asarray(prices_usd, dtype=float)
    n, floor = len(start), lowest_price_usd(cost_usd)
    prices = np.tile(start, (len(policies), 1))
    movers = [i for i in range(n) if i not in set(holds)]
    races: list[list[Week]] = [[] for _policy in policies]
    for week in range(weeks + 1):
        tries = np.stack([_tries(row, movers, max_step, floor) for row in prices])
        answers = _ask_market(policies, tries, cost_usd, law)
        for race, tried, answer in zip(races, tries, answers, strict=True):
            race.append(Week(tried[0], *(7 * values[0] for values in answer)))
        if week < weeks:
            prices = np.stack([_best(tried, answer[-1], movers) for tried, answer in zip(tries, answers, strict=True)])
    return races


def _tries(prices: np.ndarray, movers: Sequence[int], step: float, floor: float) -> np.ndarray:
    """Rows of prices: as they are, then for each mover one step down and one up; never down below the floor."""
    rows = np.tile(prices, (1 + 2 * len(movers), 1))
    for k, i in enumerate(movers):
        rows[1 + 2 * k, i] = max(prices[i] * (1 - step), min(floor, prices[i]))
        rows[2 + 2 * k, i] = prices[i] * (1 + step)
    return rows


def _ask_market(
    policies: Sequence[Policy], tries: np.ndarray, cost_usd: float, law: dict[str, Any]
) -> list[tuple[np.ndarray, ...]]:
    n_policies, n_tries, n = tries.shape
    market = one_product_market(tries.reshape(-1, n), cost_usd=cost_usd, **law)
    policy = PolicyByShelf(tuple(policies), tuple(np.repeat(np.arange(n_policies), n_tries).tolist()))
    run = simulate_market(market, policy, SETTLE_DAYS, "expected")
    counted = (
        by_shelf(run, name) / unit
        for name, unit in (("clicks", 1), ("orders", 1), ("gmv_cents", 100), ("profit_cents", 100))
    )
    return list(zip(*(values.reshape(n_policies, n_tries, n) for values in counted), strict=True))


def _best(tries: np.ndarray, profit: np.ndarray, movers: Sequence[int]) -> np.ndarray:
    """Next week's prices: each mover's own best try, the others' prices taken as they were."""
    prices = tries[0].copy()
    for k, i in enumerate(movers):
        own = [profit[0, i] + WORTH_IT * abs(profit[0, i]), profit[1 + 2 * k, i], profit[2 + 2 * k, i]]
        best = int(np.argmax(own))
        if best:
            prices[i] = tries[2 * k + best, i]
    return prices
