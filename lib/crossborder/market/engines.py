"""Three engines, one law: what differs is only how a day's sessions become counts."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from crossborder.errors import EngineError
from crossborder.i18n import _
from crossborder.market import pages as paging
from crossborder.market import sessions as walking
from crossborder.market import settlement
from crossborder.market.arrays import Arrays
from crossborder.market.draws import poisson_counts
from crossborder.market.keys import ARRIVALS, EXPLORE, TIES, fold_key, uniforms
from crossborder.market.protocols import Policy, SlateStage
from crossborder.market.tastes import Tastes
from crossborder.market.view import View

_NO_SLOTS = np.empty(0, np.int64)


class Counts(NamedTuple):
    """A day before settlement: each (country-segment x listing); ``sessions`` (country x segment x query); surplus."""

    sessions: np.ndarray
    impressions: np.ndarray
    clicks: np.ndarray
    wants: np.ndarray
    surplus_usd: np.ndarray


class Engine:
    """What the engines share: pages from scores, utilities, settlement."""

    dtype: type = np.int64
    ties_share = False

    def __init__(self, arrays: Arrays, policy: Policy, stages: Sequence[SlateStage]) -> None:
        self.arrays, self.policy, self.stages = arrays, policy, tuple(stages)
        self._check()
        law = arrays.market.law
        self.attention = law.attention
        slots = len(self.attention)
        taken = np.array([slot for stage in self.stages for slot in stage.slots], dtype=np.int64)
        if len(set(taken.tolist())) < len(taken) or (len(taken) and (taken.min() < 0 or taken.max() >= slots)):
            raise EngineError(_("Stages must fill different slots of the page's {slots}.").format(slots=slots))
        free = np.setdiff1d(np.arange(slots), taken)
        kept = min(max(round(policy.explore_share * slots), 1), len(free)) if policy.explore_share > 0 else 0
        # Exploration slots are spread evenly over the page: neither hidden at its end nor all at its top.
        self.explore_at = free[(np.arange(kept) + 1) * len(free) // (kept + 1)] if kept else _NO_SLOTS
        self.pin_at = taken
        self.rates = (law.cart_share, law.cart_return_rate, law.cart_drop_rate, law.extra_unit_share, law.review_share)
        n_rows = arrays.n_segments if policy.personal_weight > 0 else 1
        c, s, q = np.meshgrid(
            np.arange(arrays.n_countries), np.arange(n_rows), np.arange(arrays.n_queries), indexing="ij"
        )
        self.country_of, self._row_of, self.query_of = c.ravel(), (c * n_rows + s).ravel(), q.ravel()
        self._page_keys = arrays.cell_keys[c, s, q].ravel()
        page = np.arange(c.size).reshape(c.shape)
        self.page_of = np.repeat(page, arrays.n_segments // n_rows, axis=1)
        slope = arrays.order_slope.ravel()
        self._order_slope = np.where(slope > 0, slope, np.nan)

    def _check(self) -> None:
        if self.arrays.market.law.taste_spread > 0:
            raise EngineError(
                _(
                    "This engine treats the shoppers of a segment alike, but taste_spread is {spread}: "
                    "use engine='individual' or set taste_spread to 0."
                ).format(spread=self.arrays.market.law.taste_spread)
            )

    def country_scores(self, view: View) -> np.ndarray:
        """The policy's scores, one row per country, without anybody's taste."""
        return np.array(
            np.broadcast_to(self.policy.scores(view), (self.arrays.n_countries, self.arrays.n)), dtype=float, order="C"
        )

    def scores(self, view: View) -> np.ndarray:
        """Scores per page row: one per country, or per country and segment where the policy is personal."""
        scores = self.country_scores(view)
        if self.policy.personal_weight > 0:
            match = np.exp(self.policy.personal_weight * self.arrays.taste)
            scores = (scores[:, None, :] * match[None, :, :]).reshape(-1, self.arrays.n)
        return scores

    def pages(self, view: View, open_: np.ndarray, day_key: np.uint64) -> tuple:
        """The day's pages as the kernels take them."""
        a = self.arrays
        newcomer = open_ & (view.age_days <= self.policy.newcomer_days) if len(self.explore_at) else np.zeros(a.n, bool)
        items, theta, shown, count, pool, pool_start, explore = paging.rank_pages(
            self.scores(view), self._row_of, np.tile(open_, (a.n_countries, 1)), self.country_of, self.query_of,
            a.query_start, a.query_members, newcomer, a.store, a.n_stores, self.attention, self.explore_at,
            self.pins(view), self.pin_at, self.policy.per_store, self.ties_share, fold_key(day_key, TIES),
            self._page_keys, a.entity,
        )  # fmt: skip
        if len(self.explore_at) and not self.ties_share:
            starts = uniforms(fold_key(day_key, EXPLORE), self._page_keys)
            paging.explore_slots(
                items, theta, shown, count, pool, pool_start, explore, starts, self.attention, self.explore_at
            )
        return items, theta, shown, count, pool, pool_start, explore, self.attention, self.explore_at

    def pins(self, view: View) -> np.ndarray:
        """What the stages put into their slots, pages x slots; NONE leaves a slot to the ranking."""
        pins = np.full((len(self.query_of), len(self.pin_at)), paging.NONE, np.int64)
        if len(self.pin_at):
            active = view.active
            for page, (country, query) in enumerate(zip(self.country_of, self.query_of, strict=True)):
                chosen = [i for stage in self.stages for i in stage.choose(view, int(country), int(query))]
                if len(chosen) != len(self.pin_at):
                    raise EngineError(
                        _("A stage must choose one listing, or -1, for each of its slots; got {n} for {slots}.").format(
                            n=len(chosen), slots=len(self.pin_at)
                        )
                    )
                for at, i in enumerate(chosen):
                    if i >= 0 and active[i] and i not in pins[page, :at]:  # nobody is shown twice on one page
                        pins[page, at] = i
        return pins

    def arrive(self, mean: np.ndarray, day_key: np.uint64) -> np.ndarray:
        """Sessions per cell: Poisson, by inversion, so that two policies meet the same crowd."""
        cells = self.arrays.cell_keys.ravel()
        return poisson_counts(fold_key(day_key, ARRIVALS), cells, mean.ravel()).reshape(mean.shape)

    def blank(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Empty tables for a day."""
        rows = self.arrays.n_countries * self.arrays.n_segments
        return (*(np.zeros((rows, self.arrays.n), self.dtype) for _table in range(3)), np.zeros(rows))  # type: ignore[return-value]

    def in_usd(self, surplus: np.ndarray) -> np.ndarray:
        """Reference prices times ln(1 + exp(v)) over the order slope: dollars, or NaN where price does not matter."""
        return surplus / self._order_slope

    def day(self, view: View, mean: np.ndarray, open_: np.ndarray, day_key: np.uint64) -> Counts:
        """The sessions of one day."""
        raise TypeError("an engine says how a day's sessions become counts")

    def settle(
        self, day: int, day_key: np.uint64, wants: np.ndarray, carts: np.ndarray, stock: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Orders, units, disputes and reviews of one day: per listing (rows as in settlement.py), and orders by row."""
        out: np.ndarray = np.zeros((self.arrays.n, 9), self.dtype)
        by_row = np.zeros_like(wants)
        a = self.arrays
        settlement.settle_draws(
            day,
            day_key,
            a.row_keys,
            a.entity,
            wants,
            carts,
            stock,
            self.rates,
            a.late_share,
            a.dispute_share,
            a.star_shares,
            out,
            by_row,
        )
        return out.T, by_row

    def credit(self, orders_by_row: np.ndarray, day_key: np.uint64, customers: np.ndarray, fans: np.ndarray) -> None:
        """Add the day's new customers and fans to the stocks."""
        law, exact = self.arrays.market.law, self.dtype is np.int64
        settlement.customers_of_stores(
            orders_by_row, self.arrays.store, day_key, self.arrays.row_keys, self.arrays.store_entity,
            law.new_customer_share, law.fan_share, exact, customers, fans,
        )  # fmt: skip


class ExpectedEngine(Engine):
    """Probabilities times sessions: no luck, exact while history is frozen and scores differ.

    Equal scores share slots: attention is averaged before the logit, which leaves each of them within a few percent of
    the mean of draws. Where they also compete for a store's cap or a newcomer's turn, the run's key decides among them.
    """

    dtype = np.float64
    ties_share = True

    def day(self, view: View, mean: np.ndarray, open_: np.ndarray, day_key: np.uint64) -> Counts:
        a = self.arrays
        impressions, clicks, wants, surplus = self.blank()
        click, order, relative = a.utilities(view.rating, view.day)
        walking.expected_sessions(
            mean, self.page_of, self.pages(view, open_, day_key), click, order, relative, a.reference_usd, a.taste,
            a.click_slope, a.order_slope, impressions, clicks, wants, surplus,
        )  # fmt: skip
        return Counts(mean, impressions, clicks, wants, self.in_usd(surplus))

    def settle(
        self, day: int, day_key: np.uint64, wants: np.ndarray, carts: np.ndarray, stock: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        out, by_row = np.zeros((self.arrays.n, 9)), np.zeros_like(wants)
        a = self.arrays
        settlement.settle_expected(
            wants, carts, stock, self.rates, a.late_share, a.dispute_share, a.mean_stars, out, by_row
        )
        return out.T, by_row


class AggregateEngine(Engine):
    """One multinomial per cell: the law of walking every session, at a cost that does not grow with their number."""

    def day(self, view: View, mean: np.ndarray, open_: np.ndarray, day_key: np.uint64) -> Counts:
        a = self.arrays
        sessions = self.arrive(mean, day_key)
        impressions, clicks, wants, surplus = self.blank()
        click, order, relative = a.utilities(view.rating, view.day)
        walking.aggregate_sessions(
            sessions, self.page_of, self.pages(view, open_, day_key), click, order, relative, a.reference_usd, a.taste,
            a.click_slope, a.order_slope, day_key, a.cell_keys, a.entity, impressions, clicks, wants, surplus,
        )  # fmt: skip
        return Counts(sessions, impressions, clicks, wants, self.in_usd(surplus))


class IndividualEngine(Engine):
    """Every session on its own; the only engine for tastes that differ inside a segment."""

    def __init__(self, arrays: Arrays, policy: Policy, stages: Sequence[SlateStage]) -> None:
        super().__init__(arrays, policy, stages)
        self._tastes = Tastes(arrays) if arrays.market.law.taste_spread > 0 else None

    def _check(self) -> None:
        """Walks any market and any policy."""

    def day(self, view: View, mean: np.ndarray, open_: np.ndarray, day_key: np.uint64) -> Counts:
        a = self.arrays
        sessions = self.arrive(mean, day_key)
        impressions, clicks, wants, surplus = self.blank()
        click, order, relative = a.utilities(view.rating, view.day)
        if self._tastes is not None:
            self._tastes.walk(
                self, view, sessions, open_, day_key, (click, order, relative), (impressions, clicks, wants)
            )
            walking.sum_surplus(clicks, order, relative, a.reference_usd, a.order_slope, surplus)
            return Counts(sessions, impressions, clicks, wants, self.in_usd(surplus))
        pages = self.pages(view, open_, day_key)
        walking.count_impressions(sessions, self.page_of, pages, impressions)
        walking.individual_sessions(
            sessions, walking.chunk_cells(sessions, walking.CHUNK), self.page_of, pages, click, order, relative,
            a.taste, a.click_slope, a.order_slope, day_key, a.cell_keys, a.entity, clicks, wants,
        )  # fmt: skip
        walking.sum_surplus(clicks, order, relative, a.reference_usd, a.order_slope, surplus)
        return Counts(sessions, impressions, clicks, wants, self.in_usd(surplus))


ENGINES = {"expected": ExpectedEngine, "aggregate": AggregateEngine, "individual": IndividualEngine}
