"""Sessions of shoppers whose own taste differs: every session has its own utilities and, if personal, its own slate."""

import math

import numpy as np

from crossborder.market.compiled import kernel, loop, parallel_kernel
from crossborder.market.keys import EXPLORE, GOLDEN, TASTE, cell_key, fold, mix, uniform
from crossborder.market.pages import free_slots
from crossborder.market.race import shock_bits
from crossborder.market.sessions import logistic
from crossborder.market.shortlist import (
    ANYTHING,
    COARSE,
    FEW,
    FINE,
    FINE_BELOW_TILES,
    TILE,
    TOGETHER,
    best_of,
    cap_per_store,
    group_bests,
    lower_bound,
    reaching,
    score_tile,
    taste_match,
)

CHUNK = 768


@kernel
def _race(key, leave, k, w, salt, bits, close):
    """The winner of the exponential race of a slate against leaving, or -1; the shocks of ``individual_sessions``."""
    low, high = np.uint32(key), np.uint32(key >> np.uint64(32))
    contenders = 0
    for a in range(k):
        bits[a] = shock_bits(low, high, salt[a])
        close[a] = np.float64(bits[a]) * 2.3283064365386963e-10 < w[a] * leave * 1.000001
        contenders += close[a]
    best, winner = leave, -1
    if contenders == 0:
        return winner
    for a in range(k):
        if close[a]:
            arrives = -math.log1p(-(np.float64(bits[a]) + 0.5) * 2.3283064365386963e-10) / w[a]
            if arrives < best:
                best = arrives
                winner = a
    return winner


@kernel
def exponentials(u, factor, n, scale, out):
    """out = factor exp(u), for a few numbers at a time: a power of two and a polynomial, off by less than 1e-11.

    A loop over ``math.exp`` would call it one by one. ``scale`` is room for the powers of two.
    """
    exponent = scale.view(np.int64)
    for a in range(n):
        whole = math.floor(u[a] * 1.4426950408889634 + 0.5)
        f = u[a] - whole * 0.6931471805599453
        high = 1 / 24 + f * (1 / 120 + f * (1 / 720 + f * (1 / 5040 + f * (1 / 40320 + f * (1 / 362880)))))
        out[a] = factor[a] * (1.0 + f * (1.0 + f * (0.5 + f * (1 / 6 + f * high))))
        exponent[a] = (np.int64(np.int32(whole)) + np.int64(1023)) << np.int64(52)
    for a in range(n):
        out[a] *= scale[a]


@kernel
def _steady_utilities(click_base, relative_price, click_slope):
    """What all shoppers of a country and segment share: (country-segment x listing)."""
    n_countries, n_segments = click_slope.shape
    out = np.empty((n_countries * n_segments, click_base.shape[1]))
    for c in range(n_countries):
        for s in range(n_segments):
            for i in range(click_base.shape[1]):
                u = click_base[c, i] - click_slope[c, s] * relative_price[c, i]
                out[c * n_segments + s, i] = min(max(u, -300.0), 300.0)
    return out


@parallel_kernel
def personal_sessions(
    sessions,
    chunks,
    blocks,
    page_of,
    pages,
    base_tiles,
    tiles,
    place,
    tile_first,
    panel,
    weight,
    taste_effect,
    per_store,
    store,
    pinned,
    pin_at,
    click_base,
    order_base,
    relative_price,
    click_slope,
    order_slope,
    day_key,
    cells,
    entity,
    tastes,
    impressions,
    clicks,
    wants,
):
    """Walk sessions whose tastes come from ``panel`` (segments x profiles x 16).

    With ``weight`` above 0 each session gets the exact best of its own scores in the slots left to the ranking;
    otherwise it sees its page. Newcomers walk the page's pool from a start of the session's own. Counts are integers
    per block of chunks, added up at the end: the same for any number of threads.
    """
    items, theta, _shown, count, pool, pool_start, explore, attention, explore_at = pages
    n_segments, n_queries = sessions.shape[1], sessions.shape[2]
    n_rows, n = clicks.shape
    n_profiles = np.uint64(panel.shape[1])
    width = max(items.shape[1], attention.shape[0])
    k = attention.shape[0]
    seen = np.zeros((blocks.shape[0] - 1, n_rows, n), np.int32)
    got = np.zeros((blocks.shape[0] - 1, n_rows, n), np.int32)
    bought = np.zeros((blocks.shape[0] - 1, n_rows, n), np.int32)
    steady = _steady_utilities(click_base, relative_price, click_slope)
    salt_of = (entity >> np.uint64(32)).astype(np.uint32)
    for block in loop(blocks.shape[0] - 1):
        wish = np.zeros((TOGETHER, 16), np.float32)
        most_tiles = base_tiles.shape[1]
        scores = np.empty((most_tiles, TOGETHER, TILE), np.float32)
        fine = np.empty((TOGETHER, most_tiles * FINE), np.float32)
        coarse = np.empty((TOGETHER, most_tiles * COARSE), np.float32)
        most = most_tiles * TILE
        found_group = np.empty(most_tiles * (FINE + COARSE) + 1, np.uintp)
        found_score = np.empty(most + FEW, np.float32)
        found_at = np.empty(most + FEW, np.uintp)
        rank = np.empty(FEW, np.int32)
        top = np.empty(max(k, most if per_store > 0 else 1), np.float32)
        at = np.zeros(top.shape[0], np.int64)
        ranked_at = np.empty(k, np.int64)
        slate = np.empty(width, np.int64)
        slate_score = np.empty(width, np.float32)
        slate_theta = np.empty(width)
        u, w, scale = np.empty(width), np.empty(width), np.empty(width)
        salt, bits, close = np.empty(width, np.uint32), np.empty(width, np.uint32), np.empty(width, np.bool_)
        keys = np.empty(TOGETHER, np.uint64)
        profile = np.empty(TOGETHER, np.int64)
        for chunk in range(blocks[block], blocks[block + 1]):
            cell = chunks[chunk, 0]
            q = cell % n_queries
            s = cell // n_queries % n_segments
            c = cell // (n_queries * n_segments)
            row = c * n_segments + s
            page = page_of[c, s, q]
            its_key = cell_key(day_key, cells[c, s, q])
            my_tiles = tile_first[q + 1] - tile_first[q]
            k_ranked = free_slots(explore_at[: explore[page]], pinned[page], pin_at, ranked_at)
            capacity = k_ranked if per_store == 0 else min(4 * k_ranked, most)
            for start in range(chunks[chunk, 1], chunks[chunk, 2], TOGETHER):
                together = min(TOGETHER, chunks[chunk, 2] - start)
                for x in range(together):
                    keys[x] = mix(its_key + np.uint64(start + x + 1) * GOLDEN)
                    profile[x] = np.int64(fold(keys[x], TASTE) % n_profiles)
                if weight > 0.0:
                    for x in range(together):
                        for d in range(16):
                            wish[x, d] = np.float32(weight * taste_effect) * panel[s, profile[x], d]
                    for t in range(my_tiles):
                        score_tile(wish, tiles[tile_first[q] + t], base_tiles[page, t], scores[t])
                        for x in range(together):
                            group_bests(
                                scores[t, x],
                                fine[x, t * FINE : (t + 1) * FINE],
                                coarse[x, t * COARSE : (t + 1) * COARSE],
                            )
                for x in range(together):
                    key = keys[x]
                    size = 0
                    if weight > 0.0:
                        groups = coarse[x, : my_tiles * COARSE]
                        finer = groups if my_tiles >= FINE_BELOW_TILES else fine[x, : my_tiles * FINE]
                        bound = lower_bound(finer, capacity)
                        size = reaching(scores, x, fine[x], groups, bound, found_group, found_score, found_at)
                        found = best_of(found_score, found_at, size, capacity, rank, top, at)
                        if per_store > 0:
                            size = cap_per_store(
                                top, at, found, place[tile_first[q] :], store, per_store, k_ranked, slate, slate_score
                            )
                            if size < k_ranked and found == capacity:  # the cap reached deeper than the shortlist
                                size = reaching(
                                    scores, x, fine[x], groups, ANYTHING, found_group, found_score, found_at
                                )
                                found = best_of(found_score, found_at, size, most, rank, top, at)
                                size = cap_per_store(
                                    top,
                                    at,
                                    found,
                                    place[tile_first[q] :],
                                    store,
                                    per_store,
                                    k_ranked,
                                    slate,
                                    slate_score,
                                )
                        else:
                            size = found
                            for a in range(size):
                                slate[a] = place[tile_first[q] + at[a] // TILE, at[a] % TILE]
                        for a in range(size):
                            slate_theta[a] = attention[ranked_at[a]]
                        for p in range(pin_at.shape[0]):
                            if pinned[page, p] >= 0:
                                slate[size] = pinned[page, p]
                                slate_theta[size] = attention[pin_at[p]]
                                size += 1
                    else:
                        size = count[page]
                        for a in range(size):
                            slate[a] = items[page, a]
                            slate_theta[a] = theta[page, a]
                    in_pool = pool_start[page + 1] - pool_start[page]
                    if explore[page] > 0 and weight > 0.0:
                        step = min(np.int64(uniform(fold(key, EXPLORE)) * in_pool), in_pool - 1)
                        placed = 0
                        for _try in range(in_pool):
                            if placed == explore[page]:
                                break
                            i = pool[pool_start[page] + step]
                            step = (step + 1) % in_pool
                            again = False
                            for a in range(size):
                                again |= slate[a] == i
                            if not again:
                                slate[size] = i
                                slate_theta[size] = attention[explore_at[placed]]
                                size += 1
                                placed += 1
                    for a in range(size):
                        i = slate[a]
                        seen[block, row, i] += 1
                        u[a] = steady[row, i] + taste_effect * taste_match(panel[s, profile[x]], tastes[i])
                        salt[a] = salt_of[i]
                    exponentials(u, slate_theta, size, scale, w)
                    leave = -math.log(uniform(mix(key + GOLDEN)))
                    winner = _race(key, leave, size, w, salt, bits, close)
                    if winner >= 0:
                        i = slate[winner]
                        got[block, row, i] += 1
                        if uniform(fold(key, entity[i])) < logistic(
                            order_base[c, i] - order_slope[c, s] * relative_price[c, i]
                        ):
                            bought[block, row, i] += 1
    for block in range(blocks.shape[0] - 1):
        for row in range(n_rows):
            for i in range(n):
                impressions[row, i] += seen[block, row, i]
                clicks[row, i] += got[block, row, i]
                wants[row, i] += bought[block, row, i]
