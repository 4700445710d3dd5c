"""Quotation marks that open and never close: rows run together after them."""

import re

from crossborder.data.sentence import Refusal
from crossborder.i18n import N_

_LAST_LINES = 500


def refuse_unclosed(text: str, delimiter: str, *, cut: bool = False) -> None:
    """Refuse the file where a quotation mark never closes; in the last lines of a ``cut`` text it may close later."""
    line = unclosed_quote(text, delimiter)
    if line and not (cut and line > text.count("\n") - _LAST_LINES):
        raise Refusal(
            N_(
                "A quotation mark that opens in line {line} is never closed, so the rows after it run "
                "together. Close or delete it."
            ),
            line=line,
        )


def unclosed_quote(text: str, delimiter: str) -> int:
    """The line (from 1) where a quoted cell opens that never closes, or 0.

    Where a later quotation mark seems to close it in the middle of a word, the earlier one is to blame.

    >>> unclosed_quote('a,b\\n1,"x\\n2,"y"\\n', ",")
    2
    """
    opening = re.compile(rf'(?:\A|[\n{re.escape(delimiter)}])"')
    suspect = position = 0
    while found := opening.search(text, position):
        start = end = found.end()
        while True:
            end = text.find('"', end)
            if end < 0:
                return text.count("\n", 0, (suspect or start) - 1) + 1
            if text[end + 1 : end + 2] != '"':
                break
            end += 2
        if not suspect and text[end + 1 : end + 2] not in ("", "\n", delimiter) and "\n" in text[start:end]:
            suspect = start
        position = end + 1
    return text.count("\n", 0, suspect - 1) + 1 if suspect else 0
