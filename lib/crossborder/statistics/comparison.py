"""Two runs side by side, on the same worlds: the difference of each measure with its interval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crossborder.i18n import N_, _, numbers
from crossborder.origin import Origin, simulated
from crossborder.result import Result
from crossborder.statistics.intervals import LEVEL, Estimate, mean_interval

COLUMNS = ("measure", "old", "new", "difference", "low", "high", "share_new_wins")


@dataclass(frozen=True, kw_only=True)
class Comparison(Result):
    """``table`` has one row per measure: measure, old, new, difference, low, high, share_new_wins (ties count half)."""

    columns = {
        "measure": N_("Measure"), "old": N_("Old"), "new": N_("New"), "difference": N_("Difference"), "low": N_("Low"),
        "high": N_("High"), "share_new_wins": N_("Share of worlds where the new one is higher"),
    }  # fmt: skip

    table: pd.DataFrame
    n_worlds: int
    paired: bool = True
    level: float = LEVEL

    def row(self, measure: str) -> pd.Series:
        """One measure's row."""
        found = self.table[self.table["measure"] == measure]
        if found.empty:
            known = ", ".join(self.table["measure"])
            raise LookupError(
                _("There is no measure {measure!r}. Known: {known}.").format(measure=measure, known=known)
            )
        return found.iloc[0]

    @property
    def text(self) -> str:
        first = self.table.iloc[0]
        return _(
            "{measure}: {old} before, {new} after; difference {difference} ({low} to {high}) over {n} worlds."
        ).format(
            measure=first["measure"], n=self.n_worlds,
            **{name: numbers.decimal(first[name]) for name in ("old", "new", "difference", "low", "high")},
        )  # fmt: skip

    @property
    def origin(self) -> Mapping[str, Origin]:
        formula = "mean(new - old) ± t·s/√n" if self.paired else "mean(new) - mean(old) ± t·s (Welch)"
        return {"*": simulated(formula)}


def compare(a: Any, b: Any, *, paired: bool = True, level: float = LEVEL) -> Comparison:
    """By how much do two runs differ, and how sure is that?

    Paired: world by world, mean of the differences with Student's t interval. Unpaired: Welch's interval.

    Parameters
    ----------
    a, b : old and new: a frame with one row per world and one column per measure, a mapping of measure to values, a
        plain sequence of values, or two results whose tables share their numeric columns (compared row by row)
    paired : whether row k of both is the same world
    level : of the interval

    >>> found = compare([1.0, 2.0, 3.0], [2.0, 3.0, 4.0])
    >>> found.table[["difference", "low", "high", "share_new_wins"]].iloc[0].tolist()
    [1.0, 1.0, 1.0, 1.0]
    """
    old, new = _worlds(a), _worlds(b)
    measures = [name for name in old.columns if name in new.columns]
    if not measures:
        raise ValueError(
            _("The two runs share no measure; a has {a}, b has {b}.").format(
                a=", ".join(map(str, old)), b=", ".join(map(str, new))
            )
        )
    if paired and len(old) != len(new):
        raise ValueError(
            _("A paired comparison needs the same worlds in both: {a} against {b}.").format(a=len(old), b=len(new))
        )
    rows = [_row(name, old[name].to_numpy(float), new[name].to_numpy(float), paired, level) for name in measures]
    return Comparison(table=pd.DataFrame(rows, columns=list(COLUMNS)), n_worlds=len(old), paired=paired, level=level)


def _row(name: str, old: np.ndarray, new: np.ndarray, paired: bool, level: float) -> tuple[Any, ...]:
    if paired:
        both = np.isfinite(old) & np.isfinite(new)
        old, new = old[both], new[both]
        difference = mean_interval(new - old, level)
        wins = float(((new > old) + 0.5 * (new == old)).mean()) if len(new) else np.nan
    else:
        old, new = old[np.isfinite(old)], new[np.isfinite(new)]
        difference = _welch(old, new, level)
        wins = _chance_of_more(old, new)
    means = [float(x.mean()) if len(x) else np.nan for x in (old, new)]
    return (name, *means, difference.value, difference.low, difference.high, wins)


def _welch(old: np.ndarray, new: np.ndarray, level: float) -> Estimate:
    difference = float(new.mean() - old.mean()) if len(old) and len(new) else np.nan
    if len(old) < 2 or len(new) < 2:
        return Estimate(difference, np.nan, np.nan)
    from scipy.special import stdtrit

    parts = np.array([old.var(ddof=1) / len(old), new.var(ddof=1) / len(new)])
    if parts.sum() == 0:
        return Estimate(difference, difference, difference)
    freedom = 1.0 / ((parts / parts.sum()) ** 2 / np.array([len(old) - 1, len(new) - 1])).sum()
    half = float(stdtrit(freedom, 0.5 + level / 2) * np.sqrt(parts.sum()))
    return Estimate(difference, difference - half, difference + half)


def _chance_of_more(old: np.ndarray, new: np.ndarray) -> float:
    """Share of all pairs in which the new value is higher, ties half."""
    if not len(old) or not len(new):
        return float("nan")
    ranked = np.sort(old)
    below, upto = np.searchsorted(ranked, new, "left"), np.searchsorted(ranked, new, "right")
    return float((below + upto).mean() / 2 / len(old))


def _worlds(run: Any) -> pd.DataFrame:
    if isinstance(run, Result):
        return run.table.select_dtypes("number")
    if isinstance(run, pd.DataFrame):
        return run.select_dtypes("number")
    if isinstance(run, Mapping):
        return pd.DataFrame(run)
    if isinstance(run, Sequence | np.ndarray | pd.Series):
        return pd.DataFrame({"value": np.asarray(run, dtype=float)})
    raise TypeError(f"compare takes frames, mappings, sequences or results; got {type(run).__name__}.")
