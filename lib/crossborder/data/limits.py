"""How large a user's file may be, and what reading it may cost."""

import dataclasses
import math
from dataclasses import dataclass

from crossborder.errors import BoundsError
from crossborder.i18n import _

MEBIBYTE = 2**20


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a reader accepts before it refuses. The defaults fit a file of 50 MB with 500,000 rows.

    ``file_bytes``, ``rows``, ``columns`` and ``cell_characters`` bound the file; ``archive_entries``,
    ``unpacked_bytes`` and ``unpacked_ratio`` bound a workbook's archive before it is unpacked; ``memory_bytes``
    (address space) and ``seconds`` (of processor time, and twice that by the clock: a busy machine is nobody's
    fault) bound the child process that reads it. Each is a number above 0, a whole one where it counts;
    BoundsError otherwise.
    """

    file_bytes: int = 64 * MEBIBYTE
    rows: int = 1_000_000
    columns: int = 500
    cell_characters: int = 100_000
    archive_entries: int = 5_000
    unpacked_bytes: int = 512 * MEBIBYTE
    unpacked_ratio: float = 200.0
    memory_bytes: int = 2048 * MEBIBYTE
    seconds: float = 30.0

    def __post_init__(self) -> None:
        for each in dataclasses.fields(self):
            value = getattr(self, each.name)
            whole = isinstance(each.default, int)
            number = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
            if not number or not math.isfinite(value) or value <= 0:
                rule = _("a whole number above 0") if whole else _("a number above 0")
                raise BoundsError(
                    _("{name} must be {rule}; got {value!r}. The default is {default}.").format(
                        name=f"Limits.{each.name}", rule=rule, value=value, default=each.default
                    )
                )
