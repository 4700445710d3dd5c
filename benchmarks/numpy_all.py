"""All features on in NumPy, one uniform a session."""

import worlds
from numpy_engine import NumpyEngine

from crossborder.market import simulate_market
from crossborder.market.engines import ENGINES

ENGINES["numpy"] = NumpyEngine


def run(job, sessions: int, days: int, seed: int) -> None:
    simulate_market(worlds.full(job.n, job.k, sessions), worlds.all_features_policy(), days, "numpy", seed)
