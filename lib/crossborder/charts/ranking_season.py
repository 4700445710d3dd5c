"""Pictures of season-aware search."""

import plotly.graph_objects as go

from crossborder.charts.dumbbells import old_to_new
from crossborder.i18n import N_
from crossborder.ranking.season_search import SeasonSearch


def page_by_season(result: SeasonSearch) -> go.Figure:
    """How much of the first page each kind of clothes fills, without and with the season."""
    return old_to_new(
        result,
        group="category",
        old="share_plain",
        new="share_season",
        title=N_("Who fills the page"),
        axis=N_("Share of the first page"),
        sort=False,
    )
