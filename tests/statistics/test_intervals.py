"""Intervals: right on known cases, and they cover the truth as often as they say."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from crossborder.statistics import Estimate, mean_interval, wilson_interval

quick = settings(max_examples=100, deadline=None, derandomize=True)
AMOUNTS = st.integers(-(10**7), 10**7).map(lambda x: x / 16)
RUNS = 1000
# A true 95 % covers this often in RUNS runs, but for 1 run in 10,000 or so.
LOW, HIGH = stats.binom(RUNS, 0.95).ppf([5e-5, 1 - 5e-5]) / RUNS


@quick
@given(hnp.arrays(float, st.integers(2, 40), elements=AMOUNTS), st.floats(0.5, 0.999))
def test_the_t_interval_is_scipys(values, level):
    found = mean_interval(values, level)
    if np.all(values == values[0]):
        assert found == Estimate(values[0], values[0], values[0])
        return
    wanted = stats.t.interval(level, len(values) - 1, values.mean(), stats.sem(values))
    assert found.value == pytest.approx(values.mean())
    np.testing.assert_allclose([found.low, found.high], wanted, rtol=1e-9, atol=1e-9)


def test_one_value_has_no_interval_and_none_has_no_value():
    one, none = mean_interval(np.array([3.0])), mean_interval(np.array([]))
    assert one.value == 3.0 and np.isnan([one.low, one.high]).all()
    assert np.isnan([none.value, none.low, none.high]).all()


def test_numbers_that_are_none_do_not_count():
    assert mean_interval(np.array([1.0, np.nan, 3.0, np.inf])) == mean_interval(np.array([1.0, 3.0]))


@pytest.mark.parametrize("n", [3, 12, 100])
def test_the_t_interval_covers_the_mean_of_normals(n):
    random = np.random.default_rng(n)
    found = [mean_interval(random.normal(5.0, 2.0, n)) for _run in range(RUNS)]
    assert LOW <= np.mean([e.low <= 5.0 <= e.high for e in found]) <= HIGH


def test_the_interval_widens_with_the_level_and_narrows_with_data():
    random = np.random.default_rng(1)
    values = random.normal(size=400)
    widths = [e.high - e.low for e in (mean_interval(values, level) for level in (0.5, 0.9, 0.99))]
    assert widths == sorted(widths)
    few, many = (np.mean([width(random.normal(size=n)) for _run in range(200)]) for n in (10, 40))
    assert many == pytest.approx(few / 2, rel=0.15)


def width(values: np.ndarray) -> float:
    found = mean_interval(values)
    return found.high - found.low


@quick
@given(st.integers(1, 10**6), st.floats(0, 1), st.floats(0.5, 0.999))
def test_wilson_is_scipys(tries, share, level):
    hits = round(tries * share)
    found = wilson_interval(hits, tries, level)
    wanted = stats.binomtest(hits, tries).proportion_ci(level, "wilson")
    np.testing.assert_allclose([found.low, found.high], [wanted.low, wanted.high], atol=1e-9)
    assert 0 <= found.low <= found.value <= found.high <= 1


@pytest.mark.parametrize(("p", "n"), [(0.5, 50), (0.04, 500), (0.2, 40)])
def test_wilson_covers_the_share(p, n):
    hits = np.random.default_rng(7).binomial(n, p, 4 * RUNS)
    covered = np.mean([e.low <= p <= e.high for e in (wilson_interval(h, n) for h in hits)])
    assert 0.93 <= covered <= 0.97


def test_nothing_tried_nothing_known():
    found = wilson_interval(0, 0)
    assert np.isnan(found.value) and (found.low, found.high) == (0.0, 1.0)
    assert wilson_interval(10**9, 10**9).high == 1.0


@pytest.mark.parametrize(("hits", "tries"), [(-1, 5), (6, 5), (1, 0)])
def test_more_hits_than_tries_are_refused(hits, tries):
    with pytest.raises(ValueError, match="hits must be between 0 and tries"):
        wilson_interval(hits, tries)
