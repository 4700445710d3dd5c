"""What a day adds up to, per listing and country, in whole cents; rates of comparable listings; a day's utilities."""

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


@kernel
def posterior_rates(hits, tries, band, n_bands, bands_per_category, strength, band_strength):
    """Hits per try of each listing, drawn towards its band's rate; a band's towards its category's, that to all.

    A band without tries borrows its category's rate, a category without tries the rate of all.
    """
    by_band, tries_by_band = np.zeros(n_bands), np.zeros(n_bands)
    for i in range(hits.shape[0]):
        by_band[band[i]] += hits[i]
        tries_by_band[band[i]] += tries[i]
    overall = (by_band.sum() + 0.01) / (tries_by_band.sum() + 1.0)
    prior = np.empty(n_bands)
    for first in range(0, n_bands, bands_per_category):
        last = first + bands_per_category
        of_category = (by_band[first:last].sum() + overall) / (tries_by_band[first:last].sum() + 1.0)
        for b in range(first, last):
            prior[b] = (by_band[b] + band_strength * of_category) / (tries_by_band[b] + band_strength)
    out = np.empty(hits.shape[0])
    for i in range(hits.shape[0]):
        out[i] = (hits[i] + strength * prior[band[i]]) / (tries[i] + strength)
    return out


@kernel
def utilities_of_day(
    click_level, order_level, season, category, stars, click_effect, order_effect, price_cents, fee_usd, reference_usd
):
    """Click part, order part without price, and price over reference less one: each country x listing."""
    click, order, relative = np.empty_like(click_level), np.empty_like(click_level), np.empty_like(click_level)
    for c in range(click.shape[0]):
        for i in range(click.shape[1]):
            click[c, i] = click_level[c, i] + click_effect * stars[i] + season[c, category[i]]
            order[c, i] = order_level[c, i] + order_effect * stars[i]
            relative[c, i] = (price_cents[i] / 100.0 + fee_usd[c, i]) / reference_usd[i] - 1.0
    return click, order, relative
