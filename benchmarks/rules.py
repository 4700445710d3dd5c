"""The job that every system of the comparison does, in NumPy alone: no system of the comparison is imported here.

One day of a marketplace:

rank      score_i = (GMV of the past, cents + 100) / (impressions of the past + 50) x rating_i; the best K fill the page
session   belongs to a cell (country x segment), drawn by share; the cell says how strongly price is felt
click     at most one: P(i) = theta_k exp(u_i) / (1 + sum_j theta_j exp(u_j)), u_i = base_i - slope of the cell x
          relative price_i
order     the clicked listing is ordered with probability logistic(v_i), v_i likewise
review    an order leaves one with probability 0.3: stars = a normal around the listing's quality, rounded into 1 to 5
feedback  impressions, clicks, orders, GMV, reviews and stars are what tomorrow's ranking reads

A system may prepare anything of a day that does not change within it (`Day` does); it may not draw several sessions
at once from a closed form, because the job is to walk them.
"""

from pathlib import Path

import numpy as np

REVIEW_SHARE, STAR_NOISE = 0.3, 0.8
PRIOR_REVIEWS, PRIOR_RATING, REFERENCE_RATING = 20.0, 4.5, 4.5
MEASURES = ("impressions", "clicks", "orders", "gmv_cents", "reviews", "stars")


class Job:
    """The world of the comparison as plain arrays, and its statistics, which a run changes."""

    def __init__(self, path: Path | str) -> None:
        with np.load(path) as stored:
            self.arrays = {name: stored[name] for name in stored.files}
        a = self.arrays
        self.theta = a["attention"]
        self.n, self.k, self.cells = len(a["appeal"]), len(self.theta), len(a["cell_share"])
        self.cell_share, self.price_cents, self.quality = a["cell_share"], a["price_cents"], a["quality"]
        self.reset()

    def reset(self) -> None:
        """Back to the statistics of the first morning."""
        self.statistics = {name: self.arrays[name].copy() for name in MEASURES}

    def rating(self) -> np.ndarray:
        """Mean stars with a prior."""
        s = self.statistics
        return (s["stars"] + PRIOR_REVIEWS * PRIOR_RATING) / (s["reviews"] + PRIOR_REVIEWS)

    def score(self) -> np.ndarray:
        """What the ranking sorts by."""
        s = self.statistics
        return (s["gmv_cents"] + 100.0) / (s["impressions"] + 50.0) * self.rating()

    def top(self) -> np.ndarray:
        """The page: the best K, best first."""
        score = self.score()
        best = np.argpartition(-score, self.k)[: self.k] if self.n > self.k else np.arange(self.n)
        return best[np.argsort(-score[best], kind="stable")]

    def day(self) -> "Day":
        """All that is fixed within a day."""
        return Day(self)

    def close(
        self, shown: np.ndarray, clicks: np.ndarray, orders: np.ndarray, reviews: np.ndarray, stars: np.ndarray
    ) -> None:
        """Add a day's counts per listing to the statistics."""
        counted = (shown, clicks, orders, orders * self.price_cents, reviews, stars)
        for name, values in zip(MEASURES, counted, strict=True):
            self.statistics[name] += values.astype(np.int64)


class Day:
    """The page of a day, and per cell the weights of its slots and the chance that a click becomes an order."""

    def __init__(self, job: Job) -> None:
        a = job.arrays
        self.top = job.top()
        better = job.rating()[self.top] - REFERENCE_RATING
        relative = a["relative_price"][self.top]
        click = a["click_level"] + a["appeal"][self.top] + a["rating_effect_click"] * better
        order = a["order_level"] + a["rating_effect_order"] * better
        self.click_utility = click - a["click_slope"][:, None] * relative
        self.weight = job.theta[: len(self.top)] * np.exp(self.click_utility)
        self.want = 1.0 / (1.0 + np.exp(a["order_slope"][:, None] * relative - order))
        # Where a uniform falls below the first of these, the first slot is clicked; above the last, none.
        self.upto = np.cumsum(self.weight, axis=1) / (1.0 + self.weight.sum(axis=1, keepdims=True))


def expected_of_first_day(job: Job) -> tuple[np.ndarray, np.ndarray]:
    """Exact chances per session on the first day: click and order of each listing."""
    day = job.day()
    chance = day.weight / (1.0 + day.weight.sum(axis=1, keepdims=True)) * job.cell_share[:, None]
    clicks, orders = np.zeros(job.n), np.zeros(job.n)
    clicks[day.top] = chance.sum(axis=0)
    orders[day.top] = (chance * day.want).sum(axis=0)
    return clicks, orders
