"""Numbers as people write them; a number that is none never reaches a sentence as "nan"."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossborder.i18n import in_language, numbers

WAYS = [
    numbers.money, numbers.count, numbers.compact, numbers.decimal, numbers.percent, numbers.signed_percent,
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (numbers.money(12.5), "$12.50"),
        (numbers.money(-12.5), "−$12.50"),
        (numbers.money(999.99), "$999.99"),
        (numbers.money(123456.7), "$123,457"),
        (numbers.money(3, "EUR", 0), "€3"),
        (numbers.count(12345.4), "12,345"),
        (numbers.count(10**15), "1,000,000,000,000,000"),
        (numbers.compact(1_234_567), "1.2M"),
        (numbers.decimal(1234.567), "1,234.57"),
        (numbers.decimal(-0.4, 0), "0"),
        (numbers.decimal(-0.004), "0.00"),
        (numbers.money(-0.001), "$0.00"),
        (numbers.percent(0.15), "15%"),
        (numbers.percent(0.034), "3.4%"),
        (numbers.percent(0), "0%"),
        (numbers.signed_percent(0.034), "+3.4%"),
        (numbers.signed_percent(-0.034), "−3.4%"),
        (numbers.signed("$3", 3), "+$3"),
        (numbers.signed("−$3", -3), "−$3"),
    ],
)
def test_numbers_are_written_as_wanted(text, wanted):
    assert text == wanted


def test_chinese_counts_by_ten_thousands():
    with in_language("zh"):
        assert numbers.compact(1_200_000) == "120万"
        assert numbers.money(12.5) == "US$12.50"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("nothing", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_reads_as_a_dash(way, nothing):
    assert way(nothing) == numbers.MISSING == "–"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.floats(-1e12, 1e12), st.sampled_from(WAYS))
def test_every_number_reads_as_digits(x, way):
    text = way(x)
    assert any(character.isdigit() for character in text)
    assert "nan" not in text.lower() and "-" not in text
