"""Sessions of shoppers whose own taste differs: every session has its own utilities and, if personal, its own slate.

A personal slate holds the exact best of log score + weight x taste match over all candidates. Three sessions are scored
at a time, 256 candidates to a tile; the best of each group of 16 gives a lower bound that leaves hardly more candidates
than slots to sort.
"""

import math

import numpy as np

from crossborder.market.compiled import inline, kernel, loop, parallel_kernel
from crossborder.market.keys import EXPLORE, GOLDEN, TASTE, fold, mix, uniform
from crossborder.market.pages import free_slots
from crossborder.market.race import shock_bits
from crossborder.market.sessions import logistic

TILE = 256
GROUPS = 16
TOGETHER = 3
CHUNK = 768
NOTHING = np.float32(-3e38)


def tile_tastes(tastes: np.ndarray, query_start: np.ndarray, query_members: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lay the candidates of each query out in tiles: tastes (tiles x 16 x 256), listing of each place, first tile."""
    first, members = [0], []
    for q in range(len(query_start) - 1):
        mine = query_members[query_start[q] : query_start[q + 1]]
        padding = (-len(mine)) % TILE if len(mine) else TILE
        members.append(np.concatenate([mine, np.full(padding, -1)]))
        first.append(first[-1] + len(members[-1]) // TILE)
    place = np.concatenate(members).astype(np.int64)
    values = np.where(place[:, None] >= 0, tastes[np.maximum(place, 0)], 0.0).astype(np.float32)
    tiles = np.ascontiguousarray(values.reshape(-1, TILE, tastes.shape[1]).transpose(0, 2, 1))
    return tiles, place.reshape(-1, TILE), np.array(first, np.int64)


@kernel
def tile_scores(score, open_, place, tile_first, country_of, query_of, pinned):
    """Log score of each page's candidates in tiles (pages x tiles of the query x 256); closed and pinned ones never win."""
    n_pages = query_of.shape[0]
    most = 0
    for page in range(n_pages):
        most = max(most, tile_first[query_of[page] + 1] - tile_first[query_of[page]])
    out = np.full((n_pages, most, TILE), NOTHING, np.float32)
    for page in range(n_pages):
        first = tile_first[query_of[page]]
        for t in range(tile_first[query_of[page] + 1] - first):
            for a in range(TILE):
                i = place[first + t, a]
                if i < 0 or not open_[i]:
                    continue
                taken = False
                for p in range(pinned.shape[1]):
                    taken |= pinned[page, p] == i
                if not taken:
                    out[page, t, a] = np.float32(math.log(max(score[country_of[page], i], 1e-30)))
    return out


@kernel
def _score_tile(wish, tile, base, out):
    """out[x, a] = base[a] + wish[x] . tile[:, a] for three shoppers; four tastes at a time fit the registers."""
    for k in range(0, 16, 4):
        a0, a1, a2, a3 = wish[0, k], wish[0, k + 1], wish[0, k + 2], wish[0, k + 3]
        b0, b1, b2, b3 = wish[1, k], wish[1, k + 1], wish[1, k + 2], wish[1, k + 3]
        c0, c1, c2, c3 = wish[2, k], wish[2, k + 1], wish[2, k + 2], wish[2, k + 3]
        v0, v1, v2, v3 = tile[k], tile[k + 1], tile[k + 2], tile[k + 3]
        first, second, third = out[0], out[1], out[2]
        if k == 0:
            for a in range(256):
                first[a] = base[a] + ((a0 * v0[a] + a1 * v1[a]) + (a2 * v2[a] + a3 * v3[a]))
                second[a] = base[a] + ((b0 * v0[a] + b1 * v1[a]) + (b2 * v2[a] + b3 * v3[a]))
                third[a] = base[a] + ((c0 * v0[a] + c1 * v1[a]) + (c2 * v2[a] + c3 * v3[a]))
        else:
            for a in range(256):
                first[a] += (a0 * v0[a] + a1 * v1[a]) + (a2 * v2[a] + a3 * v3[a])
                second[a] += (b0 * v0[a] + b1 * v1[a]) + (b2 * v2[a] + b3 * v3[a])
                third[a] += (c0 * v0[a] + c1 * v1[a]) + (c2 * v2[a] + c3 * v3[a])


@inline
def _more(a, b):
    return a if a > b else b


@kernel
def _group_bests(b, out):
    """out[g] = best of the places g, g + 16, g + 32 ... of a tile."""
    r0, r1, r2, r3 = b[0:16], b[16:32], b[32:48], b[48:64]
    r4, r5, r6, r7 = b[64:80], b[80:96], b[96:112], b[112:128]
    r8, r9, ra, rb = b[128:144], b[144:160], b[160:176], b[176:192]
    rc, rd, re, rf = b[192:208], b[208:224], b[224:240], b[240:256]
    for g in range(16):
        low = _more(_more(_more(r0[g], r1[g]), _more(r2[g], r3[g])), _more(_more(r4[g], r5[g]), _more(r6[g], r7[g])))
        high = _more(_more(_more(r8[g], r9[g]), _more(ra[g], rb[g])), _more(_more(rc[g], rd[g]), _more(re[g], rf[g])))
        out[g] = _more(low, high)


@kernel
def _lower_bound(bests, k):
    """A score that at least ``k`` candidates reach: at least k groups have their best above it (found by bisection)."""
    n = bests.shape[0]
    if n <= k:
        return NOTHING
    low = high = bests[0]
    for a in range(n):
        low = bests[a] if bests[a] < low else low
        high = bests[a] if bests[a] > high else high
    if low <= NOTHING:  # empty groups: bisect above them, if enough others remain
        low = np.float32(-1e6)
        reached = 0
        for a in range(n):
            reached += bests[a] >= low
        if reached < k:
            return low
    for _step in range(24):
        middle = np.float32(0.5) * (low + high)
        reached = 0
        for a in range(n):
            reached += bests[a] >= middle
        if reached >= k:
            low = middle
            if reached <= k + 1:
                break
        else:
            high = middle
    return low


@kernel
def _select(scores, x, bests, bound, k, top, at):
    """The best ``k`` of all candidates that reach ``bound``, best first; returns how many there are."""
    size = 0
    for g in range(bests.shape[0]):
        if bests[g] < bound or bests[g] <= NOTHING:
            continue
        tile = scores[g // GROUPS, x]
        for r in range(g % GROUPS, TILE, GROUPS):
            v = tile[r]
            if v >= bound and v > NOTHING:
                if size < k:
                    p = size
                    size += 1
                elif v > top[k - 1]:
                    p = k - 1
                else:
                    continue
                while p > 0 and top[p - 1] < v:
                    top[p] = top[p - 1]
                    at[p] = at[p - 1]
                    p -= 1
                top[p] = v
                at[p] = g // GROUPS * TILE + r
    return size


@kernel
def _cap_per_store(top, at, size, place, store, per_store, k, kept, kept_score):
    """Walk down the sorted candidates and keep at most ``per_store`` of a store; returns how many were kept."""
    n = 0
    for a in range(size):
        if n == k:
            break
        i = place[at[a] // TILE, at[a] % TILE]
        same = 0
        for b in range(n):
            same += store[kept[b]] == store[i]
        if same < per_store:
            kept[n] = i
            kept_score[n] = top[a]
            n += 1
    return n


@kernel
def _race(key, leave, k, w, salt):
    """The winner of the exponential race of a slate against leaving, or -1; the shocks of ``individual_sessions``."""
    low, high = np.uint32(key), np.uint32(key >> np.uint64(32))
    best, winner = leave, -1
    for a in range(k):
        bits = shock_bits(low, high, salt[a])
        if np.float64(bits) * 2.3283064365386963e-10 < w[a] * leave * 1.000001:
            arrives = -math.log1p(-(np.float64(bits) + 0.5) * 2.3283064365386963e-10) / w[a]
            if arrives < best:
                best = arrives
                winner = a
    return winner


@parallel_kernel
def personal_sessions(sessions, chunks, blocks, page_of, pages, base_tiles, tiles, place, tile_first, panel, weight,
                      taste_effect, per_store, store, pinned, pin_at, click_base, order_base, relative_price,
                      click_slope, order_slope, day_key, entity, tastes, impressions, clicks, wants):
    """Walk sessions whose tastes come from ``panel`` (segments x profiles x 16).

    With ``weight`` above 0 each session gets the exact best of its own scores in the slots left to the ranking; otherwise it
    sees its page. Newcomers walk the page's pool from a start of the session's own. Counts are integers per block of
    chunks, added up at the end: the same for any number of threads.
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
    for block in loop(blocks.shape[0] - 1):
        wish = np.zeros((TOGETHER, 16), np.float32)
        most_tiles = base_tiles.shape[1]
        scores = np.empty((most_tiles, TOGETHER, TILE), np.float32)
        bests = np.empty((TOGETHER, most_tiles * GROUPS), np.float32)
        most = most_tiles * TILE
        top = np.empty(max(k, most if per_store > 0 else 1), np.float32)
        at = np.zeros(top.shape[0], np.int64)
        ranked_at = np.empty(k, np.int64)
        slate = np.empty(width, np.int64)
        slate_score = np.empty(width, np.float32)
        slate_theta = np.empty(width)
        w = np.empty(width)
        match = np.empty(width)
        salt = np.empty(width, np.uint32)
        keys = np.empty(TOGETHER, np.uint64)
        profile = np.empty(TOGETHER, np.int64)
        for chunk in range(blocks[block], blocks[block + 1]):
            cell = chunks[chunk, 0]
            q = cell % n_queries
            s = cell // n_queries % n_segments
            c = cell // (n_queries * n_segments)
            row = c * n_segments + s
            page = page_of[c, s, q]
            cell_key = fold(fold(day_key, row), q)
            my_tiles = tile_first[q + 1] - tile_first[q]
            k_ranked = free_slots(explore_at[:explore[page]], pinned[page], pin_at, ranked_at)
            capacity = k_ranked if per_store == 0 else min(4 * k_ranked, most)
            for start in range(chunks[chunk, 1], chunks[chunk, 2], TOGETHER):
                together = min(TOGETHER, chunks[chunk, 2] - start)
                for x in range(together):
                    keys[x] = mix(cell_key + np.uint64(start + x + 1) * GOLDEN)
                    profile[x] = np.int64(fold(keys[x], TASTE) % n_profiles)
                if weight > 0.0:
                    for x in range(together):
                        for d in range(16):
                            wish[x, d] = np.float32(weight * taste_effect) * panel[s, profile[x], d]
                    for t in range(my_tiles):
                        _score_tile(wish, tiles[tile_first[q] + t], base_tiles[page, t], scores[t])
                        for x in range(together):
                            _group_bests(scores[t, x], bests[x, t * GROUPS:(t + 1) * GROUPS])
                for x in range(together):
                    key = keys[x]
                    size = 0
                    if weight > 0.0:
                        mine = bests[x, :my_tiles * GROUPS]
                        found = _select(scores, x, mine, _lower_bound(mine, capacity), capacity, top, at)
                        if per_store > 0:
                            size = _cap_per_store(top, at, found, place[tile_first[q]:], store, per_store, k_ranked, slate, slate_score)
                            if size < k_ranked and found == capacity:  # the cap reached deeper than the shortlist
                                found = _select(scores, x, mine, NOTHING, my_tiles * TILE, top, at)
                                size = _cap_per_store(top, at, found, place[tile_first[q]:], store, per_store, k_ranked, slate, slate_score)
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
                        like = 0.0
                        for d in range(16):
                            like += panel[s, profile[x], d] * tastes[i, d]
                        match[a] = taste_effect * like
                        w[a] = slate_theta[a] * math.exp(click_base[c, i] + match[a] - click_slope[c, s] * relative_price[c, i])
                        salt[a] = np.uint32(entity[i] >> np.uint64(32))
                    leave = -math.log(uniform(mix(key + GOLDEN)))
                    winner = _race(key, leave, size, w, salt)
                    if winner >= 0:
                        i = slate[winner]
                        got[block, row, i] += 1
                        if uniform(fold(key, entity[i])) < logistic(order_base[c, i] - order_slope[c, s] * relative_price[c, i]):
                            bought[block, row, i] += 1
    for block in range(blocks.shape[0] - 1):
        for row in range(n_rows):
            for i in range(n):
                impressions[row, i] += seen[block, row, i]
                clicks[row, i] += got[block, row, i]
                wants[row, i] += bought[block, row, i]
