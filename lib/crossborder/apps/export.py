"""A result's tables as files: CSV and XLSX, written by the one module that writes exports."""

import dataclasses
import re
from typing import TYPE_CHECKING

from crossborder.result import Result

if TYPE_CHECKING:
    import pandas as pd

CSV = "text/csv;charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = {"csv": ("to_csv_bytes", CSV), "xlsx": ("to_xlsx_bytes", XLSX)}  # writer in data/export.py, type


def tables_of(result: Result) -> "dict[str, pd.DataFrame]":
    """Every table that a result holds: ``table`` first, then its other frames by name."""
    import pandas as pd

    found = {"table": result.table}
    for field in dataclasses.fields(result):
        value = getattr(result, field.name)
        if isinstance(value, pd.DataFrame) and value is not result.table and not field.name.startswith("_"):
            found[field.name] = value
    return {name: frame for name, frame in found.items() if not (name == "frame" and frame.equals(result.table))}


def table_file(result: Result, name: str, form: str) -> tuple[str, bytes, str]:
    """File name, content and type of one table; ``form`` is one of FORMS."""
    from crossborder.data import export

    writer, mime = FORMS[form]
    content = getattr(export, writer)(tables_of(result)[name])
    return f"{slug(type(result).__name__)}-{slug(name)}.{form}", content, mime


def slug(text: str) -> str:
    """A name that any file system takes.

    >>> slug("PolicyComparison"), slug("../../x")
    ('policy-comparison', 'x')
    """
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", text)
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:60] or "table"
