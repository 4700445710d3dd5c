"""What makes a row of a listing file a listing: a number, a title, a price in dollars, and each listing once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from crossborder.data.cells import Cells
from crossborder.data.findings import finding_table, joined
from crossborder.data.listing_columns import LISTING_COLUMNS
from crossborder.data.pricing import currency_beside, in_usd, refuse_without_rate, settle_currency, written_currency
from crossborder.data.rates import Rate
from crossborder.data.reading import Reading, accepted_rows
from crossborder.data.sentence import say
from crossborder.i18n import N_

_HIGH_PRICE_USD = 100_000.0
_MOST_STEPS = 25  # distinct numbers of units sold, if a marketplace shows steps


@dataclass(eq=False)
class ListingRows:
    """The accepted listings, the rows set aside, the rates used and what else was noticed."""

    table: pa.Table
    refused: pa.Table
    emptied: pa.Table
    left_out: pa.Table
    rates: tuple[tuple[str, float, str, str, int], ...]
    steps: bool


def listing_rows(reading: Reading, rates: Mapping[str, Rate]) -> ListingRows:
    """Turn the cells of a file into listings."""
    cells, findings, grid = reading.cells, reading.findings, reading.grid
    n = len(grid.row_numbers)
    price = cells["price"]
    raw_price = reading.match.columns["price"]
    stated = (reading.match.columns["currency"], cells["currency"].values) if "currency" in cells else None
    currency = settle_currency(raw_price, price, stated, findings, reading.open_)
    refuse_without_rate(raw_price, price, currency, rates, findings)
    price_usd = in_usd(price.values, currency, rates)
    columns: dict[str, Any] = {}
    columns["listing_id"], made_up = _listing_ids(reading)
    columns["title"] = _titles(reading, columns["listing_id"])
    columns["price_usd"] = price_usd
    columns["price"] = price.values
    columns["currency"] = pa.array(currency, pa.string())
    for name in ("retail_price", "shipping"):
        if name in cells:
            own = currency_beside(reading.match.columns[name], written_currency(cells[name]), currency)
            columns[name] = cells[name].values
            columns[f"{name}_usd"] = in_usd(cells[name].values, own, rates)
    if "free_shipping" in cells and "shipping" not in cells:
        free = pc.fill_null(cells["free_shipping"].values, False).to_numpy(zero_copy_only=False)
        columns["shipping"] = columns["shipping_usd"] = np.where(free, 0.0, np.nan)
    steps = _unit_columns(cells, columns)
    for column in LISTING_COLUMNS.columns:
        if column.name in cells and column.name not in columns:
            columns[column.name] = _as_column(column.kind, cells[column.name])
    if "impressions" in cells and "clicks" in cells:
        views, clicks = cells["impressions"].values, cells["clicks"].values
        limit = np.array([f"{v:.0f}" if np.isfinite(v) else "" for v in views], dtype=object)
        findings.refuse(clicks > views, reading.match.columns["clicks"], "clicks-above-impressions", limit)
    columns["source_row"] = grid.row_numbers.astype("int64")
    good = accepted_rows(reading)
    again, rules = _repeated(columns, good, made_up)
    kept = good & ~again
    _warn_about_prices(reading, price.values, price_usd, kept)
    table = pa.table(
        {
            name: values if isinstance(values, pa.Array | pa.ChunkedArray) else pa.array(values)
            for name, values in columns.items()
        }
    )
    left = list(reading.left_out)
    if again.any():
        ids = pc.fill_null(columns["listing_id"].filter(pa.array(again)), "").to_pylist()
        left.append(finding_table(grid.row_numbers[again], [""] * len(ids), ids, list(rules[again]), [""] * len(ids)))
        findings.warn(
            say(
                N_(
                    "Rows that repeat the number of an earlier listing and were left out: {n} "
                    "({differing} of them with other values). The first row counts."
                ),
                n=int(again.sum()), differing=int((rules[again] == "duplicate-differs").sum()),
            )
        )  # fmt: skip
    used = tuple(
        (code, rates[code].usd_per_unit, rates[code].on, rates[code].source, int((currency[kept] == code).sum()))
        for code in sorted(set(currency[kept]))
    )
    return ListingRows(
        table.filter(pa.array(kept)) if n else table,
        joined(findings.refused),
        joined(findings.emptied),
        joined(left),
        used,
        steps,
    )


def _listing_ids(reading: Reading) -> tuple[pa.Array, np.ndarray]:
    """The listing numbers as text; where there is none, or only a rounded one, the row number makes it unique."""
    rows = pa.array([f"row {row}" for row in reading.grid.row_numbers.tolist()], pa.string())
    cells = reading.cells.get("listing_id")
    if cells is None:
        reading.findings.warn(say(N_("No column holds a listing number; the row number stands for it.")))
        return rows, np.ones(len(rows), bool)
    ids = cells.values
    assert isinstance(ids, pa.Array)
    missing = pc.is_null(ids).to_numpy(zero_copy_only=False)
    if missing.any():
        reading.findings.warn(
            say(N_("Rows without a listing number: {n}. The row number stands for it."), n=int(missing.sum()))
        )
    ids = pc.if_else(pa.array(missing), rows, ids)
    damaged = cells.damaged if cells.damaged is not None else np.zeros(len(rows), bool)
    if damaged.any():
        ids = pc.if_else(pa.array(damaged), pc.binary_join_element_wise(ids, rows, ", "), ids)
    return ids, missing | damaged


def _titles(reading: Reading, ids: pa.Array) -> pa.Array:
    cells = reading.cells.get("title")
    if cells is None:
        reading.findings.warn(say(N_("No column holds a title; the listing number stands for it.")))
        return ids
    return pc.coalesce(cells.values, ids)


def _unit_columns(cells: Mapping[str, Cells], columns: dict[str, Any]) -> bool:
    """Units sold, and whether each is a lower bound: written as ``5,000+``, or one of a few round steps."""
    if "units_sold" not in cells:
        return False
    sold = cells["units_sold"]
    known = sold.values[np.isfinite(sold.values)]
    steps = _are_steps(known)
    at_least = sold.at_least if sold.at_least is not None else np.zeros(len(sold.values), bool)
    columns["units_sold"] = _as_column("count", sold)
    columns["units_sold_is_lower_bound"] = (at_least | (steps & (sold.values >= 10))) & np.isfinite(sold.values)
    return steps


def _are_steps(known: np.ndarray) -> bool:
    """Whether units are counted in steps: many rows, few values, nearly all of them 1, 2 or 5 times 10^k."""
    values, times = np.unique(known, return_counts=True)
    large = values >= 10
    if len(known) < 50 or not large.any() or len(values) > _MOST_STEPS:
        return False
    scaled = values[large] / 10 ** np.floor(np.log10(values[large]))
    round_ = np.isin(np.round(scaled, 9), (1.0, 2.0, 5.0))
    return bool(times[large][round_].sum() >= 0.95 * times[large].sum() and times[large].sum() >= 0.5 * len(known))


def _as_column(kind: str, cells: Cells) -> Any:
    values = cells.values
    if kind == "count":
        assert isinstance(values, np.ndarray)
        missing = ~np.isfinite(values)
        return pa.array(np.where(missing, 0, values).astype("int64"), mask=missing)
    if kind == "day":
        return pa.array(values, pa.timestamp("us"))
    if isinstance(values, np.ndarray):
        return pa.array(values, pa.float64())
    return values


def _repeated(columns: Mapping[str, Any], good: np.ndarray, made_up: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows whose listing number stands in an earlier good row, and whether they say the same or something else."""
    again = np.zeros(len(good), bool)
    rules = np.full(len(good), "duplicate-same", dtype=object)
    at = np.flatnonzero(good & ~made_up)
    index = columns["listing_id"].take(pa.array(at)).dictionary_encode().indices.to_numpy()
    _ids, first, which = np.unique(index, return_index=True, return_inverse=True)
    repeats = np.flatnonzero(first[which] != np.arange(len(index)))
    if repeats.size:
        later, earlier = at[repeats], at[first[which][repeats]]
        again[later] = True
        same = np.ones(len(later), bool)
        for name, values in columns.items():
            if name != "source_row":
                same &= _equal(values if isinstance(values, pa.Array) else pa.array(values), later, earlier)
        rules[later[~same]] = "duplicate-differs"
    return again, rules


def _equal(values: pa.Array, rows: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Where two lists of rows hold the same; two empty cells are the same."""
    one, other = values.take(pa.array(rows)), values.take(pa.array(others))
    if pa.types.is_floating(values.type):
        one, other = pc.if_else(pc.is_nan(one), None, one), pc.if_else(pc.is_nan(other), None, other)
    both_empty = pc.and_(pc.is_null(one), pc.is_null(other))
    return pc.or_(pc.fill_null(pc.equal(one, other), False), both_empty).to_numpy(zero_copy_only=False)


def _warn_about_prices(reading: Reading, price: np.ndarray, price_usd: np.ndarray, kept: np.ndarray) -> None:
    free = int((price[kept] == 0).sum())
    if free:
        reading.findings.warn(say(N_("Listings with a price of zero: {n}. Look at them."), n=free))
    high = int((price_usd[kept] > _HIGH_PRICE_USD).sum())
    if high:
        reading.findings.warn(say(N_("Listings above 100,000 USD: {n}. Look at them."), n=high))
