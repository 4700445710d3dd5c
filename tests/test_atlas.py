"""The atlas' reader: one row per mechanism, honest about what runs, and the door to each verb."""

import numpy as np
import pytest

import crossborder as xb
from crossborder.atlas import Mechanism, atlas, run
from crossborder.i18n import in_language

WANTED = ["number", "name_en", "name_zh", "theme", "verb", "scenario", "facts", "built"]


def test_one_row_per_mechanism_with_the_agreed_columns():
    table = xb.atlas().table
    assert table.columns[: len(WANTED)].tolist() == WANTED
    assert table["number"].is_unique and len(table) == 117
    assert table["built"].tolist() == [bool(verb) for verb in table["verb"]]


@pytest.mark.parametrize("number", [0, 118, -1])
def test_a_number_that_does_not_exist_says_which_do(number):
    with pytest.raises(LookupError, match=f"Mechanism {number} does not exist: numbers run from 1 to 117"):
        run(number)


@pytest.mark.parametrize("number", ["2", 2.5, 2.0, None, True, [2]])
def test_what_is_no_whole_number_is_asked_for_as_one(number):
    with pytest.raises(LookupError, match="a whole one from 1 to 117; got") as problem:
        run(number)
    assert repr(number) in str(problem.value)
    with in_language("zh"), pytest.raises(LookupError, match="1 到 117 的整数"):
        run(number)


def test_it_is_counted_and_walked_through():
    assert len(atlas()) == 117 and [mechanism.number for mechanism in atlas()] == list(range(1, 118))
    assert atlas()[np.int64(2)] is atlas()[2] and atlas()[2] in atlas()
    assert [mechanism.number for mechanism in atlas() if mechanism.built] == list(atlas().built)


def test_it_reads_as_one_line():
    assert repr(atlas()[2]) == "<Mechanism 2: Traffic allocation by GMV, new>"
    assert repr(atlas()) == f"<Atlas: {atlas().text}>"


def test_the_sentence_counts_what_runs():
    built = sum(mechanism.built for mechanism in atlas().mechanisms)
    assert atlas().text.startswith(f"{built} of 117 mechanisms run today")


def test_what_does_not_run_yet_says_so():
    waiting = next((mechanism for mechanism in atlas().mechanisms if not mechanism.built), None)
    if waiting is None:  # all run
        assert all(mechanism.verb for mechanism in atlas().mechanisms)
    else:
        with pytest.raises(LookupError, match="is catalogued but does not run yet") as problem:
            run(waiting.number)
        assert str(problem.value).endswith(f"{', '.join(map(str, atlas().built))}.")
        assert f"Those that run: {atlas().built[0]}, " in str(problem.value)


def test_a_change_is_checked_before_the_run():
    first = next(mechanism for mechanism in atlas().mechanisms if mechanism.built)
    with pytest.raises(ValueError, match="nothing is not a parameter here"):
        run(first.number, nothing=1)


def test_a_path_that_leads_nowhere_fails_where_it_is_followed():
    values = vars(atlas()[1]) | {"verb": "ranking.nowhere:nothing", "scenario": "ranking.compare.Nothing"}
    with pytest.raises((ImportError, AttributeError)):
        Mechanism(**values).default_scenario()
