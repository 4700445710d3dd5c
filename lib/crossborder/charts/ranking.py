"""Pictures of ranking policies: what a change does, and who wins and loses by it."""

from typing import Any

import plotly.graph_objects as go

from crossborder.charts.differences import paired_differences
from crossborder.charts.figure import figure, shortened
from crossborder.charts.moves import direction, marks_after, marks_before, paths_between
from crossborder.charts.numbers import difference_text, number_text, value_axis
from crossborder.charts.ticks import clear_of_zero, extent, padded
from crossborder.charts.words import listed
from crossborder.i18n import N_, _
from crossborder.ranking.compare import PolicyComparison, group_label
from crossborder.ranking.groups import KINDS

MEASURES_SHOWN = (
    "gmv_usd",
    "orders",
    "order_value_usd",
    "commission_usd",
    "buyer_surplus_usd",
    "cheapest_share",
    "seller_profit_usd",
    "top_tenth_share",
    "newcomer_share",
)
GROUP_MEASURES = {
    "impressions_share": N_("Share of traffic"),
    "gmv_share": N_("Share of GMV"),
    "profit_usd": N_("Profit"),
}


def what_changes(result: PolicyComparison) -> go.Figure:
    """What the change of policy does to platform, buyers and sellers."""
    return paired_differences(result, measures=MEASURES_SHOWN, title=N_("What the new policy changes"))


def who_gains(result: PolicyComparison) -> go.Figure:
    """Which kinds of sellers get more traffic, and which less."""
    return kinds_of_sellers(result, "impressions_share")


def who_earns(result: PolicyComparison) -> go.Figure:
    """Which kinds of sellers sell more, and which less."""
    return kinds_of_sellers(result, "gmv_share")


def kinds_of_sellers(result: PolicyComparison, measure: str) -> go.Figure:
    """Old and new value of each kind of seller, with the interval of the difference around the new one."""
    rows = [row for row in result.groups.to_dict("records") if row["measure"] == measure and row["old"] == row["old"]]
    names = shortened(_name(row["kind"], row["group"]) for row in rows)
    spoken = [_spoken(name, row, measure) for name, row in zip(names, rows, strict=True)]
    ends = [v for row in rows for v in (row["old"], row["new"], row["old"] + row["low"], row["old"] + row["high"])]
    low, high = clear_of_zero(*padded(*extent(ends), zero=True))
    before, after = ([row[side] for row in rows] for side in ("old", "new"))
    ways = [
        direction(
            row["old"],
            row["new"],
            told=(_told(measure, row["old"]), _told(measure, row["new"])),
            ends=(row["low"], row["high"]),
        )
        for row in rows
    ]
    reach = [(_reach(row["high"], row["difference"]), _reach(row["difference"], row["low"])) for row in rows]
    traces = [
        paths_between(names, before, after),
        marks_before(_("Old policy"), names, before, spoken),
        *marks_after(_("New policy"), names, after, spoken, ways, reach if any(map(any, reach)) else ()),
    ]
    title = _("{measure} by kind of seller").format(measure=_(GROUP_MEASURES[measure]))
    return figure(
        traces,
        title=title,
        alt=_("{title}: {parts}.").format(title=title, parts=listed(spoken, most=12)),
        table={
            _("Kind of seller"): names,
            **{side: [_told(measure, row[side]) for row in rows] for side in ("old", "new")},
            "difference": [difference_text(measure, row["difference"]) for row in rows],
        },
        xaxis=value_axis(measure, low, high, title=_(GROUP_MEASURES[measure])),
        yaxis={"type": "category", "categoryorder": "array", "categoryarray": names[::-1]},
        height=110 + 36 * len(names),
    )


def _name(kind: str, group: int) -> str:
    heading, _groups = KINDS[kind]
    return _("{group}: {label}").format(group=_(heading), label=group_label(kind, group))


def _spoken(name: str, row: dict[Any, Any], measure: str) -> str:
    return _("{name} from {old} to {new}").format(
        name=name, old=_told(measure, row["old"]), new=_told(measure, row["new"])
    )


def _told(measure: str, value: float) -> str:
    return number_text(measure, value)


def _reach(far: float, near: float) -> float:
    return far - near if far == far and near == near else 0.0
