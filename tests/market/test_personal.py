"""Personal slates against a plain NumPy ranking of every session."""

import numpy as np
import pytest

from crossborder.errors import EngineError
from crossborder.market import keys, make_market, simulate_market
from crossborder.market.arrays import Arrays
from crossborder.market.arrivals import Arrivals
from crossborder.market.engines import ENGINES
from crossborder.market.history import History
from crossborder.market.tastes import N_PROFILES
from crossborder.market.view import View
from crossborder.ranking import policy

WHOLE = 2**64
GOLDEN = 0x9E3779B97F4A7C15


@pytest.fixture(scope="module")
def market():
    return make_market(n_stores=120, sessions_per_day=150).with_law(
        taste_spread=1.0, taste_effect=1.0, feed_share=0.3, n_slots=10
    )


def session_key(cell_key, session):
    z = (int(cell_key) + (session + 1) * GOLDEN) % WHOLE
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) % WHOLE
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) % WHOLE
    return np.uint64(z ^ (z >> 31))


def best_slate(scores, store, per_store, slots):
    slate, used = [], {}
    for i in np.argsort(-scores, kind="stable"):
        if per_store and used.get(store[i], 0) >= per_store:
            continue
        used[store[i]] = used.get(store[i], 0) + 1
        slate.append(i)
        if len(slate) == slots:
            break
    return slate


@pytest.mark.parametrize(
    "formula", ["conversion * rating | personal(1)", "conversion * rating | per_store(1) | personal(0.7)"]
)
def test_every_session_sees_its_own_exact_best(market, formula):
    rules = policy(formula)
    arrays = Arrays(market)
    engine = ENGINES["individual"](arrays, rules, ())
    view = View(0, arrays, History(arrays.market.history, np.int64))
    day_key = keys.day_key(keys.run_key(0), 0)
    counts = engine.day(view, Arrivals(arrays.market).mean(0), arrays.active(0), day_key)
    score = np.log(rules.scores(view))
    panel = engine._tastes._panel
    wanted = np.zeros_like(counts.impressions)
    for c, s, q in np.ndindex(counts.sessions.shape):
        row = c * arrays.n_segments + s
        cell_key = keys.fold_key(keys.fold_key(day_key, keys.CELL), arrays.cell_keys[c, s, q])
        mine = arrays.query_members[arrays.query_start[q] : arrays.query_start[q + 1]]
        for session in range(counts.sessions[c, s, q]):
            profile = int(keys.fold_key(session_key(cell_key, session), keys.TASTE)) % N_PROFILES
            like = market.tastes[mine] @ panel[s, profile]
            slate = best_slate(score[mine] + rules.personal_weight * like, arrays.store[mine], rules.per_store, 10)
            wanted[row, mine[slate]] += 1
    assert counts.sessions.sum() > 100
    assert (wanted == counts.impressions).all()


def test_newcomers_keep_their_slots_beside_personal_ones(market):
    run = simulate_market(
        market, policy("conversion * rating | explore(0.2) | personal(1)"), days=3, engine="individual"
    )
    assert (run.platform["impressions"] <= 10 * run.platform["sessions"]).all()
    young = (market.starts_on - market.listings["first_listed"].dt.date.max()).days
    assert young <= 30
    age = (np.datetime64(market.starts_on) - market.listings["first_listed"].to_numpy("datetime64[D]")).astype(int)
    shown = run.daily["impressions"][:, : market.n_listings].sum(axis=0)
    assert shown[age <= 27].sum() / shown.sum() == pytest.approx(0.2, abs=0.1)


def test_personal_ranking_serves_tastes_better(market):
    plain, own = (
        simulate_market(market, policy(f"conversion * rating{rule}"), days=10, engine="individual")
        .platform["clicks"]
        .sum()
        for rule in ("", " | personal(1)")
    )
    assert own > 1.15 * plain


@pytest.mark.parametrize("engine", ["expected", "aggregate"])
def test_the_other_engines_say_that_they_cannot_walk_such_shoppers(market, engine):
    with pytest.raises(EngineError, match="engine='individual'"):
        simulate_market(market, policy("conversion"), days=1, engine=engine)
