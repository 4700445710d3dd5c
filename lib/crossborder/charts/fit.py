"""Whether a result holds what a picture draws; if not, a sentence that names the columns and the pictures that fit."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crossborder.errors import MisfitError
from crossborder.i18n import _
from crossborder.result import Result

if TYPE_CHECKING:
    import pandas as pd

COMPARED = ("measure", "old", "new", "difference", "low", "high")


def drawn_table(result: Any, picture: str, numbers: Sequence[str], *others: str) -> "pd.DataFrame":
    """The table of ``result``, in which ``numbers`` are columns of numbers and ``others`` are columns of any kind.

    Names that are empty are not asked for. MisfitError where the result does not fit.
    """
    table: Any = getattr(result, "table", None)
    if not hasattr(table, "columns"):
        raise MisfitError(
            _(
                "{picture} draws a result, which is what a verb returns; got a {found}. Hand it the result itself."
            ).format(picture=picture, found=type(result).__name__)
        )
    wanted = [name for name in dict.fromkeys((*others, *numbers)) if name]
    missing = [name for name in wanted if name not in table]
    if missing:
        raise MisfitError(
            _(
                "{picture} draws the columns {wanted}; {result} has no {missing}. It has {known}. Name other columns, "
                "or draw one of these: {pictures}."
            ).format(
                picture=picture,
                wanted=", ".join(wanted),
                result=type(result).__name__,
                missing=", ".join(missing),
                known=", ".join(map(str, table.columns)),
                pictures="; ".join(pictures_of(result)),
            )
        )
    worded = [name for name in numbers if name and not holds_numbers(table[name])]
    if worded:
        raise MisfitError(
            _(
                "{picture} needs numbers in {worded}, where {result} has none. Its columns of numbers: {known}. Draw "
                "one of these: {pictures}."
            ).format(
                picture=picture,
                worded=", ".join(worded),
                result=type(result).__name__,
                known=", ".join(_numbers(table)),
                pictures="; ".join(pictures_of(result)),
            )
        )
    return table


def check_one_row_each(table: "pd.DataFrame", picture: str, x: str, y: str) -> None:
    """MisfitError where a pair of ``x`` and ``y`` has several rows: which one should be drawn?"""
    if table.duplicated([x, y]).any():
        raise MisfitError(
            _(
                "{picture} needs one row for each pair of {x} and {y}; this table has several. Keep the rows of one "
                "kind first; of a sweep, draw sweep.mean(column, where)."
            ).format(picture=picture, x=x, y=y)
        )


def pictures_of(result: Result) -> list[str]:
    """Calls that draw this result, with columns that fit."""
    table = result.table
    numbers = _numbers(table)
    words = [str(name) for name in table.columns if not holds_numbers(table[name])]
    has = set(map(str, table.columns))
    if hasattr(result, "parameters"):  # a sweep, or its mean
        return ["sweep_picture(result)"]
    found = []
    if has >= set(COMPARED):
        found.append("paired_differences(result)")
    if has >= {"old", "new"} and words:
        found.append(f"old_to_new(result, group={words[0]!r})")
    if "day" in has and set(numbers) - {"day"}:
        found.append(f"over_days(result, {next(n for n in numbers if n != 'day')!r})")
    if has >= {"share_of_sellers", "share_of_traffic"}:
        found.append("lorenz_curve(result)")
    if len(numbers) > 2 and len(table) > 1 and _is_grid(table, *numbers[:2]):
        found.append(f"heat_map(result, {numbers[0]!r}, {numbers[1]!r}, {numbers[2]!r})")
    if words and numbers:
        found.append(f"bar_list(result, {words[0]!r}, {numbers[0]!r})")
    return [*found, "plain_picture(result)"]


def holds_numbers(column: "pd.Series") -> bool:
    """Whether a column is one of numbers; missing ones do not matter."""
    if column.dtype.kind == "O":
        return all(hasattr(value, "__float__") and not isinstance(value, str) for value in column.dropna())
    return column.dtype.kind in "iufb"


def _numbers(table: "pd.DataFrame") -> list[str]:
    return [str(name) for name in table.columns if holds_numbers(table[name])]


def _is_grid(table: "pd.DataFrame", x: str, y: str) -> bool:
    full = table[x].nunique() * table[y].nunique() == len(table)
    return full and table[x].nunique() > 1 and table[y].nunique() > 1 and not table.duplicated([x, y]).any()
