from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd
import pytest

from crossborder.errors import BoundsError, FormulaError
from crossborder.evaluation import Sweep, sweep
from crossborder.i18n import in_language
from crossborder.params import Params, formula, nested, param, table
from crossborder.result import Result


def _coloured(text):
    if text not in ("red", "blue"):
        raise FormulaError(f"{text!r} is no colour")


@dataclass(frozen=True, kw_only=True)
class Dice(Params):
    sides: int = param(6, 1, 20, label="Sides")
    shift: float = param(0.0, -5.0, 5.0, label="Shift")
    face: str = formula("red", label="Face", check=_coloured)


@dataclass(frozen=True, kw_only=True)
class Box(Params):
    dice: Dice = nested(Dice, label="Dice")
    felt: Any = table(lambda: None, label="Felt")


@dataclass(frozen=True, kw_only=True)
class Throw(Result):
    columns: ClassVar = {"eye": "Eye"}
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
    means = sweep(throw, {"sides": [6, 20]}, 200, scenario=Dice()).mean("eye").table.set_index("sides")
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
        (5, 1, Dice(), "mapping of values"),
        ({}, 1, Dice(), "mapping of values"),
        ([Dice(), Box()], 1, None, "of one kind"),
        ({"sides": [99]}, 1, Dice(), "between 1 and 20"),
        ({"sides": 5}, 1, Dice(), r"sides needs a list of values in the grid; got 5. Write \[5\]"),
        ({"face": "red"}, 1, Dice(), r"face needs a list of values in the grid; got 'red'. Write \['red'\]"),
        ({"sidez": [6]}, 1, Dice(), "sidez is not a parameter here. Known: sides, .* Nearest: sides"),
        ({"sides": [6]}, "3", Dice(), "at least 1; got '3'"),
        ({"sides": [6]}, True, Dice(), "at least 1; got True"),
        ({"sides": [6]}, 1, Dice, "scenario must be a scenario"),
        ({"dice": [Dice()]}, 1, Box(), "dice is a group of parameters: name one of them, such as dice.sides"),
        ({"sides": [6]}, 1, Box(), "sides is not a parameter here. Known: dice.…, felt. Nearest: dice.sides"),
        ({"felt": [1]}, 1, Box(), "felt is a table"),
        (
            {"sides": range(1, 21), "shift": [0.0] + [x / 6000 for x in range(5999)]},
            1,
            Dice(),
            "between 1 and 100000 runs",
        ),
    ],
)
def test_a_grid_that_makes_no_sense_says_so(grid, replications, scenario, says):
    with pytest.raises(BoundsError, match=says):
        sweep(throw, grid, replications, scenario=scenario)


def fall(scenario, rng=0):
    """No luck: two measures, of which the first falls with the sides."""
    values = [100.0 - scenario.sides, scenario.shift]
    return Throw(table=pd.DataFrame({"measure": ["gmv_usd", "orders"], "eye": values, "sides": [0, 0]}))


def box_throw(scenario, rng=0):
    return throw(scenario.dice, rng)


def test_a_value_out_of_bounds_or_a_bad_formula_loses_that_point_only():
    run = sweep(throw, {"sides": [6, 99, 20], "face": ["red", "grey"]}, 2, scenario=Dice())
    assert run.table.groupby(["sides", "face"]).ngroups == 2 and run.n_points == 6
    assert run.failed["replication"].isna().all() and len(run.failed) == 4
    said = dict(zip(zip(run.failed["sides"], run.failed["face"], strict=True), run.failed["problem"], strict=True))
    assert said[99, "red"] == "sides must be between 1 and 20; got 99. Choose a value inside these bounds."
    assert said[6, "grey"] == "'grey' is no colour"
    assert "4 runs of throw: 6 points, 2 replications each. 4 points were refused" in run.text
    whole = sweep(throw, {"sides": [6, 4, 20], "face": ["red", "blue"]}, 2, scenario=Dice()).table
    for sides in (6, 20):  # a point that is refused shifts no other point's seed
        chosen = [t[(t["sides"] == sides) & (t["face"] == "red")]["eye"].tolist() for t in (run.table, whole)]
        assert chosen[0] == chosen[1]


def test_a_parameter_of_a_group_is_swept_by_its_path():
    run = sweep(box_throw, {"dice.sides": [2, 20], "dice.shift": [0.0]}, 50, scenario=Box())
    means = run.mean("eye").table.set_index("dice.sides")["value"]
    assert 1.2 < means[2] < 1.8 and 9 < means[20] < 12
    assert run.columns["dice.sides"] == "Sides"


def test_scenarios_that_differ_in_a_group_or_in_nothing_but_a_table_are_told_apart():
    assert sweep(box_throw, [Box(), Box(dice=Dice(sides=2))]).parameters == ("dice.sides",)
    tables = sweep(box_throw, [Box(felt=[1]), Box(felt=[2])])
    assert tables.parameters == ("scenario",) and len(tables.mean("eye").table) == 2
    assert sweep(throw, [Dice()], 3).mean("eye").table["scenario"].tolist() == [1]


def test_one_run_is_not_called_runs():
    assert sweep(throw, [Dice()]).text.startswith("1 run of throw: 1 point, 1 replication each. Eye is ")


def test_the_sentence_says_how_the_measure_moves_and_where():
    said = sweep(fall, {"sides": [20, 4, 6]}, 2, scenario=Dice()).text
    assert "falls with every step, from $96.00 at Sides 4 to $80.00 at Sides 20" in said
    assert "The 95% intervals of the two do not overlap." in said
    two = sweep(fall, {"sides": [4, 6], "shift": [0.0, 1.0]}, scenario=Dice()).mean("eye", {"measure": "orders"}).text
    assert "highest, 1, at Sides 4, Shift 1, and lowest, 0, at Sides 4, Shift 0" in two
    assert "no interval: give replications" in two
    with in_language("zh"):
        chinese = sweep(fall, {"sides": [20, 4, 6]}, 2, scenario=Dice()).text
    assert "逐点下降" in chinese and "不重叠" in chinese and "。 " not in chinese
    luck = sweep(throw, {"sides": [5, 6]}, 3, scenario=Dice()).text
    assert "overlap: which is higher may be luck" in luck


def test_where_nothing_moves_the_sentence_says_so():
    assert (
        "is 0 at every point" in sweep(fall, {"sides": [4, 6]}, scenario=Dice()).mean("eye", {"measure": "orders"}).text
    )


def test_the_sentence_is_about_what_moves_not_about_days_or_rounding():
    def days(scenario, rng=0):
        third = [0.1 + 0.2 if scenario.sides == 4 else 0.3] * 3
        return Throw(table=pd.DataFrame({"day": [0, 1, scenario.sides], "same": third, "eye": [scenario.sides] * 3}))

    assert sweep(days, {"sides": [4, 6]}, scenario=Dice()).headline == ("eye", {})
    assert "same is 0.3 at every point" in sweep(days, {"sides": [4, 6]}, scenario=Dice()).mean("same").text


def test_the_origin_names_the_seed_and_the_grid():
    run = sweep(throw, {"sides": [4, 6]}, rng=7, scenario=Dice())
    for result in (run, run.mean("eye")):
        assert result.origin["*"].seed == 7 and result.origin_of("sides").kind == "assumed"
    assert "seed: 7" in run.mean("eye").origin_of("value").text
    drawn = sweep(throw, {"sides": [4, 6]}, rng=np.random.default_rng(3), scenario=Dice())
    again = sweep(throw, {"sides": [4, 6]}, rng=drawn.seed, scenario=Dice())
    pd.testing.assert_frame_equal(drawn.table, again.table)


@pytest.mark.parametrize(
    ("value", "where", "says"),
    [
        ("ey", {"measure": "orders"}, "ey is not a column of numbers .* Known: eye, result_sides. Nearest: eye"),
        ("measure", None, "measure is not a column of numbers"),
        ("eye", {"zz": 1}, "zz is not a column of this sweep to choose rows by. Known: sides, replication, measure"),
        ("eye", {"measure": "gmv"}, "No row has 'gmv' as measure. Known: gmv_usd, orders. Nearest: gmv_usd"),
        ("eye", {"measure": "orders", "sides": 5}, "No row has 5 as sides. Known: 4, 6"),
        (
            "eye",
            None,
            r"several measures; choose one, as mean\('eye', {'measure': 'gmv_usd'}\). Known: gmv_usd, orders",
        ),
    ],
)
def test_a_mean_of_what_is_not_there_says_what_is(value, where, says):
    with pytest.raises(BoundsError, match=says):
        sweep(fall, {"sides": [4, 6]}, scenario=Dice()).mean(value, where)


def test_a_parameter_held_still_by_where_no_longer_varies():
    run = sweep(fall, {"sides": [4, 6], "shift": [0.0, 1.0]}, scenario=Dice())
    assert run.mean("eye", {"measure": "orders"}).parameters == ("sides", "shift")
    assert run.mean("eye", {"measure": "orders", "shift": 1.0}).parameters == ("sides",)


def test_where_every_run_fails_the_sentence_does_and_the_mean_says_why_not():
    run = sweep(throw, {"sides": [13]}, scenario=Dice())
    assert run.text == "1 run of throw: 1 point, 1 replication each. 1 run failed and is listed in failed."
    with pytest.raises(BoundsError, match="No run of this sweep gave a table"):
        run.mean("eye")


def test_a_sweep_comes_back_from_json():
    run = sweep(throw, {"sides": [6, 13, 99]}, 2, scenario=Dice())
    again = Sweep.from_json(run.to_json())
    assert again.text == run.text and again.to_json() == run.to_json()
    assert repr(again) == f"<Sweep: {run.text}>"


def test_what_is_no_verb_is_refused():
    with pytest.raises(BoundsError, match=r"verb must be a function of a scenario, .* got 'throw'"):
        sweep("throw", {"sides": [6]}, scenario=Dice())
