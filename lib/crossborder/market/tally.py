"""What a day adds up to: per listing, per country, in whole cents."""

import numpy as np

from crossborder.market.compiled import kernel

UNITS_ROW, ORDERS_ROW, CANCELLED_ROW = 4, 2, 3  # of a settled day, see settlement.py


@kernel
def tally_day(
    impressions, clicks, orders, settled, open_, price_cents, cost_cents, fee_cents, commission_rate, totals,
    shown, clicked, gmv, commission, profit, on_sale, clicks_of_country, orders_of_country,
):  # fmt: skip
    """Add a day's tables (country-segment x listing) up. All after ``commission_rate`` is written to.

    Commission is rounded to a cent per unit, as an invoice does; then every sum is a sum of whole cents. ``on_sale``:
    who was open, was shown, or had an order from a cart filled earlier.
    """
    n_countries, n = totals.shape[1], totals.shape[2]
    for i in range(n):
        units = settled[UNITS_ROW, i]
        gmv[i] = units * price_cents[i]
        commission[i] = units * np.int64(np.rint(price_cents[i] * commission_rate[i]))
        profit[i] = gmv[i] - commission[i] - units * cost_cents[i]
    n_segments = impressions.shape[0] // n_countries
    today = np.empty(n, totals.dtype)
    for c in range(n_countries):
        first, last = c * n_segments, (c + 1) * n_segments
        _sum_rows(impressions[first:last], today, totals[0, c])
        _add(today, shown)
        clicks_of_country[c] = _sum_rows(clicks[first:last], today, totals[1, c])
        _add(today, clicked)
        orders_of_country[c] = _sum_rows(orders[first:last], today, totals[2, c])
        for i in range(n):
            profit[i] -= today[i] * fee_cents[c, i]
    for i in range(n):
        on_sale[i] = open_[i] or shown[i] > 0 or settled[ORDERS_ROW, i] + settled[CANCELLED_ROW, i] > 0


@kernel
def _sum_rows(rows, out, total):
    """out = sum of the rows, added to ``total`` too; returns the sum of all."""
    out[:] = rows[0]
    for s in range(1, rows.shape[0]):
        _add(rows[s], out)
    _add(out, total)
    return out.sum()


@kernel
def _add(values, out):
    for i in range(out.shape[0]):
        out[i] += values[i]
