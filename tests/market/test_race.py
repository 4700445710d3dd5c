"""The race of a slate: shocks like independent uniforms, and the winner of each session the naive one."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from crossborder.market.attention import click_probabilities
from crossborder.market.keys import GOLDEN, MIX_A, MIX_B, entity_keys, fold_key, run_key
from crossborder.market.race import shock_bits, walk

U32, U64 = np.uint32, np.uint64
N = 200_000


def mixed(z):
    """SplitMix64's finaliser, for whole arrays."""
    z = (z ^ (z >> U64(30))) * MIX_A
    z = (z ^ (z >> U64(27))) * MIX_B
    return z ^ (z >> U64(31))


def folded(key, field):
    return mixed(key + (field + U64(1)) * GOLDEN)


def uniform(key):
    return ((key >> U64(12)).astype(float) + 0.5) * 2.0**-52


def bits_of(low, high, salt):
    """``shock_bits`` for whole arrays."""
    h = (low ^ salt) * U32(0x9E3779B1)
    h = (h ^ (h >> U32(15))) + high
    h = h * U32(0x85EBCA6B)
    h = (h ^ (h >> U32(13))) * U32(0xC2B2AE35)
    return h ^ (h >> U32(16))


@pytest.fixture(scope="module")
def session_keys():
    """The keys of N sessions of one cell, as the engines make them: one after another."""
    cell = fold_key(fold_key(run_key(4), 1), 2)
    with np.errstate(over="ignore"):
        return folded(cell, np.arange(N, dtype=U64))


@pytest.fixture(scope="module")
def halves(session_keys):
    return session_keys.astype(U32), (session_keys >> U64(32)).astype(U32)


@pytest.fixture(scope="module")
def salts():
    return (entity_keys(pd.Series([f"l{k:06d}" for k in range(40)])) >> U64(32)).astype(U32)


def shocks(halves, salt):
    with np.errstate(over="ignore"):
        return bits_of(*halves, salt)


def test_the_compiled_shock_is_the_one_examined_here(halves, salts):
    for j in (0, 1, 77_777, N - 1):
        for salt in salts[:5]:
            assert (
                shock_bits(halves[0][j], halves[1][j], salt)
                == shocks((halves[0][j : j + 1], halves[1][j : j + 1]), salt)[0]
            )


def test_shocks_are_uniform_in_high_and_low_bits(halves, salts):
    for salt in salts[:6]:
        bits = shocks(halves, salt)
        for part in (bits >> U32(22), bits & U32(1023), (bits >> U32(11)) & U32(1023)):
            assert stats.chisquare(np.bincount(part, minlength=1024)).pvalue > 1e-4


def test_every_bit_is_set_half_the_time(halves, salts):
    together = np.concatenate([shocks(halves, salt) for salt in salts[:4]])
    for bit in range(32):
        share = ((together >> U32(bit)) & U32(1)).mean()
        assert abs(share - 0.5) < 5 * 0.5 / np.sqrt(len(together))


def independent(a, b) -> float:
    """p-value of a 32 x 32 table of the top five bits of both."""
    table = np.bincount((a >> U32(27)).astype(int) * 32 + (b >> U32(27)), minlength=1024)
    return stats.chisquare(table).pvalue


def test_neighbouring_sessions_have_nothing_in_common(halves, salts):
    for salt in salts[:5]:
        bits = shocks(halves, salt)
        for lag in (1, 2, 512):
            assert independent(bits[:-lag], bits[lag:]) > 1e-4
            x = bits.astype(float)
            assert abs(np.corrcoef(x[:-lag], x[lag:])[0, 1]) < 5 / np.sqrt(N)


def test_listings_have_nothing_in_common_within_a_session(halves, salts):
    drawn = [shocks(halves, salt) for salt in salts[:10]]
    worst = min(independent(drawn[a], drawn[b]) for a in range(10) for b in range(a))
    assert worst > 1e-4 / 45
    correlation = np.corrcoef(np.array(drawn, dtype=float)) - np.eye(10)
    assert np.abs(correlation).max() < 5 / np.sqrt(N)


@pytest.mark.parametrize("difference", [1, 2, 1 << 15, 1 << 31])
def test_salts_that_differ_in_one_bit_have_nothing_in_common(halves, salts, difference):
    assert independent(shocks(halves, salts[0]), shocks(halves, salts[0] ^ U32(difference))) > 1e-4


def test_a_shock_has_nothing_in_common_with_leaving(session_keys, halves, salts):
    with np.errstate(over="ignore"):
        leave = (uniform(mixed(session_keys + GOLDEN)) * 2.0**32).astype(U32)
    assert min(independent(leave, shocks(halves, salt)) for salt in salts[:6]) > 1e-4


def naive(cell_key, n, w, want, salt, entity):
    """Every session's exponentials written out, the least of them taken; and whether a click becomes a want."""
    with np.errstate(over="ignore"):
        key = folded(cell_key, np.arange(n, dtype=U64))
        leave = -np.log(uniform(mixed(key + GOLDEN)))
        low, high = key.astype(U32), (key >> U64(32)).astype(U32)
        bits = np.array([bits_of(low, high, s) for s in salt])
        wish = np.array([uniform(folded(key, e)) for e in entity])
    arrives = -np.log1p(-(bits + 0.5) * 2.0**-32) / w[:, None]
    winner = np.argmin(np.vstack([leave, arrives]), axis=0) - 1
    clicks = np.bincount(winner[winner >= 0], minlength=len(w))
    clicked = np.flatnonzero(winner >= 0)
    wants = np.bincount(winner[clicked][wish[winner[clicked], clicked] < want[winner[clicked]]], minlength=len(w))
    return clicks, wants


@pytest.mark.parametrize("slots", [1, 5, 20, 32, 33, 60])
@pytest.mark.parametrize("scale", [1e-6, 0.01, 0.3, 5.0, 300.0])
def test_the_fast_race_has_the_naive_winners(slots, scale):
    random = np.random.default_rng(slots)
    entity = entity_keys(pd.Series([f"x{k}" for k in range(slots)]))
    salt = (entity >> U64(32)).astype(U32)
    w, want = scale * random.random(slots) ** 3, random.random(slots)
    n = 30_000
    clicks, wants = np.zeros(slots, np.int64), np.zeros(slots, np.int64)
    cell = fold_key(run_key(9), slots)
    walk(cell, 0, n, w, want, salt, entity, clicks, wants)
    wished_clicks, wished_wants = naive(cell, n, w, want, salt, entity)
    np.testing.assert_array_equal(clicks, wished_clicks)
    np.testing.assert_array_equal(wants, wished_wants)


def test_the_race_has_the_probabilities_of_the_logit():
    entity = entity_keys(pd.Series([f"y{k}" for k in range(6)]))
    salt = (entity >> U64(32)).astype(U32)
    utility, attention = np.array([0.5, -1.0, 0.2, -2.0, 1.0, -0.3]), np.arange(1.0, 7.0) ** -0.7
    w, want, n = attention * np.exp(utility), np.full(6, 0.25), 2_000_000
    clicks, wants = np.zeros(6, np.int64), np.zeros(6, np.int64)
    walk(run_key(12), 0, n, w, want, salt, entity, clicks, wants)
    p = click_probabilities(utility, attention)
    assert stats.chisquare([*clicks, n - clicks.sum()], n * np.append(p, 1 - p.sum())).pvalue > 1e-4
    assert (
        stats.chisquare(
            np.column_stack([wants, clicks - wants]).ravel(), np.outer(clicks, [0.25, 0.75]).ravel(), ddof=5
        ).pvalue
        > 1e-4
    )


def test_a_walk_may_be_cut_anywhere():
    entity = entity_keys(pd.Series(["a", "b", "c"]))
    salt, w, want = (entity >> U64(32)).astype(U32), np.array([0.3, 0.2, 0.5]), np.array([0.1, 0.5, 0.9])
    whole, cut = np.zeros((2, 3), np.int64), np.zeros((2, 3), np.int64)
    walk(run_key(1), 0, 5000, w, want, salt, entity, *whole)
    for first, last in ((0, 1), (1, 700), (700, 4999), (4999, 5000)):
        walk(run_key(1), first, last, w, want, salt, entity, *cut)
    np.testing.assert_array_equal(whole, cut)


def test_a_higher_weight_loses_no_session_to_itself():
    """The same shocks: raising one listing's weight can only win sessions for it and take them from the others."""
    entity = entity_keys(pd.Series(["a", "b", "c"]))
    salt, want = (entity >> U64(32)).astype(U32), np.ones(3)
    before, after, wants = np.zeros(3, np.int64), np.zeros(3, np.int64), np.zeros(3, np.int64)
    walk(run_key(1), 0, 20_000, np.array([0.3, 0.2, 0.5]), want, salt, entity, before, wants)
    walk(run_key(1), 0, 20_000, np.array([0.4, 0.2, 0.5]), want, salt, entity, after, wants)
    assert after[0] > before[0] and after[1] < before[1] and after[2] < before[2]
