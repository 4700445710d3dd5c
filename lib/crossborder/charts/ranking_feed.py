"""Pictures of the personalised feed."""

import plotly.graph_objects as go

from crossborder.charts.lines import over_days
from crossborder.i18n import N_
from crossborder.ranking.personal_feed import PersonalFeed


def learning_curve(result: PersonalFeed) -> go.Figure:
    """Clicks foregone per session, for each kind of feed: the lower, the better it knows its shoppers."""
    return over_days(
        result,
        "clicks_lost",
        by="method",
        day="session",
        low="low",
        high="high",
        title=N_("How a feed gets to know its shoppers"),
    )
