"""How much a column's values look like what is wanted."""

import re

import numpy as np
import pyarrow as pa

from crossborder.data.amounts import MISSING, OK, split_amounts
from crossborder.data.dates import OK as DAY_OK
from crossborder.data.dates import split_days
from crossborder.data.flags import as_flags
from crossborder.data.grid import RawColumn
from crossborder.data.places_on_earth import country_code, country_codes
from crossborder.data.schema import Column

SAMPLE_ROWS = 400


def sample_of(column: RawColumn) -> RawColumn:
    """Some cells with content from the head and the tail of a column."""
    n = len(column.text)
    places = np.arange(n) if n <= 8 * SAMPLE_ROWS else np.unique(np.linspace(0, n - 1, 8 * SAMPLE_ROWS).astype(int))
    places = places[column.text.take(pa.array(places)).is_valid().to_numpy(zero_copy_only=False)][:SAMPLE_ROWS]
    take = pa.array(places)
    return RawColumn(
        column.header,
        column.place,
        column.text.take(take),
        None if column.number is None else column.number[places],
        None if column.day is None else column.day[places],
    )


def likeness(wanted: Column, sample: RawColumn) -> float:
    """The share of a column's cells that look like what is wanted (1 where there are none to look at)."""
    n = len(sample.text)
    if not n:
        return 1.0
    stored = np.zeros(n, bool) if sample.number is None else np.isfinite(sample.number)
    match wanted.kind:
        case "money" | "count" | "number" | "share":
            return _like_numbers(wanted, sample, stored)
        case "day":
            written = split_days(sample.text, sample.number, sample.day, False)
            return float((written.days(True)[1] == DAY_OK).mean())
        case "flag":
            return float(np.mean([flag is not None for flag in as_flags(sample.text.to_pylist())]))
        case "country":
            return float(np.mean([bool(country_code(t)) for t in sample.text.to_pylist()]))
        case "countries":
            return float(np.mean([bool(country_codes(t)) for t in sample.text.to_pylist()]))
        case "currency":
            return float(np.mean([len(t) <= 20 and not t[:1].isdigit() for t in sample.text.to_pylist()]))
        case "text" | "tags":
            lettered = np.mean([bool(re.search(r"[^\W\d_]", t)) for t in sample.text.to_pylist()])
            return float(0.3 + 0.7 * lettered)  # numbers may be titles too, where a header says so
    return 1.0


def _like_numbers(wanted: Column, sample: RawColumn, stored: np.ndarray) -> float:
    """Numbers; only amounts of money carry a currency, and counts are whole."""
    amounts = split_amounts(sample.text, wanted.zero_words)
    status = amounts.rows(amounts.status)
    fits = status == OK
    if wanted.kind != "money":
        fits &= amounts.rows(amounts.currency) == ""
    if wanted.kind == "count":
        values = np.where(stored, sample.number, 0.0) if sample.number is not None else np.zeros(len(status))
        values = np.where(stored, values, amounts.values(amounts.factor > 1))
        whole = ~np.isfinite(values) | (np.abs(values - np.round(values)) < 1e-6)
        return float(((fits | stored) & whole | (status == MISSING)).mean())
    return float((fits | stored | (status == MISSING)).mean())


def carries_currency(sample: RawColumn) -> bool:
    if not len(sample.text):
        return False
    amounts = split_amounts(sample.text)
    good = (amounts.rows(amounts.status) == OK) & (amounts.rows(amounts.currency) != "")
    return bool(good.mean() > 0.8)


def wordiness(sample: RawColumn) -> float:
    """Mean length of distinct texts with letters; links and codes do not count as words."""
    texts = [
        t
        for t in sample.text.to_pylist()
        if re.search(r"[^\W\d_]", t) and not t.startswith(("http:", "https:", "www."))
    ]
    if len(texts) < 0.8 * len(sample.text) or len(set(texts)) < 0.5 * len(texts) or not texts:
        return 0.0
    return float(np.mean([min(len(t), 200) * (1 + (" " in t)) for t in texts]))
