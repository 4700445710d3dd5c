"""What of orders and impressions can be calibrated to: faulty rows set aside, with their number and the reason."""

from typing import Any

import numpy as np
import pandas as pd

from crossborder.errors import BoundsError, shortened
from crossborder.i18n import N_, Filled, _, numbers
from crossborder.market.listing_faults import as_numbers

ORDER_COLUMNS = ("ordered_at", "listing_id")
IMPRESSION_COLUMNS = ("session_id", "slot", "listing_id", "price_usd", "rating", "clicked", "ordered")
EARLIEST, LATEST = pd.Timestamp("1990-01-01"), pd.Timestamp("2100-01-01")


def usable_orders(orders: Any, known: pd.Series) -> tuple[pd.DataFrame, list[Filled]]:
    """Orders of known listings on a day of the calendar (columns day, listing_id), and what was left out."""
    _need(orders, ORDER_COLUMNS, "orders")
    day = pd.to_datetime(orders["ordered_at"], errors="coerce", utc=True, format="mixed").dt.tz_localize(None)
    day = day.dt.normalize()
    listing = orders["listing_id"].astype(str)
    undated = ~((day >= EARLIEST) & (day <= LATEST))
    unknown = ~listing.isin(known) & ~undated
    good = ~(undated | unknown)
    said = [
        *_counted(N_("Orders left out because ordered_at is no date from 1990 to 2100: {n} of {all}."), undated),
        *_counted(N_("Orders left out because their listing_id is not among the listings: {n} of {all}."), unknown),
    ]
    return pd.DataFrame({"day": day[good], "listing_id": listing[good]}), said


def usable_impressions(impressions: Any, known: pd.Series) -> tuple[pd.DataFrame, list[Filled]]:
    """The sessions without a faulty row, and what was left out: a slate with a hole tells another story."""
    _need(impressions, IMPRESSION_COLUMNS, "impressions")
    if impressions.empty:
        raise BoundsError(_("impressions has no rows. Leave it out, or give one row per listing shown."))
    log = impressions.reset_index(drop=True).assign(
        listing_id=impressions["listing_id"].astype(str).to_numpy(),
        **{name: as_numbers(impressions[name]) for name in ("slot", "price_usd", "rating")},
        **{name: _yes_or_no(impressions[name]) for name in ("clicked", "ordered")},
    )
    said = _counted(N_("Impressions left out because session_id is empty: {n} of {all}."), log["session_id"].isna())
    log = log[log["session_id"].notna()]
    session = log["session_id"]
    faults = {
        N_("slot is not a whole number of at least 0"): ~((log["slot"] >= 0) & (log["slot"] % 1 == 0)),
        N_("two listings stand in one slot"): log.duplicated(["session_id", "slot"], keep=False),
        N_("price_usd is not a number above 0"): ~((log["price_usd"] > 0) & np.isfinite(log["price_usd"])),
        N_("rating is not a number from 1 to 5"): ~log["rating"].between(1, 5),
        N_("clicked or ordered is neither yes nor no"): log["clicked"].isna() | log["ordered"].isna(),
        N_("a listing was ordered without a click"): log["ordered"].eq(1) & log["clicked"].eq(0),
        N_("there is more than one click, and the session law knows at most one"): (
            log["clicked"].groupby(session).transform("sum").gt(1)
        ),
        N_("a listing of theirs is not among the listings"): ~log["listing_id"].isin(known),
    }
    bad = pd.Series(False, index=log.index)
    for reason, rows in faults.items():
        first = session.isin(session[rows]) & ~bad  # a session counts with its first fault
        if first.any():
            said.append(
                Filled(
                    N_("Sessions left out: {n} of {all}, because {reason}."),
                    n=numbers.count(session[first].nunique()),
                    all=numbers.count(session.nunique()),
                    reason=Filled(reason),
                )
            )
            bad |= first
    if bad.all():
        raise BoundsError(_("No session is left to calibrate to. {why}").format(why=" ".join(map(_, said))))
    log = log[~bad]
    return log.assign(clicked=log["clicked"].eq(1), ordered=log["ordered"].eq(1)), said


def check_spread(log: pd.DataFrame) -> None:
    """An effect is told from differences: refuse a log without clicks, or with a column that never differs."""
    if not log["clicked"].any():
        raise BoundsError(_("No impression was clicked; there is nothing to estimate clicks from. Give a longer log."))
    for column in ("slot", "relative", "stars"):
        if log[column].nunique() < 2:
            name = {"relative": "price_usd", "stars": "rating"}.get(column, column)
            raise BoundsError(
                _("{column} is the same in every impression, so its effect cannot be told. Give a longer log.").format(
                    column=name
                )
            )


def _need(frame: Any, wanted: tuple[str, ...], name: str) -> None:
    if not isinstance(frame, pd.DataFrame):
        raise BoundsError(
            _("{name} must be a table (a DataFrame) with the columns {wanted}; got {value}.").format(
                name=name, wanted=", ".join(wanted), value=shortened(frame)
            )
        )
    missing = [column for column in wanted if column not in frame.columns]
    if missing:
        raise BoundsError(
            _("{name} lacks the column {column}; it needs {wanted}.").format(
                name=name, column=missing[0], wanted=", ".join(wanted)
            )
        )


def _counted(template: str, rows: pd.Series) -> list[Filled]:
    n = int(rows.sum())
    return [Filled(template, n=numbers.count(n), all=numbers.count(len(rows)))] if n else []


def _yes_or_no(column: pd.Series) -> np.ndarray:
    """1 for yes, 0 for no, NaN for anything else."""
    values = as_numbers(column)
    return np.where(np.isin(values, (0.0, 1.0)), values, np.nan)
