"""Joom's slide: three sellers, one product. Who gets the traffic by conversion, and who by GMV?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from crossborder.errors import BoundsError
from crossborder.i18n import N_, _, numbers
from crossborder.market.law import REFERENCE_RATING, SessionLaw
from crossborder.market.simulate import ENGINE_LABELS
from crossborder.origin import Origin, OriginKind, assumed, simulated, stated
from crossborder.params import param
from crossborder.ranking.one_product import (
    OFFER_LABELS,
    OFFERS,
    PRICES_USD,
)
from crossborder.ranking.policies import gmv_times_rating
from crossborder.result import Result

CONVERSIONS = (0.05, 0.04, 0.029)
RATINGS = (REFERENCE_RATING,) * 3
VARIANTS = {
    "per_visit": N_("per visit (price × orders per click)"),
    "per_impression": N_("per impression (price × orders per impression)"),
    "accumulated": N_("accumulated (sales of the last 30 days)"),
}
CLAIM = ("joom-ranking-example-old-winner", "joom-ranking-example-new-winners")
NOTICEABLE = 0.001  # a share of traffic: what a run needs to learn the conversions stays below
UNKNOWN_SLIDE = N_("The slide's prices and conversions are not known: these are assumed.")
PRICE_LABELS = (
    N_("Price of the left offer (no. 3 on Joom's slide)"),
    N_("Price of the middle offer"),
    N_("Price of the right offer"),
)


def offer_price(offer: int, *, main: bool = False) -> Any:
    """Declare the price of one offer of the slide (0 is the left one) as a parameter of a scenario."""
    return param(
        PRICES_USD[offer], 3.0, 30.0, step=0.25, label=PRICE_LABELS[offer], unit=N_("USD"),
        origin=assumed(UNKNOWN_SLIDE), main=main,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class OfferShares(Result):
    """``table`` has one row per offer: score, rank and traffic share under the old rule and under the new one.

    Traffic is visits (clicks). ``gmv_change`` is the platform's change of GMV, NaN where no market ran.
    """

    columns: ClassVar[Mapping[str, str]] = {
        "offer": N_("Offer"),
        "price_usd": N_("Price, USD"),
        "conversion": N_("Conversion"),
        "rating": N_("Rating"),
        "score_old": N_("Score by conversion"),
        "score_new": N_("Score by GMV"),
        "rank_old": N_("Rank by conversion"),
        "rank_new": N_("Rank by GMV"),
        "traffic_share_old": N_("Traffic by conversion"),
        "traffic_share_new": N_("Traffic by GMV"),
    }

    table: pd.DataFrame
    variant: str = "per_visit"
    gmv_change: float = float("nan")
    engine: str = ""
    seed: int | None = None

    @property
    def row_labels(self) -> Mapping[str, str]:  # type: ignore[override]
        """What each offer is called, in the language of the moment."""
        return {name: offer_label(name) for name in self.table["offer"]}

    @property
    def gainers(self) -> list[str]:
        """Offers that get noticeably more traffic under the new rule."""
        gain = self.table["traffic_share_new"] - self.table["traffic_share_old"]
        return self.table["offer"][gain > NOTICEABLE].tolist()

    @property
    def text(self) -> str:
        rows = self.table.to_dict("records")
        first = {end: max(rows, key=lambda row: row[f"traffic_share_{end}"]) for end in ("old", "new")}
        gainers = _(" and ").join(offer_label(name) for name in self.gainers) or _("nobody")
        told = _(
            "By conversion most traffic ({old_share}) goes to {old}, by GMV ({new_share}) to {new}; "
            "more than before: {gainers}."
        ).format(
            old=offer_label(first["old"]["offer"]),
            old_share=numbers.percent(first["old"]["traffic_share_old"], 0),
            new=offer_label(first["new"]["offer"]),
            new_share=numbers.percent(first["new"]["traffic_share_new"], 0),
            gainers=gainers,
        )
        if np.isnan(self.gmv_change):
            return told
        if abs(self.gmv_change) < NOTICEABLE:
            return told + _(" The platform's own GMV stays as it was.")
        return told + _(" The platform's own GMV changes by {change}.").format(
            change=numbers.signed_percent(self.gmv_change)
        )

    @property
    def origin(self) -> Mapping[str, Origin]:
        share = "θ_rank·w / Σ θ·w, θ_k = k^(−steepness)"
        rules = {"score_old": "conversion × rating", "score_new": gmv_times_rating(self.variant).formula}
        facts = {
            "score_old": ("joom-old-ranking-conversion", "joom-ranking-keeps-rating"),
            "score_new": ("joom-new-ranking-gmv", "joom-ranking-keeps-rating"),
        }
        sources = {name: Origin(kind=OriginKind.STATED, formula=rules[name], facts=facts[name]) for name in rules}
        if self.engine:
            return {
                "*": simulated(share, seed=self.seed, note=ENGINE_LABELS.get(self.engine, self.engine)),
                "price_usd": assumed(UNKNOWN_SLIDE),
                "offer": stated(*CLAIM),
                **sources,
            }
        return {
            "*": assumed(UNKNOWN_SLIDE),
            "offer": stated(*CLAIM),
            **sources,
            **{f"traffic_share_{end}": assumed(formula=share) for end in ("old", "new")},
        }


def offer_label(name: str) -> str:
    """An offer's name in the language of the moment."""
    if name in OFFER_LABELS:
        return _(OFFER_LABELS[name])
    word, _space, number = name.partition(" ")
    return _("offer {n}").format(n=number) if word == "offer" else name


def same_product_offers(
    prices: Sequence[float] = PRICES_USD,
    conversions: Sequence[float] = CONVERSIONS,
    ratings: Sequence[float] = RATINGS,
    *,
    variant: str = "per_visit",
    click_weights: Sequence[float] | None = None,
    attention_steepness: float = SessionLaw().attention_steepness,
) -> OfferShares:
    """Several sellers offer one product: who gets which share of the traffic under either rule?

    Old score: conversion × rating. New score: price × conversion × rating (per visit). The share of visits of an offer
    on rank k is k^(−steepness) times its click weight, over the sum; offers of equal score share their ranks.

    Parameters
    ----------
    prices : USD, one per offer
    conversions : orders per click, one per offer
    ratings : stars from 1 to 5, one per offer
    variant : "per_visit", or "per_impression", where GMV counts the click weight too
    click_weights : how often an offer is clicked when seen at the same place, relative to the others (equal if None)
    attention_steepness : of the session law

    Raises BoundsError for lists of different length and for numbers out of range.
    Source: facts joom-ranking-example-old-winner and joom-ranking-example-new-winners; the slide's numbers are assumed.

    >>> shares = same_product_offers((9, 12, 16), (0.05, 0.04, 0.029), (4.5, 4.5, 4.5))
    >>> shares.gainers
    ['middle', 'right']
    """
    price, conversion, rating = (np.asarray(values, dtype=float) for values in (prices, conversions, ratings))
    weight = np.ones(len(price)) if click_weights is None else np.asarray(click_weights, dtype=float)
    for name, values, low, high in (
        ("prices", price, 0.0, np.inf),
        ("conversions", conversion, 0.0, 1.0),
        ("ratings", rating, 1.0, 5.0),
        ("click_weights", weight, 0.0, np.inf),
    ):
        _check(name, values, len(price), low, high)
    if variant not in ("per_visit", "per_impression"):
        raise BoundsError(_("variant must be per_visit or per_impression; got {variant!r}.").format(variant=variant))
    old = conversion * rating
    new = price * conversion * rating * (weight if variant == "per_impression" else 1.0)
    return OfferShares(
        table=offer_table(
            price,
            conversion,
            rating,
            {"old": old, "new": new},
            {end: traffic_shares(s, weight, attention_steepness) for end, s in (("old", old), ("new", new))},
        ),
        variant=variant,
    )


def traffic_shares(scores: np.ndarray, click_weights: np.ndarray, attention_steepness: float) -> np.ndarray:
    """Share of visits of each offer when all stand on one page, ranked by score; equal scores share their ranks.

    >>> traffic_shares(np.array([2.0, 1.0]), np.array([1.0, 1.0]), 1.0).round(3).tolist()
    [0.667, 0.333]
    """
    attention = (1.0 + np.arange(len(scores))) ** -attention_steepness
    order = np.argsort(-scores, kind="stable")
    received = np.empty(len(scores))
    received[order] = attention
    for score in np.unique(scores):
        received[scores == score] = received[scores == score].mean()
    visits = received * click_weights
    return visits / visits.sum()


def offer_table(
    price: np.ndarray,
    conversion: np.ndarray,
    rating: np.ndarray,
    score: Mapping[str, np.ndarray],
    traffic: Mapping[str, np.ndarray],
) -> pd.DataFrame:
    names = list(OFFERS) if len(price) == len(OFFERS) else [f"offer {k + 1}" for k in range(len(price))]
    table = pd.DataFrame({"offer": names, "price_usd": price, "conversion": conversion, "rating": rating})
    for end in ("old", "new"):
        table[f"score_{end}"] = score[end]
        table[f"rank_{end}"] = pd.Series(score[end]).rank(ascending=False, method="min").astype(int)
        table[f"traffic_share_{end}"] = traffic[end]
    return table[list(OfferShares.columns)]


def _check(name: str, values: np.ndarray, n: int, low: float, high: float) -> None:
    if values.ndim != 1 or len(values) != n or n < 2:
        raise BoundsError(
            _("{name} must be a list with one number for each of at least two offers; got {value}.").format(
                name=name, value=values.tolist()
            )
        )
    if not (np.isfinite(values) & (values > 0) & (values >= low) & (values <= high)).all():
        raise BoundsError(
            _(
                "{name} must be above 0 and between {low} and {high}; got {value}. Choose values inside these bounds."
            ).format(name=name, low=f"{low:g}", high=f"{high:g}", value=values.tolist())
        )
