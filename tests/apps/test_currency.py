import pytest

from crossborder.apps.currency import CURRENCIES, currency_label, rate_note, show_in
from crossborder.apps.head import Page
from crossborder.apps.share import from_query, to_query
from crossborder.charts.numbers import number_text, value_axis
from crossborder.data.rates import assumed_rates
from crossborder.i18n import in_language
from crossborder.i18n.numbers import show_dollars_in


@pytest.fixture(autouse=True)
def dollars():
    yield
    show_dollars_in("USD", 1.0)


def test_amounts_are_shown_converted_and_the_rate_is_said():
    show_in("EUR")
    rate = assumed_rates()["EUR"]
    assert number_text("gmv_usd", 100.0 * rate.usd_per_unit) == "€100.00"
    assert rate.on in rate_note() and "computed in dollars" in rate_note()


@pytest.mark.parametrize("code", CURRENCIES)
def test_axes_stay_round_in_every_currency(code):
    show_in(code)
    axis = value_axis("gmv_usd", 0, 900)
    low, high = axis["range"]
    assert (low, high) == (0, 900) and all(low <= tick <= high for tick in axis["tickvals"])
    assert all(not label.strip("$€¥£₽R CNUB").rstrip("K").endswith(("3", "7", "9")) for label in axis["ticktext"])


def test_other_units_are_left_alone():
    show_in("CNY")
    assert (
        number_text("orders", 100) == "100"
        and number_text("share", 0.2) == "20%"
        and number_text("fee_eur", 2.0) == "€2.00"
    )


def test_unknown_currencies_change_nothing():
    show_in("XTS")
    assert rate_note() == "" and number_text("gmv_usd", 1.0) == "$1.00"


def test_the_choice_travels_in_the_link_and_retells_the_page(explorer, shop):
    page = Page(explorer, title="Orders", currency=True)
    page.head.act("currency", "CNY")
    assert from_query(explorer.query())["currency"] == "CNY" and "1 USD = " in page.head.skeleton
    show_in("USD")
    page.address.set_trait("query", "currency=CNY")
    page.address.set_trait("arrived", True)
    assert from_query(to_query(shop()))["currency"] == "CNY"


def test_names_in_both_languages():
    assert currency_label("CNY") == "CNY · Chinese Yuan"
    with in_language("zh"):
        assert currency_label("CNY") == "CNY · 人民币"
