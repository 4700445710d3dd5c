"""Keys: each bit of each field reaches each bit of the key; uniforms are uniform; luck belongs to names, not rows."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from crossborder.market import keys
from crossborder.market.keys import entity_keys, fold_key, run_key, uniform, uniforms

M = np.uint64


def bits_of(values: np.ndarray) -> np.ndarray:
    return (values[:, None] >> np.arange(64, dtype=np.uint64)) & M(1)


@pytest.mark.parametrize("flipped", ["key", "field"])
def test_every_bit_of_key_and_field_moves_every_bit_of_the_result(flipped):
    random = np.random.default_rng(1)
    n = 1500
    key, field = random.integers(0, 2**63, (2, n), dtype=np.uint64)
    before = np.array([fold_key(k, f) for k, f in zip(key, field, strict=True)])
    for bit in range(0, 63, 6):
        flip = M(1) << M(bit)
        moved_key, moved_field = (key ^ flip, field) if flipped == "key" else (key, field ^ flip)
        after = np.array([fold_key(k, f) for k, f in zip(moved_key, moved_field, strict=True)])
        share = bits_of(before ^ after).mean(axis=0)
        assert np.abs(share - 0.5).max() < 5 * 0.5 / np.sqrt(n), bit


def test_small_fields_give_keys_far_apart():
    key = run_key(0)
    made = {int(fold_key(fold_key(key, a), b)) for a in range(60) for b in range(60)}
    assert len(made) == 3600
    assert len({int(fold_key(key, a)) for a in range(1000)} & made) == 0


def test_a_uniform_is_never_nought_and_never_one():
    assert uniform(M(0)) == 2.0**-53
    assert uniform(M(2**64 - 1)) == 1.0 - 2.0**-53


def test_uniforms_are_uniform_and_neighbours_have_nothing_in_common():
    n = 200_000
    for entities in (np.arange(n, dtype=np.uint64), entity_keys(pd.Series([f"l{k:06d}" for k in range(n)]))):
        u = uniforms(run_key(3), entities)
        assert stats.kstest(u, "uniform").pvalue > 1e-4
        assert stats.chisquare(np.bincount((u * 1024).astype(int), minlength=1024)).pvalue > 1e-4
        pairs = np.histogram2d(u[:-1:2], u[1::2], bins=16, range=[[0, 1], [0, 1]])[0]
        assert stats.chisquare(pairs.ravel()).pvalue > 1e-4
        assert abs(np.corrcoef(u[:-1], u[1:])[0, 1]) < 5 / np.sqrt(n)


def test_neighbouring_keys_have_nothing_in_common():
    entities = np.arange(20_000, dtype=np.uint64)
    streams = np.array([uniforms(run_key(seed, world), entities) for seed in (0, 1) for world in (0, 1, 2)])
    correlation = np.corrcoef(streams)
    assert np.abs(correlation - np.eye(6)).max() < 5 / np.sqrt(len(entities))


def test_each_purpose_has_a_number_of_its_own():
    names = [n for n in vars(keys) if n.isupper() and type(getattr(keys, n)) is int]
    numbers = [getattr(keys, n) for n in names]
    assert len(names) >= 16 and len(set(numbers)) == len(numbers)


def test_a_seed_gives_a_key_and_another_seed_another():
    made = [int(run_key(seed, world)) for seed in range(50) for world in range(50)]
    assert len(set(made)) == 2500
    assert run_key(7) == run_key(np.int64(7)) == run_key(7, 0) != run_key(8)
    assert run_key(None) == run_key(0)
    assert run_key(2**64 + 5) == run_key(5)


def test_a_generator_yields_one_key_and_moves_on():
    one, two = np.random.default_rng(5), np.random.default_rng(5)
    first, second = run_key(one), run_key(one)
    assert (first, second) == (run_key(two), run_key(two))
    assert first != second


@pytest.mark.parametrize("rng", [-1, 1.5, True, "7", [7]])
def test_what_is_no_seed_is_refused(rng):
    with pytest.raises(ValueError, match="rng must be a non-negative whole number or a numpy Generator"):
        run_key(rng)


def test_a_name_has_the_same_key_in_any_row_and_process():
    names = pd.Series(["a", "b", "c", "中文"])
    keys_of = dict(zip(names, entity_keys(names), strict=True))
    assert dict(zip(names[::-1], entity_keys(names[::-1]), strict=True)) == keys_of
    assert len(set(keys_of.values())) == 4
    assert entity_keys(pd.Series([17]))[0] == entity_keys(pd.Series(["17"]))[0]
    assert int(entity_keys(pd.Series(["listing-0001"]))[0]) == 11485572360661373853
