"""Whether ``1.234`` is one and a bit or over a thousand: what the column, then the file, then the user says."""

from collections.abc import Mapping

import numpy as np
import pyarrow.compute as pc

from crossborder.data.amounts import OK, Amounts
from crossborder.data.grid import RawColumn
from crossborder.data.questions import Open
from crossborder.data.schema import Column
from crossborder.data.sentence import say
from crossborder.i18n import N_


def votes(amounts: Amounts) -> tuple[int, int]:
    """How many distinct texts say that the point, and that the comma, separates decimals."""
    good = amounts.status == OK
    return int((amounts.numerals.point & good).sum()), int((amounts.numerals.comma & good).sum())


def file_votes(split: Mapping[str, Amounts]) -> tuple[int, int]:
    """The votes of all columns of a file."""
    each = [votes(amounts) for amounts in split.values()]
    return sum(point for point, _comma in each), sum(comma for _point, comma in each)


def settle_decimal(
    wanted: Column, raw: RawColumn, amounts: Amounts, whole_file: tuple[int, int], delimiter: str, open_: Open
) -> np.ndarray:
    """For each distinct text that may be either: whether its one mark is a decimal mark."""
    either = amounts.numerals.either & (amounts.status == OK)
    if not either.any() and open_.given(f"decimal:{wanted.name}") is None:
        return either
    if wanted.kind == "count":
        return either & (amounts.factor > 1)
    if wanted.high is not None and wanted.kind != "money":
        return either  # read as thousands it would lie far above the highest value there can be
    convention = _convention(wanted, raw, amounts, either, whole_file, delimiter, open_)
    has_point = pc.fill_null(pc.match_substring(amounts.numerals.core, "."), False).to_numpy(zero_copy_only=False)
    return (either & (has_point == (convention == "point"))) | (either & (amounts.factor > 1))


def _convention(
    wanted: Column,
    raw: RawColumn,
    amounts: Amounts,
    either: np.ndarray,
    whole_file: tuple[int, int],
    delimiter: str,
    open_: Open,
) -> str:
    id = f"decimal:{wanted.name}"
    for point, comma in (votes(amounts), whole_file):
        if bool(point) != bool(comma) and open_.given(id) is None:
            return "point" if point else "comma"
        if point and comma:
            break
    point, comma = votes(amounts)
    default = "comma" if comma > point or (comma == point and delimiter == ";") else "point"
    at = np.flatnonzero(either)
    sample = amounts.numerals.core[int(at[0])].as_py() if at.size else "1.234"
    plain = sample.replace(",", "").replace(".", "")
    with_point, with_comma = (
        (f"{plain[:-3]}.{plain[-3:]}", plain) if "." in sample else (plain, f"{plain[:-3]}.{plain[-3:]}")
    )
    return open_.settle(
        id,
        say(
            N_("In {column}, which mark stands before the decimals? {sample} may be either."),
            column=raw.header,
            sample=sample,
        ),
        ("point", "comma"),
        default,
        (
            say(N_("the point: {sample} is {value}"), sample=sample, value=with_point),
            say(N_("the comma: {sample} is {value}"), sample=sample, value=with_comma),
        ),
    )
