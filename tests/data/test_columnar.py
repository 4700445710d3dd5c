"""Parquet files."""

import datetime as dt
import io
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crossborder.data.limits import Limits
from crossborder.errors import InputFileError


def parquet(**columns):
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def test_types_come_through(read_here):
    read = read_here(
        parquet(
            id=pa.array([1234567890123456789, 2], pa.int64()),
            title=pa.array(["lamp", "chair"]).dictionary_encode(),
            price=pa.array([Decimal("12.50"), Decimal("8.00")]),
            rating=pa.array([4.5, None]),
            sold=pa.array([10, 20], pa.uint16()),
            created_at=pa.array([dt.datetime(2026, 3, 4, 23, tzinfo=dt.UTC)] * 2),
            ships_to=pa.array([["US", "RU"], ["FR"]]),
            free_shipping=pa.array([True, False]),
            nested=pa.array([{"a": 1}, {"a": 2}]),
        )
    )
    row = read.table.iloc[0]
    assert row["listing_id"] == "1234567890123456789"
    assert (row["title"], row["price"], row["units_sold"], row["countries"]) == ("lamp", 12.5, 10, "US; RU")
    assert row["first_listed"] == dt.datetime(2026, 3, 4) and row["free_shipping"]
    assert read.table["rating"].isna().tolist() == [False, True]
    assert any("nested values" in warning for warning in read.warnings)


def test_numbers_that_are_none_refuse_the_price(read_here):
    read = read_here(parquet(title=["a", "b", "c"], price=pa.array([float("nan"), float("inf"), 3.0])))
    assert read.refused["rule"].tolist() == ["not-finite", "not-finite"]
    assert read.counts["accepted"] == 1


def test_limits_are_read_from_the_footer(read_here):
    content = parquet(title=["a"] * 5, price=[1.0] * 5)
    with pytest.raises(InputFileError, match="has 5 rows; the limit is 3"):
        read_here(content, limits=Limits(rows=3))
    with pytest.raises(InputFileError, match="has 2 columns; the limit is 1"):
        read_here(content, limits=Limits(columns=1))


def test_a_damaged_file_is_refused(read_here):
    content = parquet(title=["a"], price=[1.0])
    with pytest.raises(InputFileError, match="cut off"):
        read_here(content[:-10])
    with pytest.raises(InputFileError, match="Parquet"):
        read_here(b"PAR1" + b"\xff" * 40 + b"PAR1")


def test_no_rows(read_here):
    with pytest.raises(InputFileError, match="no rows below"):
        read_here(parquet(title=pa.array([], pa.string()), price=pa.array([], pa.float64())))
