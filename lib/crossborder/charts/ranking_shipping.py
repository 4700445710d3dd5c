"""Pictures of free shipping by country."""

import plotly.graph_objects as go

from crossborder.charts.dumbbells import old_to_new
from crossborder.i18n import N_
from crossborder.ranking.free_shipping import FreeShipping


def lift_and_break_even(result: FreeShipping) -> go.Figure:
    """More orders than the freight asks for? Where the full mark lies right of the hollow one, free shipping pays."""
    return old_to_new(
        result,
        group="country",
        old="break_even_change",
        new="orders_change",
        unit="change",
        title=N_("Do the orders pay for the freight?"),
        axis=N_("More orders"),
        sort=False,
    )
