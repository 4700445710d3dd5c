"""Tables for spreadsheet programs."""

import io
import re
import zipfile

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossborder.data.export import safe_name, to_csv_bytes, to_xlsx_bytes
from crossborder.errors import BoundsError

RISKY = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "＝1+1",
    "＠x",
    '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0",
    "'=1",
]


def test_text_that_starts_like_a_formula_is_guarded_and_numbers_are_not():
    frame = pd.DataFrame({"=title": RISKY, "profit_usd": [-1.5] * len(RISKY)})
    read = pd.read_csv(io.BytesIO(to_csv_bytes(frame)), keep_default_na=False)
    assert read.columns.tolist() == ["'=title", "profit_usd"]
    assert all(text.startswith("'") for text in read["'=title"])
    assert read["profit_usd"].tolist() == [-1.5] * len(RISKY)


def test_an_xlsx_holds_no_formula_and_no_link():
    content = to_xlsx_bytes(pd.DataFrame({"title": [*RISKY, "http://x.example", "mailto:a@b.example"]}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet and b"hyperlink" not in sheet.lower()
        assert not any("externalLink" in name for name in archive.namelist())


def test_the_same_table_gives_the_same_bytes():
    frame = pd.DataFrame({"a": [1.5, None], "b": ["x", None], "day": pd.to_datetime(["2026-03-04", None])})
    assert to_csv_bytes(frame) == to_csv_bytes(frame) and to_xlsx_bytes(frame) == to_xlsx_bytes(frame)
    assert b"2026-03-04" in to_csv_bytes(frame)


def test_exporting_changes_nothing_of_the_table():
    frame = pd.DataFrame({"title": ["=1"], "n": [1]})
    before = frame.copy()
    to_csv_bytes(frame), to_xlsx_bytes(frame)
    pd.testing.assert_frame_equal(frame, before)


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zs", "Zl", "Zp"]), min_size=1, max_size=20),
            st.decimals(min_value="0.01", max_value=99_999, places=2),
            st.integers(0, 10**9),
        ),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=10, deadline=None)
def test_export_and_import_give_the_same_listings(read_here, rows):
    frame = pd.DataFrame(
        {
            "listing_id": [f"{i:019d}" for i in range(len(rows))],
            "title": [title for title, _price, _sold in rows],
            "price_usd": [float(price) for _title, price, _sold in rows],
            "units_sold": [sold for _title, _price, sold in rows],
        }
    ).astype({"listing_id": "str", "title": "str", "units_sold": "Int64"})
    for content in (to_csv_bytes(frame), to_xlsx_bytes(frame)):
        read = read_here(content, mapping={"price": "price_usd"}, answers={"encoding": "utf-8"}).table
        pd.testing.assert_frame_equal(read[list(frame.columns)], frame)


def test_what_was_read_can_be_exported_and_read_again(read_here):
    text = "id,title,price,sold,listing date,free shipping\n001,=x,12 €,\"5,000\",2026-03-04,yes\n002,'y',8 €,,,no\n"
    first = read_here(text).table
    again = read_here(to_csv_bytes(first)).table
    pd.testing.assert_frame_equal(again.drop(columns="source_row"), first.drop(columns="source_row"))


def test_a_table_too_long_for_a_sheet_is_refused():
    with pytest.raises(BoundsError, match=r"at most 1048575 rows; the table has 1048576"):
        to_xlsx_bytes(pd.DataFrame({"a": range(1_048_576)}))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("../../x", "x"),
        ("..\\x", "x"),
        ("/etc/passwd", "etc-passwd"),
        ("a\0b", "a-b"),
        ("CON", "table-CON"),
        ("nul.csv", "table-nul.csv"),
        ("-rf", "rf"),
        ("", "table"),
        ("🙂", "table"),
        ("...", "table"),
        ("Цены 2026.csv", "Цены-2026.csv"),
        ("店铺 上新", "店铺-上新"),
        ("a\u202egpj.exe", "a-gpj.exe"),
    ],
)
def test_names_become_harmless(name, slug):
    assert safe_name(name) == slug


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_name_becomes_harmless(name):
    slug = safe_name(name)
    assert re.fullmatch(r"[^\W_][\w.\-]*", slug) and ".." not in slug and len(slug.encode()) <= 90
    assert safe_name(slug) == slug
