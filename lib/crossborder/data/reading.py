"""From bytes to checked columns: what every reader does, whatever the file is about."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from crossborder.data.amounts import split_amounts
from crossborder.data.cells import Cells, read_countries, read_days, read_flags, read_ids, read_tags
from crossborder.data.container import kind_of_file
from crossborder.data.decimals import file_votes, settle_decimal
from crossborder.data.findings import Findings, finding_table
from crossborder.data.grid import Grid, RawColumn
from crossborder.data.headers import words_of
from crossborder.data.limits import Limits
from crossborder.data.matching import Match, match_columns
from crossborder.data.number_cells import read_numbers
from crossborder.data.questions import Open
from crossborder.data.schema import Schema
from crossborder.data.sentence import Refusal, say
from crossborder.i18n import N_

_NUMBERS = ("money", "count", "number", "share")
_TOTALS = (
    "total; totals; grand total; sum; subtotal; 合计; 总计; 小计; 汇总; итого; всего; сумма; suma; total general; "
    "soma; total geral; somme; total général; summe; gesamt; gesamtsumme; insgesamt"
)
_TOTAL_WORDS = frozenset(words_of(word) for word in _TOTALS.split("; "))
_LAST_ROWS = 3


@dataclass(eq=False)
class Reading:
    """A file read against a schema: cells per schema column over the rows of ``grid``."""

    grid: Grid
    match: Match
    cells: dict[str, Cells]
    findings: Findings
    open_: Open
    rows_read: int
    left_out: list[pa.Table]
    preview_headers: list[str]


def read_grid(content: bytes, schema: Schema, open_: Open, limits: Limits, head_rows: int | None = None) -> Grid:
    """The cells of any file that is accepted; what it is, its content says."""
    kind = kind_of_file(content)
    if kind == "parquet":  # each format has a parser of its own, loaded only when needed
        from crossborder.data.columnar import read_parquet

        grid = read_parquet(content, limits, head_rows)
    elif kind in ("zip", "xls"):
        from crossborder.data.workbook import read_workbook

        grid = read_workbook(content, schema, open_, limits, zipped=kind == "zip")
    else:
        from crossborder.data.delimited import read_delimited

        grid = read_delimited(content, schema, open_, limits, head_rows)
    if not grid.columns:
        raise Refusal(N_("It holds no rows. Export the table again."))
    return grid


def read_content(
    content: bytes,
    schema: Schema,
    open_: Open,
    limits: Limits,
    mapping: Mapping[str, str | None] | None = None,
    head_rows: int | None = None,
) -> Reading:
    """Split, match, read: every matched column as its kind, every problem with its row."""
    grid = read_grid(content, schema, open_, limits, head_rows)
    headers = [column.header for column in grid.columns]
    match = match_columns(grid, schema, mapping, open_)
    rows_read = len(grid.row_numbers) + len({problem.row for problem in grid.bad_rows})
    totals = _totals(grid, match, schema)
    left_out = []
    if totals.any():
        n = int(totals.sum())
        left_out.append(finding_table(grid.row_numbers[totals], [""] * n, [""] * n, ["totals"] * n, [""] * n))
        grid.keep(~totals)
    findings = Findings(grid)
    findings.warnings += grid.warnings
    if left_out:
        findings.warn(say(N_("The last row holds totals and was left out.")))
    if grid.bad_rows:
        findings.refused.append(_row_problems(grid))
    cells = _read_columns(grid, match, schema, findings, open_)
    return Reading(grid, match, cells, findings, open_, rows_read, left_out, headers)


def _row_problems(grid: Grid) -> pa.Table:
    problems = grid.bad_rows
    return finding_table(
        np.array([p.row for p in problems]),
        [p.column for p in problems],
        [p.value for p in problems],
        [p.rule for p in problems],
        [p.limit for p in problems],
    )


def _read_columns(grid: Grid, match: Match, schema: Schema, findings: Findings, open_: Open) -> dict[str, Cells]:
    split = {
        name: split_amounts(raw.text, schema.by_name[name].zero_words)
        for name, raw in match.columns.items()
        if schema.by_name[name].kind in _NUMBERS
    }
    whole_file = file_votes(split)
    cells: dict[str, Cells] = {}
    for name, raw in match.columns.items():
        wanted = schema.by_name[name]
        match wanted.kind:
            case "money" | "count" | "number" | "share":
                decimal = settle_decimal(wanted, raw, split[name], whole_file, grid.delimiter, open_)
                cells[name] = read_numbers(wanted, raw, split.pop(name), decimal, findings, open_)
            case "day":
                cells[name] = read_days(wanted, raw, findings, open_, grid.date_1904)
            case "id":
                cells[name] = read_ids(raw, findings)
            case "flag":
                cells[name] = read_flags(raw, findings)
            case "country" | "countries":
                cells[name] = read_countries(wanted, raw, findings)
            case "tags":
                cells[name] = read_tags(raw)
            case _:
                cells[name] = Cells(raw.text)
    return cells


def _totals(grid: Grid, match: Match, schema: Schema) -> np.ndarray:
    """Totals rows among the last rows: a word such as "Total" where a name would stand, and numbers beside it."""
    n = len(grid.row_numbers)
    totals = np.zeros(n, bool)
    names = [raw for name, raw in match.columns.items() if schema.by_name[name].kind in ("id", "text")]
    numbers = [raw for name, raw in match.columns.items() if schema.by_name[name].kind in _NUMBERS]
    for row in range(max(1, n - _LAST_ROWS), n):
        said = [_cell(raw, row) for raw in grid.columns[:6]] + [_cell(raw, row) for raw in names]
        unnamed = all(not _cell(raw, row) for raw in names)
        counted = any(_cell(raw, row) for raw in numbers)
        total_word = any(_says_total(text) for text in said if text)
        filled = sum(bool(_cell(raw, row)) for raw in names)
        totals[row] = counted and ((total_word and filled <= 1) or (unnamed and row == n - 1 and len(names) > 0))
    return totals


def _cell(raw: RawColumn, row: int) -> str:
    return raw.text[row].as_py() or ""


def _says_total(text: str) -> bool:
    return len(text) <= 40 and words_of(text) in _TOTAL_WORDS


def accepted_rows(reading: Reading) -> np.ndarray:
    """Which rows of the grid were not refused."""
    return ~reading.findings.bad


def as_text(values: "np.ndarray | pa.Array") -> pa.Array:
    """An array of text, null where empty."""
    array = values if isinstance(values, pa.Array) else pa.array(values, pa.string())
    return pc.if_else(pc.equal(array, ""), pa.scalar(None, pa.string()), array)
