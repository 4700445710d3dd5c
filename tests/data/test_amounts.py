"""Amounts and counts as marketplaces write them."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossborder.data.amounts import MISSING, NO_NUMBER, NOT_FINITE, OK, TWO_AMOUNTS, UNREADABLE, split_amounts


def taken_apart(text, decimal=False):
    amounts = split_amounts(pa.array([text], pa.string()))
    value = amounts.values(np.full(len(amounts.status), decimal))[0]
    return amounts, value


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("US $12.50", 12.5, "USD"),
        ("12,50 €", 12.5, "EUR"),
        ("16 423,34 руб.", 16423.34, "RUB"),
        ("16\u202f423,34\u00a0₽", 16423.34, "RUB"),
        ("R$29,97", 29.97, "BRL"),
        ("¥88.00", 88.0, "¥"),
        ("￥８８.００", 88.0, "¥"),
        ("1 234,56", 1234.56, ""),
        ("$1,234.56", 1234.56, "$"),
        ("1.234.567,8 zł", 1234567.8, "PLN"),
        ("₹1,23,456.78", 123456.78, "INR"),
        ("Rs.500", 500.0, "INR"),
        ("$.99", 0.99, "$"),
        ("1'234.50 CHF", 1234.5, "CHF"),
        ("EUR -5,00", -5.0, "EUR"),
        ("(12.50)", -12.5, ""),
        ("−3", -3.0, ""),
        ("1e12", 1e12, ""),
        ("٣٫٥", 3.5, ""),
        ("4,5 из 5", 4.5, ""),
        ("от 500 руб.", 500.0, "RUB"),
    ],
)
def test_amounts_carry_their_currency(text, value, currency):
    amounts, found = taken_apart(text)
    assert (found, amounts.currency[0], amounts.status[0]) == (pytest.approx(value), currency, OK)


@pytest.mark.parametrize(
    ("text", "value", "at_least"),
    [
        ("1.2万", 12_000, True),
        ("1,2万+", 12_000, True),
        ("3亿", 300_000_000, True),
        ("5,000+ sold", 5_000, True),
        ("10K+ sold", 10_000, True),
        ("1,2 тыс.", 1_200, True),
        ("2.5M", 2_500_000, True),
        ("超过500", 500, True),
        ("120", 120, False),
        ("5 шт.", 5, False),
    ],
)
def test_counts_know_when_they_are_a_lower_bound(text, value, at_least):
    amounts, found = taken_apart(text)
    assert (found, bool(amounts.at_least[0])) == (pytest.approx(value), at_least)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        *(
            (text, MISSING)
            for text in ("--", "—", "N/A", "n/a", "#DIV/0!", "#N/A", "null", "None", "нет", "无", "", "k. A.")
        ),
        *((text, NOT_FINITE) for text in ("NaN", "inf", "-Infinity", "∞")),
        *((text, NO_NUMBER) for text in ("abc", "gratis")),
        *((text, UNREADABLE) for text in ("12²", "12.05.2020", "1 23", "1,2,3", "½")),
        *((text, TWO_AMOUNTS) for text in ("12 abc 5", "$12.50/lot (2 pieces)")),
    ],
)
def test_what_is_no_amount_says_why(text, status):
    assert taken_apart(text)[0].status[0] == status


def test_a_range_gives_its_lower_end():
    amounts, value = taken_apart("US $12.50 - 15.00")
    assert (value, bool(amounts.is_range[0]), amounts.currency[0]) == (12.5, True, "USD")


def test_a_free_offer_is_zero_where_the_column_allows_it():
    amounts = split_amounts(pa.array(["Free Shipping", "2.00"]), ("free shipping",))
    assert amounts.values(np.zeros(2, bool)).tolist() == [0.0, 2.0]


def test_an_unknown_currency_is_named():
    assert taken_apart("12 XQZ")[0].unknown_currency[0] == "XQZ"


@given(
    st.lists(st.decimals(min_value=0, max_value=10**9, places=2), min_size=1, max_size=30),
    st.sampled_from(["point", "comma"]),
)
@settings(max_examples=25, deadline=None)
def test_what_is_written_in_either_convention_is_read_back(numbers, convention):
    swap = str.maketrans(",.", ".,") if convention == "comma" else {}
    amounts = split_amounts(pa.array([f"{number:,.2f}".translate(swap) for number in numbers]))
    values = amounts.values(np.zeros(len(amounts.status), bool))
    assert values.tolist() == pytest.approx([float(number) for number in numbers], rel=1e-12)


@given(st.lists(st.one_of(st.text(max_size=30), st.none()), max_size=40))
@settings(max_examples=50, deadline=None)
def test_any_text_gives_a_status_for_each_row(texts):
    amounts = split_amounts(pa.array(texts, pa.string()))
    values = amounts.values(np.zeros(len(amounts.status), bool))
    assert len(values) == len(texts)
    assert np.isfinite(values[amounts.rows(amounts.status) == OK]).all()
