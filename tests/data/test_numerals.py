"""Which mark separates thousands, and which the decimals."""

import numpy as np
import pyarrow as pa
import pytest

from crossborder.data.numerals import sort_numerals


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("12", "plain"),
        ("12.5", "point"),
        ("0.123", "point"),
        ("1,234.56", "point"),
        ("1,234,567", "point"),
        ("4.128521126760563", "point"),
        ("12,5", "comma"),
        ("1.234,56", "comma"),
        ("1.234.567", "comma"),
        ("1 234,567", "comma"),
        ("1.234", "either"),
        ("999,999", "either"),
    ],
)
def test_a_number_is_sorted_by_its_shape(text, shape):
    sorted_ = sort_numerals(pa.array([text]))
    assert [name for name in ("plain", "point", "comma", "either") if getattr(sorted_, name)[0]] == [shape]


@pytest.mark.parametrize("text", ["1.2.3", "1,23.4", "12 34", "1..5", ",", "1 234 5"])
def test_what_is_no_number_has_no_shape(text):
    assert not sort_numerals(pa.array([text])).readable[0]


def test_an_ambiguous_number_is_read_as_told():
    sorted_ = sort_numerals(pa.array(["1.234", "1,234"]))
    assert sorted_.values(np.array([True, True])).tolist() == [1.234, 1.234]
    assert sorted_.values(np.array([False, False])).tolist() == [1234.0, 1234.0]
