import numpy as np
import pandas as pd
import pytest

from crossborder.data import read_listings
from crossborder.errors import BoundsError
from crossborder.i18n import in_language
from crossborder.market import from_listings, unusable_listings

GOOD = {"listing_id": "z", "price_usd": 3.0, "rating": 4.5, "rating_count": 7, "units_sold": 9}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"listing_id": None}, "no-id"),
        ({"listing_id": " "}, "no-id"),
        ({"price_usd": 0}, "price"),
        ({"price_usd": -1}, "price"),
        ({"price_usd": np.nan}, "price"),
        ({"price_usd": np.inf}, "price"),
        ({"price_usd": 2e6}, "price"),
        ({"price_usd": "ask"}, "price"),
        ({"rating": 9.0}, "rating"),
        ({"rating": 0.5}, "rating"),
        ({"rating": "good"}, "rating"),
        ({"rating_count": -1}, "rating-count"),
        ({"units_sold": -5}, "units-sold"),
        ({"units_sold": 2e9}, "units-sold"),
        ({"listing_id": "a"}, "repeated"),
    ],
)
def test_each_fault_is_found_in_its_row(change, rule):
    found = unusable_listings(pd.DataFrame([GOOD | {"listing_id": "a"}, GOOD | change, GOOD | {"listing_id": "b"}]))
    assert found[["row", "rule"]].values.tolist() == [[1, rule]]
    with in_language("zh"):
        assert unusable_listings(pd.DataFrame([GOOD | change] * 2))["reason"].str.contains("不|空|已").all()


@pytest.mark.parametrize("change", [{"rating": np.nan}, {"rating": 0}, {"units_sold": None}, {"rating_count": " "}])
def test_what_the_file_does_not_say_is_no_fault(change):
    assert unusable_listings(pd.DataFrame([GOOD | change])).empty


def test_a_bad_row_does_not_make_the_good_one_a_repetition():
    table = pd.DataFrame([GOOD | {"price_usd": 0}, GOOD, GOOD])
    assert unusable_listings(table)[["row", "rule"]].values.tolist() == [[0, "price"], [2, "repeated"]]


def test_where_a_reader_refused_every_row_the_rows_say_why():
    read = read_listings(b"title,price\nlamp,abc\ncup,\npen,-3\nmug,-4\ncap,-5\n", name="mine.csv")
    with pytest.raises(BoundsError) as refused:
        from_listings(read)
    said = str(refused.value)
    assert "Row 2: price holds no number that can be read: abc." in said and "Row 3: price is empty" in said
    assert said.endswith("2 more rows were refused.") and "It has no rows" not in said
    with in_language("zh"), pytest.raises(BoundsError, match="另有 2 行被拒绝。"):
        from_listings(read)


def test_where_there_was_no_row_at_all_that_is_said():
    with pytest.raises(BoundsError, match="It has no rows"):
        from_listings(pd.DataFrame({"listing_id": [], "price_usd": []}))
