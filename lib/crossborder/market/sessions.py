"""The session law, three times: as means, as one multinomial per cell, and session by session.

P(click i) = theta_i exp(u_i) / (1 + sum_j theta_j exp(u_j)), at most one click a page; the clicked listing is wanted
with probability logistic(v_i). A cell is country x segment x query. All three fill the same dense tables
(country-segment x listing): impressions, clicks, wants.
"""

import math

import numpy as np

from crossborder.market.compiled import inline, kernel, loop, parallel_kernel
from crossborder.market.draws import binomial_quantile
from crossborder.market.keys import CLICK, GOLDEN, ORDER, fold, mix, uniform

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
def expected_sessions(sessions, page_of, pages, click_base, order_base, relative_price, reference, taste, click_slope, order_slope,
                      impressions, clicks, wants, surplus):
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
                total = _weights(c, s, items[page], theta[page], count[page], click_base, relative_price, taste, slope, w)
                inverse = 1.0 / (1.0 + total)
                m = pool_start[page + 1] - pool_start[page]
                if explore[page] > 0:
                    inverse = 0.0
                    members = pool[pool_start[page]:pool_start[page + 1]]
                    for start in range(m):
                        crowd = 1.0 + total
                        for e in range(explore[page]):
                            i = members[(start + e) % m]
                            crowd += attention[explore_at[e]] * math.exp(click_base[c, i] + taste[s, i] - slope * relative_price[c, i])
                        inverse += 1.0 / crowd
                        for e in range(explore[page]):
                            i = members[(start + e) % m]
                            weight = attention[explore_at[e]] * math.exp(click_base[c, i] + taste[s, i] - slope * relative_price[c, i])
                            _expect(c, s, row, i, n / m, weight / crowd, order_base, relative_price, reference, order_slope, clicks, wants, surplus)
                            impressions[row, i] += n / m
                    inverse /= m
                for a in range(count[page]):
                    i = items[page, a]
                    impressions[row, i] += n * shown[page, a]
                    _expect(c, s, row, i, n, w[a] * inverse, order_base, relative_price, reference, order_slope, clicks, wants, surplus)


@inline
def _expect(c, s, row, i, n, p_click, order_base, relative_price, reference, order_slope, clicks, wants, surplus):
    v = order_base[c, i] - order_slope[c, s] * relative_price[c, i]
    clicks[row, i] += n * p_click
    wants[row, i] += n * p_click * logistic(v)
    surplus[row] += n * p_click * math.log1p(math.exp(v)) * reference[i]


@kernel
def aggregate_sessions(sessions, page_of, pages, click_base, order_base, relative_price, reference, taste, click_slope, order_slope,
                       day_key, entity, impressions, clicks, wants, surplus):
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
                cell = fold(fold(day_key, row), q)
                click_key, order_key = fold(cell, CLICK), fold(cell, ORDER)
                rest = 1.0 + _weights(c, s, items[page], theta[page], count[page], click_base, relative_price, taste, click_slope[c, s], w)
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


@inline
def shock_bits(low, high, salt):
    """32 random bits for one (session, listing); plain 32-bit arithmetic, so that a slate is done in a few vectors."""
    h = np.uint32((low ^ salt) * np.uint32(0x9E3779B1))
    h = np.uint32((h ^ (h >> np.uint32(15))) + high)
    h = np.uint32(h * np.uint32(0x85EBCA6B))
    h = np.uint32((h ^ (h >> np.uint32(13))) * np.uint32(0xC2B2AE35))
    return np.uint32(h ^ (h >> np.uint32(16)))


@parallel_kernel
def individual_sessions(sessions, chunks, page_of, pages, click_base, order_base, relative_price, taste, click_slope,
                        order_slope, day_key, entity, clicks, wants):
    """Every session on its own: an exponential race among the slate's listings and leaving without a click.

    Listing i arrives at time E_i / w_i, leaving at E_0, all E standard exponential: the first to arrive is chosen, with
    the logit's probabilities (E = -ln U: the same as adding a Gumbel shock to each utility). E_i belongs to the
    (session, listing), so two policies face the same shocks. A listing can only win if 1 - exp(-E_i) < w_i E_0, which
    is checked without a logarithm; most sessions end there.
    """
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
        w = np.empty(width)
        want = np.empty(width)
        salt = np.zeros(width, np.uint32)
        bound = np.zeros(width, np.float32)
        _weights(c, s, items[page], theta[page], k, click_base, relative_price, taste, click_slope[c, s], w)
        for a in range(k):
            i = items[page, a]
            want[a] = logistic(order_base[c, i] - order_slope[c, s] * relative_price[c, i])
            salt[a] = np.uint32(entity[i] >> np.uint64(32))
            bound[a] = np.float32(w[a] * 1.000001 * 4294967296.0)
        cell_key = fold(fold(day_key, c * n_segments + s), q)
        for session in range(chunks[chunk, 1], chunks[chunk, 2]):
            key = mix(cell_key + np.uint64(session + 1) * GOLDEN)
            leave = -math.log(uniform(mix(key + GOLDEN)))
            low = np.uint32(key)
            high = np.uint32(key >> np.uint64(32))
            patience = np.float32(leave * 1.000001)
            contenders = 0
            for a in range(k):
                contenders += np.float32(shock_bits(low, high, salt[a])) < bound[a] * patience
            if contenders == 0:
                continue
            best = leave
            winner = -1
            for a in range(k):
                bits = shock_bits(low, high, salt[a])
                if np.float32(bits) < bound[a] * patience:
                    arrives = -math.log1p(-(np.float64(bits) + 0.5) * 2.3283064365386963e-10) / w[a]
                    if arrives < best:
                        best = arrives
                        winner = a
            if winner >= 0:
                got[chunk, winner] += 1
                if uniform(fold(key, entity[items[page, winner]])) < want[winner]:
                    bought[chunk, winner] += 1
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
