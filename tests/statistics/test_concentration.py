"""How unequally something is shared: bounds, known cases, and what may not matter."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from crossborder.statistics import gini, herfindahl, lorenz_curve, top_share

quick = settings(max_examples=150, deadline=None, derandomize=True)
amounts = hnp.arrays(float, st.integers(1, 40), elements=st.integers(0, 10**7).map(lambda x: x / 16)).filter(
    lambda x: x.sum() > 1e-3
)


def naive_gini(x: np.ndarray) -> float:
    return float(np.abs(x[:, None] - x[None, :]).sum() / (2 * len(x) ** 2 * x.mean()))


@quick
@given(amounts)
def test_gini_is_the_mean_difference(x):
    assert gini(x) == pytest.approx(naive_gini(x), abs=1e-9)
    assert -1e-12 <= gini(x) <= 1 - 1 / len(x) + 1e-12


@quick
@given(amounts, st.permutations(range(40)), st.floats(0.01, 100))
def test_order_and_unit_do_not_matter(x, order, factor):
    shuffled = factor * x[[i for i in order if i < len(x)]]
    for measure in (gini, herfindahl, top_share):
        assert measure(shuffled) == pytest.approx(measure(x), rel=1e-9, abs=1e-9)


@quick
@given(amounts)
def test_each_twice_leaves_gini_and_halves_herfindahl(x):
    twice = np.repeat(x, 2)
    assert gini(twice) == pytest.approx(gini(x), abs=1e-9)
    assert herfindahl(twice) == pytest.approx(herfindahl(x) / 2)


@quick
@given(amounts)
def test_taking_from_the_poorest_never_makes_it_more_equal(x):
    poor, rich = x.argmin(), x.argmax()
    if poor == rich:
        return
    moved = x.copy()
    gift = x[poor] / 2
    moved[poor] -= gift
    moved[rich] += gift
    assert gini(moved) >= gini(x) - 1e-9 and herfindahl(moved) >= herfindahl(x) - 1e-6


@quick
@given(amounts)
def test_the_curve_belongs_to_the_gini(x):
    curve = lorenz_curve(x)
    assert curve.iloc[0].tolist() == [0, 0] and curve.iloc[-1].tolist() == pytest.approx([1, 1])
    y = curve["share_of_total"].to_numpy()
    assert (np.diff(y) >= -1e-12).all() and (np.diff(np.diff(y)) >= -1e-9).all()
    assert (y <= curve["share_of_units"] + 1e-9).all()
    area = np.trapezoid(y, curve["share_of_units"])
    assert 1 - 2 * area == pytest.approx(gini(x), abs=1e-9)


def test_known_cases():
    assert gini(np.ones(9)) == 0 and gini(np.array([0, 0, 0, 1])) == 0.75
    assert herfindahl(np.array([7.0])) == 10_000 and herfindahl(np.ones(10)) == pytest.approx(1000)
    assert top_share(np.arange(1, 11), 0.1) == pytest.approx(10 / 55)
    assert top_share(np.arange(1, 11), 1.0) == 1.0 and top_share(np.array([1, 3]), 0.01) == 0.75


def test_nothing_to_share_is_no_number():
    for measure in (gini, herfindahl, top_share):
        assert np.isnan(measure(np.zeros(3))) and np.isnan(measure(np.array([])))
    assert np.isfinite(lorenz_curve(np.zeros(3)).to_numpy()).all()


@pytest.mark.parametrize("bad", [[-1.0, 2.0], [np.nan, 1.0], [np.inf], [[1.0, 2.0]]])
def test_amounts_are_finite_and_not_negative(bad):
    for measure in (gini, herfindahl, top_share, lorenz_curve):
        with pytest.raises(ValueError, match="amounts must be a list of finite numbers of at least 0"):
            measure(np.array(bad))


def test_large_sums_do_not_drift():
    x = np.full(10**6, 0.1)
    assert gini(x) == pytest.approx(0, abs=1e-9) and herfindahl(x) == pytest.approx(10_000 / 10**6)
