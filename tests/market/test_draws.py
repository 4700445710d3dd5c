"""Draws by inversion: exact quantiles over a wide grid, and counts that move with their uniform, size and chance."""

from decimal import Decimal, getcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from crossborder.market.draws import binomial_pmf, binomial_quantile, normal_quantile, poisson_quantile
from crossborder.market.keys import run_key, uniforms

quick = settings(max_examples=300, deadline=None, derandomize=True)

_MIDDLE = uniforms(run_key(11), np.arange(60, dtype=np.uint64))
# Uniforms are odd multiples of 2**-53, so that 1 - u is exact too.
EXTREME = (2 * np.floor(np.array([0.0, 1e-15, 1e-12, 1e-9, 1e-6, 1e-3]) * 2.0**52) + 1) * 2.0**-53
U = np.concatenate([EXTREME, _MIDDLE, 1.0 - EXTREME])
NEAR = 1e-9  # relative: where a uniform lies this near to a jump, the reference itself cannot tell


def right(
    u: np.ndarray, at_most: np.ndarray, above: np.ndarray, at_most_before: np.ndarray, above_before: np.ndarray
) -> np.ndarray:
    """Whether F(k - 1) < u <= F(k), judged in the nearer tail: F from below, 1 - F from above."""
    low = u <= 0.5
    reaches = np.where(low, at_most >= u * (1 - NEAR), above <= (1 - u) * (1 + NEAR))
    first = np.where(low, at_most_before <= u * (1 + NEAR), above_before >= (1 - u) * (1 - NEAR))
    return reaches & first


@pytest.mark.parametrize("n", [1, 2, 7, 30, 100, 1000, 12_345, 10**6, 3 * 10**8, 10**10])
@pytest.mark.parametrize("p", [1e-9, 1e-6, 1e-4, 0.003, 0.04, 0.3, 0.5, 0.62, 0.97, 0.9999])
def test_binomial_quantiles_are_exact(n, p):
    k = np.array([binomial_quantile(u, n, p) for u in U])
    law = stats.binom(n, p)
    ok = right(U, law.cdf(k), law.sf(k), law.cdf(k - 1), law.sf(k - 1))
    assert ok.all(), (U[~ok], k[~ok], law.ppf(U[~ok]))


@pytest.mark.parametrize("mean", [1e-9, 1e-3, 0.5, 3.0, 12.5, 29.99, 30.01, 75.0, 1e3, 1e4, 98_765.4, 1e6])
def test_poisson_quantiles_are_exact(mean):
    k = np.array([poisson_quantile(u, mean) for u in U], dtype=float)
    at_most, above = special.gammaincc(k + 1, mean), special.gammainc(k + 1, mean)
    at_most_before, above_before = np.where(k > 0, special.gammaincc(np.maximum(k, 1), mean), 0.0), np.ones(len(k))
    above_before[k > 0] = special.gammainc(k[k > 0], mean)
    ok = right(U, at_most, above, at_most_before, above_before)
    assert ok.all(), (U[~ok], k[~ok])


def exact_poisson_tails(k: int, mean: int) -> tuple[float, float]:
    """P(X <= k) and P(X > k): the largest term with 45 digits (Stirling's series), the others by their ratios."""
    getcontext().prec = 45
    x, m = Decimal(k), Decimal(mean)
    pi = Decimal("3.14159265358979323846264338327950288419716939937511")
    log_factorial = x * x.ln() - x + (2 * pi * x).ln() / 2 + 1 / (12 * x) - 1 / (360 * x**3) + 1 / (1260 * x**5)
    largest = float((x * m.ln() - m - log_factorial).exp())
    steps = int(14 * mean**0.5)
    down = np.concatenate([[1.0], np.cumprod((k - np.arange(steps)) / mean)])
    up = np.cumprod(mean / (k + 1.0 + np.arange(steps)))
    return largest * down[::-1].sum(), largest * up[::-1].sum()


@pytest.mark.parametrize("mean", [10**5, 10**7, 10**8, 3 * 10**9])
def test_huge_poisson_quantiles_are_exact(mean):
    for u in (1e-9, 0.0123, 0.31, 0.5, 0.77, 0.99321, 1 - 1e-9):
        k = poisson_quantile(u, float(mean))
        (at_most, above), (at_most_before, above_before) = (
            exact_poisson_tails(k, mean),
            exact_poisson_tails(k - 1, mean),
        )
        assert right(*map(np.asarray, (u, at_most, above, at_most_before, above_before))), (mean, u)


def test_the_reference_for_huge_means_agrees_with_scipy_where_scipy_is_sure():
    for k in (9_900, 10_000, 10_123):
        at_most, above = exact_poisson_tails(k, 10_000)
        assert at_most == pytest.approx(stats.poisson.cdf(k, 10_000), rel=1e-10)
        assert above == pytest.approx(stats.poisson.sf(k, 10_000), rel=1e-10)


def test_normal_quantiles_are_exact():
    u = np.concatenate([10.0 ** -np.arange(1, 300, 7), U, [0.5, 0.075, 0.925]])
    ours = np.array([normal_quantile(x) for x in u])
    np.testing.assert_allclose(ours, special.ndtri(u), rtol=2e-13, atol=1e-15)


def test_binomial_probabilities_sum_to_one_and_match_scipy():
    for n, p in ((12, 0.3), (400, 0.01), (5000, 0.7)):
        ours = np.array([binomial_pmf(float(k), float(n), p) for k in range(n + 1)])
        assert ours.sum() == pytest.approx(1.0, abs=1e-12)
        np.testing.assert_allclose(ours, stats.binom.pmf(np.arange(n + 1), n, p), rtol=1e-10, atol=1e-300)


@pytest.mark.parametrize(
    ("n", "p", "wanted"), [(0, 0.5, 0), (-3, 0.5, 0), (9, 0.0, 0), (9, -1.0, 0), (9, 1.0, 9), (9, 1.5, 9)]
)
def test_certain_counts(n, p, wanted):
    assert [binomial_quantile(u, n, p) for u in (2.0**-53, 0.5, 1 - 2.0**-53)] == [wanted] * 3


def test_no_mean_no_count():
    assert [poisson_quantile(0.999, mean) for mean in (0.0, -1.0)] == [0, 0]


def test_draws_have_the_right_mean_and_variance():
    u = uniforms(run_key(5), np.arange(100_000, dtype=np.uint64))
    for n, p in ((20, 0.2), (1000, 0.3), (10**7, 0.01)):
        drawn = np.array([binomial_quantile(x, n, p) for x in u[:40_000]])
        spread = np.sqrt(n * p * (1 - p))
        assert abs(drawn.mean() - n * p) < 4 * spread / np.sqrt(len(drawn))
        assert drawn.var() == pytest.approx(spread**2, rel=0.04)
    for mean in (0.3, 5.0, 400.0):
        drawn = np.array([poisson_quantile(x, mean) for x in u[:40_000]])
        assert abs(drawn.mean() - mean) < 4 * np.sqrt(mean / len(drawn))
        assert drawn.var() == pytest.approx(mean, rel=0.05)


uniform_numbers = st.floats(2.0**-53, 1 - 2.0**-53)
chances = st.floats(1e-12, 1.0)
sizes = st.integers(0, 400) | st.integers(0, 10**12)


@quick
@given(uniform_numbers, uniform_numbers, sizes, chances)
def test_a_higher_uniform_never_gives_less(u, v, n, p):
    assert 0 <= binomial_quantile(min(u, v), n, p) <= binomial_quantile(max(u, v), n, p) <= n


@quick
@given(uniform_numbers, sizes, sizes, chances)
def test_more_tries_never_give_less(u, n, m, p):
    assert binomial_quantile(u, min(n, m), p) <= binomial_quantile(u, max(n, m), p)


@quick
@given(uniform_numbers, sizes, chances, chances)
def test_a_higher_chance_never_gives_less(u, n, p, q):
    assert binomial_quantile(u, n, min(p, q)) <= binomial_quantile(u, n, max(p, q))


@quick
@given(uniform_numbers, uniform_numbers, st.floats(0.0, 1e9), st.floats(0.0, 1e9))
def test_poisson_counts_grow_with_uniform_and_mean(u, v, mean, other):
    assert 0 <= poisson_quantile(min(u, v), mean) <= poisson_quantile(max(u, v), mean)
    assert poisson_quantile(u, min(mean, other)) <= poisson_quantile(u, max(mean, other))


@quick
@given(uniform_numbers, st.integers(1, 10**9), chances)
def test_hits_and_misses_are_mirror_images(u, n, p):
    hits, misses = binomial_quantile(u, n, p), binomial_quantile(1.0 - u, n, 1.0 - p)
    law = stats.binom(n, p)
    jumps = np.array([law.cdf(hits - 1), law.cdf(hits)])
    assert hits + misses == n or np.min(np.abs(jumps - u)) < 1e-9
