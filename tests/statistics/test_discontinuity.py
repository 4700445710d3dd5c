"""Regression discontinuity: recovers what was put in, with honest intervals."""

import numpy as np
import pytest

from crossborder.errors import BoundsError
from crossborder.statistics.discontinuity import discontinuity


def made(seed, n=400, jump=0.5, noise=0.5):
    random = np.random.default_rng(seed)
    x = random.uniform(-1, 1, n)
    known = random.normal(size=n)
    y = 1.0 + 0.8 * x + jump * (x >= 0) + 0.7 * known + noise * random.normal(size=n) * (1 + np.abs(x))
    return x, y, known


def test_a_jump_without_noise_is_found_exactly_whatever_the_slopes():
    x = np.linspace(-1, 1, 101)
    y = np.where(x >= 0, 2.0 + 3.0 * x, -1.0 - 2.0 * x)
    assert discontinuity(x, y, 0.0, 0.7).value == pytest.approx(3.0, abs=1e-9)


def test_the_interval_covers_the_jump_about_as_often_as_it_says():
    hits = 0
    for seed in range(300):
        x, y, _known = made(seed)
        estimate = discontinuity(x, y, 0.0, 0.6)
        hits += estimate.low <= 0.5 <= estimate.high
    assert 0.90 <= hits / 300 <= 0.98


def test_what_was_known_before_sharpens_and_does_not_move_the_estimate():
    plain, sharper = [], []
    for seed in range(60):
        x, y, known = made(seed)
        plain.append(discontinuity(x, y, 0.0, 0.6))
        sharper.append(discontinuity(x, y, 0.0, 0.6, covariates=known))
    assert np.mean([e.value for e in sharper]) == pytest.approx(0.5, abs=0.05)
    assert np.mean([e.high - e.low for e in sharper]) < 0.75 * np.mean([e.high - e.low for e in plain])


def test_units_that_weigh_nothing_count_for_nothing():
    x, y, _known = made(1)
    wild = np.where(np.arange(len(x)) % 5 == 0, 1_000.0, y)
    weights = np.where(np.arange(len(x)) % 5 == 0, 0.0, 1.0)
    kept = weights > 0
    assert discontinuity(x, wild, 0.0, 0.6, weights=weights).value == pytest.approx(
        discontinuity(x[kept], y[kept], 0.0, 0.6).value
    )


def test_too_few_units_near_the_bar_are_refused_with_a_remedy():
    with pytest.raises(BoundsError, match="Widen the bandwidth"):
        discontinuity(np.linspace(-1, 1, 20), np.zeros(20), 0.0, 0.2)
