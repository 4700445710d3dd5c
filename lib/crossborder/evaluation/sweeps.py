"""Many runs of one verb over a grid of its parameters, in parallel, with the same numbers on any backend."""

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crossborder.errors import BoundsError
from crossborder.i18n import N_, _
from crossborder.market.keys import run_key
from crossborder.origin import Origin, simulated
from crossborder.params import Params
from crossborder.result import Result
from crossborder.statistics.intervals import mean_interval

MAX_RUNS = 100_000


@dataclass(frozen=True, kw_only=True)
class Sweep(Result):
    """``table``: one row per point, replication and row of the verb's table. ``failed`` lists points that raised."""

    columns = {"replication": N_("Replication")}

    table: pd.DataFrame
    failed: pd.DataFrame
    parameters: tuple[str, ...]
    n_points: int
    replications: int
    verb: str

    @property
    def text(self) -> str:
        sentence = _("{runs} runs of {verb}: {points} points with {replications} replications each.").format(
            runs=self.n_points * self.replications, verb=self.verb, points=self.n_points, replications=self.replications
        )
        if len(self.failed):
            sentence += " " + _("{n} runs failed and are listed.").format(n=len(self.failed))
        return sentence

    @property
    def origin(self) -> Mapping[str, Origin]:
        return {"*": simulated(self.verb)}

    def mean(self, value: str, where: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """Mean of a column per point with its 95% interval over replications: columns value, low, high.

        ``where`` keeps only some rows of the verb's table, for example ``{"measure": "gmv_usd"}``.
        """
        table = self.table
        for name, wanted in (where or {}).items():
            table = table[table[name] == wanted]
        rows = []
        for point, group in table.groupby(list(self.parameters), sort=False):
            estimate = mean_interval(group.groupby("replication")[value].mean().to_numpy())
            rows.append((*point, estimate.value, estimate.low, estimate.high))
        return pd.DataFrame(rows, columns=[*self.parameters, "value", "low", "high"])


def sweep(
    verb: Callable[..., Result],
    grid: "Mapping[str, Iterable[Any]] | Iterable[Params]",
    replications: int = 1,
    rng: Any = 0,
    *,
    scenario: Params | None = None,
    jobs: int = 1,
    progress: "Callable[[int, int], None] | None" = None,
) -> Sweep:
    """What does a verb say at many points?

    Each run gets a seed of its own from (seed, point, replication): the numbers depend on neither the backend nor the
    order. ``with joblib.parallel_config(backend="dask"):`` around the call moves it to a cluster.

    Parameters
    ----------
    verb : ``f(scenario, rng)``; with a grid of values, ``scenario`` says where to start
    grid : values per parameter (all combinations are run), or scenarios
    replications : runs per point, each with its own seed
    rng : seed or Generator
    jobs : processes; -1 for all cores
    progress : called with (runs done, runs)

    A point that raises does not lose the others: it is listed in ``failed`` with its message.

    >>> from crossborder.ranking import PolicyChangeScenario, change_policy
    >>> short = PolicyChangeScenario(days=7, worlds=1, engine="expected")
    >>> sweep(change_policy, {"days": [7, 8]}, scenario=short).n_points
    2
    """
    names, scenarios = _points(grid, scenario)
    if int(replications) != replications or replications < 1:
        raise BoundsError(
            _("replications must be a whole number of at least 1; got {value!r}.").format(value=replications)
        )
    n_runs = len(scenarios) * replications
    if not 0 < n_runs <= MAX_RUNS:
        raise BoundsError(_("A sweep has between 1 and {most} runs; this one has {n}.").format(most=MAX_RUNS, n=n_runs))
    base = int(run_key(rng)) % 2**63
    from joblib import Parallel, delayed

    calls = (
        delayed(_one_run)(verb, point, _run_seed(base, k, replication))
        for k, point in enumerate(scenarios)
        for replication in range(replications)
    )
    frames, failed = [], []
    for at, (table, problem) in enumerate(Parallel(n_jobs=jobs, return_as="generator")(calls)):
        k, replication = divmod(at, replications)
        settings = {name: getattr(scenarios[k], name) for name in names}
        if problem is None:
            frames.append(table.assign(**settings, replication=replication)[[*names, "replication", *table.columns]])
        else:
            failed.append({**settings, "replication": replication, "problem": problem})
        if progress is not None:
            progress(at + 1, n_runs)
    return Sweep(
        table=pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=[*names, "replication"]),
        failed=pd.DataFrame(failed, columns=[*names, "replication", "problem"]),
        parameters=names, n_points=len(scenarios), replications=replications, verb=getattr(verb, "__name__", str(verb)),
    )  # fmt: skip


def _points(grid: Any, scenario: Params | None) -> tuple[tuple[str, ...], list[Params]]:
    if isinstance(grid, Mapping):
        if scenario is None:
            raise BoundsError(_("A grid of values needs the scenario to start from: sweep(verb, grid, scenario=...)."))
        values = [list(options) for options in grid.values()]
        return tuple(grid), [
            scenario.replace(**dict(zip(grid, point, strict=True))) for point in itertools.product(*values)
        ]
    scenarios = list(grid)
    if not scenarios or not all(isinstance(s, Params) for s in scenarios):
        raise BoundsError(_("A grid is a mapping of values per parameter, or a list of scenarios."))
    about = type(scenarios[0]).about()
    varied = [
        name
        for name in about
        if any(getattr(s, name) != getattr(scenarios[0], name) for s in scenarios) and about[name].kind != "table"
    ]
    return tuple(varied) or tuple(list(about)[:1]), scenarios


def _run_seed(base: int, point: int, replication: int) -> int:
    return int(
        np.random.SeedSequence([base % 2**32, base >> 32, point, replication]).generate_state(1, np.uint64)[0]
        >> np.uint64(1)
    )


def _one_run(verb: Callable[..., Result], scenario: Params, seed: int) -> tuple[pd.DataFrame | None, str | None]:
    try:
        return verb(scenario, rng=seed).table, None
    except Exception as problem:  # one point may fail; the rest of the sweep is kept
        return None, f"{type(problem).__name__}: {problem}"
