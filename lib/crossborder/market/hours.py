"""The hours of a run: a day's counts split over UTC hours by each country's local habits, after the day is settled."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crossborder.errors import BoundsError
from crossborder.i18n import N_, _
from crossborder.market.draws import binomial_quantile
from crossborder.market.keys import HOUR_SPLIT, day_key, entity_keys, fold_key, run_key, uniforms
from crossborder.market.run import MarketRun
from crossborder.market.seasons import hour_shares_utc
from crossborder.origin import Origin, simulated
from crossborder.result import Result

HOURS = 24


@dataclass(frozen=True, kw_only=True)
class HourlyRun(Result):
    """``table``: starts_at (UTC), country, sessions, clicks, orders."""

    columns = {
        "starts_at": N_("Hour (UTC)"),
        "country": N_("Country"),
        "sessions": N_("Sessions"),
        "clicks": N_("Clicks"),
        "orders": N_("Orders"),
    }

    table: pd.DataFrame
    seed: int | None

    @property
    def text(self) -> str:
        by_hour = self.table.groupby(self.table["starts_at"].dt.hour)["sessions"].sum()
        return _("The busiest hour is {hour}:00 UTC with {share:.0%} of the sessions.").format(
            hour=by_hour.idxmax(), share=by_hour.max() / max(by_hour.sum(), 1)
        )

    @property
    def origin(self) -> Mapping[str, Origin]:
        return {"*": simulated("day × share of the hour", seed=self.seed)}


def split_hours(run: MarketRun) -> HourlyRun:
    """In which hours did a run's sessions, clicks and orders fall?

    A day's count of a country is one multinomial over its 24 hours (the means in the expected engine); hours are UTC,
    habits local, so one evening falls at other UTC hours in Moscow and in Sao Paulo. Sums over hours are the day's
    counts exactly.

    ``run`` is what ``simulate_market`` returns; anything else raises BoundsError.
    """
    if not isinstance(run, MarketRun):
        raise BoundsError(
            _(
                "split_hours takes a run, not {found}. Write for instance "
                "split_hours(simulate_market(market, policy, 7))."
            ).format(found=type(run).__name__)
        )
    countries = run.market.countries
    key = fold_key(run_key(run.seed, run.replicate), HOUR_SPLIT)
    own = entity_keys(countries["country"])
    parts = []
    for day in range(run.days):
        on = run.market.starts_on + dt.timedelta(days=day)
        midnight = pd.Timestamp(on, tz="UTC")
        for k, (country, zone) in enumerate(zip(countries["country"], countries["zone"], strict=True)):
            of_country = fold_key(day_key(key, day), own[k])
            shares = hour_shares_utc(zone, on)
            counts = {
                name: _split(run.by_country[name][day, k], shares, fold_key(of_country, at))
                for at, name in enumerate(("sessions", "clicks", "orders"))
            }
            parts.append(
                pd.DataFrame(
                    {"starts_at": midnight + pd.to_timedelta(np.arange(HOURS), unit="h"), "country": country, **counts}
                )
            )
    return HourlyRun(table=pd.concat(parts, ignore_index=True), seed=run.seed)


def _split(count: float, shares: np.ndarray, key: np.uint64) -> np.ndarray:
    if isinstance(count, np.floating):
        return count * shares
    out = np.zeros(HOURS, dtype=np.int64)
    luck = uniforms(key, np.arange(HOURS).astype(np.uint64))
    left, rest = int(count), 1.0
    for hour in range(HOURS - 1):
        out[hour] = binomial_quantile(luck[hour], left, min(1.0, shares[hour] / rest))
        left -= out[hour]
        rest = max(rest - shares[hour], 1e-300)
    out[-1] = left
    return out
