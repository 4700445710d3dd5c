"""Exchange rates to the US dollar: assumed, dated, and overridden by the caller's own."""

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from crossborder.data.currencies import CODES
from crossborder.errors import BoundsError
from crossborder.i18n import _
from crossborder.places import datasets_dir


@dataclass(frozen=True, kw_only=True)
class Rate:
    """US dollars for one unit of a currency, the day it held, and who says so."""

    currency: str
    usd_per_unit: float
    on: str
    source: str


@cache
def _published() -> tuple[tuple[str, dt.date, float, str], ...]:
    with (datasets_dir() / "assumed_rates.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            (row["currency"], dt.date.fromisoformat(row["on"]), float(row["units_per_reference"]), row["source"])
            for row in csv.DictReader(file)
        )


def assumed_rates(on: dt.date | str | None = None) -> dict[str, Rate]:
    """The rate of each currency that we hold on the day nearest to ``on`` (the newest day if not given).

    The rates themselves are published; that they fit a given file is an assumption. Per euro rates become dollars
    as ``usd_per_unit = (USD per EUR) / (units per EUR)`` of one day.

    >>> round(assumed_rates("2018-11-09")["RUB"].usd_per_unit, 6), assumed_rates()["USD"].usd_per_unit
    (0.014845, 1.0)
    """
    rows = _published()
    wanted = dt.date.fromisoformat(on) if isinstance(on, str) else on
    chosen: dict[str, tuple[str, dt.date, float, str]] = {}
    for row in rows:
        known = chosen.get(row[0])
        nearer = known is None or (
            row[1] > known[1] if wanted is None else abs(row[1] - wanted) < abs(known[1] - wanted)
        )
        if nearer:
            chosen[row[0]] = row
    dollars = {day: units for currency, day, units, _source in rows if currency == "USD"}
    rates = {"USD": Rate(currency="USD", usd_per_unit=1.0, on="", source="")}
    for currency, day, units, source in chosen.values():
        if currency == "USD":
            continue
        per_euro = source.startswith("ECB")
        rates[currency] = Rate(
            currency=currency,
            usd_per_unit=(dollars[day] / units) if per_euro else 1 / units,
            on=day.isoformat(),
            source=source,
        )
    newest = max(dollars) if wanted is None else min(dollars, key=lambda day: abs(day - wanted))
    rates["EUR"] = Rate(currency="EUR", usd_per_unit=dollars[newest], on=newest.isoformat(), source=_source_on(newest))
    return rates


def _source_on(day: dt.date) -> str:
    return next(source for currency, on, _units, source in _published() if currency == "USD" and on == day)


def rates_to_use(given: Mapping[str, "float | Rate"] | None) -> dict[str, Rate]:
    """The assumed rates with the caller's in their place. ``given`` maps ISO codes to dollars per unit."""
    rates = assumed_rates()
    if given is not None and not isinstance(given, Mapping):
        raise BoundsError(
            _("rates must be a mapping of ISO codes to dollars per unit, such as {example}; got {value!r}.").format(
                example="{'EUR': 1.08}", value=given
            )
        )
    for currency, value in (given or {}).items():
        code = str(currency).upper()
        if code not in CODES:
            raise BoundsError(
                _(
                    "rates names {currency!r}, which is no currency in use. Write its ISO code, such as USD or EUR."
                ).format(currency=currency)
            )
        dollars = value.usd_per_unit if isinstance(value, Rate) else value
        if isinstance(dollars, bool) or not isinstance(dollars, int | float) or not 0 < float(dollars) < 1e6:
            raise BoundsError(
                _("The rate of {currency} must be a number of dollars above 0; got {value!r}.").format(
                    currency=code, value=dollars
                )
            )
        given_rate = Rate(currency=code, usd_per_unit=float(dollars), on="", source="given")
        rates[code] = value if isinstance(value, Rate) else given_rate
    return rates
