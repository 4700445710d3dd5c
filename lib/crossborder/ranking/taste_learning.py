"""Learning a shopper's taste from clicks, with curiosity: Thompson sampling on the session law."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from crossborder.market.attention import click_probabilities


@dataclass(frozen=True)
class Cards:
    """What can be shown: base click utility and taste vector of each card, and the attention of each slot.

    ``strength`` turns the product of a shopper's and a card's taste into utils.
    """

    base: np.ndarray
    tastes: np.ndarray
    attention: np.ndarray
    strength: float

    def feed(self, wish: np.ndarray) -> np.ndarray:
        """The best cards for each shopper with this wish, best first: shape (shoppers, slots)."""
        utility = self.base + self.strength * wish @ self.tastes.T
        k = min(len(self.attention), len(self.base))
        best = np.argpartition(-utility, k - 1, axis=1)[:, :k]
        order = np.argsort(-np.take_along_axis(utility, best, axis=1), axis=1, kind="stable")
        return np.take_along_axis(best, order, axis=1)

    def clicks(self, shown: np.ndarray, taste: np.ndarray) -> np.ndarray:
        """Chance of a click on each shown card: shape (shoppers, slots)."""
        utility = self.base[shown] + self.strength * np.einsum("skd,sd->sk", self.tastes[shown], taste)
        return click_probabilities(utility, self.attention[: shown.shape[1]])


class Belief:
    """What the platform thinks of each shopper's taste.

    A normal with mean (shoppers x d) and precision (shoppers x d x d).
    """

    def __init__(self, n_shoppers: int, mean: np.ndarray, covariance: np.ndarray) -> None:
        self.mean = np.tile(np.asarray(mean, dtype=float), (n_shoppers, 1))
        self.precision = np.tile(np.linalg.inv(covariance), (n_shoppers, 1, 1))

    def draw(self, curiosity: float, random: np.random.Generator) -> np.ndarray:
        """One plausible taste per shopper: mean + curiosity x a normal draw with the belief's covariance."""
        noise = random.standard_normal(self.mean.shape)
        if curiosity == 0.0:
            return self.mean
        root = np.linalg.cholesky(self.precision)
        return self.mean + curiosity * np.linalg.solve(np.swapaxes(root, 1, 2), noise[:, :, None])[:, :, 0]

    def learn(self, cards: Cards, shown: np.ndarray, clicked: np.ndarray) -> None:
        """Take in one page per shopper; ``clicked`` is the slot, or -1.

        A Newton step per page: precision += s² (Σ p x xᵀ − x̄ x̄ᵀ), mean += precision⁻¹ s (x_clicked − x̄), with x̄ =
        Σ p x and p the click chances under the present mean.
        """
        x, p = cards.tastes[shown], cards.clicks(shown, self.mean)
        centre = np.einsum("sk,skd->sd", p, x)
        spread = np.einsum("sk,skd,ske->sde", p, x, x) - centre[:, :, None] * centre[:, None, :]
        self.precision += cards.strength**2 * spread
        hit = clicked >= 0
        pulled = np.where(hit[:, None], x[np.arange(len(x)), np.maximum(clicked, 0)], 0.0) - centre
        self.mean += np.linalg.solve(self.precision, cards.strength * pulled[:, :, None])[:, :, 0]


def learn_tastes(
    cards: Cards, tastes: np.ndarray, belief: Belief, n_sessions: int, curiosity: float, rng: Any = 0
) -> tuple[np.ndarray, np.ndarray]:
    """How fast do feeds become good? Clicks foregone against a feed that knows (sessions x shoppers); last feeds.

    Each session: draw a taste from the belief, show the best cards for it, watch the click, learn.

    >>> random = np.random.default_rng(0)
    >>> cards = Cards(np.full(60, -2.0), random.normal(0, 0.5, (60, 4)), np.ones(5), 1.0)
    >>> tastes = random.normal(0, 1.5, (40, 4))
    >>> lost, feeds = learn_tastes(cards, tastes, Belief(40, np.zeros(4), 2.25 * np.eye(4)), 60, 1.0)
    >>> bool(lost[-10:].mean() < 0.5 * lost[:10].mean())
    True
    """
    random = np.random.default_rng(rng)
    best = cards.clicks(cards.feed(tastes), tastes).sum(axis=1)
    lost = np.empty((n_sessions, len(tastes)))
    for session in range(n_sessions):
        shown = cards.feed(belief.draw(curiosity, random))
        chance = cards.clicks(shown, tastes)
        lost[session] = best - chance.sum(axis=1)
        below = random.random(len(tastes))[:, None] < np.cumsum(chance, axis=1)
        belief.learn(cards, shown, np.where(below.any(axis=1), below.argmax(axis=1), -1))
    return lost, cards.feed(belief.mean)
