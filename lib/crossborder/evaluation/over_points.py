"""One number per point of a grid: where it is highest and lowest, and whether that is more than luck."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from crossborder.i18n import N_, _, language, numbers
from crossborder.origin import Origin, assumed, simulated
from crossborder.result import Result

OF_THE_GRID = N_("set by the grid of the sweep")


@dataclass(frozen=True, kw_only=True)
class OverGrid(Result):
    """What all results of a sweep know: the parameters that vary, the verb, and what columns and ids are called."""

    table: pd.DataFrame
    parameters: tuple[str, ...]
    replications: int
    verb: str
    seed: int
    labels: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> Mapping[str, str]:  # type: ignore[override]
        return self.labels

    @property
    def row_labels(self) -> Mapping[str, str]:  # type: ignore[override]
        return self.words


@dataclass(frozen=True, kw_only=True)
class PointMeans(OverGrid):
    """``table``: one row per point: the parameters, value, and its 95% interval low to high over replications.

    ``parameters`` are those that vary, ``quantity`` the column that was averaged, ``measure`` whose rows, if any.
    """

    quantity: str
    measure: str

    @property
    def columns(self) -> Mapping[str, str]:  # type: ignore[override]
        return {**self.labels, "value": self.name, "low": N_("Low"), "high": N_("High")}

    @property
    def unit(self) -> str:
        """The name that tells how ``value`` is written: ``gmv_usd`` is money."""
        return self.measure or self.quantity

    @property
    def name(self) -> str:
        """What ``value`` is, in the language of the moment."""
        column = self._label(self.quantity)
        if not self.measure:
            return column
        words = _("Change of {measure}") if self.quantity == "difference" else _("{measure} ({column})")
        return words.format(measure=self._label(self.measure), column=column)

    @property
    def text(self) -> str:
        found = self.table[self.table["value"].notna()]
        if found.empty:
            return _("{name} has no value at any point.").format(name=self.name)
        order = found["value"].to_numpy()
        lowest, highest = found.iloc[int(order.argmin())], found.iloc[int(order.argmax())]
        if not differ(lowest["value"], highest["value"]):
            return _("{name} is {value} at every point.").format(name=self.name, value=self._told(lowest))
        direction = self._direction(found)
        if direction:
            words = {
                "up": _("{name} rises with every step, from {low} at {at_low} to {high} at {at_high}."),
                "down": _("{name} falls with every step, from {high} at {at_high} to {low} at {at_low}."),
            }[direction]
        else:
            words = _("{name} is highest, {high}, at {at_high}, and lowest, {low}, at {at_low}.")
        told = words.format(
            name=self.name, low=self._told(lowest), high=self._told(highest),
            at_low=self._place(lowest), at_high=self._place(highest),
        )  # fmt: skip
        return one_after_another([told, self._how_sure(lowest, highest)])

    @property
    def origin(self) -> Mapping[str, Origin]:
        mean = simulated(N_("mean over runs ± t·s/√n"), seed=self.seed, note=self.verb)
        grid = [name for name in self.table.columns if name not in ("value", "low", "high")]
        return {"*": mean, **dict.fromkeys(grid, assumed(OF_THE_GRID))}

    def _direction(self, found: pd.DataFrame) -> str:
        """Whether the value only rises, or only falls, along the one number that varies (rows are sorted by it)."""
        if len(self.parameters) != 1 or found[self.parameters[0]].dtype.kind not in "iuf" or len(found) < 3:
            return ""
        if found["value"].is_monotonic_increasing:
            return "up"
        return "down" if found["value"].is_monotonic_decreasing else ""

    def _how_sure(self, lowest: pd.Series, highest: pd.Series) -> str:
        if not math.isfinite(lowest["low"] + highest["low"]):
            return _("With one run per point there is no interval: give replications.")
        if lowest["high"] < highest["low"]:
            return _("The 95% intervals of the two do not overlap.")
        return _("The 95% intervals of the two overlap: which is higher may be luck.")

    def _told(self, row: pd.Series) -> str:
        text = self._number(row["value"])
        if not math.isfinite(row["low"]) or row["low"] == row["high"]:
            return text
        return _("{value} ({low} to {high})").format(
            value=text, low=self._number(row["low"]), high=self._number(row["high"])
        )

    def _number(self, value: float) -> str:
        text = numbers.money(value) if self.unit.endswith("_usd") else _significant(value)
        return numbers.signed(text, value) if self.quantity == "difference" else text

    def _place(self, row: pd.Series) -> str:
        return _(", ").join(f"{self._label(name)} {_significant(row[name])}" for name in self.parameters)

    def _label(self, name: str) -> str:
        known = self.labels.get(name) or self.words.get(name)
        return _(known) if known else name


def differ(low: float, high: float) -> bool:
    """Whether two numbers differ by more than the rounding of a computer."""
    return bool(high - low > 1e-9 * max(abs(low), abs(high)))


def one_after_another(sentences: list[str]) -> str:
    """Sentences as one text; Chinese has no space after a full stop."""
    return ("" if language() == "zh" else " ").join(sentences)


def _significant(value: Any) -> str:
    """Three significant digits, without zeros at the end; anything but a number as it is."""
    if isinstance(value, str | bool) or not hasattr(value, "__float__") or not math.isfinite(value):
        return str(value)
    if float(value).is_integer() or abs(value) >= 1000:
        return numbers.count(value)
    text = numbers.decimal(float(value), min(max(2 - math.floor(math.log10(abs(value))), 0), 8))
    return text.rstrip("0").rstrip(".") if "." in text else text
