"""Tables: reading user files, keeping them, handing them out again.

===================================  ====================================================================
``read_listings(path)``              a marketplace's listing file to a checked table, with what was refused
``preview_listings(path)``           the same for the first rows of a large file, in a moment
``listing_template()``               the file format to fill in, as CSV or XLSX
``Limits``                           how large a file may be, and how long reading may take
``assumed_rates()``                  the exchange rates that prices are converted with unless others are given
``to_csv_bytes``, ``to_xlsx_bytes``  a table for a spreadsheet program; no cell becomes a formula
``keep_table``, ``find_table``       uploaded tables by checksum, for scenario links
``write_whole``                      a file that is there whole or not at all
===================================  ====================================================================

A user's file is opened by a child process with limits on memory and time; nothing of it runs here.
"""

from importlib import import_module
from typing import Any

_WHERE = {
    "Limits": "limits",
    "ListingsRead": "listings_read",
    "Question": "questions",
    "assumed_rates": "rates",
    "find_table": "store",
    "forget_table": "store",
    "keep_table": "store",
    "kept_tables": "store",
    "listing_template": "templates",
    "preview_listings": "listings",
    "read_listings": "listings",
    "safe_name": "export",
    "to_csv_bytes": "export",
    "to_xlsx_bytes": "export",
    "write_whole": "save",
}

__all__ = sorted(_WHERE)


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(f"crossborder.data.{_WHERE[name]}"), name)
    raise AttributeError(f"module 'crossborder.data' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
