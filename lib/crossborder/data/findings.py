"""What a reader found wrong, row by row, and the sentences that say it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from crossborder.data.grid import Grid, RawColumn
from crossborder.data.sentence import Sentence
from crossborder.i18n import N_, _

if TYPE_CHECKING:
    import pandas as pd

# Why a row is refused, or a cell left empty. Placeholders: column, value, limit.
RULES = {
    "missing": N_("{column} is empty, and every row needs one. Fill it in."),
    "not-a-number": N_("{column} holds no number that can be read: {value}. Write an amount such as 12.50."),
    "not-finite": N_("{column} is not a finite number: {value}. Write an amount such as 12.50."),
    "two-amounts": N_("{column} holds more than one number: {value}. Keep one."),
    "too-low": N_("{column} must not be below {limit}; the row says {value}. Correct it."),
    "too-high": N_("{column} must not be above {limit}; the row says {value}. Correct it."),
    "not-whole": N_("{column} counts whole things; the row says {value}. Correct it."),
    "unknown-currency": N_("{column} names a currency that is not known: {value}. Use an ISO code such as USD."),
    "two-currencies": N_("{column} says {value}, but the currency column says {limit}. Make them agree."),
    "no-rate": N_(
        "There is no exchange rate for the currency of {column} ({limit}). Give one: rates={{'{limit}': …}}."
    ),
    "no-such-day": N_("{column} is not a day of the calendar: {value}. Write it as 2026-03-04."),
    "day-out-of-range": N_("{column} lies outside {limit}: {value}. Write it as 2026-03-04."),
    "not-understood": N_("{column} could not be understood and was left empty: {value}."),
    "ragged": N_(
        "The row has another number of cells than the header ({limit}). Look for a stray delimiter or "
        "line break: {value}"
    ),
    "undecodable": N_(
        "The row holds bytes that mean nothing in the encoding {limit}: {value}. Save the file in one encoding."
    ),
    "clicks-above-impressions": N_("Clicks ({value}) exceed impressions ({limit}). Correct one of them."),
    "totals": N_("A totals row, not a listing."),
    "duplicate-same": N_("The same listing again, with the same values."),
    "duplicate-differs": N_("The same listing number again, with other values; the first row counts."),
}
_VALUE_CHARACTERS = 200
COLUMNS = ("row", "column", "value", "rule", "limit")


@dataclass(eq=False)
class Findings:
    """Refused rows, cells left empty, rows left out and warnings, collected while a grid is read."""

    grid: Grid
    bad: np.ndarray = field(init=False)
    refused: list[pa.Table] = field(default_factory=list)
    emptied: list[pa.Table] = field(default_factory=list)
    warnings: list[Sentence] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bad = np.zeros(len(self.grid.row_numbers), dtype=bool)

    def refuse(self, where: np.ndarray, raw: RawColumn, rule: str, limit: "str | np.ndarray" = "") -> None:
        """Refuse the rows where ``where`` is true, because of this column."""
        if where.any():
            self.bad |= where
            self.refused.append(_cells(self.grid, where, raw, rule, limit))

    def empty(self, where: np.ndarray, raw: RawColumn) -> None:
        """Note the cells that were not understood; their rows stay."""
        if where.any():
            self.emptied.append(_cells(self.grid, where, raw, "not-understood", ""))

    def warn(self, sentence: Sentence) -> None:
        """Say something about the file as a whole."""
        self.warnings.append(sentence)


def _cells(grid: Grid, where: np.ndarray, raw: RawColumn, rule: str, limit: "str | np.ndarray") -> pa.Table:
    import pyarrow.compute as pc

    at = np.flatnonzero(where)
    values = pc.fill_null(pc.utf8_slice_codeunits(raw.text.take(pa.array(at)), 0, _VALUE_CHARACTERS), "")
    limits = [str(x) for x in limit[at]] if isinstance(limit, np.ndarray) else [limit] * len(at)
    return finding_table(grid.row_numbers[at], [raw.header] * len(at), values, [rule] * len(at), limits)


def finding_table(
    rows: np.ndarray, columns: list[str], values: "pa.Array | list[str]", rules: list[str], limits: list[str]
) -> pa.Table:
    """Findings as a table with the columns of ``COLUMNS``."""
    return pa.table(
        [
            pa.array(np.asarray(rows, dtype="int64")),
            pa.array(columns, pa.string()),
            values if isinstance(values, pa.Array) else pa.array(values, pa.string()),
            pa.array(rules, pa.string()),
            pa.array(limits, pa.string()),
        ],
        names=list(COLUMNS),
    )


def joined(tables: list[pa.Table]) -> pa.Table:
    """All findings of a kind, by row."""
    whole = pa.concat_tables([finding_table(np.array([], "int64"), [], [], [], []), *tables])
    return whole.sort_by("row")


def with_reasons(found: "pd.DataFrame") -> "pd.DataFrame":
    """Findings with a sentence for each, in the language of the moment."""
    cells = zip(*(found[name] for name in COLUMNS), strict=True)
    reasons = [
        _("Row {row}: {problem}").format(
            row=row, problem=_(RULES[rule]).format(column=column, value=value, limit=limit)
        )
        for row, column, value, rule, limit in cells
    ]
    return (
        found[["row", "column", "value", "rule"]]
        .assign(reason=np.array(reasons, dtype=object))
        .astype({"reason": "str"})
    )
