"""All features on in NumPy, one keyed shock per (session, listing)."""

import worlds
from numpy_engine import NumpyShockEngine

from crossborder.market import simulate_market
from crossborder.market.engines import ENGINES

ENGINES["numpy shocks"] = NumpyShockEngine


def run(job, sessions: int, days: int, seed: int) -> None:
    simulate_market(worlds.full(job.n, job.k, sessions), worlds.all_features_policy(), days, "numpy shocks", seed)
