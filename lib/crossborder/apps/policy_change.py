"""Dashboard: what does a change of ranking policy do to sellers, buyers and the platform?"""

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from ipywidgets import Widget

from crossborder.apps.explorer import Explorer
from crossborder.apps.head import Page
from crossborder.apps.own_file import OwnListings
from crossborder.charts.ranking import what_changes, who_earns, who_gains
from crossborder.data.listings import ListingsRead
from crossborder.i18n import N_
from crossborder.market.make import MarketScenario, make_market
from crossborder.market.observed import ObservedScenario, from_listings
from crossborder.market.world import Market
from crossborder.ranking.compare import NEW_RULE, OLD_RULE, PolicyChangeScenario, PolicyComparison, change_policy

QUESTION = N_("What does the new ranking policy change?")
POLICIES = {
    OLD_RULE: N_("Conversion × rating (Joom's old rule)"),
    NEW_RULE: N_("GMV per visit × rating (Joom's new rule)"),
    "gmv_30d * rating": N_("GMV of the last 30 days × rating"),
    f"{NEW_RULE} | explore(0.1)": N_("GMV × rating, a tenth of the slots for newcomers"),
    f"{NEW_RULE} * boost('dispatch_72h', 1.2)": N_("GMV × rating, 72-hour dispatch boosted"),
}
PICTURES = {N_("What changes"): what_changes, N_("Who is seen"): who_gains, N_("Who sells"): who_earns}
CANNOT_TELL = (
    N_(
        "What luck finds: the quick answer works with means. In the full run listings that were lucky once are shown "
        "again, so with few visitors it can end with noticeably more orders."
    ),
    N_("How large the change was on the real platform: prices, costs and visitors of this market are assumed."),
    N_("Whether buyers leave the platform for good: the model counts orders, not departures."),
    N_("What sellers do beyond changing prices, listing new items and giving up."),
)
UNSAID = ("cost_share", "days_of_sales", "click_rate", "appeal_shrinkage", "dispatch_hours")
ENOUGH_LISTINGS = 30
FEW_LISTINGS = N_("Fewer than thirty listings: with so few, single listings decide the answer.")
# The market's own price elasticities give way to the scenario's
OVERRULED = ("world.law.click_price_elasticity", "world.law.order_price_elasticity")


def quick_change(scenario: PolicyChangeScenario, rng: Any = 0) -> PolicyComparison:
    """The same comparison on expected values: no luck, no interval, quick enough for a slider."""
    market = scenario.market if scenario.market is not None else _made_up(scenario.world)
    return change_policy(scenario.replace(engine="expected", worlds=1, market=market), rng)


@lru_cache(maxsize=4)
def _made_up(world: MarketScenario) -> Market:
    """The market of a scenario, kept while a slider moves something else."""
    return make_market(world.n_stores, scenario=world)


def policy_change_explorer(*beside: Widget, **start: Any) -> Explorer:
    """The explorer inside the dashboard; ``start`` changes where it begins, ``beside`` stands above the controls."""
    return Explorer(
        PolicyChangeScenario(**start),
        quick_change,
        PICTURES,
        refine=change_policy,
        question=QUESTION,
        presets={"old": POLICIES, "new": POLICIES},
        cannot_tell=CANNOT_TELL,
        beside=beside,
        hidden=OVERRULED,
    )


class PolicyChange(Page):
    """The whole dashboard; ``file`` is a listing file to begin with instead of the made-up market."""

    def __init__(self, file: Path | None = None) -> None:
        self.listings = OwnListings(self._use, self._example, ObservedScenario(), UNSAID)
        self.explorer = policy_change_explorer(self.listings)
        super().__init__(
            self.explorer,
            title=N_("Ranking policy change"),
            line=N_(
                "In 2018 Joom stopped ranking by conversion and began to rank by sales value. Who gains from such a "
                "change, who loses, and how sure is that?"
            ),
            currency=True,
        )
        if file is not None:
            self.listings.take(file.name, file.read_bytes())

    def _use(self, read: ListingsRead, assumed: ObservedScenario) -> list[str]:
        market = from_listings(read, assumed)
        answers = f", answers={read.answers!r}" if read.answers else ""
        said = "".join(f", {name}={value!r}" for name, value in assumed.changed().items())
        code = f"xb.market.from_listings(xb.data.read_listings({read.name!r}{answers}){said})"
        scenario = self.explorer.scenario.replace(market=market)
        self.explorer.replace_start(scenario, data_kind="observed", given={"market": code}, hidden=("world.",))
        few = [FEW_LISTINGS] if market.n_listings < ENOUGH_LISTINGS else []
        return [*few, *market.assumed]

    def _example(self) -> None:
        scenario = self.explorer.scenario.replace(market=None)
        self.explorer.replace_start(scenario, data_kind="simulated", given={}, hidden=OVERRULED)


def policy_change_page() -> Page:
    """The dashboard, on the file that the workbench was started with if there is one."""
    named = os.environ.get("CROSSBORDER_DATA")
    return PolicyChange(Path(named) if named else None)
