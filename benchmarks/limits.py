"""What this machine can do at best, one thread: draws, 32-bit shocks, exponentials, logarithms, memory, products."""

import math
import time
from statistics import median

import numba
import numpy as np

from crossborder.market.keys import GOLDEN, mix
from crossborder.market.race import BLOCK, shock_bits

_fast = numba.njit(error_model="numpy", fastmath=True)


@_fast
def _draws(n):
    total = np.uint64(0)
    for i in range(n):
        total ^= mix(np.uint64(i) * GOLDEN)
    return total


@_fast
def _shocks(n, low, high, out):
    for turn in range(n // BLOCK):
        salt = np.uint32(turn)
        for j in range(BLOCK):
            out[j] ^= shock_bits(low[j], high[j], salt)


@_fast
def _exponentials(n, x):
    total = 0.0
    for turn in range(n // x.shape[0]):
        for i in range(x.shape[0]):
            total += math.exp(x[i] + turn)
    return total


@_fast
def _logarithms(n, x):
    total = 0.0
    for turn in range(n // x.shape[0]):
        for i in range(x.shape[0]):
            total += math.log(x[i] + turn)
    return total


@_fast
def _counters(n, at, table):
    for _turn in range(n // at.shape[0]):
        for i in range(at.shape[0]):
            table[at[i]] += 1


@_fast
def _stream(n, x):
    total = np.float32(0)
    for _turn in range(n // x.shape[0]):
        for i in range(x.shape[0]):
            total += x[i]
    return total


def _ns(kernel, n, *arguments) -> float:
    kernel(1024, *arguments)
    times = []
    for _turn in range(5):
        started = time.process_time()
        kernel(n, *arguments)
        times.append(time.process_time() - started)
    return median(times) / n * 1e9


def measure() -> dict[str, float]:
    """Nanoseconds each."""
    random = np.random.default_rng(0)
    x = random.random(4096) + 0.1
    words = np.arange(BLOCK).astype(np.uint32)
    out = {
        "64-bit draw": _ns(_draws, 40_000_000),
        "32-bit shock, vector": _ns(_shocks, 80_000_000, words, words * np.uint32(7), words.copy()),
        "exponential": _ns(_exponentials, 10_000_000, x),
        "logarithm": _ns(_logarithms, 10_000_000, x),
        "counter, 16 KB table": _ns(_counters, 20 << 20, random.integers(0, 4096, 1 << 20), np.zeros(4096, np.int32)),
        "counter, 256 MB table": _ns(
            _counters, 4 << 20, random.integers(0, 1 << 26, 1 << 20), np.zeros(1 << 26, np.int32)
        ),
        "float read in a stream": _ns(_stream, 1 << 27, np.ones(1 << 25, np.float32)),
    }
    people, tastes, scores = (
        random.normal(size=(256, 16)),
        random.normal(size=(16, 1024)),
        np.empty((256, 1024), np.float32),
    )
    people, tastes = people.astype(np.float32), tastes.astype(np.float32)

    def product(n):
        for _turn in range(max(n // 256, 1)):
            np.dot(people, tastes, out=scores)

    out["1,024 scores of 16 tastes (matrix product)"] = _ns(product, 100_000)
    return out


def session_limit_ns(ns: dict[str, float], slots: int, clicks: float) -> float:
    """What a session with keyed shocks needs at least: two draws, a shock a slot; a draw and two counters a click."""
    return (
        2 * ns["64-bit draw"]
        + slots * ns["32-bit shock, vector"]
        + clicks * (ns["64-bit draw"] + 2 * ns["counter, 16 KB table"])
    )
