"""Many runs of one verb over a grid of its parameters, in parallel, with the same numbers on any backend."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from crossborder.errors import BoundsError, CrossborderError, shortened
from crossborder.evaluation.points import NUMBER, Point, check_size, leaves, points_of
from crossborder.evaluation.swept import Sweep
from crossborder.i18n import N_, _
from crossborder.market.keys import run_key
from crossborder.params import Params
from crossborder.ranking.shared_seed import shared_seed
from crossborder.result import Result

_Run = tuple[pd.DataFrame | None, Mapping[str, str], Mapping[str, str], str]


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
    grid : values per parameter (all combinations are run; a parameter of a group goes by its path, as
        ``"world.n_stores"``), or a list of scenarios
    replications : runs per point, each with its own seed
    rng : seed or Generator
    jobs : processes; -1 for all cores
    progress : called with (runs done, runs)

    A point that raises does not lose the others, nor does a value that the scenario refuses: both are listed in
    ``failed`` with their sentence. BoundsError where no point of the grid can be run.

    ``mean(column, where)`` of the result is one number per point, with its interval; ``xb.charts.sweep_picture`` draws
    it.

    >>> from crossborder.ranking import PolicyChangeScenario, change_policy
    >>> short = PolicyChangeScenario(days=7, worlds=1, engine="expected")
    >>> sweep(change_policy, {"days": [7, 8]}, scenario=short).n_points
    2
    """
    if not callable(verb):
        raise BoundsError(
            _("verb must be a function of a scenario, such as xb.ranking.change_policy; got {value}.").format(
                value=shortened(verb)
            )
        )
    if not isinstance(replications, int | np.integer) or isinstance(replications, bool) or replications < 1:
        raise BoundsError(
            _("replications must be a whole number of at least 1; got {value!r}.").format(value=replications)
        )
    names, points = points_of(grid, scenario)
    to_run = [(k, point) for k, point in enumerate(points) if point.scenario is not None]
    check_size(len(to_run) * replications)
    seed = shared_seed(rng)
    base = int(run_key(seed)) % 2**63
    from joblib import Parallel, delayed

    calls = (
        delayed(_one_run)(verb, point.scenario, _run_seed(base, k, replication))
        for k, point in to_run
        for replication in range(replications)
    )
    frames: list[pd.DataFrame] = []
    failed = [{**p.settings, "replication": None, "problem": p.problem} for p in points if p.scenario is None]
    labels: dict[str, str] = _labels(names, points)
    words: dict[str, str] = {}
    for at, (table, columns, rows, problem) in enumerate(Parallel(n_jobs=jobs, return_as="generator")(calls)):
        point, replication = to_run[at // replications][1], at % replications
        if table is not None:
            frames.append(_placed(table, point.settings, replication))
            labels, words = {**columns, **labels}, {**rows, **words}
        else:
            failed.append({**point.settings, "replication": replication, "problem": problem})
        if progress is not None:
            progress(at + 1, len(to_run) * replications)
    lost = pd.DataFrame(failed, columns=[*names, "replication", "problem"])
    return Sweep(
        table=pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=[*names, "replication"]),
        failed=lost.astype({"replication": "Int64"}),
        parameters=names, n_points=len(points), replications=int(replications),
        verb=getattr(verb, "__name__", str(verb)), seed=seed, labels=labels, words=words,
    )  # fmt: skip


def _labels(names: tuple[str, ...], points: list[Point]) -> dict[str, str]:
    start = next(point.scenario for point in points if point.scenario is not None)
    known = {path: about for path, about, _group in leaves(start)}
    own = {"replication": N_("Replication"), NUMBER: N_("Scenario")}
    return {name: own[name] if name in own else known[name].label for name in (*names, "replication")}


def _placed(table: pd.DataFrame, settings: Mapping[str, Any], replication: int) -> pd.DataFrame:
    """A run's table with its point in front; a column of its own by a parameter's name is kept as ``result_...``."""
    before = {**settings, "replication": replication}
    renamed = table.rename(columns={name: f"result_{name}" for name in before})
    return renamed.assign(**before)[[*before, *renamed.columns]]


def _run_seed(base: int, point: int, replication: int) -> int:
    return int(
        np.random.SeedSequence([base % 2**32, base >> 32, point, replication]).generate_state(1, np.uint64)[0]
        >> np.uint64(1)
    )


def _one_run(verb: Callable[..., Result], scenario: Params, seed: int) -> _Run:
    try:
        result = verb(scenario, rng=seed)
        return result.table, dict(result.columns), dict(result.row_labels), ""
    except CrossborderError as problem:  # its message is a sentence already
        return None, {}, {}, str(problem)
    except Exception as problem:  # one point may fail; the rest of the sweep is kept
        return None, {}, {}, f"{type(problem).__name__}: {problem}"
