"""History: what has been counted so far, in windows of 7, 30 and 90 days, and the reviews of all time."""

import numpy as np
import pandas as pd

from crossborder.market.world import HISTORY_MEASURES, WINDOWS_DAYS

_BANDS = ((0, 7, None), (7, 30, 7), (30, 90, 30))


class History:
    """Running sums. Counts are integers in the drawing engines and means (floats) in the expected one."""

    def __init__(self, start: pd.DataFrame, dtype: type) -> None:
        self.reviews = start["reviews"].to_numpy(dtype=dtype).copy()
        self.stars = start["stars"].to_numpy(dtype=dtype).copy()
        at_start = {
            w: np.array([start[f"{m}_{w}"].to_numpy(dtype=dtype) for m in HISTORY_MEASURES]) for w in WINDOWS_DAYS
        }
        self._sums = {w: total.copy() for w, total in at_start.items()}
        # What happened 1 to 7, 8 to 30 and 31 to 90 days before the start, each taken as spread evenly over its days.
        self._bands = [(low, high, at_start[high] - (at_start[inner] if inner else 0)) for low, high, inner in _BANDS]
        self._days: list[np.ndarray] = []
        self._whole = np.issubdtype(dtype, np.integer)

    def window(self, measure: str, days: int) -> np.ndarray:
        """Sum of a measure over the last 7, 30 or 90 days, one entry per listing."""
        if days not in self._sums:
            raise ValueError(f"window_days must be one of {', '.join(map(str, WINDOWS_DAYS))}; got {days!r}.")
        return self._sums[days][HISTORY_MEASURES.index(measure)]

    def table(self) -> pd.DataFrame:
        """Everything counted so far, as the table that a market starts from."""
        sums = {f"{m}_{w}": total[k] for w, total in self._sums.items() for k, m in enumerate(HISTORY_MEASURES)}
        return pd.DataFrame({"reviews": self.reviews, "stars": self.stars, **sums})

    def add_day(self, counted: np.ndarray, reviews: np.ndarray, stars: np.ndarray) -> None:
        """Close a day. ``counted`` has one row per measure of HISTORY_MEASURES."""
        today = len(self._days)
        self._days.append(counted)
        for days, sums in self._sums.items():
            sums += counted
            sums -= self._days[today - days] if today >= days else self._before_start(days - today)
        self.reviews += reviews
        self.stars += stars

    def _before_start(self, days_ago: int) -> np.ndarray:
        """The counts of one day before the start; whole numbers that sum to the band's total."""
        for low, high, total in self._bands:
            if low < days_ago <= high:
                at, length = days_ago - low, high - low
                if self._whole:
                    return total * at // length - total * (at - 1) // length
                return total / length
        raise ValueError(f"days_ago must be between 1 and {WINDOWS_DAYS[-1]}; got {days_ago}.")
