"""Intervals, paired comparison, concentration: what any run can be measured with."""

from crossborder.statistics.comparison import Comparison, compare
from crossborder.statistics.concentration import gini, herfindahl, lorenz_curve, top_share
from crossborder.statistics.intervals import Estimate, mean_interval, wilson_interval

__all__ = [
    "Comparison", "Estimate", "compare", "gini", "herfindahl", "lorenz_curve", "mean_interval", "top_share",
    "wilson_interval",
]  # fmt: skip


def __dir__() -> list[str]:
    return sorted(__all__)
