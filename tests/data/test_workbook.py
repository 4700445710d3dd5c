"""Workbooks of four kinds."""

import datetime as dt

import pytest

from crossborder.data.limits import Limits
from crossborder.errors import InputFileError


@pytest.mark.parametrize("kind", ["xlsx", "xls", "xlsb", "ods"])
def test_every_kind_gives_the_same_listings(read_here, made, kind):
    read = read_here(getattr(made, kind)())
    assert read.table[["listing_id", "title", "price"]].values.tolist() == [
        ["0017", "lamp", 12.5],
        ["0018", "chair", 8.0],
    ]
    assert (read.sheet, read.table["source_row"].tolist()) == ("table", [2, 3])


@pytest.mark.parametrize("date_1904", [False, True])
def test_days_are_days_in_both_epochs(read_here, made, date_1904):
    rows = [["title", "price", "listing date"], ["a", 1, dt.date(2026, 3, 4)], ["b", 2, 44623 if date_1904 else 46085]]
    read = read_here(made.xlsx(rows, date_1904=date_1904))
    assert read.table["first_listed"].dt.date.tolist() == [dt.date(2026, 3, 4)] * 2
    assert any("spreadsheet day numbers" in warning for warning in read.warnings)


def test_a_number_beyond_exactness_is_not_passed_off_as_a_listing_number(read_here, made):
    rows = [["id", "title", "price"], [1234567890123456789, "a", 1], [1234567890123456788, "b", 2], ["0042", "c", 3]]
    read = read_here(made.xlsx(rows))
    assert len(set(read.table["listing_id"])) == 3 and read.table["listing_id"][2] == "0042"
    assert any("last digits are lost" in warning for warning in read.warnings)


def test_whole_numbers_stay_whole_as_listing_numbers(read_here, made):
    assert read_here(made.xlsx([["id", "title", "price"], [12345, "a", 1]])).table["listing_id"].tolist() == ["12345"]


def test_the_sheet_with_the_table_is_found_and_asked_about(read_here, made):
    sheets = {"notes": [["made by", "me"], ["x", "y"]], "items": [["id", "title", "price"], [1, "a", 3]]}
    content = made.xlsx(sheets=sheets)
    read = read_here(content)
    question = next(question for question in read.questions if question.id == "sheet")
    assert (read.sheet, question.options, question.default) == ("items", ("notes", "items"), "items")
    with pytest.raises(InputFileError, match="No column was found for this: Price"):
        read_here(content, answers={"sheet": "notes"})


def test_title_rows_and_an_empty_first_column_are_passed_over(read_here, made):
    rows = [[None, "Report"], [None], [None, "id", "title", "price"], [None, 1, "a", 3], [None, 2, "b", 4]]
    read = read_here(made.xlsx(rows))
    assert read.table["source_row"].tolist() == [4, 5]
    assert read.mapping == {"listing_id": "id", "title": "title", "price": "price"}


def test_merged_header_cells_are_warned_about(read_here, made):
    rows = [["title", "price", None], ["a", 3, 4], ["b", 5, 6]]
    read = read_here(made.xlsx(sheets={"t": rows}))
    assert read.mapping["price"] == "price" and any("Column C has no name" in warning for warning in read.warnings)
    merged = read_here(made.xlsx([["title"], ["a", 3, 4], ["b", 5, 6]], merge=("B1:C1", "price")))
    assert merged.table["price"].tolist() == [3.0, 5.0]
    assert any("merged cells (B)" in warning for warning in merged.warnings)


def test_formulas_give_their_saved_values(read_here, made):
    rows = [["id", "title", "price"], [1, "a", "=1/0"], [2, "b", 3]]
    read = read_here(made.xlsx(rows))
    assert read.table["listing_id"].tolist() == ["1", "2"] and read.table["price"].tolist() == [0.0, 3.0]


def test_an_empty_sheet_and_a_header_alone_are_refused(read_here, made):
    with pytest.raises(InputFileError, match="holds no rows"):
        read_here(made.xlsx(sheets={"t": []}))
    with pytest.raises(InputFileError, match="no rows below"):
        read_here(made.xlsx([["id", "title", "price"]]))


def test_limits_hold_for_cells(read_here, made):
    rows = [["id", "title", "price"], *([i, "a", 1] for i in range(30))]
    with pytest.raises(InputFileError, match=r"Limits are 500 columns and 10 rows|row 31"):
        read_here(made.xls(rows), limits=Limits(rows=10))
