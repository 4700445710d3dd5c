"""The exact best of many candidates for every shopper: log score + weight x taste match.

Three shoppers are scored at a time, 256 candidates to a tile. The bests of groups of 16 or of 4 candidates give a bound
that hardly more candidates reach than there are slots; only groups that reach it are looked into.
"""

import math

import numpy as np

from crossborder.market.compiled import inline, kernel

TILE = 256
FINE = 64  # groups of 4 in a tile
COARSE = 16  # groups of 16 in a tile
FINE_BELOW_TILES = 4  # with fewer tiles the coarse groups are too few for a close bound
FEW = 64  # sorted by counting, which has no branches to guess wrong; more of them by insertion
FOUR = np.uintp(4)
TOGETHER = 3
NOTHING = np.float32(-3e38)
ANYTHING = np.float32(-1e30)  # below every true score


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
    """Log score of a page's candidates in tiles (pages x tiles x 256); closed or pinned ones never win."""
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
def group_bests(tile, fine, coarse):
    """Bests of 4 candidates (places g, g + 64, g + 128, g + 192 of a tile) and of 16 (four of those, 16 apart)."""
    for g in range(64):
        fine[g] = _more(_more(tile[g], tile[g + 64]), _more(tile[g + 128], tile[g + 192]))
    for g in range(16):
        coarse[g] = _more(_more(fine[g], fine[g + 16]), _more(fine[g + 32], fine[g + 48]))


@kernel
def lower_bound(bests, k):
    """A score that at least ``k`` candidates reach: at least k groups have their best above it (found by bisection)."""
    n = bests.shape[0]
    if n <= k:
        return ANYTHING
    low = high = bests[0]
    for a in range(n):
        low = bests[a] if bests[a] < low else low
        high = bests[a] if bests[a] > high else high
    if low <= NOTHING:  # empty groups: bisect above them, if enough others remain
        low = np.float32(-1e3)  # a log score is above -70 and a taste match is a matter of tens
        reached = 0
        for a in range(n):
            reached += bests[a] >= low
        if reached < k:
            return ANYTHING
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
def reaching(scores, x, fine, coarse, bound, found, score, at):
    """Write down all candidates that reach ``bound``: group by group, without branches. Returns how many.

    ``found`` is room for groups. A place is written always and kept only where the count goes on; counts are unsigned
    because Numba would look at each signed index whether it counts from the end.
    """
    n = np.uintp(0)
    for g in range(np.uintp(coarse.shape[0])):
        found[n] = g
        n += np.uintp(coarse[g] >= bound)
    m = n  # the fine groups follow the coarse ones in ``found``
    for j in range(n):
        first = found[j] // np.uintp(COARSE) * np.uintp(FINE) + found[j] % np.uintp(COARSE)
        for r in range(FOUR):
            group = first + r * np.uintp(COARSE)
            found[m] = group
            m += np.uintp(fine[group] >= bound)
    size = np.uintp(0)
    for j in range(n, m):
        tile, first = found[j] // np.uintp(FINE), found[j] % np.uintp(FINE)
        its = scores[tile, x]
        for r in range(FOUR):
            place = first + r * np.uintp(FINE)
            score[size] = its[place]
            at[size] = tile * np.uintp(TILE) + place
            size += np.uintp(its[place] >= bound)
    return np.int64(size)


@kernel
def best_of(score, at, size, k, rank, top, top_at):
    """The best ``k`` of ``size`` candidates, best first, equal ones in the order given; returns how many there are."""
    if size > FEW:
        return _best_by_insertion(score, at, size, k, top, top_at)
    n = (size + 15) // 16 * 16  # whole vectors
    for i in range(size, n):
        score[i] = NOTHING
    for i in range(n):
        rank[i] = 0
    for j in range(size):
        for i in range(n):
            rank[i] += np.int32((score[j] > score[i]) | ((score[j] == score[i]) & (np.int32(j) < np.int32(i))))
    for i in range(size):
        if rank[i] < k:
            top[rank[i]] = score[i]
            top_at[rank[i]] = at[i]
    return min(size, k)


@kernel
def _best_by_insertion(score, at, size, k, top, top_at):
    kept = 0
    for a in range(size):
        if kept < k:
            p = kept
            kept += 1
        elif score[a] > top[k - 1]:
            p = k - 1
        else:
            continue
        while p > 0 and top[p - 1] < score[a]:
            top[p] = top[p - 1]
            top_at[p] = top_at[p - 1]
            p -= 1
        top[p] = score[a]
        top_at[p] = at[a]
    return kept


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
