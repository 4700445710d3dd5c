"""Personal pages on the library's individual engine."""

import ours
import worlds

from crossborder.market import simulate_market


class Policy(worlds.NeutralPolicy):
    personal_weight = worlds.PERSONAL_WEIGHT


def run(job, sessions: int, days: int, seed: int) -> None:
    ours.add(job, simulate_market(worlds.personal(job.n, job.k, sessions), Policy(), days, "individual", seed))
