"""The job in RecSim's own idiom: documents, a user sampler, a user model, environment.step(slate).

A session is one reset (a new user) and one step. The stock choice models know neither prices nor orders, so the
response model below carries the job's rules, with the day's tables prepared. Documents are kept
(resample_documents=False): else 1,000 of them would be made anew for every session.
"""

import numpy as np
from gym import spaces
from peers.python_loop import spread
from recsim import document, user
from recsim.simulator import environment
from rules import REVIEW_SHARE, STAR_NOISE, Job


class Listing(document.AbstractDocument):
    def create_observation(self):
        return np.array([self.doc_id()])

    @staticmethod
    def observation_space():
        return spaces.Box(low=0, high=1e9, shape=(1,))


class Listings(document.AbstractDocumentSampler):
    def __init__(self):
        super().__init__(Listing)
        self.made = 0

    def sample_document(self):
        self.made += 1
        return Listing(self.made - 1)


class Shopper(user.AbstractUserState):
    NUM_FEATURES = 1

    def __init__(self, cell):
        self.cell = cell

    def create_observation(self):
        return np.array([self.cell])

    @staticmethod
    def observation_space():
        return spaces.Box(low=0, high=1e9, shape=(1,))


class Shoppers(user.AbstractUserSampler):
    share: np.ndarray

    def sample_user(self):
        return self._user_ctor(
            min(int(np.searchsorted(self.share, self._rng.random_sample(), side="right")), len(self.share) - 1)
        )


class Response(user.AbstractResponse):
    def __init__(self):
        self.click = self.order = False

    def create_observation(self):
        return {"click": self.click, "order": self.order}

    @staticmethod
    def response_space():
        return spaces.Dict({"click": spaces.Discrete(2), "order": spaces.Discrete(2)})


class Behaviour(user.AbstractUserModel):
    def __init__(self, job: Job, seed: int):
        sampler = Shoppers(Shopper, seed)
        sampler.share = np.cumsum(job.cell_share)
        super().__init__(Response, sampler, job.k)
        self.draw = np.random.RandomState(seed + 1)
        self.day = job.day()

    def is_terminal(self):
        return True

    def update_state(self, documents, responses):
        pass

    def simulate_response(self, documents):
        responses = [Response() for _document in documents]
        cell = self._user_state.cell
        slot = int(np.searchsorted(self.day.upto[cell], self.draw.random_sample(), side="right"))
        if slot < len(documents):
            responses[slot].click = True
            responses[slot].order = self.draw.random_sample() < self.day.want[cell][slot]
        return responses


def run(job: Job, sessions: int, days: int, seed: int) -> None:
    behaviour = Behaviour(job, seed)
    shop = environment.SingleUserEnvironment(behaviour, Listings(), job.n, job.k, resample_documents=False)
    draw = np.random.RandomState(seed + 2)
    for _ in range(days):
        behaviour.day = day = job.day()
        clicks, orders, reviews, stars = (np.zeros(job.k, np.int64) for _table in range(4))
        for _ in range(sessions):
            shop.reset()
            _observation, _documents, responses, _done = shop.step(day.top)
            for slot, response in enumerate(responses):
                if response.click:
                    clicks[slot] += 1
                    if response.order:
                        orders[slot] += 1
                        if draw.random_sample() < REVIEW_SHARE:
                            reviews[slot] += 1
                            stars[slot] += int(
                                np.clip(np.rint(draw.normal(job.quality[day.top[slot]], STAR_NOISE)), 1, 5)
                            )
        job.close(*spread(job, day.top, sessions, clicks, orders, reviews, stars))
