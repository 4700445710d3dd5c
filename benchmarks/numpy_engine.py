"""All features on in vectorised NumPy: the library's day with every compiled kernel replaced by array programmes.

What is NumPy in the library anyway (scores from statistics, utilities, windows of history, the diary) is used as it is,
so both follow the same rules and leave the same kind of run behind. Sessions are walked in one of two ways: one uniform
a session looked up in its cell's distribution, or one keyed shock per (session, listing) as in the library.
"""

import numpy as np
from peers.numpy_shocks import GOLDEN, mix, race, uniform

from crossborder.market.engines import Counts, Engine
from crossborder.market.keys import EXPLORE, fold_key
from crossborder.market.pages import NONE

BATCH = 8192


class NumpyEngine(Engine):
    """The individual engine's rules without a compiled kernel. Caps per store and stages are not needed here."""

    def _check(self) -> None:
        self._unique = np.random.default_rng(5)

    def pages(self, view, open_, day_key):
        a, k = self.arrays, len(self.attention)
        scores = self.country_scores(view)
        newcomer = open_ & (view.age_days <= self.policy.newcomer_days)
        n_pages, wanted = len(self.query_of), len(self.explore_at)
        items = np.full((n_pages, k), NONE, np.int64)
        theta, count = np.zeros((n_pages, k)), np.zeros(n_pages, np.int64)
        ranked_at = np.setdiff1d(np.arange(k), self.explore_at)
        starts = np.random.default_rng(int(fold_key(day_key, EXPLORE))).random(n_pages)
        for page in range(n_pages):
            q = self.query_of[page]
            mine = a.query_members[a.query_start[q] : a.query_start[q + 1]]
            mine = mine[open_[mine]]
            score = scores[self.country_of[page], mine]
            if len(mine) > k:
                best = np.argpartition(-score, k)[:k]
                best = mine[best[np.argsort(-score[best])]]
            else:
                best = mine[np.argsort(-score)]
            ranked = best[: k - wanted]
            pool = mine[newcomer[mine]]
            pool = pool[~np.isin(pool, ranked)]
            n_new = min(wanted, len(pool))
            slots = ranked_at if n_new == wanted else np.setdiff1d(np.arange(k), self.explore_at[:n_new])
            ranked = best[: len(slots)]
            fresh = pool[(int(starts[page] * len(pool)) + np.arange(n_new)) % len(pool)] if n_new else pool[:0]
            shown = np.concatenate([ranked, fresh])
            items[page, : len(shown)] = shown
            theta[page, : len(shown)] = self.attention[np.concatenate([slots[: len(ranked)], self.explore_at[:n_new]])]
            count[page] = len(shown)
        return items, theta, count

    def arrive(self, mean, day_key):
        return np.random.default_rng(int(day_key)).poisson(mean)

    def day(self, view, mean, open_, day_key):
        a = self.arrays
        sessions = self.arrive(mean, day_key)
        impressions, clicks, wants, surplus = self.blank()
        click, order, relative = a.utilities(view.rating, view.day)
        items, theta, count = self.pages(view, open_, day_key)
        self._draw = np.random.default_rng(int(day_key) ^ 1)
        for c in range(sessions.shape[0]):
            for s in range(sessions.shape[1]):
                row = c * a.n_segments + s
                for q in range(sessions.shape[2]):
                    page, n = self.page_of[c, s, q], sessions[c, s, q]
                    shown = items[page, : count[page]]
                    r = relative[c, shown]
                    weight = theta[page, : len(shown)] * np.exp(
                        click[c, shown] + a.taste[s, shown] - a.click_slope[c, s] * r
                    )
                    v = order[c, shown] - a.order_slope[c, s] * r
                    got, bought = self.walk(
                        n, weight, 1.0 / (1.0 + np.exp(-v)), a.entity[shown], fold_key(day_key, a.cell_keys[c, s, q])
                    )
                    impressions[row, shown] += n
                    clicks[row, shown] += got
                    wants[row, shown] += bought
                    surplus[row] += (got * np.log1p(np.exp(v)) * a.reference_usd[shown]).sum()
        return Counts(sessions, impressions, clicks, wants, self.in_usd(surplus))

    def walk(self, n, weight, want, entity, key):
        """Clicks and wants by slot of ``n`` sessions: one uniform each for the click."""
        k, draw = len(weight), self._draw
        slot = np.searchsorted(np.cumsum(weight) / (1.0 + weight.sum()), draw.random(n), side="right")
        slot = slot[slot < k]
        wanted = slot[draw.random(len(slot)) < want[slot]]
        return np.bincount(slot, minlength=k), np.bincount(wanted, minlength=k)

    def settle(self, day, day_key, wants, carts, stock):
        a, draw = self.arrays, self._draw
        cart, cart_return, cart_drop, extra_unit, review = self.rates
        out = np.zeros((9, a.n), np.int64)
        asked = wants.copy()
        if cart > 0 or carts.any():
            returning = draw.binomial(carts, cart_return)
            dropped = draw.binomial(carts - returning, cart_drop)
            put = draw.binomial(wants, cart)
            carts += put - returning - dropped
            out[0], out[1] = put.sum(axis=0), dropped.sum(axis=0)
            asked += returning - put
        turn = (np.arange(len(asked)) + day) % len(asked)
        before = np.cumsum(asked[turn], axis=0) - asked[turn]
        orders_by_row = np.empty_like(asked)
        orders_by_row[turn] = np.clip(stock - before, 0, asked[turn])
        orders = orders_by_row.sum(axis=0)
        stock -= orders
        extra = np.minimum(draw.binomial(orders, extra_unit), stock)
        stock -= extra
        out[2], out[3], out[4] = orders, asked.sum(axis=0) - orders, orders + extra
        out[5], out[6] = draw.binomial(orders, a.late_share), draw.binomial(orders, a.dispute_share)
        out[7] = left = draw.binomial(orders, review)
        for star in range(4):
            got = draw.binomial(left, a.star_shares[:, star])
            out[8] += got * (star + 1)
            left = left - got
        out[8] += left * 5
        return out, orders_by_row

    def credit(self, orders_by_row, day_key, customers, fans):
        law, draw = self.arrays.market.law, self._draw
        row, i = np.nonzero(orders_by_row)
        orders, at = orders_by_row[row, i], (row, self.arrays.store[i])
        np.add.at(customers, at, draw.binomial(orders, law.new_customer_share))
        np.add.at(fans, at, draw.binomial(orders, law.fan_share))


class NumpyShockEngine(NumpyEngine):
    """The same with the library's keyed shock per (session, listing)."""

    def walk(self, n, weight, want, entity, key):
        k = len(weight)
        salt = (entity >> np.uint64(32)).astype(np.uint32)
        got, bought = np.zeros(k, np.int64), np.zeros(k, np.int64)
        with np.errstate(over="ignore"):
            for first in range(0, n, BATCH):
                keys = mix(key + np.arange(first + 1, min(first + BATCH, n) + 1).astype(np.uint64) * GOLDEN)
                winner = race(keys, weight, salt)
                who = np.flatnonzero(winner >= 0)
                slot = winner[who]
                got += np.bincount(slot, minlength=k)
                wanted = uniform(mix(keys[who] + (entity[slot] + np.uint64(1)) * GOLDEN)) < want[slot]
                bought += np.bincount(slot[wanted], minlength=k)
        return got, bought
