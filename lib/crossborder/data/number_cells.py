"""Cells that hold numbers: money, counts, ratings, shares."""

import numpy as np

from crossborder.data.amounts import MISSING, NO_NUMBER, NOT_FINITE, OK, TWO_AMOUNTS, UNREADABLE, Amounts
from crossborder.data.cells import Cells
from crossborder.data.findings import Findings
from crossborder.data.grid import RawColumn
from crossborder.data.questions import Open
from crossborder.data.schema import Column
from crossborder.data.sentence import say
from crossborder.i18n import N_


def read_numbers(
    wanted: Column, raw: RawColumn, amounts: Amounts, decimal: np.ndarray, findings: Findings, open_: Open
) -> Cells:
    """Money, counts, plain numbers and shares."""
    values = amounts.values(decimal)
    status = amounts.rows(amounts.status).copy()
    stored = np.zeros(len(values), bool)
    if raw.number is not None:
        stored = np.isfinite(raw.number)
        values = np.where(stored, raw.number, values)
        status[stored] = OK
    percent = amounts.rows(amounts.percent) & ~stored
    if wanted.kind == "share":
        values = _shares(wanted, raw, values, percent, status, open_)
    if wanted.scales:
        values = _five_stars(wanted, values, percent, findings)
    _check_status(wanted, raw, status, findings)
    good = status == OK
    if wanted.low is not None:
        findings.refuse(good & (values < wanted.low), raw, "too-low", f"{wanted.low:g}")
    if wanted.high is not None:
        findings.refuse(good & (values > wanted.high), raw, "too-high", f"{wanted.high:g}")
    if wanted.kind == "count":
        findings.refuse(good & (np.abs(values - np.round(values)) > 1e-6) & (values < 2**53), raw, "not-whole")
        findings.refuse(good & (values >= 2**53), raw, "too-high", f"{2**53}")
        values = np.round(values)
    ranges = amounts.rows(amounts.is_range) & good & ~stored
    if ranges.any() and wanted.kind == "money":
        findings.warn(
            say(
                N_("Rows that give a range in {column}: {n}. The lower end was taken."),
                n=int(ranges.sum()),
                column=raw.header,
            )
        )
    currency = None
    if wanted.kind == "money":
        currency = np.where(stored, "", amounts.rows(amounts.currency))
        unknown = np.where(stored, "", amounts.rows(amounts.unknown_currency))
        findings.refuse(good & (currency == "") & (unknown != ""), raw, "unknown-currency", unknown)
    return Cells(
        np.where(good, values, np.nan), currency=currency, at_least=amounts.rows(amounts.at_least) & ~stored & good
    )


def _check_status(wanted: Column, raw: RawColumn, status: np.ndarray, findings: Findings) -> None:
    if wanted.required:
        for code, rule in (
            (MISSING, "missing"),
            (NO_NUMBER, "not-a-number"),
            (UNREADABLE, "not-a-number"),
            (NOT_FINITE, "not-finite"),
            (TWO_AMOUNTS, "two-amounts"),
        ):
            findings.refuse(status == code, raw, rule)
    else:
        findings.empty((status != OK) & (status != MISSING), raw)


def _shares(
    wanted: Column, raw: RawColumn, values: np.ndarray, percent: np.ndarray, status: np.ndarray, open_: Open
) -> np.ndarray:
    """Shares from ``5%``, ``0.05`` and ``5``: asked where plain numbers could be either."""
    values = np.where(percent, values / 100, np.abs(values) if wanted.name == "discount" else values)
    if wanted.name == "discount":
        values = np.abs(values)  # "-35%" is how a discount is shown
    plain = (status == OK) & ~percent & (values != 0)
    if not plain.any():
        return values
    small = plain & (values <= 1)
    unclear = (small.any() and (values[plain] > 1).any()) or (small.any() and percent.any())
    reading = "percent" if (values[plain] > 1).any() else "share"
    if unclear or open_.given(f"percent:{wanted.name}") is not None:
        reading = open_.settle(
            f"percent:{wanted.name}",
            say(N_("In {column}, is a plain 0.5 half of one percent, or one half?"), column=raw.header),
            ("percent", "share"),
            reading,
            (say(N_("half of one percent")), say(N_("one half"))),
        )
    return np.where(plain & (reading == "percent"), values / 100, values)


def _five_stars(wanted: Column, values: np.ndarray, percent: np.ndarray, findings: Findings) -> np.ndarray:
    """Ratings out of ten or in percent, brought to five stars where most of the column is so."""
    known = values[np.isfinite(values)]
    if not len(known):
        return values
    outside = np.mean(known > 5)
    if percent.mean() > 0.5 or (outside > 0.5 and np.mean(known > 10) > 0.5):
        scale, shown = 20.0, "100"
    elif outside > 0.5:
        scale, shown = 2.0, "10"
    else:
        return values
    findings.warn(
        say(N_("{column} is out of {scale}; it was brought to five stars."), column=say(wanted.label), scale=shown)
    )
    return values / scale
