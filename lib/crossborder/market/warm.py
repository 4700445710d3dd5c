"""Compile the kernels into the cache, so that nobody's first question waits: python -m crossborder.market.warm"""

import dataclasses
import time

import numpy as np

from crossborder.i18n import _
from crossborder.market.compiled import drop_old_caches
from crossborder.market.engines import ENGINES
from crossborder.market.make import make_market
from crossborder.market.simulate import simulate_market
from crossborder.market.view import View


@dataclasses.dataclass(frozen=True)
class _Plain:
    """A policy that uses what the kernels can do; the ranking room's policies are not known here."""

    formula: str = "price"
    explore_share: float = 0.1
    newcomer_days: int = 30
    per_store: int = 2
    personal_weight: float = 0.0

    def scores(self, view: View) -> np.ndarray:
        """Those that convert and are dear first."""
        return view.conversion() * view.price_usd


def warm() -> None:
    """Run every engine on a tiny market with every option that has a compiled form of its own."""
    market = make_market(n_stores=8, sessions_per_day=50).with_law(cart_share=0.2)
    for engine in ENGINES:
        for policy in (_Plain(), _Plain(explore_share=0.0, per_store=0, personal_weight=0.5)):
            simulate_market(market, policy, 2, engine)
    unlike = market.with_law(taste_spread=0.5)
    for policy in (_Plain(), _Plain(personal_weight=0.5)):
        simulate_market(unlike, policy, 2, "individual")


if __name__ == "__main__":
    started = time.perf_counter()
    warm()
    seconds, removed = time.perf_counter() - started, drop_old_caches()
    told = _("Simulation kernels are compiled ({seconds:.0f} s; {removed} older ones removed).")
    print(told.format(seconds=seconds, removed=removed))  # noqa: T201
