"""The session law, three times: as means, as one multinomial per cell, and session by session.

P(click i) = theta_i exp(u_i) / (1 + sum_j theta_j exp(u_j)), at most one click a page; the clicked listing is wanted
with probability logistic(v_i). A cell is country x segment x query. All three fill the same dense tables
(country-segment x listing): impressions, clicks, wants.
"""

import math

import numpy as np

from crossborder.market.compiled import inline, kernel, loop, parallel_kernel
from crossborder.market.draws import binomial_quantile
from crossborder.market.keys import CLICK, ORDER, cell_key, fold, uniform
from crossborder.market.race import walk

CHUNK = 16_384


@inline
def logistic(x):
    return 1.0 / (1.0 + math.exp(-x))


@kernel
def _weights(c, s, items, theta, count, click_base, relative_price, taste, slope, out):
    """out[a] = theta_a exp(u_a); returns the sum."""
    total = 0.0
    for a in range(count):
        i = items[a]
        out[a] = theta[a] * math.exp(click_base[c, i] + taste[s, i] - slope * relative_price[c, i])
        total += out[a]
    return total


@kernel
def expected_sessions(
    sessions,
    page_of,
    pages,
    click_base,
    order_base,
    relative_price,
    reference,
    taste,
    click_slope,
    order_slope,
    impressions,
    clicks,
    wants,
    surplus,
):
    """Means: probabilities times sessions, exactly averaged over all starts of the exploration pool."""
    items, theta, shown, count, pool, pool_start, explore, attention, explore_at = pages
    n_countries, n_segments, n_queries = sessions.shape
    w = np.empty(items.shape[1])
    for c in range(n_countries):
        for s in range(n_segments):
            row = c * n_segments + s
            for q in range(n_queries):
                n = sessions[c, s, q]
                if n <= 0.0:
                    continue
                page = page_of[c, s, q]
                slope = click_slope[c, s]
                total = _weights(
                    c, s, items[page], theta[page], count[page], click_base, relative_price, taste, slope, w
                )
                inverse = 1.0 / (1.0 + total)
                m = pool_start[page + 1] - pool_start[page]
                if explore[page] > 0:
                    inverse = 0.0
                    members = pool[pool_start[page] : pool_start[page + 1]]
                    for start in range(m):
                        crowd = 1.0 + total
                        for e in range(explore[page]):
                            i = members[(start + e) % m]
                            crowd += attention[explore_at[e]] * math.exp(
                                click_base[c, i] + taste[s, i] - slope * relative_price[c, i]
                            )
                        inverse += 1.0 / crowd
                        for e in range(explore[page]):
                            i = members[(start + e) % m]
                            weight = attention[explore_at[e]] * math.exp(
                                click_base[c, i] + taste[s, i] - slope * relative_price[c, i]
                            )
                            _expect(
                                c,
                                s,
                                row,
                                i,
                                n / m,
                                weight / crowd,
                                order_base,
                                relative_price,
                                reference,
                                order_slope,
                                clicks,
                                wants,
                                surplus,
                            )
                            impressions[row, i] += n / m
                    inverse /= m
                for a in range(count[page]):
                    i = items[page, a]
                    impressions[row, i] += n * shown[page, a]
                    _expect(
                        c,
                        s,
                        row,
                        i,
                        n,
                        w[a] * inverse,
                        order_base,
                        relative_price,
                        reference,
                        order_slope,
                        clicks,
                        wants,
                        surplus,
                    )


@inline
def _expect(c, s, row, i, n, p_click, order_base, relative_price, reference, order_slope, clicks, wants, surplus):
    odds = math.exp(order_base[c, i] - order_slope[c, s] * relative_price[c, i])
    clicked = n * p_click
    clicks[row, i] += clicked
    wants[row, i] += clicked / (1.0 + 1.0 / odds)
    surplus[row] += clicked * math.log1p(odds) * reference[i]


@kernel
def aggregate_sessions(
    sessions,
    page_of,
    pages,
    click_base,
    order_base,
    relative_price,
    reference,
    taste,
    click_slope,
    order_slope,
    day_key,
    cells,
    entity,
    impressions,
    clicks,
    wants,
    surplus,
):
    """One multinomial per cell, as a chain of binomials keyed by listing: the law of walking every session."""
    items, theta, _shown, count, _pool, _pool_start, _explore, _attention, _explore_at = pages
    n_countries, n_segments, n_queries = sessions.shape
    w = np.empty(items.shape[1])
    for c in range(n_countries):
        for s in range(n_segments):
            row = c * n_segments + s
            for q in range(n_queries):
                n = sessions[c, s, q]
                if n <= 0:
                    continue
                page = page_of[c, s, q]
                cell = cell_key(day_key, cells[c, s, q])
                click_key, order_key = fold(cell, CLICK), fold(cell, ORDER)
                rest = 1.0 + _weights(
                    c, s, items[page], theta[page], count[page], click_base, relative_price, taste, click_slope[c, s], w
                )
                left = n
                for a in range(count[page]):
                    i = items[page, a]
                    impressions[row, i] += n
                    if left == 0:
                        continue
                    got = binomial_quantile(uniform(fold(click_key, entity[i])), left, w[a] / rest)
                    left -= got
                    rest -= w[a]
                    if got > 0:
                        v = order_base[c, i] - order_slope[c, s] * relative_price[c, i]
                        clicks[row, i] += got
                        wants[row, i] += binomial_quantile(uniform(fold(order_key, entity[i])), got, logistic(v))
                        surplus[row] += got * math.log1p(math.exp(v)) * reference[i]


@kernel
def chunk_cells(sessions, chunk):
    """Cut each cell's sessions into chunks of at most ``chunk``: rows of (cell, first, last + 1)."""
    flat = sessions.ravel()
    n = 0
    for cell in range(flat.shape[0]):
        n += (flat[cell] + chunk - 1) // chunk
    chunks = np.empty((n, 3), np.int64)
    at = 0
    for cell in range(flat.shape[0]):
        for first in range(0, flat[cell], chunk):
            chunks[at, 0] = cell
            chunks[at, 1] = first
            chunks[at, 2] = min(first + chunk, flat[cell])
            at += 1
    return chunks


@parallel_kernel
def individual_sessions(
    sessions,
    chunks,
    page_of,
    pages,
    click_base,
    order_base,
    relative_price,
    taste,
    click_slope,
    order_slope,
    day_key,
    cells,
    entity,
    clicks,
    wants,
):
    """Every session on its own: the race of race.py, chunk by chunk. Counts are added up in the order of chunks."""
    items, theta, _shown, count, _pool, _pool_start, _explore, _attention, _explore_at = pages
    n_segments, n_queries = sessions.shape[1], sessions.shape[2]
    width = items.shape[1]
    got = np.zeros((chunks.shape[0], width), np.int32)
    bought = np.zeros((chunks.shape[0], width), np.int32)
    for chunk in loop(chunks.shape[0]):
        cell = chunks[chunk, 0]
        q = cell % n_queries
        s = cell // n_queries % n_segments
        c = cell // (n_queries * n_segments)
        page = page_of[c, s, q]
        k = count[page]
        w = np.empty(k)
        want = np.empty(k)
        salt = np.empty(k, np.uint32)
        its_entity = np.empty(k, np.uint64)
        _weights(c, s, items[page], theta[page], k, click_base, relative_price, taste, click_slope[c, s], w)
        for a in range(k):
            i = items[page, a]
            want[a] = logistic(order_base[c, i] - order_slope[c, s] * relative_price[c, i])
            its_entity[a] = entity[i]
            salt[a] = np.uint32(entity[i] >> np.uint64(32))
        key = cell_key(day_key, cells[c, s, q])
        walk(key, chunks[chunk, 1], chunks[chunk, 2], w, want, salt, its_entity, got[chunk], bought[chunk])
    for chunk in range(chunks.shape[0]):
        cell = chunks[chunk, 0]
        row = cell // n_queries
        page = page_of[row // n_segments, row % n_segments, cell % n_queries]
        for a in range(count[page]):
            clicks[row, items[page, a]] += got[chunk, a]
            wants[row, items[page, a]] += bought[chunk, a]


@kernel
def count_impressions(sessions, page_of, pages, impressions):
    """Every listing of a page is shown to every session of its cells."""
    items, _theta, _shown, count, _pool, _pool_start, _explore, _attention, _explore_at = pages
    n_countries, n_segments, n_queries = sessions.shape
    for c in range(n_countries):
        for s in range(n_segments):
            for q in range(n_queries):
                page = page_of[c, s, q]
                for a in range(count[page]):
                    impressions[c * n_segments + s, items[page, a]] += sessions[c, s, q]


@kernel
def sum_surplus(clicks, order_base, relative_price, reference, order_slope, surplus):
    """Buyer surplus: clicks times ln(1 + exp(v)) reference prices, still to be divided by the price slope."""
    n_segments = order_slope.shape[1]
    for row in range(clicks.shape[0]):
        c, s = row // n_segments, row % n_segments
        for i in range(clicks.shape[1]):
            if clicks[row, i] > 0:
                v = order_base[c, i] - order_slope[c, s] * relative_price[c, i]
                surplus[row] += clicks[row, i] * math.log1p(math.exp(v)) * reference[i]
