"""What many runs over a grid gave: every row of every run, and the mean of one column per point."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from crossborder.errors import BoundsError, nearest
from crossborder.evaluation.over_points import OF_THE_GRID, OverGrid, PointMeans, differ, one_after_another
from crossborder.i18n import _, ngettext
from crossborder.origin import Origin, assumed, simulated
from crossborder.statistics.intervals import mean_interval

MOST_NAMED = 24


@dataclass(frozen=True, kw_only=True)
class Sweep(OverGrid):
    """``table``: one row per point, replication and row of the verb's table.

    ``failed``: runs that raised, and points that the scenario refuses (those without a replication), each with its
    sentence. ``labels`` and ``words`` are what columns and ids in rows are called; ``seed`` runs the sweep again.
    """

    failed: pd.DataFrame
    n_points: int

    @property
    def text(self) -> str:
        refused = int(self.failed["replication"].isna().sum())
        runs = (self.n_points - refused) * self.replications
        parts = [
            _("{runs} of {verb}: {points}, {replications}.").format(
                runs=ngettext("{n} run", "{n} runs", runs).format(n=runs),
                verb=self.verb,
                points=ngettext("{n} point", "{n} points", self.n_points).format(n=self.n_points),
                replications=ngettext("{n} replication each", "{n} replications each", self.replications).format(
                    n=self.replications
                ),
            )
        ]
        if refused:
            parts.append(
                ngettext(
                    "{n} point was refused and is listed in failed.",
                    "{n} points were refused and are listed in failed.",
                    refused,
                ).format(n=refused)
            )
        broken = len(self.failed) - refused
        if broken:
            parts.append(
                ngettext(
                    "{n} run failed and is listed in failed.", "{n} runs failed and are listed in failed.", broken
                ).format(n=broken)
            )
        value, where = self.headline
        return one_after_another([*parts, self.mean(value, where).text] if value else parts)

    @property
    def origin(self) -> Mapping[str, Origin]:
        return {"*": simulated(self.verb, seed=self.seed), **dict.fromkeys(self.parameters, assumed(OF_THE_GRID))}

    @property
    def headline(self) -> tuple[str, dict[str, Any]]:
        """What the sentence is about, as ``mean`` takes it: a comparison's first difference, else what moves first."""
        numbers = self._numbers()
        if not numbers:
            return "", {}
        if "measure" in self.table:
            where = {"measure": self.table["measure"].iloc[0]}
            return ("difference" if "difference" in numbers else numbers[0]), where
        if len(numbers) > 1 and self._counts_steps(numbers[0]):
            numbers = numbers[1:]
        means = self.table.groupby(list(self.parameters), sort=False, dropna=False)[numbers].mean()
        return next((name for name in numbers if differ(means[name].min(), means[name].max())), numbers[0]), {}

    def mean(self, value: str = "", where: Mapping[str, Any] | None = None) -> PointMeans:
        """What is a column at each point, on average over the replications, and how sure is that?

        Mean over the rows of each run, then over replications with the 95% Student interval: a result whose table has
        the parameters, value, low and high. Draw it with ``xb.charts.sweep_picture``.

        Parameters
        ----------
        value : a column of numbers in ``table``; that of the sweep's own sentence if empty
        where : keeps only some rows, for example ``{"measure": "gmv_usd"}`` or ``{"days": 7}``

        Raises BoundsError for a column or value that the table does not hold, and where rows of several measures would
        be averaged.
        """
        if not value:
            value, own = self.headline
            where = {**own, **(where or {})}
        where = dict(where or {})
        table = self._only(value, where)
        rows = []
        for point, group in table.groupby(list(self.parameters), sort=False, dropna=False):
            estimate = mean_interval(group.groupby("replication")[value].mean().to_numpy(float))
            rows.append((*point, estimate.value, estimate.low, estimate.high))
        means = pd.DataFrame(rows, columns=[*self.parameters, "value", "low", "high"])
        numeric = [name for name in self.parameters if means[name].dtype.kind in "iuf"]
        return PointMeans(
            table=means.sort_values(numeric, kind="stable", ignore_index=True) if numeric else means,
            parameters=tuple(name for name in self.parameters if means[name].nunique(dropna=False) > 1),
            quantity=value, measure=str(where.get("measure", "")), replications=self.replications, verb=self.verb,
            seed=self.seed, labels=self.labels, words=self.words,
        )  # fmt: skip

    def _counts_steps(self, name: str) -> bool:
        """Whether the rows of a run walk along this column (days, a grid of prices): its mean says nothing."""
        runs = self.table.groupby([*self.parameters, "replication"], sort=False, dropna=False)[name]
        steps = next(iter(runs))[1].drop_duplicates()
        return len(steps) > 2 and steps.is_monotonic_increasing

    def _numbers(self) -> list[str]:
        given = {*self.parameters, "replication"}
        return [str(c) for c in self.table.columns if c not in given and self.table[c].dtype.kind in "iufb"]

    def _only(self, value: str, where: Mapping[str, Any]) -> pd.DataFrame:
        table, numbers = self.table, self._numbers()
        if table.empty:
            raise BoundsError(_("No run of this sweep gave a table; the reasons are in its failed."))
        if value not in numbers:
            raise BoundsError(
                _("{name} is not a column of numbers in this sweep. Known: {known}.").format(
                    name=value, known=", ".join(numbers)
                )
                + nearest(value, numbers, 0.5)
            )
        for name, wanted in where.items():
            if name not in table:
                known = [str(c) for c in table.columns if c not in numbers]
                raise BoundsError(
                    _("{name} is not a column of this sweep to choose rows by. Known: {known}.").format(
                        name=name, known=", ".join(known)
                    )
                    + nearest(name, known, 0.5)
                )
            kept = table[table[name] == wanted]
            if kept.empty:
                values = [str(v) for v in table[name].unique()]
                raise BoundsError(
                    _("No row has {value!r} as {name}. Known: {known}.").format(
                        name=name, value=wanted, known=", ".join(values[:MOST_NAMED])
                    )
                    + nearest(wanted, values, 0.5)
                )
            table = kept
        if "measure" in table and table["measure"].nunique() > 1:
            raise BoundsError(
                _("The rows are of several measures; choose one, as mean({value!r}, {choice}). Known: {known}.").format(
                    value=value,
                    choice={"measure": table["measure"].iloc[0]},
                    known=", ".join(map(str, table["measure"].unique()[:MOST_NAMED])),
                )
            )
        return table
