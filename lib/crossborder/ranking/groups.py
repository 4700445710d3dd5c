"""Winners and losers: what a change of policy means for kinds of sellers."""

from collections.abc import Mapping

import numpy as np

from crossborder.i18n import N_
from crossborder.market.run import MarketRun
from crossborder.ranking.standing import Standing

# kind -> its groups, in the order of the numbers in ``Standing.groups``
KINDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "price": (N_("Price tier"), (N_("cheapest third"), N_("middle third"), N_("dearest third"))),
    "age": (N_("Age of the store"), (N_("younger than 90 days"), N_("90 days to a year"), N_("older than a year"))),
    "quality": (N_("True quality"), (N_("lowest third"), N_("middle third of quality"), N_("highest third"))),
    "medal": (N_("Medal"), (N_("no medal"), N_("silver"), N_("gold"))),
}


def measure_groups(run: MarketRun, standing: Standing | None = None) -> dict[str, float]:
    """Shares of impressions and of GMV, and profit, of every group: keys like ``price/0/gmv_share``."""
    totals = {
        "impressions_share": run.daily["impressions"].sum(axis=0).astype(float),
        "gmv_share": run.daily["gmv_cents"].sum(axis=0) / 100.0,
        "profit_usd": run.daily["profit_cents"].sum(axis=0) / 100.0,
    }
    out: dict[str, float] = {}
    for kind, group in (standing or Standing(run.market)).groups.items():
        for name, values in totals.items():
            sums = np.bincount(group, values, 3)
            if name.endswith("share"):
                sums = sums / (sums.sum() or np.nan)
            out |= {f"{kind}/{k}/{name}": float(v) for k, v in enumerate(sums)}
    return out
