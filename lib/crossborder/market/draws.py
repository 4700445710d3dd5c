"""Exact inverse-CDF draws: the smallest count whose cumulative probability reaches a given uniform.

A count drawn by inversion moves little when its probability moves little, which is what makes two policies on the same
uniforms comparable. Small means are searched from zero. Large ones start at the Cornish-Fisher quantile of the smooth
variable whose distribution function meets the count's at half-integers (the midpoint rule: variance less 1/12, fourth
cumulant plus 1/120); where that quantile is too near to a half-integer to be sure, the exact distribution function
decides (the nearer tail, summed outward from a saddle-point probability, Loader 2000).
"""

import math

import numpy as np

from crossborder.market.compiled import inline, kernel
from crossborder.market.keys import fold, uniform
from crossborder.market.normal import normal_quantile

SMALL_MEAN = 30.0
NEAR_ONE = 1.0 - 1e-6  # beyond it, summing probabilities from zero would lose the digits that matter


@inline
def _smooth_quantile(z, mean, variance, third, fourth):
    """Cornish-Fisher quantile of the smooth variable whose distribution meets the count's at half-integers."""
    s = math.sqrt(variance - 1.0 / 12.0)
    g1 = third / (s * s * s)
    g2 = (fourth + 1.0 / 120.0) / (s * s * s * s)
    z2 = z * z
    return mean + s * (z + g1 * (z2 - 1.0) / 6.0 + g2 * z * (z2 - 3.0) / 24.0 - g1 * g1 * z * (2.0 * z2 - 5.0) / 36.0)


@inline
def _doubt(z, variance):
    """How far the quantile above may be off, in counts (checked against exact quantiles in the tests)."""
    z2 = z * z
    return (0.05 + 0.05 * z2 * z2) / variance + 1e-9 * variance**0.5


@kernel
def _stirling_error(n):
    if n < 16.0:
        return math.lgamma(n + 1.0) - (n + 0.5) * math.log(n) + n - 0.9189385332046727418
    m = n * n
    return (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0) / m) / m) / m) / n


@kernel
def _deviance(x, mean):
    """x ln(x / mean) + mean - x, without cancellation."""
    if abs(x - mean) < 0.1 * (x + mean):
        v = (x - mean) / (x + mean)
        s = (x - mean) * v
        power = 2.0 * x * v
        v2 = v * v
        for j in range(1, 1000):
            power *= v2
            term = s + power / (2 * j + 1)
            if term == s:
                return s
            s = term
        return s
    return x * math.log(x / mean) + mean - x


@kernel
def binomial_pmf(k, n, p):
    """Probability of ``k`` in ``n`` trials, accurate for any size (Loader 2000)."""
    if k == 0:
        return math.exp(n * math.log1p(-p))
    if k == n:
        return math.exp(n * math.log(p))
    rest = n - k
    log_scale = (
        _stirling_error(n)
        - _stirling_error(k)
        - _stirling_error(rest)
        - _deviance(k, n * p)
        - _deviance(rest, n * (1.0 - p))
    )
    return math.exp(log_scale) * math.sqrt(n / (6.283185307179586 * k * rest))


@kernel
def _binomial_reaches(k, u, n, p):
    """Whether P(X <= k) >= u, judged in the tail that u lies in; tails are summed outward from their largest term."""
    if k < 0 or k >= n:
        return k >= n
    odds = p / (1.0 - p)
    term = total = 1.0
    if k + 1 > n * p:
        j = k + 1
        while j < n and term > 1e-18 * total:
            term *= (n - j) * odds / (j + 1.0)
            total += term
            j += 1
        above = binomial_pmf(k + 1, n, p) * total
        return above <= 1.0 - u if u > 0.5 else 1.0 - above >= u
    j = k
    while j > 0 and term > 1e-18 * total:
        term *= j / ((n - j + 1.0) * odds)
        total += term
        j -= 1
    return binomial_pmf(k, n, p) * total >= u


@kernel
def binomial_quantile(u, n, p):
    """The smallest k with P(X <= k) >= u, for X binomial(n, p). Exact for any n below 2**53."""
    if n <= 0 or p <= 0.0:
        return 0
    if p >= 1.0:
        return n
    if p > 0.5:  # the mirror image, at the uniform just as far from the other end
        return n - _lower_half_quantile(1.0 - u, n, 1.0 - p)
    return _lower_half_quantile(u, n, p)


@kernel
def _lower_half_quantile(u, n, p):
    if n * p >= SMALL_MEAN:
        return _binomial_near(u, n, p)
    if u > NEAR_ONE:
        return _binomial_from(math.ceil(n * p), u, n, p)
    odds = p / (1.0 - p)
    probability = math.exp(n * math.log1p(-p))
    k = 0
    while u > probability and k < n:
        u -= probability
        probability *= (n - k) * odds / (k + 1.0)
        k += 1
    return k


@inline
def _binomial_near(u, n, p):
    q = 1.0 - p
    variance = n * p * q
    z = normal_quantile(u)
    x = _smooth_quantile(z, n * p, variance, variance * (q - p), variance * (1.0 - 6.0 * p * q))
    doubt = _doubt(z, variance)
    k = math.ceil(x - 0.5)
    if x - 0.5 - (k - 1) > doubt and k - (x - 0.5) > doubt:
        return min(max(int(k), 0), n)
    return _binomial_from(k, u, n, p)


@kernel
def _binomial_from(start, u, n, p):
    """The exact quantile, searched step by step from a guess."""
    k = min(max(int(start), 0), n)
    while _binomial_reaches(k - 1, u, n, p):
        k -= 1
    while not _binomial_reaches(k, u, n, p):
        k += 1
    return k


@kernel
def _poisson_reaches(k, u, mean):
    """Whether P(X <= k) >= u, judged as for the binomial."""
    if k < 0:
        return False
    term = total = 1.0
    j = k + 1
    if j > mean:
        while term > 1e-18 * total:
            j += 1
            term *= mean / j
            total += term
        above = _poisson_pmf(k + 1, mean) * total
        return above <= 1.0 - u if u > 0.5 else 1.0 - above >= u
    j = k
    while j > 0 and term > 1e-18 * total:
        term *= j / mean
        total += term
        j -= 1
    return _poisson_pmf(k, mean) * total >= u


@kernel
def _poisson_pmf(k, mean):
    if k == 0:
        return math.exp(-mean)
    return math.exp(-_stirling_error(k) - _deviance(k, mean)) / math.sqrt(6.283185307179586 * k)


@kernel
def poisson_quantile(u, mean):
    """The smallest k with P(X <= k) >= u, for X Poisson with this mean. Exact."""
    if mean <= 0.0:
        return 0
    if mean < SMALL_MEAN and u <= NEAR_ONE:
        probability = math.exp(-mean)
        k = 0
        while u > probability:
            u -= probability
            k += 1
            probability *= mean / k
        return k
    start = math.ceil(mean)
    if mean >= SMALL_MEAN:
        z = normal_quantile(u)
        x = _smooth_quantile(z, mean, mean, mean, mean)
        doubt = _doubt(z, mean)
        start = math.ceil(x - 0.5)
        if x - 0.5 - (start - 1) > doubt and start - (x - 0.5) > doubt:
            return max(int(start), 0)
    k = max(int(start), 0)
    while _poisson_reaches(k - 1, u, mean):
        k -= 1
    while not _poisson_reaches(k, u, mean):
        k += 1
    return k


@kernel
def poisson_counts(key, entities, means):
    """One Poisson count per entry of ``means`` (flat); each of ``entities`` has its own uniform under ``key``."""
    out = np.empty(means.shape[0], np.int64)
    for i in range(means.shape[0]):
        out[i] = poisson_quantile(uniform(fold(key, entities[i])), means[i])
    return out


@kernel
def normal_shares(x):
    """Standard normal distribution function of each entry (flat)."""
    out = np.empty(x.shape[0])
    for i in range(x.shape[0]):
        out[i] = 0.5 * math.erfc(-x[i] * 0.7071067811865476)
    return out
