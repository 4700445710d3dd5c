"""Tables for spreadsheet programs, in which no cell can become a formula or a link."""

import datetime as dt
import io
import re
import unicodedata
from typing import TYPE_CHECKING

from crossborder.errors import BoundsError
from crossborder.i18n import _

if TYPE_CHECKING:
    import pandas as pd

# What a spreadsheet program takes for the start of a formula, full-width forms included; any apostrophes before it
# are our own guard, so that exporting twice and importing twice is exact.
_RISKY = r"^('*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])"
_MOST_ROWS = 1_048_575
_MOST_CHARACTERS = 32_767
_RESERVED = frozenset(["con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))])


def to_csv_bytes(frame: "pd.DataFrame") -> bytes:
    """The table as CSV: UTF-8 with a mark (so that Excel sees it), CRLF, point as decimal mark, days as ISO.

    Text that starts like a formula gets an apostrophe in front; numbers are untouched. The same table gives the
    same bytes on every machine, and ``read_listings`` takes the apostrophe off again.

    >>> import pandas as pd
    >>> to_csv_bytes(pd.DataFrame({"title": ["=1+1", "lamp"], "profit_usd": [-1.5, 2.0]})).decode("utf-8-sig").split()
    ['title,profit_usd', "'=1+1,-1.5", 'lamp,2.0']
    """
    return b"\xef\xbb\xbf" + guarded(frame).to_csv(index=False, lineterminator="\r\n", date_format="%Y-%m-%d").encode(
        "utf-8", "replace"
    )


def guarded(frame: "pd.DataFrame") -> "pd.DataFrame":
    """A copy of the table whose texts and headers cannot be taken for formulas."""
    safe = frame.copy(deep=False)
    for place, kind in enumerate(frame.dtypes):
        if _is_text(kind):
            safe.isetitem(place, frame.iloc[:, place].map(_guard, na_action="ignore").array)
    safe.columns = [_guard(str(name)) for name in frame.columns]
    return safe


def _is_text(kind: object) -> bool:
    return str(kind) in ("object", "str", "string", "category")


def _guard(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and re.match(_RISKY, value) else value


def to_xlsx_bytes(frame: "pd.DataFrame", *, sheet: str = "table") -> bytes:
    """The table as XLSX: text stays text, no formulas, no links; numbers and days are numbers and days.

    A cell longer than a spreadsheet program can hold (32,767 characters) is cut. More than 1,048,575 rows raise
    BoundsError. The same table gives the same bytes.
    """
    import pandas as pd
    import xlsxwriter

    if len(frame) > _MOST_ROWS:
        raise BoundsError(
            _("An XLSX sheet holds at most {most} rows; the table has {n}. Save it as CSV.").format(
                most=_MOST_ROWS, n=len(frame)
            )
        )
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": dt.datetime(2000, 1, 1)})
        page = book.add_worksheet(sheet_name(sheet))
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for place, name in enumerate(frame.columns):
            page.write_string(0, place, str(name)[:_MOST_CHARACTERS], bold)
            column = frame.iloc[:, place]
            days = pd.api.types.is_datetime64_any_dtype(column.dtype)
            for row, value in enumerate(column.astype(object).where(column.notna(), None), start=1):
                if value is None:
                    continue
                if days:
                    page.write_datetime(row, place, value.to_pydatetime().replace(tzinfo=None), day)
                elif isinstance(value, bool):
                    page.write_boolean(row, place, value)
                elif _fits_a_number(value):
                    page.write_number(row, place, value)
                else:
                    page.write_string(row, place, str(value)[:_MOST_CHARACTERS])
        page.freeze_panes(1, 0)
        page.set_column(0, max(len(frame.columns) - 1, 0), 16)
    return out.getvalue()


def _fits_a_number(value: object) -> bool:
    """Numbers that a cell holds exactly; others, such as 19-digit identifiers and infinities, go in as text."""
    if isinstance(value, int):
        return abs(value) < 10**15
    return hasattr(value, "__float__") and not isinstance(value, str) and abs(float(value)) < 1e300


def sheet_name(name: str) -> str:
    """A name that a spreadsheet program takes for a sheet."""
    return re.sub(r"[\[\]:*?/\\']", " ", safe_name(name))[:31].strip() or "table"


def safe_name(name: str) -> str:
    """A name for a data set that is harmless as a file name anywhere: letters of any script, digits, ``-_.``.

    >>> safe_name("../../x"), safe_name("CON"), safe_name("Цены 2026.csv"), safe_name("🙂")
    ('x', 'table-CON', 'Цены-2026.csv', 'table')
    """
    text = unicodedata.normalize("NFC", str(name))
    kept = "".join(c if unicodedata.category(c)[0] in "LN" or c in "-_." else "-" for c in text[:1000])
    slug = re.sub(r"-{2,}", "-", re.sub(r"\.{2,}", "-", kept)).strip("-._")
    while len(slug.encode()) > 80:
        slug = slug[:-1]
    slug = slug.strip("-._")
    if slug.split(".")[0].casefold() in _RESERVED:
        slug = f"table-{slug}"
    return slug or "table"
