"""Shoppers of one segment who differ: a panel of taste profiles, and the walk of their sessions."""

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from crossborder.market import personal, shortlist
from crossborder.market.pages import NONE
from crossborder.market.sessions import chunk_cells
from crossborder.market.world import N_TASTES

if TYPE_CHECKING:
    from crossborder.market.arrays import Arrays
    from crossborder.market.engines import Engine
    from crossborder.market.view import View

N_PROFILES = 8192
N_BLOCKS = 8
_MANY_CELLS = 200_000


@lru_cache(maxsize=4)
def _differences(n_segments: int) -> np.ndarray:
    """How each profile differs from its segment: standard normal in each direction, the same in every run."""
    return np.random.default_rng(0x7A57E).standard_normal((n_segments, N_PROFILES, N_TASTES))


class Tastes:
    """A segment's taste plus ``taste_spread`` times a standard normal in each direction, for 8,192 profiles a segment.

    The profiles belong to the market, not to the run: two policies and all replicates meet the same people.
    """

    def __init__(self, arrays: "Arrays") -> None:
        self._arrays = arrays
        market = arrays.market
        apart = market.law.taste_spread * _differences(arrays.n_segments)
        self._panel = (market.segment_tastes[:, None, :] + apart).astype(np.float32)
        self._tastes = market.tastes.astype(np.float32)
        self._tiles, self._place, self._tile_first = shortlist.tile_tastes(
            market.tastes, arrays.query_start, arrays.query_members
        )

    def walk(
        self, engine: "Engine", view: "View", sessions: np.ndarray, open_: np.ndarray, day_key: np.uint64,
        utilities: tuple[np.ndarray, np.ndarray, np.ndarray], counts: tuple[np.ndarray, np.ndarray, np.ndarray],
    ) -> None:  # fmt: skip
        """Walk a day's sessions and add impressions, clicks and wants to ``counts``."""
        a, policy = self._arrays, engine.policy
        click, order, relative = utilities
        pages = engine.pages(view, open_, day_key)
        explore = pages[6]
        pins = engine.pins(view) if len(engine.pin_at) else np.full((len(explore), 0), NONE, np.int64)
        if policy.personal_weight > 0:
            base = shortlist.tile_scores(
                engine.country_scores(view),
                open_,
                self._place,
                self._tile_first,
                engine.country_of,
                engine.query_of,
                pins,
            )
        else:
            base = np.zeros((1, 1, shortlist.TILE), np.float32)
        chunks = chunk_cells(sessions, personal.CHUNK)
        n_blocks = N_BLOCKS if counts[0].size <= _MANY_CELLS else 2
        blocks = np.linspace(0, len(chunks), min(n_blocks, max(len(chunks), 1)) + 1).astype(np.int64)
        personal.personal_sessions(
            sessions, chunks, blocks, engine.page_of, pages, base, self._tiles, self._place, self._tile_first,
            self._panel, policy.personal_weight, a.market.law.taste_effect, policy.per_store, a.store, pins,
            engine.pin_at, click, order, relative, a.click_slope, a.order_slope, day_key, a.cell_keys, a.entity,
            self._tastes, *counts,
        )  # fmt: skip
