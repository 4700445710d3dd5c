"""A file's cells as columns of text, beside the numbers and days that the file itself stored as such."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from crossborder.data.encodings import UNDECODABLE
from crossborder.data.headers import column_letters
from crossborder.data.limits import Limits
from crossborder.data.sentence import Refusal, Sentence, say
from crossborder.i18n import N_

PREVIEW_ROWS = 5
_INVISIBLE = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
_GUARDED = "^'('*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20])"  # our own export puts an apostrophe before a risky start


@dataclass(eq=False)
class RawColumn:
    """One column as it stands. ``text`` is null where the cell is blank; ``number`` and ``day`` hold what the file
    stored as a number (NaN elsewhere) or as a date (NaT elsewhere); ``exact`` tells that no number was rounded."""

    header: str
    place: int
    text: pa.Array
    number: np.ndarray | None = None
    day: np.ndarray | None = None
    exact: bool = False


@dataclass(eq=False)
class RowProblem:
    """A row that could not be split into cells, or a cell that is wrong. ``limit`` is the bound it broke."""

    row: int
    column: str
    value: str
    rule: str
    limit: str = ""


@dataclass(eq=False)
class Grid:
    """All columns of a file with the row numbers that a spreadsheet program shows."""

    columns: list[RawColumn]
    row_numbers: np.ndarray
    preview: list[list[str]]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    date_1904: bool = False
    partial: bool = False
    headless: bool = False
    bad_rows: list[RowProblem] = field(default_factory=list)
    warnings: list[Sentence] = field(default_factory=list)

    def keep(self, rows: np.ndarray) -> None:
        """Keep only the rows where ``rows`` is true."""
        if rows.all():
            return
        mask = pa.array(rows)
        for column in self.columns:
            column.text = column.text.filter(mask)
            column.number = None if column.number is None else column.number[rows]
            column.day = None if column.day is None else column.day[rows]
        self.row_numbers = self.row_numbers[rows]


def clean_text(text: pa.Array) -> pa.Array:
    """Cells trimmed, zero-width characters and our own export's apostrophes taken off; blank cells are null."""
    if any_true(pc.match_substring_regex(text, _INVISIBLE)):
        text = pc.replace_substring_regex(text, _INVISIBLE, "")
    text = pc.utf8_trim_whitespace(text)
    if any_true(pc.starts_with(text, "'")):
        text = pc.replace_substring_regex(text, _GUARDED, "\\1")
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, text.type), text)


def any_true(mask: pa.Array) -> bool:
    """Whether any value of a boolean array is true."""
    return bool(pc.any(mask).as_py())


def check_cells(grid: Grid, limits: Limits) -> None:
    """Refuse a cell too long to be one, and set rows aside whose bytes did not decode."""
    undecodable = np.zeros(len(grid.row_numbers), dtype=bool)
    for column in grid.columns:
        if len(column.text) == 0:
            continue
        longest = pc.max(pc.utf8_length(column.text)).as_py() or 0
        if longest > limits.cell_characters:
            at = pc.index(pc.greater(pc.utf8_length(column.text), limits.cell_characters), True).as_py()
            raise Refusal(
                N_(
                    "Row {row}, column {column} holds {size} characters; the limit is {most}. Shorten or "
                    "delete that cell."
                ),
                row=int(grid.row_numbers[at]),
                column=f"{column_letters(column.place)} ({column.header})",
                size=longest,
                most=limits.cell_characters,
            )
        holds = pc.match_substring(column.text, UNDECODABLE)
        if any_true(holds):
            undecodable |= pc.fill_null(holds, False).to_numpy(zero_copy_only=False)
            for at in np.flatnonzero(undecodable)[:1000]:
                value = column.text[int(at)].as_py()
                if value and UNDECODABLE in value:
                    shown = value.replace(UNDECODABLE, "\N{REPLACEMENT CHARACTER}")[:200]
                    grid.bad_rows.append(
                        RowProblem(int(grid.row_numbers[at]), column.header, shown, "undecodable", grid.encoding)
                    )
    grid.keep(~undecodable)


def name_columns(grid: Grid) -> None:
    """A column without a name goes by its letter, and says so; one without content either is left away."""
    if grid.headless:
        grid.warnings.append(say(N_("The file has no line of column names; its columns go by their letters.")))
    grid.columns = [c for c in grid.columns if c.header or c.text.null_count < len(c.text)]
    taken = {column.header for column in grid.columns}
    for column in grid.columns:
        if not column.header:
            letters = column_letters(column.place)
            column.header = letters if letters not in taken else f"{letters}*"
            if grid.headless:
                continue
            grid.warnings.append(
                say(
                    N_("Column {place} has no name; it can be chosen as {header!r}."),
                    place=letters,
                    header=column.header,
                )
            )


def drop_blank_rows(grid: Grid) -> None:
    """Rows without any content do not count as read."""
    if not grid.columns:
        return
    some = np.zeros(len(grid.row_numbers), dtype=bool)
    for column in grid.columns:
        some |= pc.is_valid(column.text).to_numpy(zero_copy_only=False)
    grid.keep(some)
