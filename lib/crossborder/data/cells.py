"""The cells of one matched column, read as its kind: what is missing stays empty, what is impossible refuses the row.

A cell of a required column that cannot be read refuses its row. A cell of any other column that cannot be
understood is left empty and listed; one that is understood but impossible (a negative price, the 31st of February)
refuses its row.
"""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from crossborder.data import dates
from crossborder.data.findings import Findings
from crossborder.data.flags import as_flags
from crossborder.data.grid import RawColumn
from crossborder.data.places_on_earth import country_code, country_codes
from crossborder.data.questions import Open
from crossborder.data.schema import Column
from crossborder.data.sentence import say
from crossborder.i18n import N_

EARLIEST, LATEST = np.datetime64("1990-01-01", "us"), np.datetime64("2100-01-01", "us")
_DAMAGED_ID = r"^[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+$"


@dataclass(eq=False)
class Cells:
    """Values of one column. Money also has ``currency`` (as written) per row; counts and prices ``at_least``."""

    values: np.ndarray | pa.Array
    currency: np.ndarray | None = None
    at_least: np.ndarray | None = None
    damaged: np.ndarray | None = None
    extra: dict[str, np.ndarray] = field(default_factory=dict)


def read_days(wanted: Column, raw: RawColumn, findings: Findings, open_: Open, date_1904: bool) -> Cells:
    """Days. Whether 03/04 is in March or April is asked, unless other rows tell."""
    if raw.day is None:
        encoded = pc.dictionary_encode(raw.text, null_encoding="encode")
        expand = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        written = dates.split_days(encoded.dictionary, None, None, date_1904)
    else:
        expand = np.arange(len(raw.text))
        written = dates.split_days(raw.text, raw.number, raw.day, date_1904)
    day_first = written.day_first >= written.month_first
    if written.undecided.any() and not (
        (written.day_first and not written.month_first) or (written.month_first and not written.day_first)
    ):
        sample = raw.text.take(pa.array(np.flatnonzero(written.undecided[expand])[:1]))[0].as_py()
        answer = open_.settle(
            f"dates:{wanted.name}",
            say(N_("In {column}, which comes first in {sample}?"), column=raw.header, sample=sample),
            ("day-month", "month-day"),
            "day-month" if day_first else "month-day",
            (say(N_("the day")), say(N_("the month"))),
        )
        day_first = answer == "day-month"
    elif written.undecided.any() and open_.given(f"dates:{wanted.name}") is not None:
        day_first = open_.take(f"dates:{wanted.name}") == "day-month"
    days, status = (part[expand] for part in written.days(day_first))
    if written.serial.any():
        findings.warn(
            say(
                N_("{column} holds spreadsheet day numbers; they were read as days since {start}."),
                column=raw.header,
                start="1904-01-01" if date_1904 else "1899-12-30",
            )
        )
    findings.refuse(status == dates.NO_SUCH_DAY, raw, "no-such-day")
    outside = (status == dates.OK) & ((days < EARLIEST) | (days > LATEST))
    findings.refuse(outside, raw, "day-out-of-range", "1990 - 2100")
    if wanted.required:
        findings.refuse(status == dates.MISSING, raw, "missing")
        findings.refuse(status == dates.NO_DATE, raw, "no-such-day")
    else:
        findings.empty(status == dates.NO_DATE, raw)
    return Cells(days)


def read_ids(raw: RawColumn, findings: Findings) -> Cells:
    """Numbers of things, kept as text to the last digit; those that a spreadsheet has rounded are marked."""
    text = raw.text
    damaged = _mask(text, _DAMAGED_ID)
    if raw.number is not None and not raw.exact:
        damaged |= np.abs(np.nan_to_num(raw.number)) >= 2**53
    if damaged.any():
        findings.warn(
            say(
                N_(
                    "Numbers in {column} that a spreadsheet program shortened (such as 1.23E+18): {n}. "
                    "Their last digits are lost. Export the column as text."
                ),
                n=int(damaged.sum()), column=raw.header,
            )
        )  # fmt: skip
    known = text.drop_null()
    if len(known) and pc.all(pc.match_substring_regex(known, r"^[0-9]+\.0$")).as_py():
        text = pc.replace_substring_regex(text, r"\.0$", "")
    return Cells(text, damaged=damaged)


def read_flags(raw: RawColumn, findings: Findings) -> Cells:
    """Yes, no or empty."""
    values = _by_distinct(raw.text, as_flags, pa.bool_())
    findings.empty(_lost(raw, values), raw)
    return Cells(values)


def read_countries(wanted: Column, raw: RawColumn, findings: Findings) -> Cells:
    """ISO codes; a name that is not known is left empty and listed."""
    one = country_code if wanted.kind == "country" else country_codes
    values = _by_distinct(raw.text, lambda texts: [one(t) or None if t else None for t in texts], pa.string())
    findings.empty(_lost(raw, values), raw)
    return Cells(values)


def read_tags(raw: RawColumn) -> Cells:
    """A list of words, each once, with a comma between."""

    def tidy(texts: list[str | None]) -> list[str | None]:
        return [
            ", ".join(dict.fromkeys(w.strip() for w in _split_tags(t) if w.strip())) or None if t else None
            for t in texts
        ]

    return Cells(_by_distinct(raw.text, tidy, pa.string()))


def _split_tags(text: str) -> list[str]:
    for mark in (";", "|", "，", ","):
        if mark in text:
            return text.split(mark)
    return [text]


def _by_distinct(text: pa.Array, read, kind: pa.DataType) -> pa.Array:  # type: ignore[no-untyped-def]
    """Apply ``read`` to each distinct text once."""
    encoded = pc.dictionary_encode(text)
    values = pa.array(read(encoded.dictionary.to_pylist()), kind)
    return values.take(encoded.indices)


def _lost(raw: RawColumn, values: pa.Array) -> np.ndarray:
    was_missing = _mask(raw.text, r"(?i)^(?:[-–—_.?/]+|n\.?/?a\.?|none|null|nan)$")
    return pc.and_(pc.is_valid(raw.text), pc.is_null(values)).to_numpy(zero_copy_only=False) & ~was_missing


def _mask(text: pa.Array, pattern: str) -> np.ndarray:
    return pc.fill_null(pc.match_substring_regex(text, pattern), False).to_numpy(zero_copy_only=False)
