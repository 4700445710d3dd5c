"""Cells by kind: numbers, shares, ratings, days, identifiers, flags, countries, tags."""

import pytest


def column(read_here, header, *cells, **options):
    rows = "".join(f'{i},thing,US $1.50,"{cell}"\n' for i, cell in enumerate(cells))
    return read_here(f"id,title,price,{header}\n{rows}", **options)


def test_required_cells_refuse_their_row(read_here):
    cells = ["US $12.50", "--", "ask", "NaN", "-5", "12 XQZ", "5 to 7 or 9", "inf", "N/A"]
    read = read_here("id,title,price\n" + "".join(f"{i},thing,{cell}\n" for i, cell in enumerate(cells)))
    assert read.table["price"].tolist() == [12.5]
    assert read.refused[["row", "rule"]].values.tolist() == [
        [3, "missing"],
        [4, "not-a-number"],
        [5, "not-finite"],
        [6, "too-low"],
        [7, "unknown-currency"],
        [8, "two-amounts"],
        [9, "not-finite"],
        [10, "missing"],
    ]
    assert read.refused["reason"][3] == "Row 6: price must not be below 0; the row says -5. Correct it."


def test_other_cells_are_left_empty_where_they_are_not_understood(read_here):
    read = column(read_here, "rating", "4.5", "new", "--", "12²")
    assert read.table["rating"].isna().tolist() == [False, True, True, True]
    assert read.emptied[["row", "value"]].values.tolist() == [[3, "new"], [5, "12²"]]
    assert read.counts["refused"] == 0


def test_what_is_understood_but_impossible_refuses_the_row(read_here):
    assert column(read_here, "rating", "4.5", "7", "3").refused["rule"].tolist() == ["too-high"]
    assert column(read_here, "sold", "2.5", "100.0", "-4").refused["rule"].tolist() == ["not-whole", "too-low"]


@pytest.mark.parametrize(
    ("cells", "scale", "stars"),
    [
        (["9.2", "8.0", "10"], "10", [4.6, 4.0, 5.0]),
        (["97%", "90%"], "100", [4.85, 4.5]),
        (["80", "100", "4"], "100", [4.0, 5.0, 0.2]),
    ],
)
def test_other_rating_scales_are_brought_to_five_stars(read_here, cells, scale, stars):
    read = column(read_here, "rating", *cells)
    assert read.table["rating"].tolist() == pytest.approx(stars)
    assert any(f"out of {scale}" in warning for warning in read.warnings)


def test_shares_are_asked_about_where_signs_are_mixed(read_here):
    cells = ("5%", "0.05", "5", "150%")
    read = column(read_here, "conversion rate", *cells)
    assert [question.id for question in read.questions] == ["percent:conversion_rate"]
    assert read.refused["rule"].tolist() == ["too-high"]
    as_share = column(read_here, "conversion rate", "5%", "0.05", answers={"percent:conversion_rate": "share"})
    assert as_share.table["conversion_rate"].tolist() == [0.05, 0.05]
    plain = column(read_here, "conversion rate", "2", "3.5")
    assert plain.table["conversion_rate"].tolist() == [0.02, 0.035] and plain.questions == ()


def test_discounts_are_shares_with_or_without_a_minus(read_here):
    assert column(read_here, "discount", "-35%", "20%").table["discount"].tolist() == [0.35, 0.2]


def test_days_are_asked_about_where_the_order_is_open(read_here):
    cells = ("03/04/2026", "05/06/2026")
    asked = column(read_here, "listing date", *cells)
    question = asked.questions[0]
    assert (question.id, question.labels) == ("dates:first_listed", {"day-month": "the day", "month-day": "the month"})
    answered = column(read_here, "listing date", *cells, answers={"dates:first_listed": "month-day"})
    assert answered.table["first_listed"].dt.month.tolist() == [3, 5] and answered.questions == ()
    assert column(read_here, "listing date", *cells, "25/01/2026").questions == ()


def test_impossible_days_refuse_the_row(read_here):
    read = column(read_here, "listing date", "2026-01-01", "31.02.2026", "9999-12-31", "soon")
    assert read.refused["rule"].tolist() == ["no-such-day", "day-out-of-range"]
    assert read.emptied["value"].tolist() == ["soon"]


def test_identifiers_stay_text_to_the_last_digit(read_here):
    read = read_here(
        "product id,title,price\n0012345678901234567,a,$1\n9007199254740993,b,$2\n1.23E+18,c,$3\n1.23E+18,d,$4\n,e,$5\n"
    )
    assert read.table["listing_id"].tolist() == [
        "0012345678901234567",
        "9007199254740993",
        "1.23E+18, row 4",
        "1.23E+18, row 5",
        "row 6",
    ]
    assert len(read.warnings) == 2 and "shortened by" not in read.warnings[1]


def test_a_decimal_point_behind_every_identifier_goes(read_here):
    assert read_here("id,title,price\n17.0,a,$1\n18.0,b,$2\n").table["listing_id"].tolist() == ["17", "18"]


def test_flags_in_many_words(read_here):
    read = column(read_here, "free shipping", "yes", "0", "否", "да", "maybe", "")
    assert read.table["free_shipping"].astype(object).where(read.table["free_shipping"].notna(), None).tolist() == [
        True,
        False,
        False,
        True,
        None,
        None,
    ]
    assert read.emptied["value"].tolist() == ["maybe"]


def test_countries_become_codes(read_here):
    read = column(read_here, "ships to", "US; UK;Франция", "XK", "德国, Brasil", "SU")
    assert read.table["countries"].fillna("").tolist() == ["US; GB; FR", "XK", "DE; BR", ""]
    assert read.emptied["value"].tolist() == ["SU"]


def test_tags_are_listed_once(read_here):
    assert column(read_here, "tags", "a, b,a", "c; d e").table["tags"].tolist() == ["a, b", "c, d e"]


def test_prices_from_and_ranges_are_said(read_here):
    read = read_here("id,title,price\n1,a,US $3.00 - 5.00\n2,b,US $4.00\n")
    assert read.table["price"].tolist() == [3.0, 4.0]
    assert read.warnings == ("Rows that give a range in price: 1. The lower end was taken.",)
