"""Which currency a text names."""

import pytest

from crossborder.data.currencies import CODES, SHARED_SIGNS, currency_in, currency_in_header


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("US $", "USD"),
        ("R$", "BRL"),
        ("CA$", "CAD"),
        ("руб.", "RUB"),
        ("грн.", "UAH"),
        ("元", "CNY"),
        ("€/шт", "EUR"),
        ("TL", "TRY"),
        ("USD/PCS", "USD"),
        ("$", "$"),
        ("¥", "¥"),
        ("kr.", "kr"),
        ("per piece", ""),
        ("PRICE", ""),
        ("с доставкой", ""),
    ],
)
def test_signs_words_and_codes(text, code):
    assert currency_in(text) == (code, "")


def test_a_code_that_nobody_uses_is_reported_as_such():
    assert currency_in("XQZ") == ("", "XQZ")


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("price_usd", "USD"),
        ("Цена, руб.", "RUB"),
        ("Preis (€)", "EUR"),
        ("Price", ""),
        ("price per cup", ""),
        ("价格(元)", "CNY"),
    ],
)
def test_headers(header, code):
    assert currency_in_header(header) == code


def test_shared_signs_stand_for_currencies_in_use():
    assert {code for codes in SHARED_SIGNS.values() for code in codes} <= CODES
