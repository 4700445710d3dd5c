"""Parquet: typed columns as they are, text and numbers alike; nested ones are left out."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from crossborder.data.grid import PREVIEW_ROWS, Grid, RawColumn, check_cells, clean_text, drop_blank_rows, name_columns
from crossborder.data.headers import check_headers
from crossborder.data.limits import Limits
from crossborder.data.sentence import Refusal, Sentence, say
from crossborder.i18n import N_


def read_parquet(content: bytes, limits: Limits, head_rows: int | None = None) -> Grid:
    """The columns of a Parquet file; rows are counted from 2, as a spreadsheet would show them below the names."""
    try:
        file = pq.ParquetFile(pa.BufferReader(content), memory_map=False)
        about = file.metadata
        size = sum(about.row_group(i).total_byte_size for i in range(about.num_row_groups))
        if about.num_columns > limits.columns:
            raise Refusal(
                N_("It has {n} columns; the limit is {most}. Delete the columns that are not needed."),
                n=about.num_columns,
                most=limits.columns,
            )
        if about.num_rows > limits.rows:
            raise Refusal(N_("It has {n} rows; the limit is {most}. Split it."), n=about.num_rows, most=limits.rows)
        if size > limits.unpacked_bytes:
            raise Refusal(
                N_(
                    "It would unpack to {size} MB from {packed} MB, which is more than a listing file "
                    "needs. Split it, or save it as CSV."
                ),
                size=round(size / 1e6),
                packed=round(len(content) / 1e6, 1),
            )
        if not about.num_rows:
            raise Refusal(N_("It has column names but no rows below them. Export the table again."))
        table = file.read(use_threads=False)
    except Refusal:
        raise
    except (pa.ArrowException, OSError, ValueError, KeyError, IndexError, OverflowError, NotImplementedError) as damage:
        raise Refusal(N_("It is a Parquet file that was cut off or damaged. Copy or export it again.")) from damage
    partial = head_rows is not None and head_rows < table.num_rows
    if partial:
        table = table.slice(0, head_rows)
    names = [str(name) for name in table.column_names]
    headers = check_headers([name if not name.startswith("__index_level_") else "" for name in names])
    warnings: list[Sentence] = []
    columns = []
    for place, header in enumerate(headers):
        column = _column(header, place, table.column(place))
        if column is None:
            warnings.append(say(N_("Column {header!r} holds nested values and was left out."), header=header))
        else:
            columns.append(column)
    grid = Grid(
        columns=columns, row_numbers=np.arange(table.num_rows) + 2, preview=[], warnings=warnings, partial=partial
    )
    grid.preview = [
        [column.text[i].as_py() or "" for column in columns] for i in range(min(PREVIEW_ROWS, table.num_rows))
    ]
    name_columns(grid)
    check_cells(grid, limits)
    drop_blank_rows(grid)
    return grid


def _column(header: str, place: int, values: pa.ChunkedArray) -> RawColumn | None:
    array = pa.concat_arrays(values.chunks) if values.num_chunks else pa.array([], values.type)
    if pa.types.is_dictionary(array.type):
        array = array.cast(array.type.value_type)
    kind = array.type
    number = day = None
    try:
        if pa.types.is_list(kind) and (
            pa.types.is_string(kind.value_type) or pa.types.is_large_string(kind.value_type)
        ):
            array = pc.binary_join(array.cast(pa.list_(pa.string())), "; ")
        elif pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
            return None
        elif pa.types.is_boolean(kind):
            array = array.cast(pa.int8())
        elif pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
            number = array.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False).astype(float)
            array = _numbers_as_text(array, number)
        elif pa.types.is_timestamp(kind) or pa.types.is_date(kind):
            wall = (
                array.cast(pa.timestamp("us", kind.tz), safe=False)
                if pa.types.is_timestamp(kind)
                else array.cast(pa.timestamp("us"))
            )
            wall = pc.local_timestamp(wall) if wall.type.tz else wall
            day = wall.to_numpy(zero_copy_only=False).astype("datetime64[us]")
            array = wall
        text = array.cast(pa.string())
    except pa.ArrowException:
        return None
    return RawColumn(header, place, clean_text(text), number, day, exact=pa.types.is_integer(kind))


def _numbers_as_text(array: pa.Array, number: np.ndarray) -> pa.Array:
    """Whole numbers without a decimal point, as identifiers are written; integers stay exact."""
    if not pa.types.is_floating(array.type):
        return array
    known = number[np.isfinite(number)]
    if (
        len(known)
        and (np.abs(known) < 2**53).all()
        and (known == np.floor(known)).all()
        and len(known) == pc.sum(pc.is_valid(array)).as_py()
    ):
        return pc.cast(pc.if_else(pc.is_valid(array), array, None), pa.int64())
    return array
