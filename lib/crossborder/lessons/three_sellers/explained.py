"""The explanation of lesson 21: every figure in it comes from a run, and a second road leads to each of them."""

import math
import re
from dataclasses import dataclass

import numpy as np

from crossborder.apps.show import Html, escaped, fact_html, fold, joined, paragraph
from crossborder.facts import facts
from crossborder.i18n import _
from crossborder.i18n.numbers import MINUS, decimal, money, percent
from crossborder.lessons.lesson import figures_agree
from crossborder.market.law import ELASTICITY_SOURCE, SessionLaw
from crossborder.ranking import OfferShares, same_product_offers
from crossborder.ranking.conversion_ranking import ConversionRankingScenario
from crossborder.ranking.gmv_ranking import PriceCurve, allocate_by_gmv
from crossborder.ranking.one_product import PRICES_USD, REFERENCE_PRICE_USD

FACTS = (
    "joom-old-ranking-conversion",
    "joom-new-ranking-gmv",
    "joom-ranking-keeps-rating",
    "joom-ranking-example-new-winners",
)


@dataclass(frozen=True, kw_only=True)
class Explained:
    """What the explanation states: the curve of prices and the three offers under both rules."""

    offers: OfferShares
    curve: PriceCurve

    def html(self) -> Html:
        """Formula, three short paragraphs, what is left out, sources and calls in folds."""
        study = study_figures()
        words = (
            _(
                "The new rule multiplies by the price. A dearer offer moves up while the price adds "
                "more than it costs in conversion: up to the price "
                "where the elasticity of conversion is −1, here {score_best}. What earns this seller "
                "most is {profit_best}, since cost counts too, and "
                "so do those who never open the page."
            ).format(score_best=money(self.curve.score_best_usd), profit_best=money(self.curve.profit_best_usd)),
            _(
                "The rule counts what a visit brings and forgets the visits that a dear offer on top "
                "scares away. So the platform itself loses {loss} "
                "of its GMV here."
            ).format(loss=percent(-self.offers.gmv_change, 0)),
            _(
                "Over {studies} studies, sales fall by {fall}% on average when a price rises by 1% "
                "(Bijmolt, van Heerde and Pieters, 2005). The "
                "split between click and order is assumed here, and decides the story."
            ).format(studies=study["studies"], fall=decimal(-study["elasticity"])),
        )
        leaves_out = _(
            "What this leaves out: goods of different quality, returning customers, advertising, and "
            "the prices of Joom's slide, which nobody has written down."
        )
        return joined(
            [
                Html('<p class="xb-formula">{text}</p>').fill(text=_("score = price × conversion × rating")),
                *map(paragraph, words),
                Html("<p><i>{text}</i></p>").fill(text=leaves_out),
                fold(_("What the source says"), joined(map(fact_html, FACTS)), key="facts"),
                fold(_("Look underneath"), _calls(), key="calls"),
            ]
        )

    def guard(self, **stated: float) -> None:
        """The figures of the prose (given) and of the explanation against a second computation."""
        law = SessionLaw()
        first = dict(zip(self.offers.table["offer"], self.offers.table["traffic_share_old"], strict=True))
        then = dict(zip(self.offers.table["offer"], self.offers.table["traffic_share_new"], strict=True))
        closed = closed_form(law)
        figures_agree(
            {f"traffic of {offer} by conversion": (share, closed["old"][offer], 0.01) for offer, share in first.items()}
        )
        figures_agree(
            {f"traffic of {offer} by GMV": (share, closed["new"][offer], 0.01) for offer, share in then.items()}
        )
        if self.offers.gmv_change >= 0:
            raise AssertionError(f"the platform is said to lose GMV, but gains {self.offers.gmv_change:.1%}.")
        step = float(np.diff(self.curve.table["price_usd"]).max())
        figures_agree({"price that the score likes best": (self.curve.score_best_usd, score_best_usd(law), step)})
        known = {
            "year": facts["joom-new-ranking-gmv"].year or 0,
            "sellers": len(self.offers.table),
            "weeks": ConversionRankingScenario().weeks,
            "step_percent": 100 * ConversionRankingScenario().max_step,
            "best_elasticity": round(self.curve.elasticity_at_score_best, 1),
        }
        figures_agree({name: (value, float(known[name]), 1e-9) for name, value in stated.items()})


def explain(offers: OfferShares) -> Explained:
    """The explanation of these offers."""
    return Explained(offers=offers, curve=allocate_by_gmv())


def study_figures() -> dict[str, float]:
    """The figures of the study as the session law's own source note states them."""
    elasticity, estimates, studies = re.findall(rf"[{MINUS}-]?\d[\d,]*(?:\.\d+)?", ELASTICITY_SOURCE)[:3]
    return {"elasticity": _number(elasticity), "estimates": _number(estimates), "studies": int(studies)}


def closed_form(law: SessionLaw) -> dict[str, dict[str, float]]:
    """Traffic shares without a market: conversion and click weight from the session law's formula."""
    relative = np.array(PRICES_USD) / REFERENCE_PRICE_USD - 1.0
    conversion = 1.0 / (1.0 + np.exp(-(law.order_level - law.order_price_slope * relative)))
    table = same_product_offers(PRICES_USD, conversion, click_weights=np.exp(-law.click_price_slope * relative)).table
    return {end: dict(zip(table["offer"], table[f"traffic_share_{end}"], strict=True)) for end in ("old", "new")}


def score_best_usd(law: SessionLaw) -> float:
    """Where the elasticity of conversion, −slope × price / reference × (1 − conversion), is −1; by bisection."""

    def beyond(price: float) -> bool:
        relative = price / REFERENCE_PRICE_USD
        conversion = 1.0 / (1.0 + math.exp(-(law.order_level - law.order_price_slope * (relative - 1.0))))
        return law.order_price_slope * relative * (1.0 - conversion) > 1.0

    low, high = 1.0, 10.0 * REFERENCE_PRICE_USD
    for _step in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if beyond(middle) else (middle, high)
    return low


def _calls() -> Html:
    lines = (
        "import crossborder as xb",
        "xb.ranking.same_product_offers((9, 12, 16), (0.05, 0.04, 0.03), (4.5, 4.5, 4.5))",
        "xb.run(1)  # " + _("mechanism 1 of the atlas: prices when sellers respond"),
        "xb.run(2)  # " + _("mechanism 2: the price that the ranking likes best"),
    )
    where = _(
        "The lesson is complete without this. Whoever wants the numbers themselves: start JupyterLab with the command "
        "make lab, open a new notebook, type these lines into an empty cell and press Shift+Enter."
    )
    return paragraph(where) + Html("<pre><code>{code}</code></pre>").fill(code=escaped("\n".join(lines)))


def _number(text: str) -> float:
    return float(text.replace(MINUS, "-").replace(",", ""))
