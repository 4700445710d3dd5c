"""The 72-hour clock: which share of orders has its first carrier scan in time? When the clock starts decides it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crossborder.errors import BoundsError
from crossborder.i18n import N_, _, numbers
from crossborder.origin import Origin, estimated, stated
from crossborder.result import Result
from crossborder.statistics.intervals import wilson_interval

HOURS = 72.0  # mech-dispatch-72h-hours
SELLER_ZONE = "Asia/Shanghai"
CLOCKS = {"created": N_("when the order is placed"), "paid": N_("when the payment is in")}
WEEKENDS = {"counted": N_("weekends count"), "not counted": N_("weekends do not count")}
ZONES = {"converted": N_("time zones converted"), "ignored": N_("time zones ignored")}
COLUMNS = ("created_at", "paid_at", "buyer_zone", "first_scan_at")
_WEEK_HOURS, _WORK_HOURS = 168.0, 120.0
_A_MONDAY = np.datetime64("2018-01-01T00:00")


@dataclass(frozen=True, kw_only=True)
class DispatchRates(Result):
    """``table``: the on-time rate of the same orders under every reading of the rule."""

    columns = {
        "clock": N_("The clock starts"),
        "weekends": N_("Weekends"),
        "zones": N_("Time zones"),
        "on_time_rate": N_("On-time rate"),
        "low": N_("Low"),
        "high": N_("High"),
        "n_orders": N_("Orders"),
        **CLOCKS,
        **WEEKENDS,
        **ZONES,
    }

    table: pd.DataFrame

    @property
    def text(self) -> str:
        right = self.table[self.table["zones"] == "converted"]["on_time_rate"]
        return _(
            "The same {n} orders are on time to {low} or to {high}, depending on when the clock starts and whether "
            "weekends count."
        ).format(
            n=numbers.count(self.table["n_orders"].iloc[0]),
            low=numbers.percent(right.min(), 1),
            high=numbers.percent(right.max(), 1),
        )

    @property
    def origin(self) -> dict[str, Origin]:
        rule = stated("mech-dispatch-72h-hours", note=N_("Neither the start of the clock nor the pass mark is stated."))
        return {
            "*": estimated(N_("orders with a first scan within 72 hours / orders")),
            "clock": rule,
            "weekends": rule,
        }


def measure_dispatch(orders: pd.DataFrame, *, hours: float = HOURS, seller_zone: str = SELLER_ZONE) -> DispatchRates:
    """Which share of these orders was scanned by a carrier within 72 hours, under every reading of the rule?

    rate = orders with first scan ≤ ``hours`` after the start / orders, with Wilson's interval. The last two rows read
    the timestamps as if there were no time zones, which is how a spreadsheet gets it wrong.

    Parameters
    ----------
    orders : created_at and paid_at in the buyer's local time (zone in buyer_zone), first_scan_at in the seller's local
        time; NaT where there was no scan, which is never on time
    hours : the window, in hours
    seller_zone : IANA zone of the carrier's scans; its Saturdays and Sundays are the weekend

    >>> log = pd.DataFrame({"created_at": ["2018-11-09 10:00"], "paid_at": ["2018-11-09 12:00"],
    ...                     "buyer_zone": ["Europe/Moscow"], "first_scan_at": ["2018-11-12 16:00"]})
    >>> measure_dispatch(log).table["on_time_rate"].tolist()
    [0.0, 1.0, 1.0, 1.0, 0.0, 0.0]
    """
    rows = []
    for zones in ZONES:
        for clock in CLOCKS:
            for weekends in WEEKENDS if zones == "converted" else ("counted",):
                passed = (
                    hours_to_scan(orders, clock=clock, weekends=weekends, zones=zones, seller_zone=seller_zone) <= hours
                )
                rate = wilson_interval(float(passed.sum()), float(len(passed)))
                rows.append((clock, weekends, zones, rate.value, rate.low, rate.high, len(passed)))
    return DispatchRates(
        table=pd.DataFrame(rows, columns=["clock", "weekends", "zones", "on_time_rate", "low", "high", "n_orders"])
    )


def hours_to_scan(
    orders: pd.DataFrame,
    *,
    clock: str = "paid",
    weekends: str = "counted",
    zones: str = "converted",
    seller_zone: str = SELLER_ZONE,
) -> np.ndarray:
    """Hours from the start of the clock to the first scan, one per order; infinite where there was no scan."""
    missing = [name for name in COLUMNS if name not in orders.columns]
    if missing:
        raise BoundsError(
            _("orders lacks the column {column}; it needs {wanted}.").format(
                column=missing[0], wanted=", ".join(COLUMNS)
            )
        )
    for name, value, known in (("clock", clock, CLOCKS), ("weekends", weekends, WEEKENDS), ("zones", zones, ZONES)):
        if value not in known:
            raise BoundsError(
                _("{name} must be one of {options}; got {value!r}.").format(
                    name=name, options=", ".join(known), value=value
                )
            )
    orders = orders.reset_index(drop=True)
    start, scan = pd.to_datetime(orders[f"{clock}_at"]), pd.to_datetime(orders["first_scan_at"])
    if zones == "converted":
        start = _in_zone(start, orders["buyer_zone"], seller_zone)
    # Both are wall-clock times of the seller now; without the conversion they only pretend to be.
    begin, end = start.to_numpy("datetime64[s]"), scan.to_numpy("datetime64[s]")
    if weekends == "not counted":
        passed = _work_hours(end) - _work_hours(begin)
    else:
        passed = (end - begin) / np.timedelta64(1, "h")
    return np.where(np.isnat(end), np.inf, passed)


def _in_zone(local: pd.Series, zone: pd.Series, wanted: str) -> pd.Series:
    """Local times of several zones as wall-clock times of one.

    A clock put forward or back is read with its earlier hour.
    """
    out = pd.Series(pd.NaT, index=local.index, dtype="datetime64[ns]")
    for name, times in local.groupby(zone):
        aware = times.dt.tz_localize(name, ambiguous=np.ones(len(times), dtype=bool), nonexistent="shift_forward")
        out.loc[times.index] = aware.dt.tz_convert(wanted).dt.tz_localize(None)
    return out


def _work_hours(at: np.ndarray) -> np.ndarray:
    """Hours since a Monday, Saturdays and Sundays left out."""
    hours = (at - _A_MONDAY) / np.timedelta64(1, "h")
    weeks, rest = np.divmod(hours, _WEEK_HOURS)
    return weeks * _WORK_HOURS + np.minimum(rest, _WORK_HOURS)
