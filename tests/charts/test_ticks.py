import numpy as np
import pytest

from crossborder.charts.ticks import clear_of_zero, extent, nice_log_ticks, nice_ticks, padded


@pytest.mark.parametrize("seed", range(20))
def test_ticks_are_few_even_and_inside(seed):
    random = np.random.default_rng(seed)
    low = random.normal() * 10.0 ** random.integers(-6, 9)
    high = low + abs(random.normal()) * 10.0 ** random.integers(-4, 9)
    ticks = nice_ticks(low, high)
    room = (high - low) * 1e-6
    assert 2 <= len(ticks) <= 9 and all(low - room <= t <= high + room for t in ticks)
    assert np.allclose(np.diff(ticks), ticks[1] - ticks[0])


def test_log_ticks_stay_inside_and_are_round():
    assert nice_log_ticks(3, 4000) == [10.0, 100.0, 1000.0]


def test_nothing_finite_gives_a_plain_scale():
    assert extent([None, float("nan")]) == (0.0, 1.0)


def test_bars_keep_their_foot_on_the_axis():
    assert padded(2, 10, zero=True)[0] == 0 and padded(-5, -1, zero=True)[1] == 0


def test_one_value_gets_room():
    low, high = padded(7, 7)
    assert low < 7 < high


def test_a_mark_at_zero_stands_clear_of_the_names():
    assert clear_of_zero(0, 100)[0] < 0 and clear_of_zero(-5, 100) == (-5, 100)
