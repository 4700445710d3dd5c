"""What makes a row a listing."""

import pytest


def test_repeated_listings_count_once_and_say_whether_they_differ(read_here):
    read = read_here("id,title,price\n1,a,$1\n2,b,$2\n1,a,$1\n2,b,$3\n3,c,$1\n")
    assert read.table["listing_id"].tolist() == ["1", "2", "3"]
    assert read.left_out[["row", "value", "rule"]].values.tolist() == [
        [4, "1", "duplicate-same"],
        [5, "2", "duplicate-differs"],
    ]
    assert read.counts == {"read": 5, "accepted": 3, "refused": 0, "left_out": 2}
    assert "2 (1 of them with other values)" in read.warnings[0]


def test_a_refused_first_line_does_not_hide_the_good_second(read_here):
    read = read_here("id,title,price\n1,a,-1\n1,a,$1\n")
    assert (read.table["source_row"].tolist(), read.left_out.empty) == ([3], True)


def test_a_totals_row_is_left_out(read_here):
    read = read_here("id,title,price,sold\n1,a,$1,2\n2,b,$2,3\n合计,,$3,5\n")
    assert read.counts == {"read": 3, "accepted": 2, "refused": 0, "left_out": 1}
    assert read.left_out["reason"].tolist() == ["Row 4: A totals row, not a listing."]
    kept = read_here("id,title,price,sold\n1,a,$1,2\n2,Total,$2,3\n")
    assert kept.counts["accepted"] == 2  # a product may be called so: it has a number of its own


def test_missing_numbers_and_titles_are_stood_in_for(read_here):
    by_title = read_here("title,price\na,$1\nb,$2\n")
    assert by_title.table["listing_id"].tolist() == ["row 2", "row 3"]
    by_number = read_here("id,price\n7,$1\n8,$2\n")
    assert by_number.table["title"].tolist() == ["7", "8"]
    assert "the listing number stands for it" in by_number.warnings[0]


def test_suspicious_prices_are_warned_about_and_kept(read_here):
    read = read_here("id,title,price\n1,a,$0\n2,b,$1e12\n3,c,$5\n")
    assert read.counts["accepted"] == 3
    assert read.warnings == (
        "Listings with a price of zero: 1. Look at them.",
        "Listings above 100,000 USD: 1. Look at them.",
    )


def test_units_sold_in_steps_are_lower_bounds(read_here):
    steps = [10, 50, 100, 1000, 5000, 20000]
    text = "id,title,price,units sold\n" + "".join(f"{i},a{i},$1,{steps[i % 6]}\n" for i in range(120))
    read = read_here(text)
    assert read.units_in_steps and read.table["units_sold_is_lower_bound"].all()
    assert "a lower bound" in read.origin_of("units_sold").text
    counted = read_here("id,title,price,units sold\n" + "".join(f"{i},a{i},$1,{i}\n" for i in range(120)))
    assert not counted.units_in_steps and not counted.table["units_sold_is_lower_bound"].any()


def test_amounts_beside_the_price_are_in_its_currency_unless_they_say_another(read_here):
    text = "id,title,price,original price,shipping\n1,a,10 €,20,Free shipping\n2,b,10 €,US $30,2.00\n"
    read = read_here(text, rates={"EUR": 2.0})
    assert read.table["retail_price_usd"].tolist() == [40.0, 30.0]
    assert read.table["shipping_usd"].tolist() == [0.0, 4.0]


def test_clicks_above_impressions_refuse_the_row(read_here):
    read = read_here("id,title,price,impressions,clicks\n1,a,$1,100,5\n2,b,$1,100,500\n")
    assert read.refused["reason"].tolist() == ["Row 3: Clicks (500) exceed impressions (100). Correct one of them."]


def test_columns_and_types_are_the_promised_ones(read_here):
    read = read_here(
        "id,title,price,currency,original price,shipping,sold,rating,reviews,category,tags,store id,store,"
        "listing date,free shipping\n"
        '1,a,3,USD,4,1,"5,000+",4.5,10,x,"p, q",s1,House,2026-03-04,yes\n2,b,3,USD,,,,,,,,,,,\n'
    )
    kinds = {name: str(kind) for name, kind in read.table.dtypes.items()}
    assert kinds == {
        "listing_id": "str",
        "title": "str",
        "price_usd": "float64",
        "price": "float64",
        "currency": "str",
        "retail_price": "float64",
        "retail_price_usd": "float64",
        "shipping": "float64",
        "shipping_usd": "float64",
        "units_sold": "Int64",
        "units_sold_is_lower_bound": "bool",
        "rating": "float64",
        "rating_count": "Int64",
        "category": "str",
        "tags": "str",
        "store_id": "str",
        "store_name": "str",
        "first_listed": "datetime64[us]",
        "free_shipping": "boolean",
        "source_row": "int64",
    }


@pytest.mark.parametrize("n", [1, 2])
def test_one_row_is_a_file_too(read_here, n):
    assert read_here("id,title,price\n" + "".join(f"{i},a,$1\n" for i in range(n))).counts["accepted"] == n
