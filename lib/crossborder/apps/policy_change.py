"""Dashboard: what does a change of ranking policy do to sellers, buyers and the platform?"""

from typing import Any

from crossborder.apps.explorer import Explorer
from crossborder.apps.head import Page
from crossborder.charts.ranking import what_changes, who_earns, who_gains
from crossborder.i18n import N_
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
    N_("How large the change was on the real platform: prices, costs and visitors of this market are assumed."),
    N_("Whether buyers leave the platform for good: the model counts orders, not departures."),
    N_("What sellers do beyond changing prices, listing new items and giving up."),
)


def quick_change(scenario: PolicyChangeScenario, rng: Any = 0) -> PolicyComparison:
    """The same comparison on expected values: no luck, no interval, quick enough for a slider."""
    return change_policy(scenario.replace(engine="expected", worlds=1), rng)


def policy_change_explorer(**start: Any) -> Explorer:
    """The explorer inside the dashboard; ``start`` changes where it begins."""
    return Explorer(
        PolicyChangeScenario(**start),
        quick_change,
        PICTURES,
        refine=change_policy,
        question=QUESTION,
        presets={"old": POLICIES, "new": POLICIES},
        cannot_tell=CANNOT_TELL,
    )


def policy_change_page() -> Page:
    """The whole dashboard."""
    return Page(
        policy_change_explorer(),
        title=N_("Ranking policy change"),
        line=N_(
            "In 2018 Joom stopped ranking by conversion and began to rank by sales value. Who gains from such a change, who loses, and how sure is that?"
        ),
    )
