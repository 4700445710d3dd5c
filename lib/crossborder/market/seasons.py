"""When demand comes: season of a category in a country, day of the week, hour of the day in local time."""

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

# Share of a day's sessions by local hour: quiet at night, highest in the evening. Assumed; sums to one.
_HOURLY = np.array(
    [22, 14, 9, 7, 6, 8, 14, 24, 34, 40, 44, 46, 48, 48, 46, 46, 48, 52, 58, 66, 72, 70, 58, 38], dtype=float
)
HOUR_SHARES = _HOURLY / _HOURLY.sum()

# Monday to Sunday; mean one. Assumed.
WEEKDAY_FACTORS = np.array([1.02, 1.0, 0.99, 0.98, 0.96, 1.0, 1.05])


def season_factors(categories: pd.DataFrame, countries: pd.DataFrame, on: dt.date) -> np.ndarray:
    """How strong is demand for a category in a country on a day, relative to its yearly mean?

    1 + amplitude cos(2 pi (month - peak) / 12); the peak is half a year later south of the equator.
    Returns shape (countries, categories).

    >>> cats = pd.DataFrame({"season_amplitude": [0.5], "peak_month": [1.0]})
    >>> lands = pd.DataFrame({"southern": [False, True]})
    >>> season_factors(cats, lands, dt.date(2018, 1, 1)).round(2).tolist()
    [[1.5], [0.5]]
    """
    return Seasons(categories, countries).on(on)


class Seasons:
    """``season_factors`` of many days: the tables are read once, each day is computed once."""

    def __init__(self, categories: pd.DataFrame, countries: pd.DataFrame) -> None:
        shift = np.where(countries["southern"].to_numpy(dtype=bool), 6.0, 0.0)[:, None]
        self._peak = categories["peak_month"].to_numpy(dtype=float)[None, :] + shift
        self._amplitude = categories["season_amplitude"].to_numpy(dtype=float)[None, :]
        self._days: dict[dt.date, np.ndarray] = {}

    def on(self, day: dt.date) -> np.ndarray:
        """The factors of a day, shape (countries, categories)."""
        if day not in self._days:
            month = day.month + (day.day - 1) / 30.4
            self._days[day] = 1.0 + self._amplitude * np.cos(2 * np.pi * (month - self._peak) / 12)
        return self._days[day]


def hour_shares_utc(zone: str, on: dt.date) -> np.ndarray:
    """Which share of a country's day falls on each UTC hour? Local habits moved by the zone's offset of that day.

    >>> float(hour_shares_utc("Europe/Moscow", dt.date(2018, 4, 1)).sum().round(9))
    1.0
    """
    noon = dt.datetime(on.year, on.month, on.day, 12, tzinfo=ZoneInfo(zone))
    offset = noon.utcoffset()
    hours = 0.0 if offset is None else offset.total_seconds() / 3600
    whole = int(np.floor(hours))
    part = hours - whole  # zones with half hours share each UTC hour between two local ones
    return (1 - part) * np.roll(HOUR_SHARES, -whole) + part * np.roll(HOUR_SHARES, -whole - 1)
