"""Two runs side by side: paired and unpaired, with intervals that keep their word."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from crossborder.i18n import in_language
from crossborder.market import simulate_market
from crossborder.ranking import policy
from crossborder.statistics import compare

quick = settings(max_examples=100, deadline=None, derandomize=True)
COLUMNS = ["measure", "old", "new", "difference", "low", "high", "share_new_wins"]
AMOUNTS = st.integers(-(10**7), 10**7).map(lambda x: x / 16)
values = hnp.arrays(float, 8, elements=AMOUNTS)


@quick
@given(values, values)
def test_paired_is_the_t_interval_of_the_differences(a, b):
    row = compare(a, b).table.iloc[0]
    assert row["difference"] == pytest.approx(np.mean(b - a), abs=1e-6)
    assert row["old"] == pytest.approx(a.mean()) and row["new"] == pytest.approx(b.mean())
    if np.ptp(b - a) > 1e-3:
        wanted = stats.t.interval(0.95, 7, (b - a).mean(), stats.sem(b - a))
        np.testing.assert_allclose([row["low"], row["high"]], wanted, rtol=1e-6, atol=1e-6)
    assert row["share_new_wins"] == pytest.approx(np.mean((b > a) + 0.5 * (b == a)))


@quick
@given(values)
def test_the_same_twice_is_exactly_no_difference(a):
    row = compare(a, a.copy()).table.iloc[0]
    assert (row["difference"], row["low"], row["high"], row["share_new_wins"]) == (0.0, 0.0, 0.0, 0.5)


@quick
@given(values, values, st.floats(-1e3, 1e3))
def test_the_other_way_round_is_the_other_sign(a, b, shift):
    one, other = compare(a, b).table.iloc[0], compare(b, a).table.iloc[0]
    assert one["difference"] == -other["difference"] and one["low"] == -other["high"]
    assert one["share_new_wins"] == pytest.approx(1 - other["share_new_wins"])
    moved = compare(a + shift, b + shift).table.iloc[0]
    assert moved["difference"] == pytest.approx(one["difference"], abs=1e-4)


@quick
@given(values, hnp.arrays(float, 5, elements=AMOUNTS))
def test_unpaired_is_welch(a, b):
    row = compare(a, b, paired=False).table.iloc[0]
    assert row["share_new_wins"] == pytest.approx(np.mean((b[:, None] > a) + 0.5 * (b[:, None] == a)))
    if np.ptp(a) > 1e-3 and np.ptp(b) > 1e-3:
        wanted = stats.ttest_ind(b, a, equal_var=False).confidence_interval(0.95)
        np.testing.assert_allclose([row["low"], row["high"]], [wanted.low, wanted.high], rtol=1e-6, atol=1e-6)


def test_the_columns_are_the_agreed_ones():
    table = compare({"gmv_usd": [1, 2], "orders": [3, 4]}, {"orders": [3, 5], "gmv_usd": [2, 2], "more": [0, 0]}).table
    assert table.columns.tolist() == COLUMNS and table["measure"].tolist() == ["gmv_usd", "orders"]


def test_rows_come_by_measure_and_an_unknown_one_says_which_there_are():
    result = compare({"gmv_usd": [1, 2], "orders": [3, 4]}, {"gmv_usd": [2, 2], "orders": [3, 5]})
    assert result.row("orders")["difference"] == 0.5
    with pytest.raises(LookupError, match=r"no measure 'profit'\. Known: gmv_usd, orders"):
        result.row("profit")


def test_the_sentence_and_the_origin():
    result = compare({"orders": [1.0, 2.0, 3.0]}, {"orders": [2.0, 3.0, 4.5]})
    assert result.text == "orders: 2.00 before, 3.17 after; difference 1.17 (0.45 to 1.88) over 3 worlds."
    assert "t·s/√n" in result.origin["*"].formula
    with in_language("zh"):
        assert result.text and result.labelled_table().columns.tolist() != COLUMNS
    assert "nan" not in compare([1.0], [2.0]).text.lower()


def test_numbers_that_are_none_leave_their_world_out():
    row = compare([1.0, np.nan, 3.0], [2.0, 9.0, 4.0]).table.iloc[0]
    assert (row["old"], row["new"], row["difference"]) == (2.0, 3.0, 1.0)
    empty = compare([np.nan], [np.nan]).table.iloc[0]
    assert empty[COLUMNS[1:]].isna().all()


def test_one_world_has_a_difference_and_no_interval():
    row = compare([1.0], [3.0]).table.iloc[0]
    assert row["difference"] == 2.0 and np.isnan(row["low"]) and np.isnan(row["high"])


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(ValueError, match="needs the same worlds in both: 2 against 3"):
        compare([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="share no measure; a has x, b has y"):
        compare({"x": [1]}, {"y": [1]})
    with pytest.raises(TypeError, match="frames, mappings, sequences or results; got int"):
        compare(1, 2)


@pytest.mark.parametrize("paired", [True, False])
def test_without_a_difference_one_in_twenty_is_found(paired):
    """A/A: p below 0.05 in 4 to 6 % of 4,000 runs."""
    random = np.random.default_rng(5)
    worlds = random.normal(0, 3, (12, 4000)) if paired else 0.0
    old, new = (pd.DataFrame(worlds + random.normal(size=(12, 4000))) for _side in range(2))
    table = compare(old, new, paired=paired).table
    assert 0.04 <= ((table["low"] > 0) | (table["high"] < 0)).mean() <= 0.06


def test_pairing_pays_where_worlds_differ():
    random = np.random.default_rng(2)
    world = random.normal(0, 10, 15)
    a, b = world + random.normal(size=15), world + 1 + random.normal(size=15)
    width = {p: np.ptp(compare(a, b, paired=p).table[["low", "high"]].iloc[0]) for p in (True, False)}
    assert width[True] < width[False] / 3


def test_two_runs_of_a_market_are_compared_row_by_row(small_runs):
    old, new = small_runs
    result = compare(old.platform, new.platform)
    assert result.n_worlds == 10 and result.row("sessions")["difference"] == 0
    assert result.row("gmv_usd")["difference"] != 0
    whole = compare(old, new)
    assert whole.row("orders")["difference"] * whole.n_worlds == pytest.approx(result.row("orders")["difference"] * 10)


@pytest.fixture(scope="module")
def small_runs():
    from crossborder.market import make_market

    market = make_market(15, rng=2, sessions_per_day=2000)
    return [simulate_market(market, policy(rule), 10, rng=1) for rule in ("conversion", "price * conversion")]


def test_frames_keep_only_their_numbers():
    frame = pd.DataFrame({"name": ["a", "b"], "orders": [1, 2]})
    assert compare(frame, frame).table["measure"].tolist() == ["orders"]
