"""The points of a sweep: which scenarios a grid stands for, and which of its values no scenario takes."""

import itertools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crossborder.errors import BoundsError, nearest, nearest_are, shortened
from crossborder.i18n import _
from crossborder.params import Params
from crossborder.paths import controlled, leaves, value_at, with_changes

MAX_RUNS = 100_000
NUMBER = "scenario"  # the column that tells scenarios apart where no parameter does


@dataclass(frozen=True)
class Point:
    """One point of a grid; without a scenario where its values are refused, and then ``problem`` says why."""

    settings: Mapping[str, Any]
    scenario: Params | None = None
    problem: str = ""


def points_of(grid: Any, scenario: Params | None) -> tuple[tuple[str, ...], list[Point]]:
    """The names that a grid varies, and its points in order; a grid none of whose values fit is an error."""
    if isinstance(grid, Mapping):
        return _by_values(grid, scenario)
    if not isinstance(grid, Iterable) or isinstance(grid, str):
        raise _no_grid()
    return _by_scenarios(list(grid))


def check_size(n_runs: int) -> None:
    """BoundsError where a sweep has no run, or too many."""
    if not 0 < n_runs <= MAX_RUNS:
        raise BoundsError(_("A sweep has between 1 and {most} runs; this one has {n}.").format(most=MAX_RUNS, n=n_runs))


def _by_values(grid: Mapping[Any, Any], scenario: Params | None) -> tuple[tuple[str, ...], list[Point]]:
    if scenario is None:
        raise BoundsError(_("A grid of values needs the scenario to start from: sweep(verb, grid, scenario=...)."))
    if not isinstance(scenario, Params):
        raise BoundsError(
            _("scenario must be a scenario, such as xb.ranking.PolicyChangeScenario(); got {value}.").format(
                value=shortened(scenario)
            )
        )
    if not grid:
        raise _no_grid()
    for name in grid:
        _check_name(name, scenario)
    options = [_values(name, values) for name, values in grid.items()]
    check_size(math.prod(map(len, options)))
    points: list[Point] = []
    problems: list[Exception] = []
    for values in itertools.product(*options):
        given = dict(zip(grid, values, strict=True))
        try:
            made = with_changes(scenario, given)
        except (ValueError, TypeError, LookupError) as problem:  # a bound, a formula: the other points are kept
            problems.append(problem)
            points.append(Point(given, problem=str(problem)))
        else:
            points.append(Point({name: value_at(made, name) for name in grid}, made))
    if len(problems) == len(points):
        raise problems[0]
    return tuple(grid), points


def _by_scenarios(scenarios: list[Any]) -> tuple[tuple[str, ...], list[Point]]:
    if not scenarios or not all(isinstance(s, Params) and type(s) is type(scenarios[0]) for s in scenarios):
        raise _no_grid()
    names = [name for name, _about, _group in controlled(scenarios[0])]
    values = {name: [value_at(s, name) for s in scenarios] for name in names}
    varied = [name for name in names if any(v != values[name][0] for v in values[name])]
    rows = [{name: values[name][k] for name in varied} for k in range(len(scenarios))]
    if not varied or len({tuple(row.values()) for row in rows}) < len(rows):  # they differ in a table, or not at all
        rows = [{NUMBER: k + 1, **row} for k, row in enumerate(rows)]
        varied = [NUMBER, *varied]
    return tuple(varied), [Point(row, made) for row, made in zip(rows, scenarios, strict=True)]


def _no_grid() -> BoundsError:
    return BoundsError(_("A grid is a mapping of values per parameter, or a list of scenarios of one kind."))


def _check_name(name: Any, scenario: Params) -> None:
    known = {path: about for path, about, _group in leaves(scenario)}
    if name in known and known[name].kind != "table":
        return
    groups = {path.rpartition(".")[0] for path in known}
    if name in known:
        raise BoundsError(
            _("{name} is a table and has no grid of values: hand sweep a list of scenarios instead.").format(name=name)
        )
    if name in groups and name:
        inner = next(path for path in known if path.startswith(f"{name}."))
        raise BoundsError(
            _("{name} is a group of parameters: name one of them, such as {inner}.").format(name=name, inner=inner)
        )
    by_last = [path for path in known if path.rpartition(".")[2] == name]
    hint = nearest_are(by_last) or nearest(name, known)
    first = [f"{own}.…" if about.kind == "group" else own for own, about in scenario.about().items()]
    raise BoundsError(
        _("{name} is not a parameter here. Known: {known}.").format(name=name, known=", ".join(first)) + hint
    )


def _values(name: str, values: Any) -> list[Any]:
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise BoundsError(
            _("{name} needs a list of values in the grid; got {value}. Write [{value}].").format(
                name=name, value=shortened(values)
            )
        )
    found = list(values)
    try:
        return list(dict.fromkeys(found))  # a value given twice is one point
    except TypeError:
        return found
