"""What a comparison is asked for, looked at before the first world is made."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from crossborder.errors import BoundsError
from crossborder.i18n import _
from crossborder.market.asked import check_flag, check_market, check_policy
from crossborder.market.world import Market
from crossborder.ranking.policies import RankingPolicy

# Unpaired worlds of the new policy are numbered from here on
MOST_WORLDS = 1_000_000


def check_comparison(
    market: Market, policies: Iterable[RankingPolicy], worlds: Any, jobs: Any,
    flags: dict[str, Any], calls: dict[str, "Callable | None"],
) -> int:  # fmt: skip
    """The number of worlds; BoundsError or FormulaError, with a sentence, where something else does not fit."""
    check_market(market)
    for policy in policies:
        check_policy(policy, market)
    for name, value in flags.items():
        check_flag(name, value)
    for name, call in calls.items():
        if call is not None and not callable(call):
            raise BoundsError(
                _("{name} must be a function, such as {example}; got {value!r:.60}.").format(
                    name=name, example=_EXAMPLES[name], value=call
                )
            )
    if not _whole(worlds, 1, MOST_WORLDS):
        raise BoundsError(
            _(
                "worlds must be a whole number between 1 and {most}; got {worlds!s:.60}. Twenty are a good start."
            ).format(most=f"{MOST_WORLDS:,}", worlds=worlds)
        )
    if not (_whole(jobs, 1, 1024) or _whole(jobs, -1, -1)):
        raise BoundsError(
            _("jobs must be a whole number of at least 1, or -1 for all processors; got {jobs!r:.60}.").format(
                jobs=jobs
            )
        )
    return int(worlds)


_EXAMPLES = {
    "redraw": "lambda world: xb.market.make_market(rng=world)",
    "progress": "lambda done, of: print(done, of)",
}


def _whole(value: Any, low: int, high: int) -> bool:
    number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    return number and low <= value <= high and int(value) == value
