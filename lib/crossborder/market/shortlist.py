"""The exact best of many candidates for every shopper: log score + weight x taste match.

Three shoppers are scored at a time, 256 candidates to a tile; the best of each group of 16 gives a lower bound that
leaves hardly more candidates than slots to sort.
"""

import math

import numpy as np

from crossborder.market.compiled import inline, kernel

TILE = 256
GROUPS = 16
TOGETHER = 3
NOTHING = np.float32(-3e38)


def tile_tastes(
    tastes: np.ndarray, query_start: np.ndarray, query_members: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
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
def score_tile(wish, tile, base, out):
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


@kernel
def taste_match(wish, taste):
    """wish . taste in four partial sums, so that the additions need not wait for each other."""
    a = b = c = d = np.float32(0.0)
    for k in range(0, 16, 4):
        a += wish[k] * taste[k]
        b += wish[k + 1] * taste[k + 1]
        c += wish[k + 2] * taste[k + 2]
        d += wish[k + 3] * taste[k + 3]
    return (a + b) + (c + d)


@inline
def _more(a, b):
    return a if a > b else b


@kernel
def group_bests(b, out):
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
def lower_bound(bests, k):
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
def select(scores, x, bests, bound, k, top, at):
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
def cap_per_store(top, at, size, place, store, per_store, k, kept, kept_score):
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
