"""The job in mesa's own idiom: an agent per shopper of the day, the page held by the model, shuffle_do("step").

The agents are made once and come back every day; making them anew would only be slower.
"""

from bisect import bisect

import mesa
import numpy as np
from peers.python_loop import spread
from rules import REVIEW_SHARE, STAR_NOISE, Job


class Shopper(mesa.Agent):
    def step(self):
        shop = self.model
        random = shop.random.random
        cell = bisect(shop.share, random())
        slot = bisect(shop.upto[cell], random())
        if slot < shop.k:
            shop.clicks[slot] += 1
            if random() < shop.want[cell][slot]:
                shop.orders[slot] += 1
                if random() < REVIEW_SHARE:
                    shop.reviews[slot] += 1
                    stars = round(shop.random.gauss(shop.quality[shop.top[slot]], STAR_NOISE))
                    shop.stars[slot] += min(5, max(1, stars))


class Shop(mesa.Model):
    def __init__(self, job: Job, sessions: int, seed: int):
        super().__init__(seed=seed)
        self.job, self.sessions, self.k = job, sessions, job.k
        self.share = np.cumsum(job.cell_share).tolist()
        self.share[-1] = 1.0
        self.quality = job.quality.tolist()
        Shopper.create_agents(self, sessions)

    def step(self):
        day = self.job.day()
        self.top, self.upto, self.want = day.top.tolist(), day.upto.tolist(), day.want.tolist()
        self.clicks, self.orders, self.reviews, self.stars = ([0] * self.k for _table in range(4))
        self.agents.shuffle_do("step")
        self.job.close(*spread(self.job, day.top, self.sessions, self.clicks, self.orders, self.reviews, self.stars))


_shops = {}


def run(job: Job, sessions: int, days: int, seed: int) -> None:
    if (id(job), sessions) not in _shops:
        _shops[id(job), sessions] = Shop(job, sessions, seed)
    shop = _shops[id(job), sessions]
    shop.random.seed(seed)
    for _ in range(days):
        shop.step()
