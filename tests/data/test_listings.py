"""``read_listings`` as callers use it: through the child process."""

import json

import pandas as pd
import pytest

import crossborder as xb
from crossborder.data.listings_read import ListingsRead
from crossborder.errors import BoundsError, InputFileError
from crossborder.i18n import in_language

CSV = "id;title;price;sold\n1;Lampe;12,50 €;5.000+\n2;Stuhl;-3 €;7\n2;Tisch;8 €;1.2万\n1;Lampe;12,50 €;5.000+\n"


@pytest.fixture(scope="module")
def read():
    return xb.data.read_listings(CSV.encode("utf-8"), name="möbel.csv", rates={"EUR": 1.2})


def test_a_file_is_read_and_its_rows_accounted_for(read):
    assert read.text == "möbel.csv: 2 of 4 rows are listings; refused: 1; left out: 1."
    assert read.counts["read"] == read.counts["accepted"] + read.counts["refused"] + read.counts["left_out"]
    assert read.table["price_usd"].tolist() == pytest.approx([15.0, 9.6])
    assert read.table["units_sold"].tolist() == [5000, 12000]
    assert read.preview.iloc[0].tolist() == ["1", "Lampe", "12,50 €", "5.000+"]
    assert (read.encoding, read.preview.shape) == ("utf-8", (4, 4))


def test_everything_said_is_said_in_both_languages(read):
    with in_language("zh"):
        assert read.text == "möbel.csv：4 行中有 2 行是商品；退回 1 行；未读取 1 行。"
        assert read.refused["reason"].tolist() == ["第 3 行：“price”不能小于 0，这一行是 -3 €。请更正。"]
        assert read.left_out["reason"].tolist() == ["第 5 行：同一商品再次出现，内容相同。"]
        assert read.warnings[0].startswith("重复前面商品编号而没有读取的行：1")
        assert "价格（美元）" in read.labelled_table().columns


def test_a_result_survives_json(read):
    again = ListingsRead.from_dict(json.loads(read.to_json()))
    pd.testing.assert_frame_equal(again.table, read.table)
    assert (again.text, again.warnings, again.mapping) == (read.text, read.warnings, read.mapping)


def test_a_path_is_read_and_left_untouched(tmp_path):
    path = tmp_path / "prices.txt"
    path.write_text(CSV, encoding="utf-8")
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    assert xb.data.read_listings(path).name == "prices.txt"
    assert xb.data.preview_listings(str(path)).counts["accepted"] == 2
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_refused_file_is_one_sentence_in_either_language():
    with pytest.raises(InputFileError, match=r"^prices\.csv was not read\. It has column names but no rows below them"):
        xb.data.read_listings(b"id,title,price\n", name="prices.csv")
    with in_language("zh"), pytest.raises(InputFileError, match=r"^prices\.csv 没有读取。只有列名"):
        xb.data.read_listings(b"id,title,price\n", name="prices.csv")


def test_a_wrong_answer_is_the_callers_mistake_not_the_files():
    with pytest.raises(BoundsError, match="currency must be a currency in use"):
        xb.data.read_listings(b"id,title,price\n1,a,2\n", answers={"currency": "shells"})
    with pytest.raises(BoundsError, match="No reader asks 'colour'"):
        xb.data.read_listings(b"id,title,price\n1,a,2\n", answers={"colour": "red"})


def test_the_front_door_lists_what_there_is():
    assert {"read_listings", "preview_listings", "listing_template", "keep_table", "to_csv_bytes"} <= set(dir(xb.data))
    assert all(getattr(xb.data, name) is not None for name in dir(xb.data))
    with pytest.raises(AttributeError, match="no attribute 'read_minds'"):
        _ = xb.data.read_minds


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"path_or_bytes": None}, "path_or_bytes must be the path of a file, .* got None"),
        ({"path_or_bytes": ""}, "path_or_bytes must be the path of a file, .* got ''"),
        ({"mapping": "price"}, "mapping must be a mapping .* got 'price'"),
        ({"mapping": {"price": 3}}, "mapping gives a header as text, .* got 3"),
        ({"answers": "x"}, "answers must be a mapping .* got 'x'"),
        ({"rates": 5}, "rates must be a mapping .* got 5"),
        ({"rates": {"EURO": 1}}, "rates names 'EURO', which is no currency in use"),
        ({"limits": 5}, "limits must be Limits, .* got 5"),
        ({"name": 7}, "name must be text, .* got 7"),
    ],
)
def test_an_argument_of_another_kind_is_a_sentence(asked, says):
    with pytest.raises(BoundsError, match=says):
        xb.data.read_listings(**({"path_or_bytes": b"id,title,price\n1,a,2\n"} | asked))


def test_a_file_is_called_by_as_much_of_its_path_as_there_is():
    with pytest.raises(InputFileError, match=r"^/ was not read\. It is a folder"):
        xb.data.read_listings("/")


def test_what_is_not_in_the_table_stands_in_three_others(read_here):
    read = read_here("id,title,price,first listed\n1,a,$3,soon\n2,b,$-1,2018-01-02\n1,c,$3,2018-01-02\n")
    tables = read.refused, read.left_out, read.emptied
    assert [table["row"].tolist() for table in tables] == [[3], [4], [2]]
    assert all(table["reason"].str.startswith("Row ").all() for table in tables)
    assert read.counts["read"] == read.counts["accepted"] + len(read.refused) + len(read.left_out)
