from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from crossborder.errors import BoundsError
from crossborder.evaluation import sweep
from crossborder.params import Params, param
from crossborder.result import Result


@dataclass(frozen=True, kw_only=True)
class Dice(Params):
    sides: int = param(6, 1, 20, label="Sides")
    shift: float = param(0.0, -5.0, 5.0, label="Shift")


@dataclass(frozen=True, kw_only=True)
class Throw(Result):
    table: pd.DataFrame


def throw(scenario, rng=0):
    if scenario.sides == 13:
        raise ValueError("thirteen sides bring bad luck")
    random = np.random.default_rng(rng)
    return Throw(table=pd.DataFrame({"eye": random.integers(1, scenario.sides + 1, 4) + scenario.shift}))


def test_every_point_gets_its_own_seed_and_the_same_on_any_backend():
    grid = {"sides": [6, 20], "shift": [0.0, 1.0]}
    alone = sweep(throw, grid, 3, rng=5, scenario=Dice())
    spread = sweep(throw, grid, 3, rng=5, scenario=Dice(), jobs=2)
    pd.testing.assert_frame_equal(alone.table, spread.table)
    assert len(alone.table) == 4 * 3 * 4
    first, second = (
        alone.table[(alone.table.sides == 20) & (alone.table["replication"] == k)]["eye"].tolist() for k in (0, 1)
    )
    assert first != second
    assert sweep(throw, grid, 3, rng=6, scenario=Dice()).table["eye"].tolist() != alone.table["eye"].tolist()


def test_adding_a_point_does_not_change_the_others():
    few = sweep(throw, {"sides": [6, 20]}, 2, rng=1, scenario=Dice()).table
    many = sweep(throw, {"sides": [6, 20, 4]}, 2, rng=1, scenario=Dice()).table
    pd.testing.assert_frame_equal(few, many[many["sides"] != 4].reset_index(drop=True))


def test_a_point_that_fails_is_listed_and_loses_nothing():
    run = sweep(throw, {"sides": [6, 13]}, 2, scenario=Dice())
    assert len(run.failed) == 2 and set(run.failed["sides"]) == {13}
    assert "bad luck" in run.failed["problem"].iloc[0] and "2 runs failed" in run.text
    assert set(run.table["sides"]) == {6}


def test_the_mean_of_a_point_lies_inside_its_interval():
    means = sweep(throw, {"sides": [6, 20]}, 200, scenario=Dice()).mean("eye").set_index("sides")
    assert means.loc[6, "low"] < 3.5 < means.loc[6, "high"]
    assert means.loc[20, "low"] < 10.5 < means.loc[20, "high"]


def test_progress_counts_to_the_end():
    seen = []
    sweep(throw, [Dice(), Dice(sides=4)], 2, progress=lambda done, n: seen.append((done, n)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize(
    ("grid", "replications", "scenario", "says"),
    [
        ({"sides": [6]}, 1, None, "start from"),
        ({"sides": [6]}, 0, Dice(), "at least 1"),
        ({"sides": []}, 1, Dice(), "between 1 and"),
        ([], 1, None, "mapping of values"),
        ({"sides": [99]}, 1, Dice(), "between 1 and 20"),
    ],
)
def test_a_grid_that_makes_no_sense_says_so(grid, replications, scenario, says):
    with pytest.raises(BoundsError, match=says):
        sweep(throw, grid, replications, scenario=scenario)
