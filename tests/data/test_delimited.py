"""CSV and its kin: delimiter, header, rows."""

import pytest

from crossborder.data.limits import Limits
from crossborder.data.quotes import unclosed_quote
from crossborder.errors import InputFileError


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_told_by_content(read_here, made, delimiter, end):
    read = read_here(made.csv_text(delimiter=delimiter).replace("\n", end))
    assert read.table["listing_id"].tolist() == ["0017", "0018"]
    assert read.table["price"].tolist() == [12.5, 8.0]
    assert read.table["source_row"].tolist() == [2, 3]


def test_decimal_commas_do_not_hide_the_semicolon(read_here):
    read = read_here("id;title;price\n1;a, b;12,50\n2;c, d;8,00\n3;e;1,99\n")
    assert read.table["price"].tolist() == [12.5, 8.0, 1.99]


def test_the_hint_of_a_spreadsheet_program_is_followed(read_here):
    read = read_here("sep=;\nid;title;price\n1;a;3\n")
    assert (read.table["title"].tolist(), read.table["source_row"].tolist()) == (["a"], [3])


def test_ragged_rows_are_set_aside_by_number(read_here):
    read = read_here("id,title,price\n1,lamp,3\n2,cha,ir,4\n\n3\n4,desk,5\n")
    assert read.table["source_row"].tolist() == [2, 6]
    assert read.refused["row"].tolist() == [3, 5]
    assert read.refused["reason"][0].startswith("Row 3: The row has another number of cells than the header (4 / 3)")
    assert read.counts == {"read": 4, "accepted": 2, "refused": 2, "left_out": 0}


def test_quoted_line_breaks_keep_the_count_of_rows(read_here):
    read = read_here('id,title,price\n1,"two\nlines",3\n2,"say ""hi""",4\n')
    assert read.table["title"].tolist() == ["two\nlines", 'say "hi"']
    assert read.table["source_row"].tolist() == [2, 3]


def test_an_inch_mark_inside_a_cell_is_no_quote(read_here):
    read = read_here('id,title,price\n1,screen 24" wide,3\n2,desk,4\n')
    assert read.table["title"].tolist() == ['screen 24" wide', "desk"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('id,title,price\n1,"lamp,3\n2,chair,4\n3,"desk",5\n', 2),
        ('id,title,price\n1,lamp,3\n2,"chair,4\n3,desk,5\n', 3),
        ('id,title,price\n1,"lamp,3\n2,"chair,4\n3,desk,5\n', 2),
        ('id,title,"price\n1,lamp,3\n', 1),
    ],
)
def test_a_quote_that_never_closes_is_refused_with_its_line(read_here, text, line):
    with pytest.raises(InputFileError, match=rf"opens in line {line} is never closed"):
        read_here(text)


def test_well_formed_quotes_are_left_in_peace():
    assert unclosed_quote('a,"b\nc","d ""e"" f"\n"g",h\n', ",") == 0


def test_trailing_delimiters_do_not_make_rows_ragged(read_here):
    assert read_here("id,title,price\n1,lamp,3,\n2,desk,4,\n").counts["accepted"] == 2
    assert read_here("id,title,price,,\n1,lamp,3\n2,desk,4\n").counts["accepted"] == 2


def test_limits_are_named(read_here):
    with pytest.raises(InputFileError, match="has 3 rows; the limit is 2"):
        read_here("id,title,price\n1,a,1\n2,b,1\n3,c,1\n", limits=Limits(rows=2))
    with pytest.raises(InputFileError, match="has 600 columns; the limit is 500"):
        read_here(",".join(f"c{i}" for i in range(600)) + "\n" + ",".join("1" * 600) + "\n")
    with pytest.raises(InputFileError, match=r"Row 2, column B \(title\) holds 150000 characters"):
        read_here("id,title,price\n1," + "x" * 150_000 + ",3\n")


def test_the_head_of_a_large_file_is_marked_as_partial(read_here):
    rows = "".join(f"{i},lamp {'x' * 1000},3\n" for i in range(2_000))
    read = read_here("id,title,price\n" + rows, head_rows=100)
    assert read.partial and 100 <= read.counts["accepted"] < 2_000 and read.refused.empty
    assert "only the first rows" in read.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("kilobytes", [201, 202, 203])
def test_a_head_cut_anywhere_gives_whole_rows_only(read_here, encoding, kilobytes):
    rows = "".join(f'{i},"台灯 {i},\nsecond line",US $3\n' for i in range(20_000))
    text = "id,title,price\n" + "1,x,US $3\n" * (kilobytes - 201) + rows
    read = read_here(text.encode(encoding), head_rows=100)
    assert read.partial and read.refused.empty and read.counts["accepted"] > 1_000
    assert read.table["title"].str.endswith("second line").sum() >= len(read.table) - 1


def test_an_unclosed_quote_early_in_a_cut_file_is_still_refused(read_here):
    text = 'id,title,price\n1,"lamp,3\n' + "".join(f"{i},chair,US $4\n" for i in range(60_000))
    with pytest.raises(InputFileError, match="opens in line 2 is never closed"):
        read_here(text, head_rows=100)
