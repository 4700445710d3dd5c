"""What does a change of ranking policy do? The same worlds under both policies, world by world."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import pandas as pd

from crossborder.errors import BoundsError
from crossborder.facts import facts
from crossborder.i18n import N_, _
from crossborder.market.asked import check_days
from crossborder.market.law import SessionLaw
from crossborder.market.make import MarketScenario, make_market
from crossborder.market.run import MarketRun
from crossborder.market.simulate import ENGINE_LABELS, simulate_market, simulate_policies
from crossborder.market.world import Market
from crossborder.origin import stated
from crossborder.params import Params, choice, flag, formula, nested, param, table
from crossborder.ranking.asked import check_comparison
from crossborder.ranking.groups import KINDS, measure_groups
from crossborder.ranking.measures import MEASURES, measure_run
from crossborder.ranking.policies import RankingPolicy, policy
from crossborder.ranking.policy_comparison import PolicyComparison
from crossborder.ranking.shared_seed import WORLDS
from crossborder.ranking.standing import Standing
from crossborder.statistics.comparison import Comparison, compare

ELASTICITIES = ("click_price_elasticity", "order_price_elasticity")
OLD_RULE, NEW_RULE = "conversion * rating", "price * conversion * rating"
_LAW = SessionLaw.about()
STORY = ("joom-old-ranking-conversion", "joom-new-ranking-gmv", "joom-ranking-keeps-rating")


@dataclass(frozen=True, kw_only=True)
class PolicyChangeScenario(Params):
    """A market, two policies, and whether sellers respond. An elasticity of None is the market's own."""

    old: str = formula(OLD_RULE, label=N_("Old policy"), check=policy, origin=stated(*STORY[:1]), main=True)
    new: str = formula(NEW_RULE, label=N_("New policy"), check=policy, origin=stated(*STORY[1:]), main=True)
    days: int = param(60, 7, 365, label=N_("Days"), unit=N_("days"))
    worlds: int = param(12, 1, 500, label=N_("Worlds"), unit=N_("worlds"), help=WORLDS)
    respond: bool = flag(True, label=N_("Sellers respond"), main=True)
    engine: str = choice("aggregate", ENGINE_LABELS, label=N_("Engine"))
    click_price_elasticity: float | None = param(
        None,
        -4.0,
        0.0,
        step=0.05,
        label=N_("Price elasticity of clicks"),
        origin=_LAW["click_price_elasticity"].origin,
        main=True,
    )
    order_price_elasticity: float | None = param(
        None,
        -4.0,
        0.0,
        step=0.05,
        label=N_("Price elasticity of orders per click"),
        origin=_LAW["click_price_elasticity"].origin,
        main=True,
    )
    world: MarketScenario = nested(
        lambda: MarketScenario(n_stores=100, sessions_per_day=10_000), label=N_("The market")
    )
    market: Market | None = table(lambda: None, label=N_("Your own listings, instead of a made-up market"))

    def settled(self) -> Self:
        """The elasticities that are in force, those of the market where none were given."""
        law = self.world.law if self.market is None else self.market.law
        open_ = [name for name in ELASTICITIES if getattr(self, name) is None]
        return self.replace(**{name: getattr(law, name) for name in open_})


def compare_policies(
    market: Market,
    old: "RankingPolicy | str",
    new: "RankingPolicy | str",
    days: int = 90,
    worlds: int = 20,
    rng: Any = 0,
    *,
    engine: str = "aggregate",
    respond: bool = True,
    paired: bool = True,
    redraw: "Callable[[int], Market] | None" = None,
    jobs: int = 1,
    progress: "Callable[[int, int], None] | None" = None,
) -> PolicyComparison:
    """What does changing the ranking policy do to platform, buyers and sellers?

    Every world is run under both policies with the same shoppers; the table holds the mean difference over worlds with
    a 95% Student interval and the share of worlds in which the new policy gives more (ties count half).

    Parameters
    ----------
    market : the world (as it stands on its first day)
    old, new : policies, or their formulas as text
    days : days per world, 1 to 365
    worlds : how many replicates (other shoppers on the same market). A ``PolicyChangeScenario`` starts from fewer days
        and worlds than a call does: it stands behind a slider, where an answer is waited for
    rng : seed or Generator
    engine : "expected" has no luck, so one world is enough and gets no interval
    respond : whether sellers change prices, list new items and give up
    paired : False gives each policy worlds of its own (a weaker test, for comparison)
    redraw : gives another market for each world (worlds then differ in sellers too)
    jobs : processes to use; the numbers do not depend on it
    progress : called with (worlds done, worlds)

    Raises FormulaError for a policy that cannot be read or boosts a tag that no listing carries, EngineError for an
    unknown engine, BoundsError for any other value that does not fit.

    >>> from crossborder.market import make_market
    >>> rule = "conversion * rating"
    >>> same = compare_policies(make_market(n_stores=10), rule, rule, days=7, worlds=2)
    >>> same.table["difference"].fillna(0).eq(0).all().item()
    True
    """
    old, new = policy(old), policy(new)
    flags, calls = {"respond": respond, "paired": paired}, {"redraw": redraw, "progress": progress}
    worlds, days = check_comparison(market, (old, new), worlds, jobs, flags, calls), check_days(days)
    if engine == "expected" and redraw is None:
        worlds = 1
    from crossborder.market.keys import run_key

    seed = int(rng) if isinstance(rng, int) else None
    key_seed = seed if seed is not None else int(run_key(rng))
    settings = {"days": days, "engine": engine, "respond": respond}
    rows = _run_worlds(market, old, new, worlds, key_seed, settings, paired, redraw, jobs, progress)
    measured = {side: pd.DataFrame([row[side] for row in rows]) for side in ("old", "new")}
    names = list(MEASURES)
    main = compare(measured["old"][names], measured["new"][names], paired=paired)
    by_group = compare(measured["old"].drop(columns=names), measured["new"].drop(columns=names), paired=paired)
    per_world = pd.concat(
        [f[names].assign(world=range(worlds), policy=side) for side, f in measured.items()], ignore_index=True
    )
    return PolicyComparison(
        table=main.table, n_worlds=worlds, paired=paired, groups=_group_table(by_group), per_world=per_world,
        old_policy=old.formula, new_policy=new.formula, days=int(days), engine=engine, respond=respond,
        observed=market.observed, seed=seed,
    )  # fmt: skip


def change_policy(
    scenario: PolicyChangeScenario, rng: Any = 0, *, progress: "Callable[[int, int], None] | None" = None
) -> PolicyComparison:
    """``compare_policies`` on a scenario: the verb behind the dashboard."""
    if not isinstance(scenario, PolicyChangeScenario):
        raise BoundsError(
            _("change_policy takes a PolicyChangeScenario, not {found}. Write for instance {example}.").format(
                found=type(scenario).__name__, example="change_policy(PolicyChangeScenario(days=28))"
            )
        )
    return compare_policies(
        scenario_market(scenario), scenario.old, scenario.new, scenario.days, scenario.worlds, rng,
        engine=scenario.engine, respond=scenario.respond, progress=progress,
    )  # fmt: skip


def scenario_market(scenario: PolicyChangeScenario) -> Market:
    """The scenario's market: the user's own if there is one, else the made-up one; with the elasticities it names."""
    market = scenario.market
    if market is None:
        market = make_market(scenario.world.n_stores, scenario=scenario.world)
    given = {name: getattr(scenario, name) for name in ELASTICITIES if getattr(scenario, name) is not None}
    return market.with_law(**given) if given else market


def measure_all(runs: Sequence[MarketRun]) -> list[dict[str, float]]:
    """Measures and group shares of each run; who belongs where is looked up once for all runs of one market."""
    at_start = {id(run.market): Standing(run.market) for run in runs}
    return [
        {**measure_run(run, at_start[id(run.market)]), **measure_groups(run, at_start[id(run.market)])} for run in runs
    ]


def _one_world(
    market: Market, old: str, new: str, world: int, seed: int, settings: dict[str, Any], paired: bool
) -> dict[str, dict[str, float]]:
    ranked = policy(old), policy(new)
    if paired:
        runs = simulate_policies(market, ranked, rng=seed, replicate=world, **settings)
    else:
        worlds = world, world + 1_000_000
        runs = [
            simulate_market(market, by, rng=seed, replicate=its, **settings)
            for by, its in zip(ranked, worlds, strict=True)
        ]
    return dict(zip(("old", "new"), measure_all(runs), strict=True))


def _run_worlds(
    market: Market, old: RankingPolicy, new: RankingPolicy, worlds: int, seed: int, settings: dict[str, Any],
    paired: bool, redraw: "Callable[[int], Market] | None", jobs: int, progress: "Callable[[int, int], None] | None",
) -> list[dict[str, dict[str, float]]]:  # fmt: skip
    from joblib import Parallel, delayed

    calls = (
        delayed(_one_world)(
            redraw(world) if redraw else market, old.formula, new.formula, world, seed, settings, paired
        )
        for world in range(worlds)
    )
    rows = []
    for row in Parallel(n_jobs=jobs, return_as="generator")(calls):
        rows.append(row)
        if progress is not None:
            progress(len(rows), worlds)
    return rows


def _group_table(comparison: Comparison) -> pd.DataFrame:
    parts = comparison.table["measure"].str.split("/", expand=True)
    out = comparison.table.assign(kind=parts[0], group=parts[1].astype(int), measure=parts[2])
    return out[["kind", "group", "measure", "old", "new", "difference", "low", "high", "share_new_wins"]].reset_index(
        drop=True
    )


def group_label(kind: str, group: int) -> str:
    """A group's name in the language of the moment."""
    return _(KINDS[kind][1][group])


def story_facts() -> list[str]:
    """What the source says of this change, in the language of the moment."""
    return [facts[name].statement for name in STORY]
