"""The picture of a sweep follows from what its grid varies."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import pytest

from crossborder.charts import alt_of, heat_map, static_svg, sweep_picture, table_of
from crossborder.errors import MisfitError
from crossborder.evaluation import sweep
from crossborder.i18n import in_language
from crossborder.params import Params, choice, flag, param
from crossborder.result import Result


@dataclass(frozen=True, kw_only=True)
class Shop(Params):
    price: float = param(1.0, 0.0, 9.0, label="Price of the lamp")
    sellers: int = param(3, 1, 9, label="Sellers")
    kind: str = choice("a", {"a": "A", "b": "B"}, label="Kind")
    respond: bool = flag(True, label="Respond")


@dataclass(frozen=True, kw_only=True)
class Sales(Result):
    columns: ClassVar = {"gmv_usd": "GMV"}
    table: pd.DataFrame

    @property
    def text(self) -> str:
        return "Sales."


def sell(scenario, rng=0):
    value = scenario.price * 10 - scenario.sellers * 4 + (scenario.kind == "b") + rng % 5
    return Sales(table=pd.DataFrame({"gmv_usd": [float(value)]}))


def drawn(grid, replications=1):
    return sweep_picture(sweep(sell, grid, replications, scenario=Shop()), "gmv_usd")


def test_two_numbers_are_a_heat_map_with_the_line_at_zero():
    figure = drawn({"price": [0.0, 1.0, 2.0], "sellers": [1, 3]})
    assert [trace.type for trace in figure.data] == ["heatmap", "scatter"]
    assert figure.layout.title.text == "GMV by Price of the lamp, Sellers"
    assert figure.layout.xaxis.title.text == "Price of the lamp" and "$" in alt_of(figure)
    assert len(table_of(figure)["rows"]) == 6


def test_one_number_is_a_line_in_order_with_its_interval():
    figure = drawn({"price": [2.0, 0.0, 1.0]}, 3)
    *band, line = figure.data
    assert list(line.x) == [0.0, 1.0, 2.0] and line.mode == "lines+markers" and len(band) == 2
    assert all(low <= y <= high for low, y, high in zip(band[0].y, line.y, band[1].y, strict=True))
    assert "$" in figure.layout.yaxis.ticktext[0]
    assert len(drawn({"price": [2.0, 0.0, 1.0]}).data) == 1  # one run per point has no interval


def test_a_number_and_a_word_are_a_line_each_and_a_word_alone_bars():
    figure = drawn({"price": [0.0, 1.0], "kind": ["a", "b"]})
    assert [trace.name for trace in figure.data] == ["A", "B"] and figure.layout.showlegend
    assert drawn({"kind": ["a", "b"]}, 3).data[0].type == "bar"
    assert drawn({"respond": [True, False]}).data[0].type == "bar"


def test_the_picture_can_be_printed_and_speaks_chinese():
    figure = drawn({"price": [0.0, 1.0], "sellers": [1, 3]})
    assert static_svg(figure).startswith("<svg")
    with in_language("zh"):
        assert drawn({"price": [0.0, 1.0]}).layout.title.text.endswith("（按Price of the lamp）")


def test_a_mean_is_a_result_that_other_charts_take():
    mean = sweep(sell, {"price": [0.0, 1.0], "sellers": [1, 3]}, scenario=Shop()).mean("gmv_usd")
    assert heat_map(mean, "sellers", "price", "value", unit=mean.unit).data[0].type == "heatmap"


@pytest.mark.parametrize(
    ("grid", "says"),
    [
        ({"price": [0.0]}, "one or two parameters"),
        (
            {"price": [0.0, 1.0], "sellers": [1, 2], "kind": ["a", "b"]},
            "here vary: price, sellers, kind. Hold the others",
        ),
        ({"kind": ["a", "b"], "respond": [True, False]}, "one of them at least in numbers"),
    ],
)
def test_what_one_picture_cannot_hold_says_how_to_hold_the_rest(grid, says):
    with pytest.raises(MisfitError, match=says):
        drawn(grid)


def test_only_a_sweep_has_this_picture():
    with pytest.raises(MisfitError, match=r"sweep_picture draws what .* got a Sales"):
        sweep_picture(sell(Shop()))


def test_a_sweep_itself_has_several_rows_for_a_point():
    run = sweep(sell, {"price": [0.0, 1.0], "sellers": [1, 3]}, 2, scenario=Shop())
    with pytest.raises(MisfitError, match=r"one row for each pair of price and sellers.* draw sweep.mean"):
        heat_map(run, "price", "sellers", "gmv_usd")
