"""Currencies of prices, and dollars."""

import pytest

from crossborder.data.rates import Rate, assumed_rates, rates_to_use
from crossborder.errors import BoundsError


def priced(read_here, *cells, header="price", more_header="", more="", **options):
    rows = "".join(f'{i},thing,"{cell}"{more}\n' for i, cell in enumerate(cells))
    return read_here(f"id,title,{header}{more_header}\n{rows}", **options)


def test_each_price_is_converted_at_the_rate_of_its_own_currency(read_here):
    read = priced(read_here, "US $3", "10 €", "100 руб.", rates={"EUR": 1.5, "RUB": 0.01})
    assert read.table["price_usd"].tolist() == pytest.approx([3.0, 15.0, 1.0])
    assert read.table["currency"].tolist() == ["USD", "EUR", "RUB"]
    assert read.rates[["currency", "usd_per_unit", "rows"]].values.tolist() == [
        ["EUR", 1.5, 1],
        ["RUB", 0.01, 1],
        ["USD", 1.0, 1],
    ]


def test_the_origin_of_dollars_names_rate_and_day(read_here):
    read = priced(read_here, "10 €")
    said = read.origin_of("price_usd").text
    assert said.startswith("assumed by us; formula: price × rate; source: ECB")
    assert f"1 EUR = {assumed_rates()['EUR'].usd_per_unit:.4g} USD ({assumed_rates()['EUR'].on})" in said
    assert priced(read_here, "US $10").origin_of("price_usd").kind == "observed"


def test_the_header_or_a_column_may_say_the_currency(read_here):
    assert priced(read_here, "10", header="price_eur").table["currency"].tolist() == ["EUR"]
    read = priced(read_here, "10", more_header=",currency", more=",PLN")
    assert (read.table["currency"].tolist(), read.questions) == (["PLN"], ())


def test_a_shared_sign_takes_the_side_of_the_column_or_is_asked(read_here):
    assert priced(read_here, "¥88", more_header=",currency", more=",JPY").table["currency"].tolist() == ["JPY"]
    asked = priced(read_here, "¥88.00", "kr 9")
    assert [(q.id, q.default) for q in asked.questions] == [("currency:¥", "CNY"), ("currency:kr", "SEK")]
    answered = priced(read_here, "¥88.00", "kr 9", answers={"currency:¥": "JPY", "currency:kr": "NOK"})
    assert answered.table["currency"].tolist() == ["JPY", "NOK"] and answered.questions == ()


def test_a_sign_in_the_currency_column_is_a_sign_too(read_here):
    read = priced(read_here, "88", "¥9", "CNY 7", more_header=",currency", more=",¥")
    assert read.table["currency"].tolist() == ["CNY"] * 3 and [q.id for q in read.questions] == ["currency:¥"]


def test_no_currency_anywhere_is_asked_once(read_here):
    asked = priced(read_here, "10", "20")
    assert [(q.id, q.default) for q in asked.questions] == [("currency", "USD")]
    answered = priced(read_here, "10", "20", answers={"currency": "EUR"}, rates={"EUR": 2.0})
    assert answered.table["price_usd"].tolist() == [20.0, 40.0]


def test_rows_that_say_none_follow_most_others_and_it_is_asked(read_here):
    read = priced(read_here, "10 €", "20 €", "US $3", "30")
    assert read.table["currency"].tolist() == ["EUR", "EUR", "USD", "EUR"]
    assert [q.default for q in read.questions] == ["EUR"]


def test_contradictions_and_missing_rates_refuse_the_row(read_here):
    read = priced(read_here, "US $3", "4 €", more_header=",currency", more=",EUR")
    assert read.refused[["row", "rule"]].values.tolist() == [[2, "two-currencies"]]
    no_rate = priced(read_here, "10 UAH", "US $3")
    assert no_rate.refused["reason"][0].endswith("rate for the currency of price (UAH). Give one: rates={'UAH': …}.")
    assert priced(read_here, "10 UAH", rates={"UAH": 0.025}).table["price_usd"].tolist() == [0.25]


def test_changing_the_currency_with_its_rate_scales_money_and_nothing_else(read_here):
    dollars = priced(read_here, "US $3", "US $4")
    euros = priced(read_here, "6 €", "8 €", rates={"EUR": 0.5})
    assert dollars.table["price_usd"].tolist() == euros.table["price_usd"].tolist()


def test_assumed_rates_are_the_published_ones():
    rates = assumed_rates("2018-11-09")
    assert rates["EUR"].usd_per_unit == 1.1346
    assert rates["CNY"].usd_per_unit == pytest.approx(1.1346 / 7.8852)
    assert rates["RUB"].usd_per_unit == pytest.approx(1.1346 / 76.4283)
    assert assumed_rates()["CNY"].on > "2026"
    assert assumed_rates()["RUB"].on == "2018-11-09"  # none is published any more
    assert all(0 < rate.usd_per_unit < 10 for rate in assumed_rates().values())


@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf"), "1", True])
def test_a_rate_must_be_a_positive_number(value):
    with pytest.raises(BoundsError, match="The rate of EUR must be a number of dollars above 0"):
        rates_to_use({"eur": value})


def test_rates_of_a_day_can_be_handed_over(read_here):
    rate = rates_to_use({"EUR": assumed_rates("2018-11-09")["EUR"]})["EUR"]
    assert rate == Rate(currency="EUR", usd_per_unit=1.1346, on="2018-11-09", source=rate.source)


def test_a_few_cells_without_a_sign_are_in_the_files_one_currency(read_here):
    read = priced(read_here, "100 руб.", "200 руб.", "0", header="Цена")
    assert (read.table["currency"].tolist(), read.questions) == (["RUB"] * 3, ())
    assert read.warnings[0].startswith("Cells of Цена that name no currency: 1 of 3. They were taken as RUB")
    answered = priced(read_here, "100 руб.", "200 руб.", "7", answers={"currency": "USD"})
    assert answered.table["currency"].tolist() == ["RUB", "RUB", "USD"]


@pytest.mark.parametrize("cells", [("100 руб.", "2 €", "5"), ("2 €", "5", "6")])
def test_cells_without_a_sign_are_asked_about_by_number_where_the_others_do_not_settle_it(read_here, cells):
    (question,) = priced(read_here, *cells).questions
    assert question.sentence.endswith(
        "name no currency: 1 of 3. Which is it?" if "100 руб." in cells else "2 of 3. Which is it?"
    )
