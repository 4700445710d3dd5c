"""Seasons, weekdays and hours: the south is half a year later, a day has its hours once."""

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from crossborder.market.seasons import HOUR_SHARES, WEEKDAY_FACTORS, hour_shares_utc, season_factors

CATEGORIES = pd.DataFrame({"season_amplitude": [0.5, 0.0, 0.3], "peak_month": [1.0, 5.0, 12.0]})
LANDS = pd.DataFrame({"southern": [False, True]})


def test_demand_peaks_in_its_month_and_half_a_year_later_in_the_south():
    january, july = (season_factors(CATEGORIES, LANDS, dt.date(2018, month, 1)) for month in (1, 7))
    assert january[0, 0] == pytest.approx(1.5) and january[1, 0] == pytest.approx(0.5)
    np.testing.assert_allclose(january[::-1], july, atol=1e-9)
    assert (january[:, 1] == 1).all()


def test_a_year_has_the_mean_one():
    days = [dt.date(2018, 1, 1) + dt.timedelta(days=k) for k in range(365)]
    mean = np.mean([season_factors(CATEGORIES, LANDS, day) for day in days], axis=0)
    np.testing.assert_allclose(mean, 1.0, atol=0.01)


def test_demand_is_never_negative_and_changes_slowly():
    days = [dt.date(2018, 1, 1) + dt.timedelta(days=k) for k in range(730)]
    factors = np.array([season_factors(CATEGORIES, LANDS, day) for day in days])
    assert factors.min() > 0 and np.abs(np.diff(factors, axis=0)).max() < 0.03


def test_a_week_has_the_mean_one():
    assert len(WEEKDAY_FACTORS) == 7 and WEEKDAY_FACTORS.mean() == pytest.approx(1.0)


@pytest.mark.parametrize(
    "zone", ["UTC", "Europe/Moscow", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Auckland"]
)
@pytest.mark.parametrize("on", [dt.date(2018, 1, 15), dt.date(2018, 7, 15)])
def test_a_day_s_hours_are_local_habits_moved_to_utc(zone, on):
    shares = hour_shares_utc(zone, on)
    assert shares.sum() == pytest.approx(1.0) and shares.min() > 0
    offset = dt.datetime(on.year, on.month, on.day, 12, tzinfo=ZoneInfo(zone)).utcoffset().total_seconds() / 60
    by_minute = np.repeat(HOUR_SHARES / 60, 60)  # by local minute of the day
    utc = by_minute[(np.arange(1440) + int(offset)) % 1440].reshape(24, 60).sum(axis=1)
    np.testing.assert_allclose(shares, utc, rtol=1e-12)


def test_the_evening_is_the_busiest_and_the_night_the_quietest():
    assert 19 <= HOUR_SHARES.argmax() <= 22 and 3 <= HOUR_SHARES.argmin() <= 5
    assert hour_shares_utc("Europe/Moscow", dt.date(2018, 4, 1)).argmax() == (HOUR_SHARES.argmax() - 3) % 24


def test_summer_time_moves_the_evening():
    winter, summer = (hour_shares_utc("Europe/Madrid", dt.date(2018, month, 1)) for month in (1, 7))
    np.testing.assert_allclose(np.roll(winter, -1), summer)
