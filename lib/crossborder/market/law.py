"""The session law's parameters: how buyers look, click, order and judge. One law for all engines.

P(click i) = theta_k exp(u_i) / (1 + sum_j theta_j exp(u_j)), theta_k = (k + 1) ** -attention_steepness for slot k,
u_i linear in price over the category's reference price; the clicked listing is ordered with probability logistic(v_i).
"""

from dataclasses import dataclass

import numpy as np

from crossborder.i18n import N_
from crossborder.origin import assumed
from crossborder.params import Params, param

ELASTICITY_SOURCE = N_("mean elasticity −2.62 of 1,851 estimates in 81 studies (Bijmolt, van Heerde, Pieters 2005)")
REFERENCE_RATING = 4.5

_split = assumed(N_("the published mean is split between click and order by us"), source=ELASTICITY_SOURCE)


@dataclass(frozen=True, kw_only=True)
class SessionLaw(Params):
    """How buyers meet a page of listings."""

    click_price_elasticity: float = param(
        -1.7, -4.0, 0.0, step=0.05, label=N_("Price elasticity of clicks"), origin=_split
    )
    order_price_elasticity: float = param(
        -0.9, -4.0, 0.0, step=0.05, label=N_("Price elasticity of orders per click"), origin=_split
    )
    n_slots: int = param(20, 1, 60, label=N_("Slots on a page"), unit=N_("slots"))
    attention_steepness: float = param(0.7, 0.0, 3.0, label=N_("How fast attention falls with the slot"))
    click_level: float = param(-2.5, -8.0, 2.0, label=N_("Level of clicks"), unit=N_("utils"))
    conversion_at_reference: float = param(
        0.04, 0.001, 0.5, step=0.001, label=N_("Orders per click at the reference price"), unit=N_("share")
    )
    rating_effect_click: float = param(0.3, 0.0, 2.0, label=N_("Effect of one star on clicks"), unit=N_("utils"))
    rating_effect_order: float = param(0.6, 0.0, 2.0, label=N_("Effect of one star on orders"), unit=N_("utils"))
    delivery_effect: float = param(
        0.02, 0.0, 0.2, step=0.005, label=N_("Cost of one day of delivery at the order"), unit=N_("utils per day")
    )
    taste_effect: float = param(0.5, 0.0, 3.0, label=N_("Strength of taste"), unit=N_("utils"))
    taste_spread: float = param(
        0.0,
        0.0,
        2.0,
        label=N_("Spread of tastes inside a segment"),
        unit=N_("standard deviations"),
        help=N_("Above 0, shoppers of one segment differ and only the individual engine can walk them."),
    )
    season_effect: float = param(
        0.0,
        0.0,
        2.0,
        label=N_("How far the season moves clicks inside a page"),
        help=N_("1 makes a listing's click weight follow its category's season, where a page mixes categories."),
    )
    feed_share: float = param(
        0.1, 0.0, 1.0, label=N_("Sessions that browse the feed of all categories"), unit=N_("share")
    )
    warehouse_tag_effect: float = param(
        0.15, 0.0, 1.0, label=N_("Effect of the overseas-warehouse tag on clicks"), unit=N_("utils")
    )
    plus_tag_effect: float = param(0.1, 0.0, 1.0, label=N_("Effect of the Plus label on clicks"), unit=N_("utils"))
    promotion_tag_effect: float = param(
        0.1, 0.0, 1.0, label=N_("Effect of the promotion tag on clicks"), unit=N_("utils")
    )
    cart_share: float = param(0.0, 0.0, 1.0, label=N_("Wants that go into the cart first"), unit=N_("share"))
    cart_return_rate: float = param(0.15, 0.0, 1.0, label=N_("Open carts ordered per day"), unit=N_("share per day"))
    cart_drop_rate: float = param(0.1, 0.0, 1.0, label=N_("Open carts dropped per day"), unit=N_("share per day"))
    extra_unit_share: float = param(0.08, 0.0, 1.0, label=N_("Orders with a second unit"), unit=N_("share"))
    review_share: float = param(0.3, 0.0, 1.0, label=N_("Orders that leave a review"), unit=N_("share"))
    new_customer_share: float = param(
        0.8, 0.0, 1.0, label=N_("Orders by a customer new to the store"), unit=N_("share")
    )
    fan_share: float = param(
        0.03, 0.0, 1.0, label=N_("Orders whose buyer becomes a fan of the store"), unit=N_("share")
    )
    return_visits_per_customer_day: float = param(
        0.0, 0.0, 0.2, step=0.001, label=N_("Return visits per customer and day"), unit=N_("visits")
    )
    return_visits_per_fan_day: float = param(
        0.0, 0.0, 1.0, step=0.001, label=N_("Return visits per fan and day"), unit=N_("visits")
    )

    @property
    def attention(self) -> np.ndarray:
        """Attention weight of each slot, first slot 1; shape (n_slots,)."""
        return (1.0 + np.arange(self.n_slots)) ** -self.attention_steepness

    @property
    def click_price_slope(self) -> float:
        """Utils per reference price at the click: the elasticity of a small share is its slope at the reference."""
        return -self.click_price_elasticity

    @property
    def order_price_slope(self) -> float:
        """Utils per reference price at the order: elasticity divided by 1 - conversion, both at the reference."""
        return -self.order_price_elasticity / (1.0 - self.conversion_at_reference)

    @property
    def order_level(self) -> float:
        """Log-odds of an order at the reference price, the reference rating and ordinary delivery."""
        return float(np.log(self.conversion_at_reference / (1.0 - self.conversion_at_reference)))
