"""How a text table is written: its delimiter, its records, the width of its header."""

import csv
import io
import math
import re
from collections import Counter
from dataclasses import dataclass

import numpy as np

from crossborder.data.headers import HEAD_ROWS, NO_HEADER, known_headers, visible
from crossborder.data.limits import Limits
from crossborder.data.questions import Open
from crossborder.data.quotes import refuse_unclosed
from crossborder.data.schema import Schema
from crossborder.data.sentence import Refusal, say
from crossborder.i18n import N_

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
_SAMPLE_CHARACTERS = 256 * 1024
_SAMPLE_RECORDS = 200
_HINT = re.compile(r'\A"?sep=(.)"?\n', re.IGNORECASE)


def split_hint(text: str) -> tuple[str, str]:
    """A first line such as ``sep=;`` names the delimiter; the delimiter (or nothing) and the text below it."""
    hint = _HINT.match(text)
    return (hint[1], text[hint.end() :]) if hint else ("", text)


@dataclass(frozen=True)
class Record:
    cells: list[str]
    end: int  # characters of text up to its end


def _records(text: str, delimiter: str, most: int = _SAMPLE_RECORDS) -> list[Record]:
    """The first records of the text; a record cut by the end of the sample is left away."""
    sample = text[:_SAMPLE_CHARACTERS]
    lines = io.StringIO(sample, newline="\n").readlines()
    ends = np.cumsum([len(line) for line in lines])
    reader = csv.reader(lines, delimiter=delimiter)
    records: list[Record] = []
    try:
        for cells in reader:
            records.append(Record([visible(cell) for cell in cells], int(ends[reader.line_num - 1])))
            if len(records) >= most:
                return records
    except csv.Error:
        pass  # a field beyond any size: what was read so far is enough to find the header
    whole = len(sample) == len(text)
    return records if whole or len(records) < 2 else records[:-1]


def find_delimiter(text: str, hint: str, schema: Schema, open_: Open) -> tuple[str, list[Record]]:
    """The delimiter that makes the most known headers, then the most even rows."""
    answer = open_.given("delimiter")
    if answer is not None:
        open_.settle("delimiter", say(N_("Which character stands between the cells?")), tuple(DELIMITERS), "comma")
        hint = DELIMITERS[answer]
    best: tuple[tuple[float, ...], str, list[Record]] | None = None
    for delimiter in [hint] if hint else DELIMITERS.values():
        records = _records(text, delimiter)
        full = [record.cells for record in records if any(record.cells)]
        widths = Counter(len(cells) for cells in full)
        usual, times = widths.most_common(1)[0] if widths else (1, 0)
        known = max((known_headers(cells, schema) for cells in full[:HEAD_ROWS]), default=0) if usual > 1 else 0
        evenness = (times / max(len(full), 1)) ** 2 * math.log2(usual)
        if best is None or (known, evenness) > best[0]:
            best = ((known, evenness), delimiter, records)
    if best is None or not best[2]:
        refuse_unclosed(text, hint or ",")
        raise Refusal(N_("It holds no rows. Export the table again."))
    return best[1], best[2]


def header_cells(sample: list[Record], header_at: int, limits: Limits) -> list[str]:
    """The header row, as wide as the rows below it are, where its own blank end allows that; blank without one."""
    header = list(sample[header_at].cells) if header_at != NO_HEADER else []
    below = Counter(len(r.cells) for r in sample[header_at + 1 :] if any(r.cells))
    usual = below.most_common(1)[0][0] if below else len(header)
    if usual > len(header):
        header += [""] * (usual - len(header))
    while len(header) > usual and not header[-1]:
        header.pop()
    if len(header) > limits.columns:
        raise Refusal(
            N_("It has {n} columns; the limit is {most}. Delete the columns that are not needed."),
            n=len(header),
            most=limits.columns,
        )
    return header
