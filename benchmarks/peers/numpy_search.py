"""The job in vectorised NumPy: a cell at once, one uniform a session, looked up in the page's distribution."""

import numpy as np
from peers.python_loop import spread
from rules import REVIEW_SHARE, STAR_NOISE, Job


def run(job: Job, sessions: int, days: int, seed: int) -> None:
    draw = np.random.default_rng(seed)
    for _ in range(days):
        day = job.day()
        clicks, orders = np.zeros(job.k, np.int64), np.zeros(job.k, np.int64)
        for cell, n in enumerate(draw.multinomial(sessions, job.cell_share)):
            slot = np.searchsorted(day.upto[cell], draw.random(n), side="right")
            clicked = slot[slot < job.k]
            clicks += np.bincount(clicked, minlength=job.k)
            ordered = clicked[draw.random(len(clicked)) < day.want[cell][clicked]]
            orders += np.bincount(ordered, minlength=job.k)
        reviews, stars = review(draw, job, day.top, orders)
        job.close(*spread(job, day.top, sessions, clicks, orders, reviews, stars))


def review(draw, job: Job, top, orders):
    """Reviews and their stars, order by order."""
    slot = np.repeat(np.arange(job.k), orders)
    slot = slot[draw.random(len(slot)) < REVIEW_SHARE]
    given = np.clip(np.rint(draw.normal(job.quality[top[slot]], STAR_NOISE)), 1, 5)
    return np.bincount(slot, minlength=job.k), np.bincount(slot, given, minlength=job.k)
