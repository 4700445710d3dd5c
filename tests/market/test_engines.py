"""Three engines, one law: aggregate and individual agree in distribution, expected is the mean of both."""

import numpy as np
import pytest
from scipy import stats

from crossborder.errors import EngineError
from crossborder.market import simulate_market
from crossborder.market.attention import buyer_surplus_usd, click_probabilities, order_probabilities
from crossborder.ranking import policy

DRAWING = ("aggregate", "individual")
SESSIONS, DAYS = 200, 2000


@pytest.fixture(scope="module")
def page(known_market):
    """Ten listings on six slots: seen, ranked by their row, and large enough differences to matter."""
    return known_market(10, seed=3, n_slots=6, click_level=-1.0, conversion_at_reference=0.3)


@pytest.fixture(scope="module")
def theory(page):
    """Click and want probabilities of the first six listings, straight from the law."""
    law, listings = page.law, page.listings[:6]
    relative = listings["price_usd"].to_numpy() / 10.0 - 1.0
    u = law.click_level + listings["appeal"].to_numpy() - law.click_price_slope * relative
    return click_probabilities(u, law.attention), order_probabilities(
        law.order_level - law.order_price_slope * relative
    )


@pytest.fixture(scope="module")
def drawn(page, fixed, morning):
    """Clicks and wants of the ten listings on many days of exactly 200 sessions, for both drawing engines."""
    out = {}
    for engine in DRAWING:
        today = morning(page, fixed(-np.arange(10) + 20.0), engine)
        days = [today.day(replicate, SESSIONS) for replicate in range(DAYS)]
        out[engine] = {
            "impressions": np.array([d.impressions[0] for d in days]),
            "clicks": np.array([d.clicks[0] for d in days]),
            "wants": np.array([d.wants[0] for d in days]),
            "surplus": np.array([d.surplus_usd[0] for d in days]),
        }
    return out


def fits(counts: np.ndarray, law) -> float:
    """p-value of whole numbers against a distribution, rare values put together."""
    values = np.arange(counts.max() + 2)
    chance = law.pmf(values)
    seen = np.bincount(counts, minlength=len(values)).astype(float)
    keep = chance * len(counts) >= 8
    seen = np.append(seen[keep], len(counts) - seen[keep].sum())
    chance = np.append(chance[keep], 1 - chance[keep].sum())
    return stats.chisquare(seen, chance * len(counts)).pvalue


# --- the law of one page ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", DRAWING)
def test_what_is_shown_is_slots_times_sessions(drawn, engine):
    assert (drawn[engine]["impressions"][:, :6] == SESSIONS).all()
    assert (drawn[engine]["impressions"][:, 6:] == 0).all() and (drawn[engine]["clicks"][:, 6:] == 0).all()


@pytest.mark.parametrize("engine", DRAWING)
def test_clicks_of_a_listing_are_binomial(drawn, theory, engine):
    for slot, p in enumerate(theory[0]):
        assert fits(drawn[engine]["clicks"][:, slot], stats.binom(SESSIONS, p)) > 1e-4, slot


@pytest.mark.parametrize("engine", DRAWING)
def test_wants_of_a_listing_are_binomial(drawn, theory, engine):
    for slot, (p, q) in enumerate(zip(*theory, strict=True)):
        assert fits(drawn[engine]["wants"][:, slot], stats.binom(SESSIONS, p * q)) > 1e-4, slot


@pytest.mark.parametrize("engine", DRAWING)
def test_means_variances_and_covariances_are_the_multinomials(drawn, theory, engine):
    p, q = theory
    # Outcomes of a session: click without want, and want, for each slot.
    chance = np.concatenate([p * (1 - q), p * q])
    counts = np.hstack([drawn[engine]["clicks"][:, :6] - drawn[engine]["wants"][:, :6], drawn[engine]["wants"][:, :6]])
    mean, wished = counts.mean(axis=0), SESSIONS * chance
    wished_covariance = SESSIONS * (np.diag(chance) - np.outer(chance, chance))
    spread = np.sqrt(np.diag(wished_covariance))
    assert np.abs((mean - wished) / (spread / np.sqrt(DAYS))).max() < 4.5
    # The covariance of standardised counts, each entry with a standard error of about 1 / sqrt(days).
    z = (counts - wished) / spread
    found, wished_correlation = z.T @ z / DAYS, wished_covariance / np.outer(spread, spread)
    errors = np.array([[(z[:, a] * z[:, b]).std() for a in range(12)] for b in range(12)]) / np.sqrt(DAYS)
    assert np.abs((found - wished_correlation) / errors).max() < 5


def test_both_engines_have_one_joint_distribution(drawn):
    """Pooled outcomes, the whole table of clicks of the two best slots, and the energy distance of all counts."""
    a, b = drawn["aggregate"], drawn["individual"]
    pooled = np.array([np.append(x["clicks"].sum(axis=0)[:6], DAYS * SESSIONS - x["clicks"].sum()) for x in (a, b)])
    assert stats.chi2_contingency(pooled).pvalue > 1e-4
    pairs = [
        np.digitize(x["clicks"][:, :2], np.quantile(b["clicks"][:, 0], [0.2, 0.4, 0.6, 0.8])) @ [5, 1] for x in (a, b)
    ]
    tables = np.array([np.bincount(x, minlength=25) for x in pairs])
    assert stats.chi2_contingency(tables[:, tables.sum(axis=0) >= 10]).pvalue > 1e-4
    for name in ("clicks", "wants", "surplus"):
        total = [x[name].reshape(DAYS, -1).sum(axis=1) for x in (a, b)]
        assert stats.ks_2samp(*total).pvalue > 1e-4, name
    joint = [np.hstack([x["clicks"][:400, :6], x["wants"][:400, :6]]).astype(float) for x in (a, b)]
    assert energy_p_value(*joint) > 1e-3


def energy_p_value(x: np.ndarray, y: np.ndarray, shuffles: int = 200) -> float:
    """Permutation p-value of the energy distance between two samples of vectors (Szekely, Rizzo 2004)."""
    both = np.vstack([x, y]) / np.vstack([x, y]).std(axis=0).clip(min=1e-9)
    distance = np.sqrt(np.maximum(((both[:, None, :] - both[None, :, :]) ** 2).sum(axis=2), 0.0))
    random, n = np.random.default_rng(0), len(x)

    def energy(order):
        sign = np.where(np.arange(len(both)) < n, 1.0, -1.0)[np.argsort(order)]
        return -sign @ distance @ sign

    found = energy(np.arange(len(both)))
    return (1 + sum(energy(random.permutation(len(both))) >= found for _ in range(shuffles))) / (1 + shuffles)


def test_the_energy_test_sees_a_difference_where_there_is_one(drawn):
    """The same test, on counts whose law is 5 % off, says so: it is no rubber stamp."""
    a = drawn["aggregate"]["clicks"][:400, :6].astype(float)
    b = drawn["individual"]["clicks"][400:800, :6] * 1.05
    assert energy_p_value(a, b) < 0.01


def test_arrivals_are_poisson_and_the_same_in_both(known_market, fixed):
    market = known_market(3, sessions=40.0)
    came = {}
    for engine, worlds in (("aggregate", 500), ("individual", 50)):
        runs = [simulate_market(market, fixed(), days=1, engine=engine, rng=1, replicate=r) for r in range(worlds)]
        came[engine] = np.array([run.by_country["sessions"][0, 0] for run in runs])
    np.testing.assert_array_equal(came["aggregate"][:50], came["individual"])
    mean = 40.0 * 0.99  # a Wednesday
    assert fits(came["aggregate"], stats.poisson(mean)) > 1e-4


def test_runs_of_several_days_agree_in_distribution(known_market):
    """With history, reviews, carts, stock and customers in play, on one segment and a global ranking."""
    market = known_market(
        12, seed=5, sessions=150, n_slots=5, click_level=-1.0, conversion_at_reference=0.3, cart_share=0.3,
        return_visits_per_customer_day=0.05, listings={"stock_units": 30},
    )  # fmt: skip
    rule = policy("price * conversion * rating")
    found = {}
    for engine in DRAWING:
        runs = [
            simulate_market(market, rule, days=6, engine=engine, rng=7, replicate=2 * r + (engine == "individual"))
            for r in range(180)
        ]
        found[engine] = {
            "orders": [run.daily["orders"].sum() for run in runs],
            "gmv": [run.daily["gmv_cents"].sum() for run in runs],
            "best seller": [run.daily["orders"].sum(axis=0).max() for run in runs],
            "last day": [run.daily["clicks"][-1].sum() for run in runs],
            "stars": [run.daily["stars"].sum() for run in runs],
            "cancelled": [run.daily["cancelled"].sum() for run in runs],
            "carts": [run.carts.sum() for run in runs],
            "customers": [run.customers.sum() for run in runs],
        }
    for name in found["aggregate"]:
        assert stats.ks_2samp(found["aggregate"][name], found["individual"][name]).pvalue > 1e-4, name
        assert np.std(found["aggregate"][name]) > 0, name


# --- expected: the mean of both --------------------------------------------------------------------------------------


def test_expected_is_the_law_itself(page, theory, fixed, morning):
    counts = morning(page, fixed(-np.arange(10) + 20.0), "expected").day(sessions=SESSIONS)
    p, q = theory
    np.testing.assert_allclose(counts.clicks[0, :6], SESSIONS * p, rtol=1e-12)
    np.testing.assert_allclose(counts.wants[0, :6], SESSIONS * p * q, rtol=1e-12)
    v = np.log(q / (1 - q))
    worth = buyer_surplus_usd(v, page.law.order_price_slope / 10.0)
    assert counts.surplus_usd[0] == pytest.approx((SESSIONS * p * worth).sum(), rel=1e-12)


WAYS = {
    "plain": {},
    "explore": {"rule": {"explore_share": 0.34}, "market": {"ages": np.where(np.arange(16) % 3 == 0, 5, 400)}},
    "explore more than there are": {
        "rule": {"explore_share": 0.5},
        "market": {"ages": np.where(np.arange(16) == 9, 5, 400)},
    },
    "pins": {"pins": ((0, 12), (3, 15))},
    "caps": {"rule": {"per_store": 1}, "market": {"n_stores": 5}},
    "all": {
        "rule": {"per_store": 1, "explore_share": 0.2},
        "market": {"n_stores": 9, "ages": np.where(np.arange(16) % 3 == 0, 5, 400)},
        "pins": ((2, 12),),
    },
}


def both_ways(way, known_market, fixed, pin):
    market = known_market(
        16, seed=2, sessions=400, n_slots=6, click_level=-1.0, conversion_at_reference=0.3, **way.get("market", {})
    )
    return (
        market,
        fixed(-np.arange(16) + 20.0, **way.get("rule", {})),
        tuple(pin(*place) for place in way.get("pins", ())),
    )


@pytest.mark.parametrize("name", WAYS)
def test_expected_is_the_mean_of_both_draws(name, known_market, fixed, pin, morning):
    market, rule, stages = both_ways(WAYS[name], known_market, fixed, pin)
    wished = morning(market, rule, "expected", stages).day(sessions=400)
    for engine, runs in (("aggregate", 1500), ("individual", 1000)):
        today = morning(market, rule, engine, stages)
        days = [today.day(replicate, 400) for replicate in range(runs)]
        for measure in ("impressions", "clicks", "wants"):
            found = np.array([getattr(day, measure)[0] for day in days], dtype=float)
            error = found.std(axis=0) / np.sqrt(runs) + 1e-9
            assert np.abs((found.mean(axis=0) - getattr(wished, measure)[0]) / error).max() < 4.8, (engine, measure)
        surplus = np.array([day.surplus_usd[0] for day in days])
        assert abs(surplus.mean() - wished.surplus_usd[0]) < 4.8 * surplus.std() / np.sqrt(runs)


def test_where_scores_tie_expected_is_near_the_mean(known_market, fixed, morning):
    """Sharing slots averages attention before the logit, so it is a little off where tied listings differ much."""
    market = known_market(12, seed=2, n_slots=5)
    wished = morning(market, fixed(1.0), "expected").day(sessions=400)
    today = morning(market, fixed(1.0), "aggregate")
    clicks = np.mean([today.day(replicate, 400).clicks[0] for replicate in range(6000)], axis=0)
    assert clicks.sum() == pytest.approx(wished.clicks.sum(), rel=0.01)
    np.testing.assert_allclose(clicks, wished.clicks[0], rtol=0.08)


def test_expected_with_carts_is_the_mean_of_both(known_market, fixed):
    market = known_market(5, sessions=300, click_level=-1.0, conversion_at_reference=0.3, cart_share=0.4)
    market = market.replace(open_carts=np.array([[30, 10, 0, 5, 200]]))
    wished = simulate_market(market, fixed(-np.arange(5) + 9.0), days=1, engine="expected")
    for engine in DRAWING:
        runs = [
            simulate_market(market, fixed(-np.arange(5) + 9.0), days=1, engine=engine, replicate=r) for r in range(400)
        ]
        for name in (
            "carts",
            "carts_dropped",
            "orders",
            "units",
            "reviews",
            "stars",
            "late",
            "disputes",
            "commission_cents",
            "profit_cents",
        ):
            found = np.array([run.daily[name].sum() for run in runs], dtype=float)
            assert abs(found.mean() - wished.daily[name].sum()) < 4.5 * found.std() / 20, (engine, name)
        left = np.array([run.carts.sum() for run in runs])
        assert abs(left.mean() - wished.carts.sum()) < 4.5 * left.std() / 20
        customers = np.array([run.customers.sum() for run in runs])
        assert abs(customers.mean() - wished.customers.sum()) < 4.5 * customers.std() / 20


def test_with_learning_expected_is_approached_as_sessions_grow(known_market):
    """Luck in history makes a ranking try more listings than the mean-field run does; many sessions leave no luck."""
    rule = policy("conversion * rating")
    errors = []
    for sessions, worlds in ((100, 60), (1000, 40), (10_000, 20), (100_000, 10)):
        market = known_market(25, seed=4, sessions=sessions, n_slots=6, ages=3)
        limit = simulate_market(market, rule, days=30, engine="expected").daily["orders"].sum()
        drawn = [simulate_market(market, rule, days=30, replicate=r).daily["orders"].sum() for r in range(worlds)]
        errors.append(abs(np.mean(drawn) / limit - 1))
    assert errors == sorted(errors, reverse=True)
    assert errors[0] > 0.2 and errors[3] < 0.08


# --- what an engine refuses ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["expected", "aggregate"])
def test_tastes_inside_a_segment_need_the_individual_engine(engine, known_market, fixed):
    with pytest.raises(EngineError, match=r"taste_spread is 0\.5: use engine='individual'"):
        simulate_market(known_market(4, taste_spread=0.5), fixed(), days=1, engine=engine)


def test_an_unknown_engine_is_refused(known_market, fixed):
    with pytest.raises(EngineError, match="engine must be one of expected, aggregate, individual; got 'fast'"):
        simulate_market(known_market(2), fixed(), days=1, engine="fast")


# --- tastes that hardly differ ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("formula", ["price * conversion", "price * conversion | per_store(1) | personal(0.5)"])
def test_shoppers_who_hardly_differ_are_their_segment(formula, small):
    """A panel with almost no spread walks the same sessions with the same shocks to the same end."""
    world = small.with_law(taste_effect=1.0, click_level=-1.5)
    alike, unlike = (
        simulate_market(world.with_law(taste_spread=spread), policy(formula), 2, "individual", 3)
        for spread in (0.0, 1e-6)
    )
    np.testing.assert_array_equal(alike.daily["impressions"], unlike.daily["impressions"])
    for name in ("clicks", "orders"):
        assert np.abs(alike.daily[name] - unlike.daily[name]).sum() <= 0.002 * alike.daily[name].sum() + 1
    assert alike.daily["clicks"].sum() > 1000
