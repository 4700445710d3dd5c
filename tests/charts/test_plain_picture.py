"""A result without a chart of its own is drawn all the same: by what its columns hold."""

import pandas as pd
import pytest

from crossborder.charts import alt_of, plain_picture, static_svg, table_of
from crossborder.i18n import in_language

DAYS = [0, 1, 2]
TABLES = {
    "days of groups": ({"plan": ["old"] * 3 + ["new"] * 3, "day": DAYS * 2, "gmv_usd": [1.0, 2, 3, 2, 4, 6]}, "lines"),
    "a band": ({"week": DAYS, "orders": [5.0, 6, 7], "low": [4.0, 5, 6], "high": [6.0, 7, 8]}, "lines"),
    "dates": ({"on": pd.to_datetime(["2018-11-09", "2018-11-10", "2018-11-11"]), "orders": [5, 6, 70]}, "lines"),
    "a curve": ({"price_usd": [1.0, 2.0, 3.0], "profit_usd": [0.0, 5.0, 4.0]}, "lines"),
    "names": ({"country": ["RU", "ES"], "rate": [0.02, 0.03], "chosen": [True, False]}, "bar"),
    "an interval": ({"method": ["a", "b"], "change": [0.1, 0.2], "low": [0.0, 0.1], "high": [0.2, 0.3]}, "bar"),
    "one row of numbers": ({"n_stores": [3], "gmv_usd": [10.0]}, "bar"),
    "one number": ({"gmv_usd": [10.0]}, "bar"),
    "a gap": ({"country": ["RU", "ES"], "rate": [float("nan"), 0.03]}, "bar"),
    "many names, many days": ({"store": list("abcdefghij") * 2, "day": [0] * 10 + [1] * 10, "n_x": range(20)}, "bar"),
    "verdicts": ({"check": ["brand", "documents"], "verdict": ["fit", "unfit"], "reason": ["x", "y"]}, "markers"),
    "yes or no": ({"document": ["licence", "mark"], "there": [True, False]}, "markers"),
    "no rows": ({"country": [], "rate": []}, "bar"),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_its_picture(draws, name, language):
    columns, wanted = TABLES[name]
    result = type(draws)(table=pd.DataFrame(columns))
    before = result.table.copy(deep=True)
    with in_language(language):
        figure = plain_picture(result)
        assert wanted in {getattr(trace, "mode", None) or trace.type for trace in figure.data}
        assert figure.layout.title.text and alt_of(figure) and table_of(figure)["columns"]
        assert static_svg(figure).startswith("<svg")
    assert result.table.equals(before)


def test_a_comparison_is_drawn_as_one(comparison):
    title = plain_picture(comparison).layout.title.text
    assert title == "What the change does"


def test_groups_and_interval_are_those_of_the_table(draws):
    drawn = plain_picture(type(draws)(table=pd.DataFrame(TABLES["days of groups"][0])))
    assert {trace.name: list(trace.y) for trace in drawn.data} == {"Old": [1, 2, 3], "New": [2, 4, 6]}
    bars = plain_picture(type(draws)(table=pd.DataFrame(TABLES["an interval"][0]))).data[0]
    assert list(bars.x) == [0.1, 0.2] and list(bars.error_x.array) == pytest.approx([0.1, 0.1])
