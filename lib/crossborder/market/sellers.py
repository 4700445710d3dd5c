"""How sellers respond once a week: prices, new items, exits.

A seller moves each price at most ``max_step`` along the slope that the seller sees in the own books: the change of
weekly profit over the change of price since last week. That slope mixes in luck and what rivals did, so it is wrong at
times. No price goes below cost / (1 - commission), where an order earns nothing.
"""

from dataclasses import dataclass

import numpy as np

from crossborder.i18n import N_
from crossborder.params import Params, param

STEP_DAYS = 7
REVIEW_DAYS = 28


@dataclass(frozen=True, kw_only=True)
class SellerBehaviour(Params):
    """What sellers do when they respond."""

    max_step: float = param(0.05, 0.0, 0.2, step=0.01, label=N_("Largest weekly price step"), unit=N_("share of price"))
    response_gain: float = param(0.5, 0.0, 2.0, label=N_("Step per unit of profit elasticity"))
    new_items_per_store_week: float = param(0.04, 0.0, 1.0, label=N_("New items per store and week"), unit=N_("items"))
    exit_hazard_per_week: float = param(
        0.05, 0.0, 1.0, label=N_("Weekly exit hazard of a store without orders"), unit=N_("share per week")
    )


class PriceSetting:
    """The sellers' books: last week's price and profit of each listing."""

    def __init__(
        self, price_cents: np.ndarray, cost_cents: np.ndarray, commission: np.ndarray, first_direction: np.ndarray
    ) -> None:
        self.floor_cents = np.ceil(cost_cents / (1.0 - commission))
        self._last_price = price_cents.astype(float)
        self._last_profit: np.ndarray | None = None
        self._direction = first_direction

    def respond(
        self, price_cents: np.ndarray, weekly_profit: np.ndarray, may_move: np.ndarray, behaviour: SellerBehaviour
    ) -> np.ndarray:
        """New prices in cents; ``weekly_profit`` is what each listing earned this week, in cents."""
        if self._last_profit is None:
            step = self._direction * behaviour.max_step
        else:
            price_change = np.log(price_cents / self._last_price)
            level = (np.abs(weekly_profit) + np.abs(self._last_profit)) / 2.0
            with np.errstate(divide="ignore", invalid="ignore"):
                elasticity = (weekly_profit - self._last_profit) / level / price_change
            known = np.isfinite(elasticity)
            step = (
                np.where(known, np.clip(behaviour.response_gain * elasticity, -1.0, 1.0), self._direction)
                * behaviour.max_step
            )
            # Without any sale for two weeks the only news is that nobody buys: try cheaper.
            step = np.where(level == 0.0, -behaviour.max_step, step)
        wanted = price_cents + np.trunc(price_cents * step)  # never rounded to more than the largest step
        new = np.maximum(wanted, np.minimum(self.floor_cents, price_cents))
        new = np.where(may_move, np.maximum(new, 1.0), price_cents)
        self._last_price = price_cents.astype(float)
        self._last_profit = weekly_profit.astype(float)
        self._direction = np.where(new > price_cents, 1.0, np.where(new < price_cents, -1.0, -self._direction))
        return new.astype(np.int64)


class Exits:
    """Stores that give up: a hazard that only stores without orders feel, summed up to each store's own threshold."""

    def __init__(self, uniforms: np.ndarray) -> None:
        self._threshold = -np.log(uniforms)
        self._summed = np.zeros(len(uniforms))

    def leaving(self, orders_28_days: np.ndarray, at_risk: np.ndarray, behaviour: SellerBehaviour) -> np.ndarray:
        """Which stores leave now. The hazard is h exp(-orders of 28 days): the same rule for counts and for means."""
        self._summed += np.where(
            at_risk, behaviour.exit_hazard_per_week * np.exp(-np.minimum(orders_28_days, 700.0)), 0.0
        )
        return at_risk & (self._summed > self._threshold)
