"""What follows a want: cart or order, stock, units, lateness, disputes, reviews. The same rules in all engines.

Within a day nothing here feeds back. Stock acts at the end: orders are served cell by cell, the day's first cell
rotating, until the stock is gone; the rest are cancelled. Counts are integers, money is cents.
"""

import numpy as np

from crossborder.market.compiled import inline, kernel
from crossborder.market.draws import binomial_quantile
from crossborder.market.keys import (
    CART,
    CART_DROP,
    CART_RETURN,
    CUSTOMERS,
    DISPUTE,
    FANS,
    LATE,
    REVIEW,
    STARS,
    UNITS,
    fold,
    uniform,
)

STARS_MAX = 5


@inline
def _drawn(key, purpose, row, entity, n, p):
    if n <= 0 or p <= 0.0:
        return 0
    return binomial_quantile(uniform(fold(fold(fold(key, purpose), row), entity)), n, p)


@kernel
def settle_draws(
    day,
    day_key,
    row_keys,
    entity,
    wants,
    carts,
    stock,
    rates,
    late_share,
    dispute_share,
    star_shares,
    out,
    orders_by_row,
):
    """Settle one day of integer wants. ``rates`` = (cart, cart_return, cart_drop, extra_unit, review).

    ``out`` has one row per listing: carts added, carts dropped, orders, cancelled, units, late, disputes, reviews,
    stars. ``orders_by_row`` (country-segment x listing) holds accepted orders, ``carts`` and ``stock`` are updated.
    """
    cart, cart_return, cart_drop, extra_unit, review = rates
    n_rows, n = wants.shape
    use_carts = cart > 0.0 or carts.any()
    for turn in range(n_rows):
        row = (turn + day) % n_rows
        for i in range(n):
            asked = wants[row, i]
            if use_carts:
                returning = _drawn(day_key, CART_RETURN, row_keys[row], entity[i], carts[row, i], cart_return)
                dropped = _drawn(day_key, CART_DROP, row_keys[row], entity[i], carts[row, i] - returning, cart_drop)
                put = _drawn(day_key, CART, row_keys[row], entity[i], asked, cart)
                carts[row, i] += put - returning - dropped
                out[i, 0] += put
                out[i, 1] += dropped
                asked += returning - put
            if asked > 0:
                taken = min(asked, stock[i])
                stock[i] -= taken
                orders_by_row[row, i] = taken
                out[i, 2] += taken
                out[i, 3] += asked - taken
    for i in range(n):
        orders = out[i, 2]
        if orders == 0:
            continue
        extra = min(_drawn(day_key, UNITS, 0, entity[i], orders, extra_unit), stock[i])
        stock[i] -= extra
        out[i, 4] = orders + extra
        out[i, 5] = _drawn(day_key, LATE, 0, entity[i], orders, late_share[i])
        out[i, 6] = _drawn(day_key, DISPUTE, 0, entity[i], orders, dispute_share[i])
        reviews = _drawn(day_key, REVIEW, 0, entity[i], orders, review)
        out[i, 7] = reviews
        left = reviews
        for star in range(STARS_MAX - 1):
            if left == 0:
                break
            got = _drawn(day_key, STARS, star, entity[i], left, star_shares[i, star])
            out[i, 8] += got * (star + 1)
            left -= got
        out[i, 8] += left * STARS_MAX


@kernel
def settle_expected(wants, carts, stock, rates, late_share, dispute_share, mean_stars, out, orders_by_row):
    """The same day in means; a shortage of stock cuts all cells in proportion."""
    cart, cart_return, cart_drop, extra_unit, review = rates
    n_rows, n = wants.shape
    use_carts = cart > 0.0 or carts.any()
    for row in range(n_rows):
        for i in range(n):
            asked = wants[row, i]
            if use_carts:
                returning = carts[row, i] * cart_return
                dropped = (carts[row, i] - returning) * cart_drop
                put = asked * cart
                carts[row, i] += put - returning - dropped
                out[i, 0] += put
                out[i, 1] += dropped
                asked += returning - put
            orders_by_row[row, i] = asked
            out[i, 2] += asked
    for i in range(n):
        asked = out[i, 2]
        if asked <= 0.0:
            continue
        taken = min(asked, stock[i])
        served = taken / asked
        if served < 1.0:
            for row in range(n_rows):
                orders_by_row[row, i] *= served
        extra = min(taken * extra_unit, stock[i] - taken)
        stock[i] -= taken + extra
        out[i, 2] = taken
        out[i, 3] = asked - taken
        out[i, 4] = taken + extra
        out[i, 5] = taken * late_share[i]
        out[i, 6] = taken * dispute_share[i]
        out[i, 7] = taken * review
        out[i, 8] = taken * review * mean_stars[i]


@kernel
def customers_of_stores(
    orders_by_row, store, key, row_keys, store_entity, new_share, fan_share, exact, customers, fans
):
    """Credit stores with the day's new customers and fans; ``exact`` draws them, otherwise means are added."""
    orders_of = np.empty(store_entity.shape[0], orders_by_row.dtype)
    for row in range(orders_by_row.shape[0]):
        orders_of[:] = 0
        for i in range(orders_by_row.shape[1]):
            orders_of[store[i]] += orders_by_row[row, i]
        for k in range(store_entity.shape[0]):
            if orders_of[k] > 0:
                if exact:
                    n = np.int64(orders_of[k])
                    customers[row, k] += _drawn(key, CUSTOMERS, row_keys[row], store_entity[k], n, new_share)
                    fans[row, k] += _drawn(key, FANS, row_keys[row], store_entity[k], n, fan_share)
                else:
                    customers[row, k] += orders_of[k] * new_share
                    fans[row, k] += orders_of[k] * fan_share
