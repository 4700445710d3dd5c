"""Pictures of claims taken apart: one bar per comparison, the truth standing out."""

import plotly.graph_objects as go

from crossborder.charts.bars import bar_list
from crossborder.charts.scatter import two_quantities
from crossborder.i18n import N_
from crossborder.ranking.dispatch_incentive import DispatchIncentive
from crossborder.ranking.forward_stock import ForwardStock
from crossborder.ranking.plus_label import PlusLabel
from crossborder.ranking.warehouse_tag import WarehouseTag


def dispatch_parts(result: DispatchIncentive) -> go.Figure:
    """What the year-on-year gain of goods that meet the 72 hours is made of."""
    return bar_list(
        result,
        "part",
        "traffic_change",
        highlight=("rule",),
        sort=False,
        title=N_("What “+20% on last year” is made of"),
    )


def label_uplift(result: PlusLabel) -> go.Figure:
    """What the Plus label does to the click rate, by comparison."""
    return bar_list(
        result,
        "method",
        "change",
        low="low",
        high="high",
        highlight=("truth",),
        sort=False,
        title=N_("What the Plus label does to clicks"),
    )


def tag_uplift(result: WarehouseTag) -> go.Figure:
    """What the overseas-warehouse tag does to the click rate, by comparison."""
    return bar_list(
        result,
        "method",
        "change",
        low="low",
        high="high",
        highlight=("truth",),
        sort=False,
        title=N_("What the overseas-warehouse tag does to clicks"),
    )


def goods_abroad(result: ForwardStock) -> go.Figure:
    """Orders against expected gain of every product; the chosen ones stand out."""
    return two_quantities(
        result, x="orders", y="expected_gain_usd", by="chosen", title=N_("Which products deserve stock abroad")
    )
