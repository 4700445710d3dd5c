"""Workbooks (XLSX, XLSM, XLS, XLSB, ODS): the sheet that holds the table, as columns of text, numbers and days."""

import datetime as dt
import io
from collections.abc import Iterable
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from crossborder.data.archive import check_archive
from crossborder.data.grid import PREVIEW_ROWS, Grid, RawColumn, check_cells, clean_text, drop_blank_rows, name_columns
from crossborder.data.headers import (
    HEAD_ROWS,
    NO_HEADER,
    check_headers,
    column_letters,
    find_header,
    known_headers,
    visible,
)
from crossborder.data.limits import Limits
from crossborder.data.questions import Open
from crossborder.data.schema import Schema
from crossborder.data.sentence import Refusal, Sentence, say
from crossborder.i18n import N_

_CHUNK_ROWS = 20_000
_MOST_SHEETS = 20
_EXACT = 2.0**53


def read_workbook(content: bytes, schema: Schema, open_: Open, limits: Limits, *, zipped: bool) -> Grid:
    """The cells of the sheet that looks most like the wanted table; other sheets are asked about."""
    import python_calamine as calamine

    warnings: list[Sentence] = []
    date_1904 = False
    if zipped:
        archive = check_archive(content, limits)
        warnings, date_1904 = list(archive.warnings), archive.date_1904
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        name = _sheet(book, schema, open_)
        sheet = book.get_sheet_by_name(name)
        start = sheet.start or (0, 0)
        end = sheet.end or (0, 0)
        if end[1] - start[1] + 1 > limits.columns or end[0] - start[0] + 1 > limits.rows:
            raise Refusal(
                N_(
                    "Its cells reach as far as column {column}, row {row}. Limits are {columns} columns "
                    "and {rows} rows. Delete the stray cells or save the table as CSV."
                ),
                column=end[1] + 1,
                row=end[0] + 1,
                columns=limits.columns,
                rows=limits.rows,
            )
        rows = iter(sheet.iter_rows())
        grid = _grid(rows, sheet, schema, open_)
    except calamine.PasswordError as locked:
        raise Refusal(N_("It is protected by a password. Open it, remove the password and save it again.")) from locked
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError, ValueError) as damage:
        raise _damaged() from damage
    except BaseException as panic:
        # A bug met in the parser's compiled code comes as a PanicException, which is no Exception.
        if type(panic).__name__ != "PanicException":
            raise
        raise _damaged() from panic
    grid.sheet, grid.date_1904 = name, date_1904
    grid.warnings = warnings + grid.warnings
    name_columns(grid)
    check_cells(grid, limits)
    drop_blank_rows(grid)
    if not len(grid.row_numbers):
        raise Refusal(N_("It has column names but no rows below them. Export the table again."))
    return grid


def _damaged() -> Refusal:
    return Refusal(
        N_("It is a workbook that was cut off or damaged. Open it in a spreadsheet program and save it again.")
    )


def _sheet(book: Any, schema: Schema, open_: Open) -> str:
    visible_names = [
        meta.name
        for meta in book.sheets_metadata
        if str(meta.visible).endswith("Visible") and str(meta.typ).endswith("WorkSheet")
    ]
    names = visible_names or list(book.sheet_names)
    if not names:
        raise Refusal(N_("It holds no sheet with cells. Save the table as XLSX or CSV."))
    if len(names) == 1:
        return names[0]
    known: dict[str, int] = {}
    for name in names[:_MOST_SHEETS]:
        head = [[visible(cell) for cell in row] for row in islice(book.get_sheet_by_name(name).iter_rows(), HEAD_ROWS)]
        known[name] = max((known_headers(row, schema) for row in head), default=-1)
    used = [name for name in known if known[name] >= 0]
    best = max(used or names, key=lambda name: known.get(name, -1))
    if len(used) < 2 and open_.given("sheet") is None:
        return best
    return open_.settle("sheet", say(N_("Which sheet holds the table?")), tuple(names), best)


def _grid(rows: Iterable[list[Any]], sheet: Any, schema: Schema, open_: Open) -> Grid:
    rows = iter(rows)  # from row 1 on, but from the first used column on
    first_column = sheet.start[1] if sheet.start else 0
    head = list(islice(rows, HEAD_ROWS))
    if not head:
        raise Refusal(N_("It holds no rows. Export the table again."))
    shown = [[visible(_shown(cell)) for cell in row] for row in head]
    header_at = find_header(shown, schema, open_)
    names = shown[header_at] if header_at != NO_HEADER else [""] * max(map(len, shown))
    headers, warnings = check_headers(names, first_column), []
    merged = [
        column_letters(left[1]) for left, right in sheet.merged_cell_ranges or () if left[0] <= header_at <= right[0]
    ]
    if merged:
        warnings.append(
            say(
                N_("The header row has merged cells ({columns}); only the first cell of each keeps the name."),
                columns=", ".join(sorted(merged)),
            )
        )
    parts: list[list[_Part]] = [[] for _name in headers]
    pending = head[header_at + 1 :]
    n_rows = 0
    while pending:
        n_rows += len(pending)
        for place, column in enumerate(zip(*(row[: len(headers)] for row in pending), strict=True)):
            parts[place].append(_part(column))
        pending = list(islice(rows, _CHUNK_ROWS))
    if not n_rows:
        raise Refusal(N_("It has column names but no rows below them. Export the table again."))
    columns = [_joined(header, place + first_column, parts[place]) for place, header in enumerate(headers)]
    preview = [row[: len(headers)] for row in shown[header_at + 1 :] if any(row)][:PREVIEW_ROWS]
    numbers = np.arange(n_rows) + header_at + 2
    return Grid(
        columns=columns, row_numbers=numbers, preview=preview, warnings=warnings, headless=header_at == NO_HEADER
    )


_Part = tuple[pa.Array, np.ndarray | None, np.ndarray | None]


def _part(cells: tuple[Any, ...]) -> _Part:
    """One chunk of a column: text, numbers, days."""
    kinds = set(map(type, cells))
    if kinds <= {str}:
        return pa.array(cells, pa.string()), None, None
    number = day = None
    if kinds & {int, float, bool}:
        number = np.array([float(c) if isinstance(c, int | float) else np.nan for c in cells])
        if kinds <= {float, str} and (np.abs(number[np.isfinite(number)]) < _EXACT).all():
            return _numbers_and_text(cells, number, kinds), number, None
    if kinds & {dt.date, dt.datetime}:
        days = [np.datetime64(c, "us") if isinstance(c, dt.date) else np.datetime64("NaT") for c in cells]
        day = np.array(days, dtype="datetime64[us]")
    return pa.array([_shown(c) for c in cells], pa.string()), number, day


def _numbers_and_text(cells: tuple[Any, ...], number: np.ndarray, kinds: set[type]) -> pa.Array:
    """As ``_shown`` writes each cell, but for a whole chunk at once."""
    stored = np.isfinite(number)
    whole = stored & (number == np.floor(number))
    shown = pc.cast(pa.array(np.where(stored, number, 0.0)), pa.string())
    if whole.any():
        shown = pc.if_else(
            pa.array(whole), pc.cast(pa.array(np.where(whole, number, 0).astype("int64")), pa.string()), shown
        )
    if str in kinds:
        texts = pa.array([c if isinstance(c, str) else None for c in cells], pa.string())
        shown = pc.if_else(pa.array(stored), shown, texts)
    return shown


def _shown(cell: Any) -> str:
    """A cell as text: whole numbers without a decimal point, days as ISO."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < _EXACT:
            return str(int(cell))
        return f"{cell:.14E}" if abs(cell) >= _EXACT else repr(cell)
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def _joined(header: str, place: int, parts: list[_Part]) -> RawColumn:
    text = pa.concat_arrays([part[0] for part in parts])
    sizes = [len(part[0]) for part in parts]
    number = day = None
    if any(part[1] is not None for part in parts):
        number = np.concatenate(
            [np.full(n, np.nan) if p[1] is None else p[1] for p, n in zip(parts, sizes, strict=True)]
        )
    if any(part[2] is not None for part in parts):
        day = np.concatenate(
            [np.full(n, "NaT", "datetime64[us]") if p[2] is None else p[2] for p, n in zip(parts, sizes, strict=True)]
        )
    return RawColumn(header, place, clean_text(text), number, day)
