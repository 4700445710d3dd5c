"""What the eight mechanisms share: one seed for all their runs, and a cost that a slider can bear."""

import numpy as np
import pytest

from crossborder.atlas import atlas
from crossborder.result import Result

NUMBERS = (3, 42, 43, 44, 45, 47, 89, 90)
QUICK = {
    3: {"n_sessions": 5, "n_shoppers": 10, "days": 1},
    42: {"worlds": 2, "days": 5},
    45: {"days": 10},
    90: {"days": 10, "n_skus": 30, "n_chosen": 5},
}


def run(number, rng) -> Result:
    mechanism = atlas()[number]
    return mechanism.function()(mechanism.default_scenario().replace(**QUICK.get(number, {})), rng=rng)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_generator_yields_one_seed_for_all_runs(number):
    """Runs that met different shoppers would show a change where nothing was changed."""
    first, second = (run(number, np.random.default_rng(5)) for _ in range(2))
    assert first.table.equals(second.table)
    again = run(number, first.seed)
    assert again.table.equals(first.table)


@pytest.mark.parametrize("number", NUMBERS)
def test_facts_of_the_card_are_said_with_the_result(number):
    mechanism, result = atlas()[number], run(number, 0)
    said = {fact for origin in result.origin.values() for fact in origin.facts}
    assert said and said <= set(mechanism.facts)


@pytest.mark.parametrize("number", NUMBERS)
def test_few_controls_are_in_sight(number):
    main = [name for name, about in type(atlas()[number].default_scenario()).about().items() if about.main]
    assert 3 <= len(main) <= 5
