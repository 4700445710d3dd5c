"""What kind of file it is, by its content."""

import pickle

import pytest

from crossborder.data.container import is_pickle, kind_of_file
from crossborder.data.sentence import Refusal


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickles_of_every_protocol_are_seen_without_being_loaded(protocol):
    content = pickle.dumps({"price": [1, 2, 3], "title": "lamp"}, protocol)
    assert is_pickle(content)
    with pytest.raises(Refusal, match="pickle"):
        kind_of_file(content)


@pytest.mark.parametrize(
    "text", [b"title,price\nlamp,3\n", b"Name,Price\nThe end.", b"(a),b\n1,2.", b"Index,price\n1,2\n"]
)
def test_text_is_not_taken_for_a_pickle(text):
    assert not is_pickle(text)
    assert kind_of_file(text) == "text"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"x", "empty"),
        (bytes(8) + b"DUCK" + bytes(100), "DuckDB"),
        (b"SQLite format 3\0" + bytes(100), "SQLite"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x1f\x8b\x08" + bytes(20), "gzip"),
        (b"\x89PNG\r\n", "picture"),
        (b"  <html><body>", "web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "web page"),
        (b'[{"price": 1}]', "JSON"),
        (b'{"price": 1}', "JSON"),
        (b"PAR1" + bytes(50), "cut off"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office"),
    ],
)
def test_what_holds_no_table_is_refused_by_content(content, word):
    with pytest.raises(Refusal, match=word):
        kind_of_file(content)


def test_a_protected_workbook_says_so(made):
    with pytest.raises(Refusal, match="password"):
        kind_of_file(made.ole2("EncryptedPackage", b"secret"))


def test_workbooks_and_parquet_are_known(made):
    assert [
        kind_of_file(content) for content in (made.xlsx(), made.ods(), made.xlsb(), made.xls(), b"PAR1...PAR1")
    ] == [
        "zip",
        "zip",
        "zip",
        "xls",
        "parquet",
    ]
