"""Results: a table, a sentence in the language of the moment, an origin for each number, safe HTML, JSON and back."""

import dataclasses
import json
from typing import ClassVar

import numpy as np
import pandas as pd
import pytest

from crossborder.atlas import Atlas, atlas
from crossborder.errors import UnreadableError
from crossborder.i18n import in_language
from crossborder.origin import OriginKind, assumed, simulated
from crossborder.result import ROWS_SHOWN, CheckResult, Result, Verdict
from crossborder.statistics import Comparison, compare


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sales(Result):
    columns: ClassVar = {"orders": "simulated"}  # a message that has a translation

    table: pd.DataFrame

    @property
    def text(self) -> str:
        return f"{len(self.table)} rows & <b>more</b>"

    @property
    def origin(self):
        return {"*": simulated(seed=3), "price_usd": assumed("we chose it")}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Fit(CheckResult):
    table: pd.DataFrame = dataclasses.field(default_factory=pd.DataFrame)


SALES = Sales(table=pd.DataFrame({"title": ["<script>alert(1)</script>", "b"], "orders": [1, 2]}))


def test_each_number_has_an_origin_and_a_star_stands_for_the_rest():
    assert SALES.origin_of("price_usd").kind is OriginKind.ASSUMED
    assert SALES.origin_of("orders") == simulated(seed=3)


def test_a_name_that_the_result_does_not_hold_has_no_origin():
    with pytest.raises(
        LookupError, match=r"order is no column or measure of Sales. Known: title, orders, price_usd. Near"
    ):
        SALES.origin_of("order")
    compared = compare({"gmv_usd": [1.0]}, {"gmv_usd": [2.0]})
    assert compared.origin_of("gmv_usd") == compared.origin_of("difference")  # a measure, and a column
    with in_language("zh"), pytest.raises(LookupError, match="没有名为 zzz"):
        compared.origin_of("zzz")


def test_it_reads_as_its_kind_and_its_sentence():
    assert repr(SALES) == f"<Sales: {SALES.text}>"
    assert repr(Fit(verdict="fit", threshold="")) == "<Fit>"  # says no sentence


def test_labels_follow_the_language():
    assert SALES.labelled_table().columns.tolist() == ["title", "simulated"]
    with in_language("zh"):
        assert SALES.labelled_table().columns.tolist() == ["title", "模拟得出"]


def test_html_escapes_sentence_and_table():
    shown = SALES._repr_html_()
    assert "<script>" not in shown and "&lt;script&gt;" in shown
    assert "2 rows &amp; &lt;b&gt;more" in shown
    assert "more rows" not in shown.replace("rows &amp; &lt;b&gt;more", "")


def test_a_long_table_shows_its_head_and_counts_the_rest():
    long = Sales(table=pd.DataFrame({"orders": np.arange(ROWS_SHOWN + 7)}))
    assert long._repr_html_().count("<tr") == ROWS_SHOWN + 1
    assert "7 more rows" in long._repr_html_()


def test_str_is_the_sentence():
    assert str(SALES) == SALES.text


def test_a_result_without_a_sentence_says_whose_fault_it_is():
    with pytest.raises(TypeError, match="Result says no sentence"):
        _ = Result().text


def test_results_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        SALES.table = pd.DataFrame()  # type: ignore[misc]


def test_results_come_back_from_json():
    result = compare(
        {"gmv_usd": [1.0, 2.0, np.nan], "orders": [1, 2, 3]}, {"gmv_usd": [2.0, 2.0, 1.0], "orders": [1, 2, 3]}
    )
    text = result.to_json()
    json.loads(text, parse_constant=pytest.fail)
    again = Comparison.from_dict(json.loads(text))
    pd.testing.assert_frame_equal(again.table, result.table)
    assert (again.text, again.n_worlds, again.origin) == (result.text, 3, result.origin)
    assert again.to_json() == text


def test_the_atlas_comes_back_from_json():
    assert Atlas.from_dict(json.loads(atlas().to_json())) == atlas()


def test_another_kind_of_result_is_refused():
    plain = compare([1.0], [2.0]).to_dict()
    with pytest.raises(ValueError, match="holds a Comparison, not a Atlas"):
        Atlas.from_dict(plain)


@pytest.mark.parametrize("text", ["", "[1]", "null", "{}", "5", None, '{"$type": "statistics.comparison:Comp', "["])
def test_json_that_holds_no_result_ends_in_a_sentence(text):
    with pytest.raises(UnreadableError, match=r"Atlas\.to_json\(\)"):
        Atlas.from_json(text)


def test_a_result_comes_back_from_its_own_json():
    result = compare([1.0, 2.0], [2.0, 4.0])
    assert Comparison.from_json(result.to_json()).text == result.text
    with pytest.raises(UnreadableError, match="holds a Comparison, not a Atlas"):
        Atlas.from_json(result.to_json())
    damaged = result.to_json().replace('"$frame":{', '"$frame":[{', 1).replace('},"columns"', '}],"columns"', 1)
    with pytest.raises(UnreadableError, match="not complete"):
        Comparison.from_json(damaged)


@pytest.mark.parametrize(("verdict", "passed"), [("fit", True), ("unfit", False), ("caution", None), ("unknown", None)])
def test_a_verdict_is_one_of_four(verdict, passed):
    check = Fit(verdict=verdict, threshold="at least 3")
    assert check.verdict is Verdict(verdict) and check.passed is passed
    with in_language("zh"):
        assert check.verdict.label != Verdict(verdict).value


def test_an_unknown_verdict_is_refused():
    with pytest.raises(ValueError, match="perhaps"):
        Fit(verdict="perhaps", threshold="")
