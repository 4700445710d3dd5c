"""What a run is asked for, looked at before the first day: a wrong argument is a sentence, not a trace of calls."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from crossborder.bounds import About, checked
from crossborder.errors import BoundsError, FormulaError
from crossborder.i18n import _
from crossborder.market.world import TAGS, Market

MOST_DAYS = 365
TAGS_NAMED = 15


def check_market(value: Any, name: str = "market") -> Market:
    """The market, whose prices may still have been written over since it was made; BoundsError otherwise."""
    if not isinstance(value, Market):
        raise BoundsError(
            _(
                "{name} must be a Market; got {found}. Make one with xb.market.make_market(), or from your own "
                "listings with xb.market.from_listings(table)."
            ).format(name=name, found=type(value).__name__)
        )
    value.check_prices()
    return value


def check_policy(policy: Any, market: Market) -> None:
    """A policy scores, and the tags that it boosts are known or carried by a listing; FormulaError otherwise."""
    if isinstance(policy, str):
        raise FormulaError(
            _("A run takes a policy, not its text {text!r:.60}. Write xb.ranking.policy({text!r:.60}).").format(
                text=policy
            )
        )
    scores = not isinstance(policy, type) and callable(getattr(policy, "scores", None)) and hasattr(policy, "formula")
    if not scores:
        raise FormulaError(
            _('{found} is no ranking policy. Make one with xb.ranking.policy("conversion * rating").').format(
                found=f"{policy!s:.60}" if policy is None or hasattr(policy, "text") else type(policy).__name__
            )
        )
    named = [tag for tag in sorted(getattr(policy, "tags", ())) if tag not in TAGS]
    if named:
        _check_tags(named, market)


def check_policies(policies: Any, market: Market) -> list[Any]:
    """Several policies, each of which fits the market."""
    if isinstance(policies, str) or not isinstance(policies, Iterable):
        check_policy(policies, market)
        raise FormulaError(_("Several policies stand in a list: write [policy], or use simulate_market for one."))
    policies = list(policies)
    for policy in policies:
        check_policy(policy, market)
    return policies


def _check_tags(named: list[str], market: Market) -> None:
    carried = market.tags
    of_countries = {f"free_shipping:{country}" for country in market.countries["country"]}
    missing = [tag for tag in named if tag not in carried and tag not in of_countries]
    if not missing:
        return
    if not carried:
        raise FormulaError(
            _(
                "No listing of this market carries the tag {tag!r} that the policy boosts, nor any other tag. "
                "Give listings the tag first; known in every market are {tags}."
            ).format(tag=missing[0], tags=", ".join(TAGS))
        )
    tags = ", ".join(carried[:TAGS_NAMED]) + (", …" if len(carried) > TAGS_NAMED else "")
    raise FormulaError(
        _(
            "No listing of this market carries the tag {tag!r} that the policy boosts. Tags here: {tags}. "
            "Write one of these, or give listings the tag first."
        ).format(tag=missing[0], tags=tags)
    )


def check_days(days: Any) -> int:
    """A whole number of days that fits into memory; BoundsError otherwise.

    >>> check_days(28.0)
    28
    """
    number = isinstance(days, int | float | np.number) and not isinstance(days, bool)
    if not number or not 1 <= days <= MOST_DAYS or int(days) != days:
        raise BoundsError(
            _(
                "days must be a whole number between 1 and {most}; got {days!s:.60}. "
                "To go on after {most} days, run the market that a run leaves: run.market_after."
            ).format(most=MOST_DAYS, days=days)
        )
    return int(days)


def check_flag(name: str, value: Any) -> bool:
    """True or False, nothing that merely counts as one of them; BoundsError otherwise."""
    return bool(checked(name, bool(value) if isinstance(value, np.bool_) else value, About(kind="flag", label="")))
