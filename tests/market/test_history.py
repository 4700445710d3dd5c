"""History: windows of 7, 30 and 90 days are the sums of their days, also across the start of a run."""

import numpy as np
import pytest

from crossborder.market.history import History
from crossborder.market.world import HISTORY_MEASURES, WINDOWS_DAYS, empty_history


def started(n: int = 4, seed: int = 1):
    """A past in which each wider window holds at least what the narrower holds."""
    random = np.random.default_rng(seed)
    table = empty_history(n)
    for name in HISTORY_MEASURES:
        total = np.zeros(n, np.int64)
        for window in WINDOWS_DAYS:
            total = total + random.integers(0, 500, n)
            table[f"{name}_{window}"] = total
    return table.assign(reviews=random.integers(0, 50, n), stars=random.integers(50, 250, n))


def walked(days: int, dtype=np.int64, n: int = 4):
    start = started(n)
    history, random, counted = History(start, dtype), np.random.default_rng(5), []
    for _day in range(days):
        counted.append(random.integers(0, 40, (len(HISTORY_MEASURES), n)).astype(dtype))
        history.add_day(counted[-1], np.ones(n, dtype), np.full(n, 4, dtype))
    return start, history, np.array(counted)


@pytest.mark.parametrize("window", WINDOWS_DAYS)
def test_after_its_length_a_window_is_the_sum_of_its_days(window):
    _start, history, counted = walked(100)
    for k, name in enumerate(HISTORY_MEASURES):
        np.testing.assert_array_equal(history.window(name, window), counted[-window:, k].sum(axis=0))


@pytest.mark.parametrize("dtype", [np.int64, np.float64])
def test_a_window_at_the_start_is_what_was_given(dtype):
    start, history, _counted = walked(0, dtype)
    for name in HISTORY_MEASURES:
        for window in WINDOWS_DAYS:
            np.testing.assert_array_equal(history.window(name, window), start[f"{name}_{window}"])


@pytest.mark.parametrize("days", [1, 3, 6, 12, 29, 60, 89])
def test_what_was_before_the_start_leaves_day_by_day_and_never_below_nothing(days):
    start, history, counted = walked(days)
    for k, name in enumerate(HISTORY_MEASURES):
        for window in WINDOWS_DAYS:
            left = history.window(name, window) - counted[-window:, k].sum(axis=0)
            before = np.zeros(4) if days >= window else start[f"{name}_{window}"]
            assert (left >= 0).all() and (left <= before).all()
        assert (history.window(name, 7) <= history.window(name, 30)).all()
        assert (history.window(name, 30) <= history.window(name, 90)).all()


def test_whole_numbers_and_means_forget_alike():
    _start, whole, _counted = walked(20)
    _start, means, _counted = walked(20, np.float64)
    for name in HISTORY_MEASURES:
        for window in WINDOWS_DAYS:
            np.testing.assert_allclose(whole.window(name, window), means.window(name, window), atol=1.0 + 1e-9)


def test_reviews_add_up_for_ever():
    start, history, _counted = walked(120)
    np.testing.assert_array_equal(history.reviews, start["reviews"] + 120)
    np.testing.assert_array_equal(history.stars, start["stars"] + 480)


def test_a_table_can_be_made_of_it_again():
    _start, history, _counted = walked(50)
    again = History(history.table(), np.int64)
    for name in HISTORY_MEASURES:
        for window in WINDOWS_DAYS:
            np.testing.assert_array_equal(again.window(name, window), history.window(name, window))


def test_another_window_is_refused():
    with pytest.raises(ValueError, match="window_days must be one of 7, 30, 90; got 14"):
        walked(0)[1].window("orders", 14)
