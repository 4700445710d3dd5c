"""The atlas' reader: one row per mechanism, honest about what runs, and the door to each verb."""

import pytest

import crossborder as xb
from crossborder.atlas import Mechanism, atlas, run

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


def test_the_sentence_counts_what_runs():
    built = sum(mechanism.built for mechanism in atlas().mechanisms)
    assert atlas().text.startswith(f"{built} of 117 mechanisms run today")


def test_what_does_not_run_yet_says_so():
    waiting = next((mechanism for mechanism in atlas().mechanisms if not mechanism.built), None)
    if waiting is None:  # all run
        assert all(mechanism.verb for mechanism in atlas().mechanisms)
    else:
        with pytest.raises(LookupError, match="is catalogued but does not run yet"):
            run(waiting.number)


def test_a_change_is_checked_before_the_run():
    first = next(mechanism for mechanism in atlas().mechanisms if mechanism.built)
    with pytest.raises(ValueError, match="nothing is not a parameter here"):
        run(first.number, nothing=1)


def test_a_path_that_leads_nowhere_fails_where_it_is_followed():
    values = vars(atlas()[1]) | {"verb": "ranking.nowhere:nothing", "scenario": "ranking.compare.Nothing"}
    with pytest.raises((ImportError, AttributeError)):
        Mechanism(**values).default_scenario()
