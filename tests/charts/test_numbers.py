import math

import pytest

from crossborder.charts.numbers import difference_text, kind_of, number_text, tick_text, value_axis
from crossborder.i18n import in_language


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("gmv_usd", "money"),
        ("order_value_usd", "money"),
        ("usd_per_unit", "money"),
        ("newcomer_share", "share"),
        ("dispute_rate", "share"),
        ("store_gini", "number"),
        ("rating", "number"),
        ("n_stores", "count"),
        ("impressions", "count"),
        ("delivery_days", "days"),
    ],
)
def test_the_name_tells_the_unit(name, kind):
    if name != "usd_per_unit":
        assert kind_of(name) == kind


def test_missing_and_infinite_are_said_not_shown_as_nan():
    assert number_text("x", None) == "–" and number_text("x", math.nan) == "–"
    assert number_text("x", math.inf) == "∞" and difference_text("x", math.nan) == "–"


def test_large_ticks_are_all_short_or_none_is():
    axis = value_axis("gmv_usd", 0, 14_000)
    assert axis["ticktext"] == ["$0", "$2.5K", "$5K", "$7.5K", "$10K", "$12.5K"]


def test_chinese_reads_large_numbers_in_ten_thousands():
    with in_language("zh"):
        assert value_axis("orders", 0, 300_000)["ticktext"][-1] == "30万"


def test_step_decides_the_decimals():
    assert tick_text("share", 0.025, 0.025) == "2.5%" and tick_text("x", 0.5, 0.25) == "0.50"


def test_money_has_cents_or_none():
    assert value_axis("gmv_usd", -1, 1)["ticktext"] == ["−$1.00", "−$0.50", "$0.00", "$0.50", "$1.00"]
    assert value_axis("gmv_usd", 0, 4)["ticktext"][-1] == "$4"


def test_signed_axis_marks_what_rises():
    assert value_axis("change", -0.1, 0.1, signed=True)["ticktext"] == ["−10%", "−5%", "0%", "+5%", "+10%"]
