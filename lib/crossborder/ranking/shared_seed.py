"""One seed for several runs, so that all of them meet the same shoppers."""

from typing import Any

import numpy as np

from crossborder.i18n import N_
from crossborder.market.keys import run_key

WORLDS = N_(
    "A world is one simulated run of the same market with other shoppers; more worlds show better how much is luck. "
    "The seed is the number that all this luck starts from: the same seed gives the same worlds."
)


def shared_seed(rng: Any) -> int:
    """``rng`` as a seed that may be used again; a Generator yields one, once.

    >>> shared_seed(7)
    7
    """
    if isinstance(rng, int | np.integer) and not isinstance(rng, bool):
        return int(rng)
    return int(run_key(rng))
