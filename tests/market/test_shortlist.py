"""The shortlist is the exact best of all candidates, whatever their number, ties and gaps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossborder.market import shortlist as sl
from crossborder.market.personal import exponentials


def shortlisted(values, k):
    """What the kernels pick of ``values`` (a whole number of tiles), as places, best first."""
    n_tiles = len(values) // sl.TILE
    scores = np.zeros((n_tiles, sl.TOGETHER, sl.TILE), np.float32)
    scores[:, 1] = values.reshape(n_tiles, sl.TILE)
    fine, coarse = np.empty(n_tiles * sl.FINE, np.float32), np.empty(n_tiles * sl.COARSE, np.float32)
    for t in range(n_tiles):
        sl.group_bests(scores[t, 1], fine[t * sl.FINE : (t + 1) * sl.FINE], coarse[t * sl.COARSE : (t + 1) * sl.COARSE])
    np.testing.assert_array_equal(fine.reshape(n_tiles, -1).max(axis=1), scores[:, 1].max(axis=1))
    bound = sl.lower_bound(coarse if n_tiles >= sl.FINE_BELOW_TILES else fine, k)
    score, at = np.empty(len(values) + sl.FEW, np.float32), np.empty(len(values) + sl.FEW, np.uintp)
    groups = np.empty(n_tiles * (sl.FINE + sl.COARSE) + 1, np.uintp)
    size = sl.reaching(scores, 1, fine, coarse, bound, groups, score, at)
    top, top_at = np.empty(len(values), np.float32), np.zeros(len(values), np.int64)
    found = sl.best_of(score, at, size, k, np.empty(sl.FEW, np.int32), top, top_at)
    np.testing.assert_array_equal(top[:found], values[top_at[:found]])
    return top_at[:found], size


def best_scores(values, k):
    true = np.sort(values[values > sl.NOTHING])[::-1]
    return true[:k]


@pytest.mark.parametrize("n_tiles", [1, 2, 3, 4, 5, 9])
@pytest.mark.parametrize("k", [1, 4, 10, 20, 40, 64])
def test_the_best_k_of_all(n_tiles, k):
    values = np.random.default_rng(n_tiles * 100 + k).standard_normal(n_tiles * sl.TILE).astype(np.float32)
    at, size = shortlisted(values, k)
    np.testing.assert_array_equal(values[at], best_scores(values, k))
    assert len(set(at.tolist())) == k
    assert k >= sl.FINE or size < 3 * k + 64  # the bound leaves few to sort


@settings(deadline=None, max_examples=60)
@given(
    seed=st.integers(0, 10_000), n_tiles=st.integers(1, 5), k=st.integers(1, 50), share_closed=st.floats(0, 1),
    levels=st.sampled_from([1, 2, 5, 1000]),
)  # fmt: skip
def test_gaps_and_ties_change_nothing(seed, n_tiles, k, share_closed, levels):
    rng = np.random.default_rng(seed)
    values = rng.integers(0, levels, n_tiles * sl.TILE).astype(np.float32)
    values[rng.random(len(values)) < share_closed] = sl.NOTHING
    at, _size = shortlisted(values, k)
    np.testing.assert_array_equal(values[at], best_scores(values, k))
    assert len(set(at.tolist())) == len(at)


def test_nobody_to_show():
    at, size = shortlisted(np.full(sl.TILE, sl.NOTHING, np.float32), 10)
    assert len(at) == size == 0


def test_exponentials_are_exponentials():
    u = np.linspace(-290.0, 290.0, 10_001)
    factor = np.linspace(0.01, 1.0, len(u))
    out = np.empty(len(u))
    exponentials(u, factor, len(u), np.empty(len(u)), out)
    np.testing.assert_allclose(out, factor * np.exp(u), rtol=1e-10)
