"""What does a change of ranking policy do? The same worlds under both policies, world by world."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import pandas as pd

from crossborder.errors import BoundsError
from crossborder.facts import facts
from crossborder.i18n import N_, _, numbers
from crossborder.market.asked import check_days
from crossborder.market.law import SessionLaw
from crossborder.market.make import MarketScenario, make_market
from crossborder.market.run import MarketRun
from crossborder.market.simulate import ENGINE_LABELS, simulate_market, simulate_policies
from crossborder.market.world import Market
from crossborder.origin import Origin, simulated, stated
from crossborder.params import Params, choice, flag, formula, nested, param, table
from crossborder.ranking.asked import check_comparison
from crossborder.ranking.groups import KINDS, measure_groups
from crossborder.ranking.measures import MEASURES, measure_run
from crossborder.ranking.policies import RankingPolicy, policy
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


@dataclass(frozen=True, kw_only=True)
class PolicyComparison(Comparison):
    """A ``Comparison`` with one row per measure; ``groups`` says who wins and loses by kind of seller.

    ``groups``: one row per kind of seller, group and measure: old, new, difference with interval, share of worlds.
    """

    row_labels = {name: label for name, (label, _unit, _side) in MEASURES.items()}

    groups: pd.DataFrame
    per_world: pd.DataFrame
    old_policy: str
    new_policy: str
    days: int
    engine: str
    respond: bool
    observed: bool
    seed: int | None

    @property
    def text(self) -> str:
        if self.table["difference"].fillna(0).eq(0).all():
            return _("The two policies show the same: nothing changes in {days} days.").format(days=self.days)
        gmv, value = self.row("gmv_usd"), self.row("order_value_usd")
        change = gmv["difference"] / gmv["old"] if gmv["old"] else float("nan")
        low, high = (gmv[end] / gmv["old"] if gmv["old"] else float("nan") for end in ("low", "high"))
        parts = {
            "change": numbers.signed_percent(change),
            "old": numbers.money(value["old"]),
            "new": numbers.money(value["new"]),
            "days": self.days,
        }
        if self.engine == "expected":
            return _(
                "In means, without luck, the new policy changes GMV by {change} in {days} days; the order value goes "
                "from {old} to {new}."
            ).format(**parts)
        if self.n_worlds == 1:
            return _(
                "The new policy changes GMV by {change} in {days} days; the order value goes from {old} to {new}."
            ).format(**parts)
        if low > 0:
            told = _(
                "GMV rises: {change} ({level} interval {low} to {high}) in {days} days under the new policy, which "
                "gives more in {wins} of {n} worlds; the order value goes from {old} to {new}."
            )
        elif high < 0:
            told = _(
                "GMV falls: {change} ({level} interval {low} to {high}) in {days} days under the new policy, which "
                "gives more in {wins} of {n} worlds; the order value goes from {old} to {new}."
            )
        else:
            told = _(
                "Whether GMV rises or falls is not clear: {change} ({level} interval {low} to {high}) in {days} days "
                "under the new policy, which gives more in {wins} of {n} worlds; the order value goes from {old} to "
                "{new}."
            )
        return told.format(
            **parts, level=numbers.percent(self.level, 0), low=numbers.signed_percent(low),
            high=numbers.signed_percent(high), wins=numbers.percent(gmv["share_new_wins"], 0), n=self.n_worlds,
        )  # fmt: skip

    @property
    def origin(self) -> Mapping[str, Origin]:
        formula_text = f"({self.new_policy}) − ({self.old_policy})"
        simulated_ = simulated(formula_text, seed=self.seed, note=ENGINE_LABELS.get(self.engine, self.engine))
        rates = stated("joom-commission-standard", "joom-commission-low")
        return {"*": simulated_, "commission_usd": rates}

    def labelled_table(self) -> pd.DataFrame:
        labels = {name: _(label) for name, (label, _unit, _side) in MEASURES.items()}
        column = self.columns["measure"]
        return super().labelled_table().replace({_(column): labels})


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
