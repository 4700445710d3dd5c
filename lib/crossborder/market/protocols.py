"""What the market asks of those above it: a policy that scores, stages that fill slots, a governance that acts."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from crossborder.market.view import View


@runtime_checkable
class Policy(Protocol):
    """Scores listings. It sees a ``View``: history, prices, tags, dates, never true quality."""

    @property
    def formula(self) -> str:
        """The policy as it is written."""
        ...

    @property
    def explore_share(self) -> float:
        """Share of slots kept for newcomers."""
        ...

    @property
    def newcomer_days(self) -> int:
        """Up to which age a listing counts as a newcomer for those slots."""
        ...

    @property
    def per_store(self) -> int:
        """Most slots of one store on a page; 0 for no limit."""
        ...

    @property
    def personal_weight(self) -> float:
        """How strongly a shopper's own taste moves the score; 0 for one ranking for all."""
        ...

    def scores(self, view: View) -> np.ndarray:
        """A positive score per listing, shape (listings,) or (countries, listings)."""
        ...


class PlainPolicy:
    """Base of a policy with one ranking for all and no rules about slots; subclasses say ``formula``, ``scores``."""

    explore_share: float = 0.0
    newcomer_days: int = 30
    per_store: int = 0
    personal_weight: float = 0.0


@runtime_checkable
class SlateStage(Protocol):
    """Puts chosen listings into given slots of a page before ranked ones fill the rest: sponsored slots, modules."""

    @property
    def slots(self) -> tuple[int, ...]:
        """Which slots (0 is the first) this stage fills."""
        ...

    def choose(self, view: View, country: int, query: int) -> tuple[int, ...]:
        """Listings (row numbers) for those slots, -1 to leave one to the ranking."""
        ...


@dataclass(frozen=True, kw_only=True)
class GovernanceAct:
    """What governance does on a day: stores put out, medals given (None: as they were)."""

    evicted_stores: np.ndarray | None = None
    medals: np.ndarray | None = None


@runtime_checkable
class Governance(Protocol):
    """Looks at the stores after a day and may act: assessment, medals, eviction."""

    def review(self, view: View) -> GovernanceAct | None:
        """What to do now; None for nothing."""
        ...
