"""The job as a plain Python loop: what a student writes first, with the day's tables prepared."""

import random
from bisect import bisect

import numpy as np
from rules import REVIEW_SHARE, STAR_NOISE, Job


def run(job: Job, sessions: int, days: int, seed: int) -> None:
    draw = random.Random(seed)
    share = np.cumsum(job.cell_share).tolist()
    share[-1] = 1.0
    quality = job.quality.tolist()
    for _ in range(days):
        day = job.day()
        top, upto, want = day.top.tolist(), day.upto.tolist(), day.want.tolist()
        clicks, orders = [0] * job.k, [0] * job.k
        reviews, stars = [0] * job.k, [0] * job.k
        for _ in range(sessions):
            cell = bisect(share, draw.random())
            slot = bisect(upto[cell], draw.random())
            if slot < job.k:
                clicks[slot] += 1
                if draw.random() < want[cell][slot]:
                    orders[slot] += 1
                    if draw.random() < REVIEW_SHARE:
                        reviews[slot] += 1
                        stars[slot] += min(5, max(1, round(draw.gauss(quality[top[slot]], STAR_NOISE))))
        job.close(*spread(job, day.top, sessions, clicks, orders, reviews, stars))


def spread(job: Job, top, sessions, *by_slot):
    """Counts by slot as counts by listing, impressions first."""
    out = []
    for values in (np.full(len(top), sessions), *by_slot):
        by_listing = np.zeros(job.n, np.int64)
        by_listing[top] = values
        out.append(by_listing)
    return out
