"""CSV and its kin: delimiter by content, header below title rows, ragged rows set aside by number."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from crossborder.data.dialect import find_delimiter, header_cells, split_hint
from crossborder.data.encodings import UNDECODABLE, decode
from crossborder.data.grid import (
    PREVIEW_ROWS,
    Grid,
    RawColumn,
    RowProblem,
    any_true,
    check_cells,
    clean_text,
    drop_blank_rows,
    name_columns,
)
from crossborder.data.headers import HEAD_ROWS, NO_HEADER, check_headers, find_header
from crossborder.data.limits import Limits
from crossborder.data.questions import Open
from crossborder.data.quotes import refuse_unclosed
from crossborder.data.schema import Schema
from crossborder.data.sentence import Refusal
from crossborder.i18n import N_


def read_delimited(content: bytes, schema: Schema, open_: Open, limits: Limits, head_rows: int | None = None) -> Grid:
    """The cells of a delimited text file; ``head_rows`` reads only about so many."""
    partial = False
    if head_rows is not None:
        content, partial = _head(content, head_rows)
    decoded = decode(content, open_)
    text = decoded.text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    hint, text = split_hint(text)
    delimiter, sample = find_delimiter(text, hint, schema, open_)
    header_at = find_header([record.cells for record in sample[:HEAD_ROWS]], schema, open_)
    headers = check_headers(header_cells(sample, header_at, limits))
    body = text[sample[header_at].end :] if header_at != NO_HEADER else text
    first_row = (1 if hint else 0) + header_at + 2
    grid = _parse(body, delimiter, headers, first_row, limits, text=text, cut=partial)
    below = [record.cells[: len(headers)] for record in sample[header_at + 1 :] if any(record.cells)]
    grid.preview = below[:PREVIEW_ROWS]
    grid.encoding, grid.delimiter, grid.partial = decoded.encoding, delimiter, partial
    grid.headless = header_at == NO_HEADER
    grid.warnings = list(decoded.warnings)
    name_columns(grid)
    check_cells(grid, limits)
    drop_blank_rows(grid)
    return grid


def _head(content: bytes, head_rows: int) -> tuple[bytes, bool]:
    """The first rows; rows are taken to be at most two kilobytes on average. The last one may be cut."""
    most = max(head_rows, 100) * 2048
    return (content, False) if len(content) <= most else (content[: most - most % 4], True)


def _parse(
    body: str, delimiter: str, headers: list[str], first_row: int, limits: Limits, *, text: str, cut: bool
) -> Grid:
    if not body.strip("\n"):
        refuse_unclosed(text, delimiter, cut=cut)
        raise Refusal(N_("It has column names but no rows below them. Export the table again."))
    invalid: list[tuple[int, int, str]] = []

    def set_aside(row: arrow_csv.InvalidRow) -> str:
        if row.text.strip():
            invalid.append((row.number, row.actual_columns, row.text))
        else:
            invalid.append((row.number, 0, ""))
        return "skip"

    names = [str(place) for place in range(len(headers))]
    data = body.encode("utf-8", errors="replace")
    try:
        table = arrow_csv.read_csv(
            pa.py_buffer(data),
            read_options=arrow_csv.ReadOptions(column_names=names, use_threads=False, block_size=len(data) + 65536),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=set_aside
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as damage:
        refuse_unclosed(text, delimiter, cut=cut)
        raise Refusal(
            N_("It cannot be split into rows and columns. Open it in a spreadsheet program and save it as CSV again.")
        ) from damage
    if any("\n" in text_ for _number, _n, text_ in invalid) or data.count(b'"') % 2 or _spans_lines(table):
        refuse_unclosed(text, delimiter, cut=cut)
    if table.num_rows + len(invalid) > limits.rows:
        raise Refusal(
            N_("It has {n} rows; the limit is {most}. Split it."), n=table.num_rows + len(invalid), most=limits.rows
        )
    if cut:  # the last row is not whole
        table, invalid = _without_last_row(table, invalid)
    numbers = np.arange(table.num_rows + len(invalid)) + first_row
    numbers = np.delete(numbers, [number - 1 for number, _n, _text in invalid])
    columns = [RawColumn(headers[i], i, clean_text(table.column(i).combine_chunks())) for i in range(len(headers))]
    bad = [
        RowProblem(
            first_row + number - 1,
            "",
            text_[:200].replace(UNDECODABLE, "\N{REPLACEMENT CHARACTER}"),
            "ragged",
            f"{n} / {len(headers)}",
        )
        for number, n, text_ in invalid
        if n
    ]
    return Grid(columns=columns, row_numbers=numbers, preview=[], bad_rows=bad)


def _without_last_row(
    table: pa.Table, invalid: list[tuple[int, int, str]]
) -> tuple[pa.Table, list[tuple[int, int, str]]]:
    if invalid and invalid[-1][0] == table.num_rows + len(invalid):
        return table, invalid[:-1]
    return table.slice(0, max(table.num_rows - 1, 0)), invalid


def _spans_lines(table: pa.Table) -> bool:
    """Whether a cell holds a line break: rare, and the mark of rows that ran together."""
    return any(any_true(pc.match_substring(column, "\n")) for column in table.columns)
