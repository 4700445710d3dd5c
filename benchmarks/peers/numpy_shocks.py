"""The job in NumPy with one keyed shock per (session, listing), as two policies on the same shoppers need it.

The race of the library in array form, squeezed in the same way: 32-bit hashes are compared with a bound first, and
logarithms are taken only for listings that can still win.
"""

import numpy as np
from peers.numpy_search import review
from peers.python_loop import spread
from rules import Job

BATCH = 8192
GOLDEN, MIX_A, MIX_B = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
A, B, C = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)


def mix(z):
    z = (z ^ (z >> np.uint64(30))) * MIX_A
    z = (z ^ (z >> np.uint64(27))) * MIX_B
    return z ^ (z >> np.uint64(31))


def uniform(key):
    return ((key >> np.uint64(12)).astype(float) + 0.5) * 2.0**-52


def shocks(low, high, salt):
    """32 random bits per (slot, session)."""
    h = (low ^ salt) * A
    h ^= h >> np.uint32(15)
    h += high
    h *= B
    h ^= h >> np.uint32(13)
    h *= C
    h ^= h >> np.uint32(16)
    return h


def race(key, weight, salt):
    """Which slot each session clicks; -1 for none. Arrays: key (sessions), weight and salt (slots)."""
    leave = -np.log(uniform(mix(key + GOLDEN)))
    bits = shocks(key.astype(np.uint32), (key >> np.uint64(32)).astype(np.uint32), salt[:, None])
    may_win = bits < np.minimum(weight[:, None] * (leave * (1.000001 * 2.0**32)), 2.0**32 - 1).astype(np.uint32)
    winner = np.full(len(key), -1)
    slot, session = np.nonzero(may_win)
    if len(slot):
        arrives = -np.log1p(-(bits[slot, session] + 0.5) * 2.0**-32) / weight[slot]
        soon = arrives < leave[session]
        slot, session, arrives = slot[soon], session[soon], arrives[soon]
        order = np.argsort(-arrives, kind="stable")  # the soonest of a session is written last
        winner[session[order]] = slot[order]
    return winner


def run(job: Job, sessions: int, days: int, seed: int) -> None:
    draw = np.random.default_rng(seed)
    entity = mix(np.arange(job.n).astype(np.uint64) * GOLDEN)
    with np.errstate(over="ignore"):
        for number in range(days):
            day = job.day()
            its = entity[day.top]
            salt = (its >> np.uint64(32)).astype(np.uint32)
            clicks, orders = np.zeros(job.k, np.int64), np.zeros(job.k, np.int64)
            for cell, n in enumerate(draw.multinomial(sessions, job.cell_share)):
                cell_key = mix(np.uint64(seed * 1_000_003 + number * 1009 + cell) * GOLDEN)
                for first in range(0, n, BATCH):
                    key = mix(cell_key + np.arange(first + 1, min(first + BATCH, n) + 1).astype(np.uint64) * GOLDEN)
                    winner = race(key, day.weight[cell], salt)
                    who = np.flatnonzero(winner >= 0)
                    slot = winner[who]
                    clicks += np.bincount(slot, minlength=job.k)
                    wanted = uniform(mix(key[who] + (its[slot] + np.uint64(1)) * GOLDEN)) < day.want[cell][slot]
                    orders += np.bincount(slot[wanted], minlength=job.k)
            reviews, stars = review(draw, job, day.top, orders)
            job.close(*spread(job, day.top, sessions, clicks, orders, reviews, stars))
