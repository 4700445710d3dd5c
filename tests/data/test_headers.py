"""Header words in seven languages, and rows that hold them."""

import csv

import pytest

from crossborder.data.headers import column_letters, find_header, header_score, known_headers, words_of
from crossborder.data.listing_columns import LISTING_COLUMNS
from crossborder.data.questions import Open
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
