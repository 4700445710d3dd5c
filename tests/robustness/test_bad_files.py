"""Bad inputs by number: what each must lead to. R refuses the file, Q lists the bad rows, A accepts, W warns.

In every case: no crash, no partial import, a sentence with file, row or column and a remedy, rows that add up.
"""

import os
import pickle
import re
import subprocess
import sys
import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossborder.data.listings import read_listings
from crossborder.errors import CrossborderError, InputFileError

HEAD = "id,title,price\n"
THREE = HEAD + "1,lamp,US $3\n2,chair,US $4\n3,desk,US $5\n"


def accounted_for(read):
    counts = read.counts
    whole = counts["read"] == counts["accepted"] + counts["refused"] + counts["left_out"]
    return whole and counts["accepted"] == len(read.table)


# --- A. Files and containers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "content", "sentence"),
    [
        (1, b"", "It is empty"),
        (2, b"\xef\xbb\xbf", "It is empty"),
        (2, b"\xff\xfe", "It is empty"),
        (3, b"id,title,price\n", "no rows below"),
        (4, b"x", "It is empty"),
        (5, bytes(1_000_000), "zero bytes"),
        (6, b"<html><table><tr><td>price</td></tr></table></html>", "web page"),
        (10, "protected", "password"),
        (7, "cut", "cut off or damaged"),
        (13, "far cells", r"column 16384, row 1048576"),
        (14, "bomb", r"would unpack to \d+ MB from 0\.\d MB"),
        (15, "lying bomb", "cut off or damaged|memory|unpack"),
        (16, "entries", "more than 5000 entries"),
        (17, "outside", "points outside"),
        (19, b"PAR1" + bytes(100), "Parquet file that was cut off"),
        (19, bytes(8) + b"DUCK" + bytes(4000), "DuckDB"),
    ],
)
def test_a_file_that_is_refused(read_here, made, number, content, sentence):
    makers = {
        "protected": lambda: made.ole2("EncryptedPackage", b"secret"),
        "cut": lambda: made.xlsx()[: len(made.xlsx()) // 2],
        "far cells": made.far_cells,
        "bomb": lambda: made.bomb(250),
        "lying bomb": lambda: made.lying_bomb(60),
        "entries": lambda: made.many_entries(20_000),
        "outside": lambda: made.rezipped(made.xlsx(), more={"../../evil": b"x"}),
    }
    content = makers[content]() if isinstance(content, str) else content
    start = time.monotonic()
    with pytest.raises(InputFileError, match=rf"^prices\.xlsx was not read\. .*(?:{sentence})"):
        read_here(content, name="prices.xlsx")
    assert time.monotonic() - start < 10


def test_a_pickle_is_refused_under_any_name_and_never_loaded(tmp_path):
    """Case 19: the canary file would appear if the pickle were loaded."""
    canary = tmp_path / "canary"

    class Trap:
        def __reduce__(self):
            return os.mkdir, (str(canary),)

    for protocol in range(6):
        path = tmp_path / f"prices{protocol}.csv"
        path.write_bytes(pickle.dumps([Trap(), "price"], protocol))
        with pytest.raises(InputFileError, match="pickle"):
            read_listings(path)
    assert not canary.exists()


def test_names_do_not_matter_only_content_does(tmp_path, made):
    """Cases 8 and 9: a workbook named .csv, a text table named .xlsx."""
    (tmp_path / "a.csv").write_bytes(made.xlsx())
    (tmp_path / "b.xlsx").write_text(THREE)
    assert read_listings(tmp_path / "a.csv").counts["accepted"] == 2
    assert read_listings(tmp_path / "b.xlsx").counts["accepted"] == 3


def test_macros_and_links_are_values_only(read_here, made):
    """Cases 11 and 18."""
    more = {"xl/vbaProject.bin": b"macro", "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    read = read_here(made.rezipped(made.xlsx(), more=more))
    assert read.counts["accepted"] == 2 and len(read.warnings) == 2


@pytest.mark.parametrize("kind", ["xlsx", "xls", "xlsb", "ods"])
def test_workbooks_of_every_kind(read_here, made, kind):
    """Case 12."""
    assert accounted_for(read_here(getattr(made, kind)()))


def test_far_cells_end_no_process_but_their_own(made):
    """Case 13 through the real child: a sentence, and reading goes on afterwards."""
    with pytest.raises(InputFileError, match="Delete the stray cells"):
        read_listings(made.far_cells(), name="prices.xlsx")
    assert read_listings(THREE.encode()).counts["accepted"] == 3


# --- B. Encoding and shape --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "title", "encoding"),
    [
        (21, "Лампа настольная", "utf-8"),
        (22, "Лампа настольная", "utf-8-sig"),
        (23, "Лампа настольная", "utf-16-le"),
        (23, "Лампа настольная", "utf-16-be"),
        (23, "Лампа настольная", "utf-16"),
        (24, "夏季连衣裙女装新款", "gbk"),
        (25, "夏季连衣裙女装𠮷新款", "gb18030"),
        (26, "夏季連衣裙女裝新款", "big5"),
        (27, "Лампа настольная", "cp1251"),
        (28, "Robe d'été imprimée à fleurs", "cp1252"),
        (29, "Sukienka żółta świąteczna łańcuszek", "cp1250"),
    ],
)
def test_encodings(read_here, number, title, encoding):
    text = HEAD + "".join(f"{i},{title} {i},US $3\n" for i in range(20))
    read = read_here(text.encode(encoding))
    assert read.table["title"][0] == f"{title} 0"
    assert read.preview.iloc[4, 1] == f"{title} 4"
    assert len(read.preview) == 5


def test_three_rows_can_always_be_rescued(read_here):
    """Case 30: preview and override."""
    text = "编号,标题,价格\n1,裙,¥3\n2,表,¥4\n3,鞋,¥5\n"
    content = text.replace("¥", "￥").encode("gbk")
    read = read_here(content, answers={"encoding": "gb18030"})
    assert read.table["title"].tolist() == ["裙", "表", "鞋"] == read.preview["标题"].tolist()


def test_mixed_encodings_keep_the_good_rows(read_here):
    """Case 31."""
    lines = [f"{i},Möbel {i},US $3\n".encode("cp1252" if i % 4 == 3 else "utf-8") for i in range(12)]
    read = read_here(HEAD.encode() + b"".join(lines))
    assert read.counts == {"read": 12, "accepted": 9, "refused": 3, "left_out": 0}
    assert read.refused["row"].tolist() == [5, 9, 13] and set(read.refused["rule"]) == {"undecodable"}


def test_a_bad_byte_far_down_is_named_by_its_row(read_here):
    """Case 32."""
    rows = [f"{i},Lämpchen {i},US $3\n".encode() for i in range(60_000)]
    rows[50_000] = b"50000,l\xffmp,US $3\n"
    read = read_here(HEAD.encode() + b"".join(rows))
    assert read.refused["row"].tolist() == [50_002] and read.counts["accepted"] == 59_999
    assert "bytes that mean nothing in the encoding utf-8" in read.refused["reason"][0]


def test_zero_bytes_inside(read_here):
    """Case 33."""
    with pytest.raises(InputFileError, match="Line 3 holds zero bytes"):
        read_here(THREE.encode().replace(b"chair", b"ch\0ir"))


@pytest.mark.parametrize("ends", [["\r"], ["\r\n"], ["\n", "\r\n", "\r"]])
def test_line_ends(read_here, ends):
    """Cases 34 and 35."""
    lines = THREE.splitlines()
    text = "".join(line + ends[i % len(ends)] for i, line in enumerate(lines))
    assert read_here(text).table["source_row"].tolist() == [2, 3, 4]


def test_semicolons_with_decimal_commas_and_tabs(read_here):
    """Cases 36 and 37."""
    assert read_here("id;title;price\n1;a;12,50 €\n2;b;3,00 €\n").table["price"].tolist() == [12.5, 3.0]
    assert read_here("id\ttitle\tprice\n1\ta, b\tUS $3\n").table["title"].tolist() == ["a, b"]


def test_an_unclosed_quote_and_ragged_rows(read_here):
    """Cases 38 and 39."""
    with pytest.raises(InputFileError, match="opens in line 3 is never closed"):
        read_here(HEAD + '1,lamp,US $3\n2,"chair,US $4\n3,desk,US $5\n')
    read = read_here(THREE + "4,a,b,US $3\n5\n")
    assert read.refused["row"].tolist() == [5, 6] and accounted_for(read)


def test_too_wide_and_too_long(read_here):
    """Case 40."""
    with pytest.raises(InputFileError, match="5000 columns; the limit is 500"):
        read_here(",".join(f"c{i}" for i in range(5000)) + "\n" + ",".join("1" for _ in range(5000)) + "\n")
    with pytest.raises(InputFileError, match=r"Row 3, column B \(title\) holds 20000000 characters"):
        read_here(HEAD + "1,lamp,US $3\n2," + "x" * 20_000_000 + ",US $4\n")
    with pytest.raises(InputFileError, match=r"Row 3, column B \(title\) holds|never closed"):
        read_here(HEAD + '1,lamp,US $3\n2,"' + "x\n" * 10_000_000 + '",US $4\n')


# --- C. Headers and columns -------------------------------------------------------------------------------------------


def test_headers_in_chinese_and_russian(read_here):
    """Cases 41 and 42."""
    for head in ("商品编号,标题,价格", "Артикул,Название,Цена"):
        assert list(read_here(head + "\n1,lamp,US $3\n").mapping) == ["listing_id", "title", "price"]


def test_a_name_that_stands_twice(read_here):
    """Case 43: both places named."""
    with pytest.raises(InputFileError, match="'price' stands twice, in C and in E"):
        read_here("id,title,price,sold,price\n1,a,3,4,5\n")


def test_empty_and_odd_headers(read_here):
    """Cases 44 and 45."""
    read = read_here("id,title,,\u200bpri\u200bce\u00a0\n1,lamp,x,US $3\n")
    assert read.mapping["price"] == "price" and read.warnings == ("Column C has no name; it can be chosen as 'C'.",)
    assert read_here("id,title,\n1,lamp,US $3\n", mapping={"price": "C"}).table["price"].tolist() == [3.0]


def test_title_rows_and_totals(read_here):
    """Cases 46 and 47."""
    read = read_here("Report,,\nNovember 2026,,\n,,\n" + THREE + "Total,,12\n")
    assert [question.id for question in read.questions] == ["header_row"]
    assert read.table["source_row"].tolist() == [5, 6, 7]
    assert read.left_out["row"].tolist() == [8] and accounted_for(read)


def test_a_required_column_that_is_missing(read_here):
    """Case 49: the nearest name and the remedy."""
    with pytest.raises(InputFileError, match=r"nearest is 'prize' \(C\).*mapping=\{'price': 'prize'\}"):
        read_here("id,title,prize\n1,lamp,3\n")


def test_names_with_a_meaning_elsewhere(read_here):
    """Case 50."""
    read = read_here("__proto__,index,class,select,title,price\n1,2,3,4,lamp,US $3\n")
    assert read.counts["accepted"] == 1 and read.unused == ("__proto__", "index", "class", "select")


# --- D. Values --------------------------------------------------------------------------------------------------------


def test_values_that_are_questions(read_here):
    """Cases 51, 61 and 62: ambiguous decimal marks, percent and dates are asked, never guessed silently."""
    head = "id,title,price,listing date,conversion rate\n"
    read = read_here(head + "1,a,US $1.234,03/04/2026,5%\n2,b,US $2.345,05/06/2026,1\n")
    assert {q.id for q in read.questions} == {"decimal:price", "percent:conversion_rate", "dates:first_listed"}
    assert accounted_for(read)


def test_values_that_are_bad_rows(read_here):
    """Cases 54, 57, 64, 65, 70, 71, 73 and 76."""
    read = read_here(
        "id,title,price,sold,listing date,impressions,clicks,conversion rate\n"
        "1,ok,US $3,1,2026-01-01,10,5,5%\n"
        "2,a,US $-3,1,,,,\n"
        "3,b,NaN,1,,,,\n"
        "4,c,inf,1,,,,\n"
        "5,d,US $3,1,31.02.2026,,,\n"
        "6,e,US $3,1,9999-12-31,,,\n"
        "7,f,US $3,1,,10,50,\n"
        "8,g,US $3,1,,,,250%\n"
        "9,h,3 XQZ,1,,,,\n"
        "10,i,US $3,2.5,,,,\n"
    )
    assert read.refused[["row", "rule"]].values.tolist() == [
        [3, "too-low"],
        [4, "not-finite"],
        [5, "not-finite"],
        [6, "no-such-day"],
        [7, "day-out-of-range"],
        [8, "clicks-above-impressions"],
        [9, "too-high"],
        [10, "unknown-currency"],
        [11, "not-whole"],
    ]
    assert read.counts == {"read": 10, "accepted": 1, "refused": 9, "left_out": 0}
    assert all(re.match(r"Row \d+: .*\w.*", reason) for reason in read.refused["reason"])


def test_values_that_are_accepted(read_here):
    """Cases 52, 53, 55, 56, 58, 59, 60, 72 and 74."""
    read = read_here(
        "id,title,price,rating,ships from\n"
        "0012345678901234567,a,￥12.50,--,UK\n"
        "17,b,16 423.34 руб.,N/A,XK\n"
        "18,c,US $0,#DIV/0!,SU\n"
        "19,d,US $1e12,null,Deutschland\n"
        "1.23E+18,e,US $3.00,4.5,CN\n"
        "17,b,16 423.34 руб.,N/A,XK\n"
    )
    assert read.table["listing_id"].tolist() == ["0012345678901234567", "17", "18", "19", "1.23E+18, row 6"]
    assert read.table["currency"].tolist() == ["CNY", "RUB", "USD", "USD", "USD"]
    assert read.table["origin_country"].fillna("").tolist() == ["GB", "XK", "", "DE", "CN"]
    assert read.table["rating"].notna().sum() == 1
    assert read.counts == {"read": 6, "accepted": 5, "refused": 0, "left_out": 1}
    assert len(read.warnings) == 4


def test_spreadsheet_days_in_both_systems(read_here, made):
    """Case 63."""
    for date_1904, serial in ((False, 46085), (True, 44623)):
        rows = [["title", "price", "listing date"], ["a", 3, serial], ["b", 4, serial + 1]]
        assert str(read_here(made.xlsx(rows, date_1904=date_1904)).table["first_listed"][0].date()) == "2026-03-04"


# --- E. Hostile text: it stays text -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "{{7*7}} {% raise %}",
        "/etc/passwd",
        "=1+1",
        "'=1+1",
        "＝1+1",
        "@SUM(A1)",
        "$\\href{javascript:x}$",
        "a\u0301" * 50,
        "{0.__class__}",
        "%s %(x)s",
        "\x1b[31mred",
    ],
)
def test_hostile_titles_are_only_titles(read_here, text):
    """Cases 77 to 91 at the door: what comes in as text comes out as the same text."""
    title = text.replace('"', '""')
    read = read_here(f'id,title,price\n1,"{title}",US $3\n')
    assert read.table["title"].tolist() == [text[1:] if text.startswith("'=") else text]


def test_direction_marks_cannot_hide_a_name(read_here):
    """Case 89: a right-to-left override is taken out."""
    assert read_here("id,title,price\n1,a\u202egpj.exe,US $3\n").table["title"].tolist() == ["agpj.exe"]


def test_a_tower_of_marks_is_too_long(read_here):
    """Case 90."""
    with pytest.raises(InputFileError, match="holds 100001 characters"):
        read_here("id,title,price\n1,a" + "\u0301" * 100_000 + ",US $3\n")


def test_hostile_values_in_messages_stay_values(read_here):
    read = read_here("id,title,{0.__class__}price\n1,a,3\n2,b,{value}\n", mapping={"price": "{0.__class__}price"})
    assert read.refused["reason"][0].startswith("Row 3: {0.__class__}price holds no number that can be read: {value}")


# --- Random and damaged content ---------------------------------------------------------------------------------------

CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["price", "title", "id", "US $3", "1,234", "5%", "--", '"', "03/04/2026", "1.2万", "=1", "", "Total"]
    ),
)


@given(st.binary(max_size=400))
@settings(max_examples=120, deadline=None)
def test_random_bytes_are_refused_or_read(read_here, content):
    refused_or_read(read_here, content)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=6), st.sampled_from([",", ";", "\t"]))
@settings(max_examples=80, deadline=None)
def test_random_tables_are_refused_or_read(read_here, rows, delimiter):
    text = "id,title,price,sold\n".replace(",", delimiter) + "\n".join(delimiter.join(row) for row in rows)
    refused_or_read(read_here, text.encode("utf-8", "replace"))


@given(st.binary(max_size=60), st.sampled_from(["gb18030", "cp1251", "utf-16-le", "utf-8", "big5"]))
@settings(max_examples=40, deadline=None)
def test_random_bytes_below_a_good_header(read_here, content, encoding):
    refused_or_read(read_here, (HEAD + "1,lamp,US $3\n2,").encode(encoding) + content)


def refused_or_read(read_here, content):
    try:
        read = read_here(content)
    except CrossborderError as refused:
        assert re.match(r"file\.csv was not read\. \w", str(refused))
    else:
        assert accounted_for(read) and (read.table["price_usd"] >= 0).all()


def test_damaged_workbooks_are_refused_or_read(made, tmp_path):
    """Sixty damaged files of five formats through the parsers, in one process under the child's own limits."""
    program = """
        import json, sys
        from dataclasses import asdict
        from pathlib import Path
        from crossborder.data.child import answer_job, limit_process
        from crossborder.data.limits import Limits
        limit_process(Limits().memory_bytes, 60)
        job = {"reader": "listings", "limits": asdict(Limits()), "answers": {}}
        job |= {"mapping": {}, "rates": {}, "head_rows": None}
        for path in sorted(Path(sys.argv[1]).iterdir()):
            print(path.name, list(json.loads(answer_job(job, path.read_bytes())[0]))[0], flush=True)
    """
    good = {kind: getattr(made, kind)() for kind in ("xlsx", "xls", "xlsb", "ods", "parquet")}
    for kind, content in good.items():
        for seed in range(12):
            (tmp_path / f"{kind}-{seed}").write_bytes(made.damaged(content, seed))
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    answers = dict(line.split() for line in done.stdout.splitlines())
    assert done.returncode == 0, done.stderr[-2000:]
    assert len(answers) == 60 and set(answers.values()) <= {"refused", "report", "memory"}
