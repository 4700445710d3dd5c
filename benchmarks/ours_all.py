"""All features on, on the library's individual engine."""

import worlds

from crossborder.market import simulate_market


def run(job, sessions: int, days: int, seed: int) -> None:
    market = worlds.full(job.n, job.k, sessions)
    simulate_market(market, worlds.all_features_policy(), days, "individual", seed)
