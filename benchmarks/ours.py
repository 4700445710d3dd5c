"""The job on the library's individual engine, in a worker of its own, so that all are timed alike."""

import worlds

from crossborder.market import simulate_market


def run(job, sessions: int, days: int, seed: int) -> None:
    add(job, simulate_market(worlds.neutral(job.n, job.k, sessions), worlds.NeutralPolicy(), days, "individual", seed))


def add(job, done) -> None:
    """What a run counted, added to the statistics."""
    for name, values in job.statistics.items():
        values += done.daily[name].sum(axis=0)
