"""Header words in seven languages, and rows that hold them."""

import csv

import pytest

from crossborder.data.headers import column_letters, find_header, header_score, known_headers, words_of
from crossborder.data.listing_columns import LISTING_COLUMNS
from crossborder.data.questions import Open
from crossborder.errors import InputFileError
from crossborder.i18n import _, in_language
from crossborder.places import datasets_dir


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Retail_Price (EUR)", "retail price"),
        ("RetailPrice", "retail price"),
        ("pri\u200bce\u00a0", "price"),
        ("Prix d’origine", "prix d origine"),
        ("Цена, руб.", "цена"),
        ("Рейтинг", "рейтинг"),
        ("价格（元）", "价格"),
        ("USD", "usd"),
    ],
)
def test_headers_are_made_comparable(header, words):
    assert words_of(header) == words


def test_every_word_of_the_data_file_names_its_column_best():
    with (datasets_dir() / "listing_headers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["column"] for row in rows} == set(LISTING_COLUMNS.by_name)
    assert {row["language"] for row in rows} == {"en", "zh", "ru", "es", "pt", "fr", "de"}
    for row in rows:
        for word in row["words"].split("; "):
            assert header_score(word, LISTING_COLUMNS.by_name[row["column"]]) > 0.9, (row, word)


@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_label_shown_is_a_header_that_is_understood(code):
    with in_language(code):
        for column in LISTING_COLUMNS.columns:
            assert header_score(_(column.label), column) > 0.9, column.name


def test_a_longer_header_scores_by_its_part():
    price = LISTING_COLUMNS.by_name["price"]
    assert header_score("price", price) > header_score("price of unit", price) > header_score("colour", price) == 0


def test_a_header_below_title_rows_is_found_and_asked_about():
    rows = [["Report of 2026"], [""], ["id", "title", "price"], ["1", "lamp", "3"]]
    open_ = Open()
    assert find_header(rows, LISTING_COLUMNS, open_) == 2
    assert open_.questions["header_row"].default == "3"
    assert find_header(rows, LISTING_COLUMNS, Open({"header_row": "1"})) == 0


def test_known_headers_counts_each_column_once():
    assert known_headers(["price", "Preis", "title"], LISTING_COLUMNS) == 2


def test_columns_are_named_as_spreadsheets_do():
    assert [column_letters(n) for n in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


HEADLESS = "1,Lamp,3.5\n2,Chair,4\n3,Table,7\n"


def test_a_first_row_of_data_is_no_header(read_here):
    with pytest.raises(
        InputFileError, match=r"looks like data, not like column names: 1, Lamp, 3\.5\. Add a line"
    ) as no:
        read_here(HEADLESS)
    assert "answers={'header_row': 'none'}, mapping={'price': 'C'}" in str(no.value)
    read = read_here(HEADLESS, answers={"header_row": "none"}, mapping={"listing_id": "A", "title": "B", "price": "C"})
    assert read.table[["listing_id", "title", "price", "source_row"]].values.tolist() == [
        ["1", "Lamp", 3.5, 1], ["2", "Chair", 4.0, 2], ["3", "Table", 7.0, 3]
    ]  # fmt: skip
    assert "The file has no line of column names; its columns go by their letters." in read.warnings


def test_a_file_without_a_header_is_asked_about_where_its_values_tell_the_price(read_here):
    read = read_here("1,Lampe gelb,3.5 €\n2,Stuhl blau,4 €\n")
    assert read.table["price"].tolist() == [3.5, 4.0]
    question = next(q for q in read.questions if q.id == "header_row")
    assert question.default == "none" and question.options == ("1", "2", "none")


def test_a_workbook_without_a_header_is_read_by_letters(read_here, made):
    rows = [[1, "Lamp", 3.5], [2, "Chair", 4]]
    read = read_here(
        made.xlsx(rows), answers={"header_row": "none"}, mapping={"listing_id": "A", "title": "B", "price": "C"}
    )
    assert read.table[["listing_id", "price", "source_row"]].values.tolist() == [["1", 3.5, 1], ["2", 4.0, 2]]


@pytest.mark.parametrize("header", ["nimi,hinta 2019,x", "id,title,2019", "a,b,c"])
def test_names_with_numbers_are_names(header):
    rows = [header.split(","), ["lamppu", "3", "4"], ["tuoli", "5", "6"]]
    open_ = Open()
    assert find_header(rows, LISTING_COLUMNS, open_) == 0 and open_.questions == {}
