"""Pages against a few lines of NumPy: the best by score, the cap of a store, pins, newcomers' turns, ties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from crossborder.errors import EngineError

quick = settings(max_examples=60, deadline=None, derandomize=True)


def slate(pages, page: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Listings of a page and the attention each has."""
    n = pages.count[page]
    return pages.items[page, :n], pages.theta[page, :n]


def by_slot(pages, page: int = 0) -> list[int]:
    """The listing in each slot; -1 where a slot is empty. Fails where two share one."""
    items, theta = slate(pages, page)
    out = [-1] * len(pages.attention)
    for item, weight in zip(items, theta, strict=True):
        slot = int(np.flatnonzero(pages.attention == weight)[0])
        assert out[slot] == -1
        out[slot] = int(item)
    return out


def greedy(score: np.ndarray, allowed: np.ndarray, store: np.ndarray, per_store: int) -> list[int]:
    """Walk down the scores and take what its store may still show."""
    taken: list[int] = []
    for i in np.argsort(-score, kind="stable"):
        if allowed[i] and (per_store == 0 or sum(store[j] == store[i] for j in taken) < per_store):
            taken.append(int(i))
    return taken


@st.composite
def worlds(draw):
    n = draw(st.integers(1, 30))
    slots = draw(st.integers(1, 12))
    return {
        "n": n,
        "slots": slots,
        "scores": draw(st.permutations(range(1, n + 1))),
        "n_stores": draw(st.integers(1, n)),
        "per_store": draw(st.integers(0, 3)),
        "young": draw(st.lists(st.booleans(), min_size=n, max_size=n)),
        "closed": draw(st.lists(st.sampled_from([False, False, False, True]), min_size=n, max_size=n)),
        "explore": draw(st.sampled_from([0.0, 0.1, 0.3, 0.9])),
        "pins": draw(
            st.lists(st.tuples(st.integers(0, slots - 1), st.integers(-1, n - 1)), max_size=3, unique_by=lambda p: p[0])
        ),
    }  # fmt: skip


def built(world, known_market, fixed, pin, morning, engine):
    market = known_market(
        world["n"], n_slots=world["slots"], n_stores=world["n_stores"], ages=np.where(world["young"], 5, 400),
        listings={"stock_units": np.where(world["closed"], 0, 1000)},
    )  # fmt: skip
    rule = fixed(world["scores"], explore_share=world["explore"], per_store=world["per_store"])
    return morning(market, rule, engine, tuple(pin(*place) for place in world["pins"]))


@quick
@given(world=worlds())
def test_every_page_is_what_a_few_lines_of_numpy_give(world, known_market, fixed, pin, morning):
    today = built(world, known_market, fixed, pin, morning, "aggregate")
    pages = today.pages(replicate=3)
    score, store, k = np.array(world["scores"]), today.arrays.store, world["slots"]
    open_ = ~np.array(world["closed"])
    pinned: dict[int, int] = {}
    for slot, i in world["pins"]:
        if i >= 0 and open_[i] and i not in pinned.values():
            pinned[slot] = i
    allowed = open_ & ~np.isin(np.arange(len(score)), list(pinned.values()))
    wanted = min(len(pages.explore_at), k)
    order = greedy(score, allowed, store, world["per_store"])
    ranked = order[: k - wanted - len(pinned)]
    pool = [i for i in range(len(score)) if allowed[i] and world["young"][i] and i not in ranked]
    shown = by_slot(pages)
    assert all(shown[slot] == i for slot, i in pinned.items())
    explored_at = [int(slot) for slot in pages.explore_at[: min(wanted, len(pool))]]
    explored = [shown[slot] for slot in explored_at]
    assert set(explored) <= set(pool) and len(set(explored)) == min(wanted, len(pool))
    left = [slot for slot in range(k) if slot not in pinned and slot not in explored_at]
    if len(pool) < wanted:  # the pool is shown whole, so what it holds leaves the ranking
        order = [i for i in order if i not in pool]
    wished = order[: len(left)]
    assert [shown[slot] for slot in left] == wished + [-1] * (len(left) - len(wished))
    items, _theta = slate(pages)
    assert len(set(items.tolist())) == len(items)


@quick
@given(world=worlds())
def test_without_ties_the_expected_page_is_the_drawn_one(world, known_market, fixed, pin, morning):
    drawn = built(world, known_market, fixed, pin, morning, "aggregate").pages(replicate=1)
    expected = built(world, known_market, fixed, pin, morning, "expected").pages(replicate=2)
    n, explored = expected.count[0], expected.explore[0]
    assert drawn.count[0] == n + explored == drawn.count[0]
    np.testing.assert_array_equal(drawn.items[0, :n], expected.items[0, :n])
    np.testing.assert_array_equal(drawn.theta[0, :n], expected.theta[0, :n])
    assert (expected.shown[0, :n] == 1).all()
    assert set(drawn.items[0, n : n + explored]) <= set(expected.pool.tolist())


def test_a_page_takes_its_query_only_and_the_feed_takes_all(small, fixed, morning):
    today = morning(small, fixed(np.arange(small.n_listings)), "aggregate")
    pages, a = today.pages(), today.arrays
    for page, query in enumerate(today.walker.query_of):
        items, _theta = slate(pages, page)
        mine = np.arange(a.n) if query == a.n_categories else np.flatnonzero(a.category == query)
        assert items.tolist() == sorted(mine[today.open[mine]], reverse=True)[: len(pages.attention)]


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5])
def test_each_newcomer_has_the_same_chance(share, known_market, fixed, morning):
    market = known_market(30, n_slots=8, ages=np.where(np.arange(30) < 13, 5, 400))
    today = morning(market, fixed(np.arange(30), explore_share=share), "aggregate")
    wanted, runs = max(1, round(share * 8)), 2600
    seen = np.zeros(30)
    for replicate in range(runs):
        pages = today.pages(replicate)
        seen += np.isin(np.arange(30), slate(pages)[0])
    assert (seen[13:22] == 0).all() and seen[:13].sum() == wanted * runs
    # They take turns in a circle: each of the 13 starts is as likely, and a start shows ``wanted`` neighbours.
    turns = np.array([[(newcomer - start) % 13 < wanted for start in range(13)] for newcomer in range(13)], float)
    starts = np.rint(np.linalg.solve(turns, seen[today.pages().pool[:13]]))
    assert stats.chisquare(starts).pvalue > 1e-4


def test_expected_newcomers_share_their_slots_exactly(known_market, fixed, morning):
    market = known_market(30, n_slots=8, ages=np.where(np.arange(30) < 13, 5, 400))
    counts = morning(market, fixed(np.arange(30), explore_share=0.25), "expected").day(sessions=1300)
    np.testing.assert_allclose(counts.impressions[0, :13], 200.0, rtol=1e-12)
    np.testing.assert_allclose(counts.impressions[0, 24:], 1300.0)
    assert counts.impressions.sum() == pytest.approx(1300 * 8)


def test_equal_scores_are_put_in_random_order_by_the_draws(known_market, fixed, morning):
    today = morning(known_market(9, n_slots=3), fixed(1.0), "aggregate")
    first = np.zeros((9, 3))
    for replicate in range(2700):
        first[by_slot(today.pages(replicate)), [0, 1, 2]] += 1
    assert stats.chisquare(first.ravel()).pvalue > 1e-4


def test_equal_scores_share_slots_in_the_expected_engine(known_market, fixed, morning):
    scores = [9, 5, 5, 5, 2, 1]
    pages = morning(known_market(6, n_slots=3), fixed(scores), "expected").pages()
    items, theta = slate(pages)
    attention = pages.attention
    assert items[0] == 0 and set(items[1:].tolist()) == {1, 2, 3}
    np.testing.assert_allclose(theta, [attention[0], *[(attention[1] + attention[2]) / 3] * 3])
    np.testing.assert_allclose(pages.shown[0, :4], [1, 2 / 3, 2 / 3, 2 / 3])


@pytest.mark.parametrize("n", [40, 600])
def test_however_many_tie_their_shares_are_equal_and_sum_to_the_slots(n, known_market, fixed, morning):
    market = known_market(n, n_slots=5, appeal=0.0, prices=10.0)
    for replicate in (0, 1):
        counts = morning(market, fixed(1.0), "expected", seed=replicate).day(sessions=1000)
        np.testing.assert_allclose(counts.impressions[0], 5000 / n, rtol=1e-12)
        np.testing.assert_allclose(counts.clicks[0], counts.clicks.sum() / n, rtol=1e-12)


def test_a_pin_has_its_slot_and_no_other(known_market, fixed, pin, morning):
    today = morning(known_market(6, n_slots=4), fixed([6, 5, 4, 3, 2, 1]), "aggregate", (pin(1, 5), pin(3, 0)))
    assert by_slot(today.pages()) == [1, 5, 2, 0]


def test_a_listing_pinned_twice_is_shown_once(known_market, fixed, pin, morning):
    today = morning(known_market(6, n_slots=4), fixed([6, 5, 4, 3, 2, 1]), "aggregate", (pin(1, 5), pin(3, 5)))
    assert by_slot(today.pages()) == [0, 5, 1, 2]


def test_an_empty_or_closed_pin_leaves_its_slot_to_the_ranking(known_market, fixed, pin, morning):
    market = known_market(6, n_slots=4, listings={"stock_units": [9, 9, 9, 9, 9, 0]})
    today = morning(market, fixed([6, 5, 4, 3, 2, 1]), "aggregate", (pin(1, -1), pin(3, 5)))
    assert by_slot(today.pages()) == [0, 1, 2, 3]


def test_stages_that_want_one_slot_twice_or_one_outside_are_refused(known_market, fixed, pin, morning):
    for stages in ((pin(1, 2), pin(1, 3)), (pin(4, 2),), (pin(-1, 2),)):
        with pytest.raises(EngineError, match="Stages must fill different slots of the page's 4"):
            morning(known_market(6, n_slots=4), fixed(1.0), "aggregate", stages)


def test_a_stage_that_chooses_too_few_is_refused(known_market, fixed, morning):
    class Hasty:
        slots = (0, 1)

        def choose(self, view, country, query):
            return (3,)

    with pytest.raises(EngineError, match="one listing, or -1, for each of its slots; got 1 for 2"):
        morning(known_market(6, n_slots=4), fixed(1.0), "aggregate", (Hasty(),)).pages()


@pytest.mark.parametrize("engine", ["aggregate", "expected"])
def test_more_exploration_than_free_slots_fills_each_slot_once(engine, known_market, fixed, pin, morning):
    market = known_market(40, n_slots=10, ages=np.where(np.arange(40) < 20, 5, 400))
    stages = tuple(pin(slot, 39 - slot) for slot in range(0, 10, 2))
    counts = morning(market, fixed(np.arange(40), explore_share=0.9), engine, stages).day(sessions=100)
    assert counts.impressions.sum() == pytest.approx(1000)
    assert counts.impressions.max() <= 100 + 1e-9
    everywhere = morning(market, fixed(1.0, explore_share=0.5), engine, tuple(pin(s, s) for s in range(10))).day(
        sessions=100
    )
    assert everywhere.impressions[0].tolist() == [100.0] * 10 + [0.0] * 30


def test_turns_and_ties_do_not_depend_on_the_order_of_rows(known_market, fixed, morning):
    market = known_market(30, n_slots=8, ages=np.where(np.arange(30) % 2, 5, 400))
    shuffled = np.random.default_rng(1).permutation(30)
    other = market.replace(listings=market.listings.iloc[shuffled].reset_index(drop=True))
    for replicate in range(20):
        names = []
        for world in (market, other):
            shown = by_slot(morning(world, fixed(1.0, explore_share=0.3), "aggregate").pages(replicate))
            names.append(world.listings["listing_id"].iloc[shown].tolist())
        assert names[0] == names[1]
