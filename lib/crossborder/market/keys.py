"""Random numbers by key, not by turn: the same (seed, replicate, day, cell, purpose, entity) gives the same draw.

A key is a 64-bit number. ``fold`` adds one field to it (the finaliser of SplitMix64, Steele, Lea and Flood 2014), so
draws need no state: any order and any number of threads gives the same bits, and two policies meet the same shoppers.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from crossborder.market.compiled import inline, kernel

if TYPE_CHECKING:
    import pandas as pd

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX_A = np.uint64(0xBF58476D1CE4E5B9)
MIX_B = np.uint64(0x94D049BB133111EB)
_64_BITS = 2**64 - 1

# What a draw is for. A purpose has its own stream: adding one never shifts another.
(
    ARRIVALS,
    TASTE,
    EXPLORE,
    TIES,
    CLICK,
    ORDER,
    CART,
    CART_RETURN,
    UNITS,
    DISPUTE,
    REVIEW,
    STARS,
    PRICE,
    ENTRY,
    EXIT,
    LATE,
    DAY,
    CELL,
    CART_DROP,
    CUSTOMERS,
    FANS,
    ENTRY_LUCK,
    HOUR_SPLIT,
) = range(23)


@inline
def mix(z):
    z = (z ^ (z >> np.uint64(30))) * MIX_A
    z = (z ^ (z >> np.uint64(27))) * MIX_B
    return z ^ (z >> np.uint64(31))


@inline
def fold(key, field):
    """The key with one more field, a non-negative integer or another key."""
    return mix(key + (np.uint64(field) + np.uint64(1)) * GOLDEN)


@inline
def cell_key(day_key, cell):
    """The key of the sessions of a cell; ``cell`` is the key of its name."""
    return fold(fold(day_key, CELL), cell)


@inline
def uniform(key):
    """A number in (0, 1), never 0 or 1: the middle of one of 2**52 equal steps (of 2**53 the last would round to 1)."""
    return (np.float64(key >> np.uint64(12)) + 0.5) * 2.220446049250313e-16


def fold_key(key: np.uint64, field: int | np.integer) -> np.uint64:
    """``fold`` for Python callers: plain whole numbers are quicker here than calling a compiled function."""
    z = (int(key) + (int(field) + 1) * int(GOLDEN)) & _64_BITS
    z = ((z ^ (z >> 30)) * int(MIX_A)) & _64_BITS
    z = ((z ^ (z >> 27)) * int(MIX_B)) & _64_BITS
    return np.uint64(z ^ (z >> 31))


def day_key(key: np.uint64, day: int) -> np.uint64:
    """The key of one day of a world."""
    return fold_key(fold_key(key, DAY), day)


@kernel
def uniforms(key, entities):
    """One uniform per entity under ``key``."""
    out = np.empty(entities.shape[0])
    for i in range(entities.shape[0]):
        out[i] = uniform(fold(key, entities[i]))
    return out


def run_key(rng: Any, replicate: int = 0) -> np.uint64:
    """The key of one simulated world. ``rng`` is a seed, a Generator (which yields one key) or None (seed 0)."""
    if isinstance(rng, np.random.Generator):
        seed = np.uint64(rng.integers(0, 2**63))
    elif rng is None:
        seed = np.uint64(0)
    elif isinstance(rng, int | np.integer) and not isinstance(rng, bool) and int(rng) >= 0:
        seed = np.uint64(int(rng) % 2**64)
    else:
        raise ValueError(f"rng must be a non-negative whole number or a numpy Generator; got {rng!r}.")
    return fold_key(fold_key(np.uint64(0x6372_6F73_7362_6F72), seed), np.uint64(replicate))


def entity_keys(names: "pd.Series | Sequence[str]") -> np.ndarray:
    """A stable 64-bit key per name: the order of rows in a table, or a new row, changes nobody else's luck."""
    import pandas as pd

    return pd.util.hash_array(pd.Series(names).astype(str).to_numpy(dtype=object)).astype(np.uint64)
