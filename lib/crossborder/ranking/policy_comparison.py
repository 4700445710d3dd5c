"""What a comparison of two ranking policies says: its verdict, its measures, who wins and who loses."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from crossborder.i18n import _, numbers
from crossborder.market.simulate import ENGINE_LABELS
from crossborder.origin import Origin, simulated, stated
from crossborder.ranking.measures import MEASURES
from crossborder.statistics.comparison import Comparison


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
