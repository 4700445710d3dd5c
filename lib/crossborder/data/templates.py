"""The format of a listing file, to download and fill in."""

from typing import Literal

from crossborder.data.export import to_csv_bytes, to_xlsx_bytes
from crossborder.data.listing_columns import LISTING_COLUMNS
from crossborder.i18n import N_, _

_SECOND = {
    "listing_id": "0017",
    "title": N_("Chair, oak"),
    "price": "34.90",
    "units_sold": "120",
    "first_listed": "2026-10-12",
}


def listing_template(kind: Literal["csv", "xlsx"] = "xlsx") -> bytes:
    """A listing file with two example rows, headed in the language of the moment; ``read_listings`` takes it as it is.

    Only the price and one of number and title are needed; every other column may be left out.
    """
    import pandas as pd

    shown = [column for column in LISTING_COLUMNS.columns if column.example]
    rows = [
        [_(column.example) if column.kind == "text" else column.example for column in shown],
        [
            _(_SECOND[column.name]) if column.name == "title" else _SECOND.get(column.name, column.example)
            for column in shown
        ],
    ]
    frame = pd.DataFrame(rows, columns=[_(column.label) for column in shown], dtype="str")
    return to_xlsx_bytes(frame, sheet="listings") if kind == "xlsx" else to_csv_bytes(frame)
