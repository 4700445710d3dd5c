"""Slates: which listings a page shows, and how much attention each slot gets.

A page is one country (or country and segment) and one query. Ranked slots take the highest scores, at most
``per_store`` of one store; equal scores are put in random order by key. Exploration slots take newcomers that did not
rank: the pool is walked in a circle from a random start, so each newcomer has the same chance, and the mean over all
starts is exact.
"""

import numpy as np

from crossborder.market.compiled import inline, kernel
from crossborder.market.keys import fold

NONE = -1


@inline
def _better(score_a, luck_a, score_b, luck_b):
    return score_a > score_b or (score_a == score_b and luck_a > luck_b)


@kernel
def _insert(ids, scores, lucks, size, capacity, i, score, luck):
    """Keep the best ``capacity`` of what is offered, best first; returns the new size."""
    if size == capacity:
        if not _better(score, luck, scores[size - 1], lucks[size - 1]):
            return size
        at = size - 1
    else:
        at = size
        size += 1
    while at > 0 and _better(score, luck, scores[at - 1], lucks[at - 1]):
        ids[at] = ids[at - 1]
        scores[at] = scores[at - 1]
        lucks[at] = lucks[at - 1]
        at -= 1
    ids[at] = i
    scores[at] = score
    lucks[at] = luck
    return size


@inline
def _among(some, i):
    found = False
    for a in range(some.shape[0]):
        found |= some[a] == i
    return found


@kernel
def _best_of_each_store(members, score, open_, pinned, store, per_store, luck_key, entity, kept, kept_size, out):
    """The listings that could be shown if no store may have more than ``per_store`` slots; returns how many."""
    n_stores = kept_size.shape[0]
    scores = np.empty((n_stores, per_store))
    lucks = np.empty((n_stores, per_store), np.uint64)
    kept_size[:] = 0
    for m in range(members.shape[0]):
        i = members[m]
        if open_[i] and not _among(pinned, i):
            k = store[i]
            kept_size[k] = _insert(
                kept[k], scores[k], lucks[k], kept_size[k], per_store, i, score[i], fold(luck_key, entity[i])
            )
    n = 0
    for k in range(n_stores):
        for a in range(kept_size[k]):
            out[n] = kept[k, a]
            n += 1
    return n


@kernel
def _best(mine, row, open_, pinned, luck_key, entity, ids, scores, lucks, capacity):
    """The best ``capacity`` of those open; returns how many there are."""
    size = 0
    for m in range(mine.shape[0]):
        i = mine[m]
        if size == capacity and row[i] < scores[size - 1]:
            continue
        if open_[i] and not _among(pinned, i):
            size = _insert(ids, scores, lucks, size, capacity, i, row[i], fold(luck_key, entity[i]))
    return size


@kernel
def _tied_with_last(mine, row, open_, pinned, luck_key, entity, score, luck, out):
    """Those that tie with the last of the best but had less luck; returns how many."""
    n = 0
    for m in range(mine.shape[0]):
        i = mine[m]
        if row[i] == score and open_[i] and not _among(pinned, i) and fold(luck_key, entity[i]) < luck:
            out[n] = i
            n += 1
    return n


@kernel
def _widened(table, width, fill):
    out = np.full((table.shape[0], width), fill, table.dtype)
    out[:, : table.shape[1]] = table
    return out


@kernel
def _without(items, scores, size, leaving):
    """Take some listings out of a page's ranking; returns how many are left."""
    n = 0
    for a in range(size):
        if not _among(leaving, items[a]):
            items[n], scores[n] = items[a], scores[a]
            n += 1
    items[n:size] = NONE
    return n


@kernel
def rank_pages(
    score,
    score_row,
    open_rows,
    country_of,
    query_of,
    member_start,
    members,
    newcomer,
    store,
    n_stores,
    attention,
    explore_at,
    pinned,
    pin_at,
    per_store,
    ties_share,
    ties_key,
    page_keys,
    entity,
):
    """Fill every page. ``pinned`` (pages x pins, NONE for none) are placed by somebody else at the slots ``pin_at``.

    Returns items, theta, shown (pages x width): the ranked listings of a page, the attention weight of each and the
    share of a slot it has (below 1 only where equal scores share slots); their count; the exploration pool as flat
    array with start and length; and how many exploration slots the page has. The width is the number of slots, more
    where more listings share them.
    """
    n_pages = country_of.shape[0]
    k = width = attention.shape[0]
    items = np.full((n_pages, width), NONE, np.int64)
    theta = np.zeros((n_pages, width))
    shown = np.zeros((n_pages, width))
    count = np.zeros(n_pages, np.int64)
    explore = np.zeros(n_pages, np.int64)
    pool_start = np.zeros(n_pages + 1, np.int64)
    pool = np.empty(0, np.int64)
    if explore_at.shape[0] > 0:
        total = 0
        for page in range(n_pages):
            q = query_of[page]
            for m in range(member_start[q], member_start[q + 1]):
                total += newcomer[members[m]]
        pool = np.empty(total, np.int64)
    scores = np.empty(width)
    lucks = np.empty(width, np.uint64)
    tied = np.empty(score.shape[1] if ties_share else 0, np.int64)
    fitting = np.empty(n_stores * per_store, np.int64)
    kept = np.empty((n_stores if per_store > 0 else 0, max(per_store, 1)), np.int64)
    kept_size = np.zeros(n_stores if per_store > 0 else 0, np.int64)
    filled = 0
    for page in range(n_pages):
        row = score[score_row[page]]
        open_ = open_rows[country_of[page]]
        q = query_of[page]
        mine = members[member_start[q] : member_start[q + 1]]
        luck_key = fold(ties_key, page_keys[page])
        candidates = mine
        if per_store > 0:
            candidates = fitting[
                : _best_of_each_store(
                    mine, row, open_, pinned[page], store, per_store, luck_key, entity, kept, kept_size, fitting
                )
            ]
        size = _best(candidates, row, open_, pinned[page], luck_key, entity, items[page], scores, lucks, k)
        if ties_share and size == k:  # all that tie with the last one come along
            more = _tied_with_last(
                candidates, row, open_, pinned[page], luck_key, entity, scores[k - 1], lucks[k - 1], tied
            )
            if size + more + pin_at.shape[0] > width:
                width = size + more + pin_at.shape[0]
                items, theta, shown = (
                    _widened(items, width, NONE),
                    _widened(theta, width, 0.0),
                    _widened(shown, width, 0.0),
                )
                scores = np.concatenate((scores, np.empty(width - scores.shape[0])))
            items[page, size : size + more] = tied[:more]
            scores[size : size + more] = scores[k - 1]
            size += more
        wanted = min(explore_at.shape[0], k)
        ranked = k - wanted
        for p in range(pin_at.shape[0]):
            ranked -= pinned[page, p] != NONE
        pool_start[page] = filled
        if wanted > 0:
            for m in range(mine.shape[0]):
                i = mine[m]
                if not (open_[i] and newcomer[i]) or _among(pinned[page], i):
                    continue
                if not _among(items[page, : min(max(ranked, 0), size)], i):
                    pool[filled] = i
                    filled += 1
        explore[page] = min(wanted, filled - pool_start[page])
        if explore[page] < wanted:  # the pool is shown whole, so what it holds leaves the ranking
            size = _without(items[page], scores, size, pool[pool_start[page] : filled])
        count[page] = _share_attention(
            items[page],
            theta[page],
            shown[page],
            scores,
            size,
            attention,
            explore_at,
            explore[page],
            pin_at,
            pinned[page],
            ties_share,
        )
        for p in range(pin_at.shape[0]):
            if pinned[page, p] != NONE:
                items[page, count[page]] = pinned[page, p]
                theta[page, count[page]] = attention[pin_at[p]]
                shown[page, count[page]] = 1.0
                count[page] += 1
    pool_start[n_pages] = filled
    return items, theta, shown, count, pool, pool_start, explore


@kernel
def free_slots(explore_at, pinned, pin_at, slots):
    """Write the slots left to the ranking into ``slots``; returns how many. A pin that is NONE leaves its slot too."""
    n = 0
    for slot in range(slots.shape[0]):
        free = not _among(explore_at, slot)
        for p in range(pin_at.shape[0]):
            free &= pin_at[p] != slot or pinned[p] == NONE
        if free:
            slots[n] = slot
            n += 1
    return n


@kernel
def _share_attention(items, theta, shown, scores, size, attention, explore_at, explore, pin_at, pinned, ties_share):
    """Give the ranked listings the slots that others leave; equal scores share theirs. Returns how many show."""
    slots = np.empty(attention.shape[0], np.int64)
    n_slots = free_slots(explore_at[:explore], pinned, pin_at, slots)
    if not ties_share:
        visible = min(size, n_slots)
        for a in range(visible):
            theta[a] = attention[slots[a]]
            shown[a] = 1.0
        for a in range(visible, size):
            items[a] = NONE
        return visible
    a = 0
    visible = 0
    while a < size and a < n_slots:
        end = a + 1
        while end < size and scores[end] == scores[a]:
            end += 1
        weight = 0.0
        for slot in range(a, min(end, n_slots)):
            weight += attention[slots[slot]]
        share = (min(end, n_slots) - a) / (end - a)
        for b in range(a, end):
            theta[b] = weight / (end - a)
            shown[b] = share
        a = end
        visible = end
    for b in range(visible, size):
        items[b] = NONE
    return visible


@kernel
def explore_slots(items, theta, shown, count, pool, pool_start, explore, starts, attention, explore_at):
    """Put the drawn newcomers into their slots. ``starts`` holds one uniform per page. Changes the pages in place."""
    for page in range(items.shape[0]):
        m = pool_start[page + 1] - pool_start[page]
        if explore[page] == 0:
            continue
        start = min(int(starts[page] * m), m - 1)
        for e in range(explore[page]):
            at = count[page] + e
            items[page, at] = pool[pool_start[page] + (start + e) % m]
            theta[page, at] = attention[explore_at[e]]
            shown[page, at] = 1.0
        count[page] += explore[page]
