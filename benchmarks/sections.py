"""The library against itself: python sections.py NAME prints one JSON object. Each runs in a process of its own."""

import json
import sys
import time
from statistics import median

import worlds

from crossborder.market import make_market, simulate_market
from crossborder.ranking import conversion_times_rating

QUICK = "quick" in sys.argv[2:]
ROUNDS = 3 if QUICK else 5


def timed(run, rounds: int = ROUNDS) -> dict[str, float]:
    """Median CPU and wall seconds, after one run that is not counted."""
    run()
    cpu, wall = [], []
    for _ in range(rounds):
        c, w = time.process_time(), time.perf_counter()
        run()
        cpu.append(time.process_time() - c)
        wall.append(time.perf_counter() - w)
    return {"cpu_s": median(cpu), "wall_s": median(wall), "best_wall_s": min(wall), "best_cpu_s": min(cpu)}


def slider() -> dict:
    """90 days, 1,000 listings, 4 countries, 20,000 sessions a day."""
    market = make_market(200)
    unlike = market.with_law(taste_spread=0.7)
    out = {
        engine: timed(lambda e=engine: simulate_market(market, conversion_times_rating(), 90, e))
        for engine in ("expected", "aggregate", "individual")
    }
    out["personal"] = timed(lambda: simulate_market(unlike, worlds.personal_policy(), 90, "individual"), 3)
    return out


def engines() -> dict:
    """Aggregate against individual, all features on: CPU seconds a day."""
    out = {}
    for sessions, days in ((1_000_000, 3), (300_000_000, 1)):
        market = worlds.full(1000, 10, sessions)
        many = timed(lambda m=market: simulate_market(m, worlds.all_features_policy(), 30, "aggregate"))
        rounds = 1 if sessions > 10**7 else ROUNDS
        walked = timed(
            lambda m=market, d=days: simulate_market(m, worlds.all_features_policy(), d, "individual"), rounds
        )
        out[str(sessions)] = {"aggregate_day_s": many["cpu_s"] / 30, "individual_day_s": walked["cpu_s"] / days}
    return out


def threads() -> dict:
    """Wall seconds on one and two threads, in turn, all features on; the bits must be the same."""
    import numba
    import numpy as np

    market = worlds.full(1000, 10, 20_000_000 if QUICK else 50_000_000)
    wall: dict[int, list[float]] = {1: [], 2: []}
    kept = {}
    for _ in range(ROUNDS + 1):
        for n in wall:
            numba.set_num_threads(n)
            started = time.perf_counter()
            run = simulate_market(market, worlds.all_features_policy(), 2, "individual", 3)
            wall[n].append(time.perf_counter() - started)
            kept[n] = run.daily
    same = all(np.array_equal(kept[1][name], kept[2][name]) for name in kept[1])
    one, two = (median(wall[n][1:]) for n in (1, 2))
    return {
        "one_s": one,
        "two_s": two,
        "best_one_s": min(wall[1][1:]),
        "best_two_s": min(wall[2][1:]),
        "same_bits": same,
    }


def sizes() -> dict:
    """Cost as listings and slots grow."""
    out: dict = {"listings": {}, "slots": {}}
    policy, personal = worlds.NeutralPolicy(), _Personal()
    for n in (100, 1000, 10_000) if QUICK else (100, 1000, 10_000, 100_000):
        out["listings"][str(n)] = _costs(n, 10, policy, personal)
    for k in (4, 10, 20, 40):
        out["slots"][str(k)] = _costs(1000, k, policy, personal)
    return out


class _Personal(worlds.NeutralPolicy):
    personal_weight = worlds.PERSONAL_WEIGHT


def _costs(n: int, k: int, policy, personal) -> dict[str, float]:
    sessions = 1_000_000
    market = worlds.neutral(n, k, sessions)
    few = 20_000 if n <= 1000 else 4000 if n <= 10_000 else 600
    unlike = worlds.personal(n, k, few)
    walked = timed(lambda: simulate_market(market, policy, 2, "individual"), 3)["cpu_s"]
    alone = timed(lambda: simulate_market(unlike, personal, 1, "individual"), 3)["cpu_s"]
    empty = timed(lambda: simulate_market(worlds.personal(n, k, 1), personal, 1, "individual"), 3)["cpu_s"]
    means = timed(lambda: simulate_market(market, policy, 12, "expected"), 3)["cpu_s"]
    counts = timed(lambda: simulate_market(market, policy, 12, "aggregate"), 3)["cpu_s"]
    return {"individual_us": walked / 2 / sessions * 1e6, "personal_us": max(alone - empty, 0.0) / few * 1e6,
            "expected_ms_per_day": means / 12 * 1e3, "aggregate_ms_per_day": counts / 12 * 1e3}  # fmt: skip


def all_features_check() -> dict:
    """First-day counts of the NumPy versions less the library's: means over seeds, in standard errors."""
    import numpy as np
    from numpy_engine import NumpyEngine, NumpyShockEngine

    from crossborder.market.engines import ENGINES

    ENGINES.update({"numpy": NumpyEngine, "numpy shocks": NumpyShockEngine})
    market, policy, seeds = worlds.full(1000, 10, 100_000), worlds.all_features_policy(), range(12)
    names = ("impressions", "clicks", "carts", "orders", "units", "late", "disputes", "reviews", "stars")
    got = {}
    for engine in ("individual", "numpy", "numpy shocks"):
        runs = [simulate_market(market, policy, 1, engine, seed) for seed in seeds]
        rows = [
            [
                *(run.daily[name].sum() for name in names),
                run.customers.sum(),
                np.nansum(run.by_country["buyer_surplus_usd"]),
            ]
            for run in runs
        ]
        got[engine] = np.array(rows, float)
    out = {}
    for engine in ("numpy", "numpy shocks"):
        ours, theirs = got["individual"], got[engine]
        error = np.sqrt((ours.var(axis=0, ddof=1) + theirs.var(axis=0, ddof=1)) / len(seeds))
        z = (theirs.mean(axis=0) - ours.mean(axis=0)) / np.maximum(error, 1e-9)
        out[engine] = dict(zip((*names, "customers", "surplus"), z.round(2).tolist(), strict=True))
    return out


def limits() -> dict:
    """What the machine can do."""
    from limits import measure

    return measure()


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]]()))
