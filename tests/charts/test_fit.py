"""A picture of what a result does not hold is refused with the columns, and with pictures that do fit."""

import pandas as pd
import pytest

from crossborder import charts
from crossborder.charts.fit import pictures_of
from crossborder.errors import MisfitError
from crossborder.i18n import in_language

MISFITS = {
    "heat_map": lambda result: charts.heat_map(result, "x", "y", "z"),
    "old_to_new": charts.old_to_new,
    "over_days": lambda result: charts.over_days(result, "gmv_usd"),
    "quantile_dots": lambda result: charts.quantile_dots(result, "nothing"),
    "lorenz_curve": charts.lorenz_curve,
    "two_quantities": charts.two_quantities,
    "bar_list": lambda result: charts.bar_list(result, "name", "size"),
}


@pytest.mark.parametrize("name", MISFITS)
def test_it_says_which_columns_are_wanted_which_are_there_and_what_fits(name, comparison):
    with pytest.raises(MisfitError) as problem:
        MISFITS[name](comparison)
    said = str(problem.value)
    assert said.startswith(f"{name} draws the columns ") and "measure, old, new, difference" in said
    assert "paired_differences(result)" in said and said.endswith(".")
    with in_language("zh"), pytest.raises(MisfitError, match="请改写列名"):
        MISFITS[name](comparison)


def test_paired_differences_of_something_else(draws):
    with pytest.raises(MisfitError, match=r"paired_differences draws .* Sample has no measure, old"):
        charts.paired_differences(draws)


def test_measures_that_are_not_there(comparison):
    with pytest.raises(MisfitError, match=r"stands in the result: gmv, order\. Known: gmv_usd, orders"):
        charts.paired_differences(comparison, measures=("gmv", "order"))
    assert len(charts.paired_differences(comparison, measures=("gmv", "orders")).data) == 1


@pytest.mark.parametrize("name", [*MISFITS, "paired_differences", "plain_picture"])
@pytest.mark.parametrize("given", [pd.DataFrame({"x": [1]}), None, "text"])
def test_what_is_no_result_is_refused(name, given):
    draw = MISFITS.get(name) or getattr(charts, name)
    with pytest.raises(MisfitError, match=f"{name} draws a result, .* got a {type(given).__name__}"):
        draw(given)


def test_words_where_numbers_are_drawn(comparison):
    with pytest.raises(MisfitError, match=r"over_days needs numbers in measure, .* Its columns of numbers: old, new"):
        charts.over_days(comparison, "measure", day="old")


def test_missing_numbers_in_a_column_of_objects_are_no_words(draws):
    column = pd.Series([1.0, None, 3], dtype=object)
    drawn = charts.quantile_dots(type(draws)(table=pd.DataFrame({"difference_usd": column})), "difference_usd")
    assert len(drawn.data) == 1


@pytest.mark.parametrize("fixture", ["comparison", "kinds", "days", "listings", "grid", "draws", "lorenz"])
def test_every_picture_that_is_named_does_draw(fixture, request):
    result = request.getfixturevalue(fixture)
    named = pictures_of(result)
    assert named[-1] == "plain_picture(result)" and len(set(named)) == len(named)
    for call in named:
        assert eval(call, {**vars(charts), "result": result}).data
