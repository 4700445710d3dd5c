"""The race of a slate: which listing a session clicks, if any; many sessions at a time.

Listing i arrives at time E_i / w_i, leaving without a click at E_0, all E standard exponential: the first to arrive is
chosen, with the logit's probabilities w_i / (1 + sum w) (E = -ln U: the same as adding a Gumbel shock to each utility).
E_i belongs to the (session, listing), so two policies face the same shocks.

Most of it runs in 32-bit lanes: a block of sessions is drawn, and each session's contenders are marked, those that
could arrive before an upper bound of E_0. Most sessions have none, most others one. For these, bounds of the arrival
times from the first terms of -ln(1 - x) nearly always settle who is first; where not, exact logarithms do: the winner
is exact.
"""

import math

import numpy as np

from crossborder.market.compiled import inline, kernel
from crossborder.market.keys import GOLDEN, fold, mix, uniform

BLOCK = 512
LANES = 32  # slots per word of marks
PER_32_BITS = 2.0**-32

# log2 of m in [1, 2) as a polynomial, off by at most 1.2e-4 (Chebyshev interpolation); bounds of E_0 allow for it.
_L0, _L1, _L2, _L3, _L4 = (np.float32(c) for c in (-2.49835315, 4.02921139, -2.07833517, 0.62603218, -0.07844068))
_LN2 = np.float32(0.6931472)
_TOO_HIGH = np.float32(1e-4)
_BOUNDS_APART = 4e-4
_LOOSE_ABOVE = 8.0  # a longer wait means a uniform so small that its first 24 bits do not bound the logarithm tightly
_LITTLE = np.float32(1e-9)

# The place of the lowest bit of a 64-bit word: multiply the bit by a de Bruijn number and look at the top six bits.
_DE_BRUIJN = 0x03F79D71B4CB0A89
_PLACE = np.array(sorted(range(64), key=lambda place: (_DE_BRUIJN << place) % 2**64 >> 58))


@inline
def shock_bits(low, high, salt):
    """32 random bits for one (session, listing); plain 32-bit arithmetic, so that a block is done in a few vectors."""
    h = np.uint32((low ^ salt) * np.uint32(0x9E3779B1))
    h = np.uint32((h ^ (h >> np.uint32(15))) + high)
    h = np.uint32(h * np.uint32(0x85EBCA6B))
    h = np.uint32((h ^ (h >> np.uint32(13))) * np.uint32(0xC2B2AE35))
    return np.uint32(h ^ (h >> np.uint32(16)))


@inline
def waits(key):
    """E_0 of a session: when it leaves."""
    return -math.log(uniform(mix(key + GOLDEN)))


@inline
def shock(bits):
    """The uniform below which a listing's exponential lies."""
    return (np.float64(bits) + 0.5) * PER_32_BITS


@kernel
def draw_block(cell_key, first, n, keys, low, high, wait, scratch):
    """Keys of ``n`` sessions from ``first``, their halves, an upper bound of E_0, close to it below _LOOSE_ABOVE."""
    exponent = wait.view(np.int32)
    mantissa = scratch.view(np.int32)
    for j in range(n):
        key = mix(cell_key + np.uint64(first + j + 1) * GOLDEN)
        keys[j] = key
        low[j] = np.uint32(key)
        high[j] = np.uint32(key >> np.uint64(32))
        wait[j] = max(np.float32(np.int32(mix(key + GOLDEN) >> np.uint64(40))), _LITTLE)
    for j in range(n):
        bits = exponent[j]
        mantissa[j] = (bits & np.int32(0x007FFFFF)) | np.int32(0x3F800000)
        exponent[j] = (bits >> np.int32(23)) - np.int32(127 + 24)
    for j in range(n):
        m = scratch[j]
        log2 = np.float32(exponent[j]) + (_L0 + m * (_L1 + m * (_L2 + m * (_L3 + m * _L4))))
        wait[j] = _TOO_HIGH - _LN2 * log2


@kernel
def mark_contenders(first, last, n, low, high, wait, reach, salt, marks):
    """Set bit a - first of a session's mark where listing a could arrive before the session leaves."""
    for j in range(n):
        marks[j] = np.uint32(0)
    for a in range(first, last):
        its_salt, its_reach, bit = salt[a], reach[a], np.uint32(1) << np.uint32(a - first)
        for j in range(n):
            shortened = np.float32(np.int32(shock_bits(low[j], high[j], its_salt) >> np.uint32(8)))
            marks[j] |= bit if shortened <= its_reach * wait[j] else np.uint32(0)


@inline
def _lowest(mark):
    return _PLACE[((mark & (~mark + np.uint64(1))) * np.uint64(_DE_BRUIJN)) >> np.uint64(58)]


@kernel
def _winner_exactly(key, low, high, mark, w, salt):
    first, winner = waits(key), np.int64(-1)
    while mark:
        a = _lowest(mark)
        mark &= mark - np.uint64(1)
        arrives = -math.log1p(-shock(shock_bits(low, high, salt[a]))) / w[a]
        if arrives < first:
            first, winner = arrives, a
    return winner


@kernel
def winner_of(key, low, high, mark, wait, w, salt):
    """The slot that wins the race of one session among its marked contenders; -1 if it leaves."""
    first, winner, its_shock = np.float64(wait), np.int64(-1), 0.0
    second = wait - _BOUNDS_APART
    left = mark
    while left:
        a = _lowest(left)
        left &= left - np.uint64(1)
        x = shock(shock_bits(low, high, salt[a]))
        at_least = x * (1.0 + x * (0.5 + x / 3.0)) / w[a]
        if at_least < first:
            if winner >= 0:
                second = min(second, first)
            first, winner, its_shock = at_least, a, x
        else:
            second = min(second, at_least)
    if winner < 0:
        return winner
    # The terms of -ln(1 - x) left out sum to less than 0.34 x^3 where x is below a half.
    at_most = first + 0.34 * its_shock**3 / w[winner]
    if its_shock > 0.5 or wait > _LOOSE_ABOVE or at_most >= second:
        return _winner_exactly(key, low, high, mark, w, salt)
    return winner


@kernel
def settle_lone(lone, n, low, high, wait, marks, more_marks, per_weight, salt, slot, open_):
    """Slots of the ``n`` sessions with one contender; those that it is sure to win come first in ``lone``.

    The others are written to ``open_``. Returns how many are sure and how many open. No branches, so that several
    sessions are under way at a time.
    """
    sure = still_open = 0
    for at in range(n):
        j = lone[at]
        a = _lowest(np.uint64(marks[j]) | np.uint64(more_marks[j]) << np.uint64(32))
        x = shock(shock_bits(low[j], high[j], salt[a]))
        at_most = x * (1.0 + x * (0.5 + x * (1 / 3 + 0.34))) * per_weight[a]  # see winner_of
        wins = (at_most < wait[j] - _BOUNDS_APART) & (x <= 0.5) & (wait[j] <= _LOOSE_ABOVE)
        lone[sure] = j
        slot[sure] = a
        open_[still_open] = j
        sure += wins
        still_open += not wins
    return sure, still_open


@kernel
def walk(cell_key, first, last, w, want, salt, entity, clicks, wants):
    """Walk the sessions ``first`` to ``last`` of a cell past one slate; ``clicks`` and ``wants`` count by slot."""
    slots = w.shape[0]
    keys = np.empty(BLOCK, np.uint64)
    low, high = np.empty(BLOCK, np.uint32), np.empty(BLOCK, np.uint32)
    wait, scratch = np.empty(BLOCK, np.float32), np.empty(BLOCK, np.float32)
    marks, more_marks = np.empty(BLOCK, np.uint32), np.zeros(BLOCK, np.uint32)
    lone, slot = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64)
    crowded, open_ = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64)
    reach = (w * (1.000001 * 2.0**24)).astype(np.float32)
    per_weight = 1.0 / w
    for start in range(first, last, BLOCK):
        n = min(BLOCK, last - start)
        draw_block(cell_key, start, n, keys, low, high, wait, scratch)
        mark_contenders(0, min(slots, LANES), n, low, high, wait, reach, salt, marks)
        if slots > LANES:
            mark_contenders(LANES, slots, n, low, high, wait, reach, salt, more_marks)
        n_lone = n_crowded = 0
        for j in range(n):
            mark = np.uint64(marks[j]) | np.uint64(more_marks[j]) << np.uint64(32)
            lone[n_lone] = j
            crowded[n_crowded] = j
            several = (mark & (mark - np.uint64(1))) != 0
            n_lone += (mark != 0) & (not several)
            n_crowded += several
        sure, n_open = settle_lone(lone, n_lone, low, high, wait, marks, more_marks, per_weight, salt, slot, open_)
        for at in range(sure):
            a = slot[at]
            clicks[a] += 1
            wants[a] += uniform(fold(keys[lone[at]], entity[a])) < want[a]
        for at in range(n_open + n_crowded):
            j = open_[at] if at < n_open else crowded[at - n_open]
            mark = np.uint64(marks[j]) | np.uint64(more_marks[j]) << np.uint64(32)
            a = winner_of(keys[j], low[j], high[j], mark, wait[j], w, salt)
            if a >= 0:
                clicks[a] += 1
                wants[a] += uniform(fold(keys[j], entity[a])) < want[a]
