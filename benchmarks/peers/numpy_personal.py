"""Personal pages in NumPy: in batches, scores by a matrix product, the exact best K by argpartition."""

import numpy as np
from rules import REFERENCE_RATING, REVIEW_SHARE, STAR_NOISE, Job

BATCH = 512


def run(job: Job, sessions: int, days: int, seed: int) -> None:
    draw, a = np.random.default_rng(seed), job.arrays
    panel, k = a["panel"], job.k
    wish = np.ascontiguousarray((a["personal_weight"] * a["taste_effect"] * a["tastes"]).T, dtype=np.float32)
    for _ in range(days):
        better = job.rating() - REFERENCE_RATING
        base = np.log(job.score()).astype(np.float32)
        click = a["click_level"] + a["appeal"] + a["rating_effect_click"] * better
        order = a["order_level"] + a["rating_effect_order"] * better
        shown, clicks, orders = (np.zeros(job.n, np.int64) for _table in range(3))
        for cell, n in enumerate(draw.multinomial(sessions, job.cell_share)):
            people = panel[cell % len(panel)]
            u = click - a["click_slope"][cell] * a["relative_price"]
            want = 1.0 / (1.0 + np.exp(a["order_slope"][cell] * a["relative_price"] - order))
            for first in range(0, n, BATCH):
                m = min(BATCH, n - first)
                score = people[draw.integers(0, people.shape[0], m)] @ wish
                score += base
                best = np.argpartition(score, job.n - k, axis=1)[:, -k:]
                best_score = np.take_along_axis(score, best, axis=1)
                rank = np.argsort(-best_score, axis=1)
                page = np.take_along_axis(best, rank, axis=1)
                match = (np.take_along_axis(best_score, rank, axis=1) - base[page]) / a["personal_weight"]
                upto = np.cumsum(job.theta * np.exp(u[page] + match), axis=1)
                slot = (upto <= (draw.random(m) * (1.0 + upto[:, -1]))[:, None]).sum(axis=1)
                who = np.flatnonzero(slot < k)
                clicked = page[who, slot[who]]
                shown += np.bincount(page.ravel(), minlength=job.n)
                clicks += np.bincount(clicked, minlength=job.n)
                orders += np.bincount(clicked[draw.random(len(clicked)) < want[clicked]], minlength=job.n)
        sold = np.flatnonzero(orders)
        counted = np.repeat(sold, orders[sold])
        counted = counted[draw.random(len(counted)) < REVIEW_SHARE]
        given = np.clip(np.rint(draw.normal(job.quality[counted], STAR_NOISE)), 1, 5)
        reviews, stars = np.bincount(counted, minlength=job.n), np.bincount(counted, given, minlength=job.n)
        job.close(shown, clicks, orders, reviews, stars)
