"""Pictures of brand searches."""

import plotly.graph_objects as go

from crossborder.charts.differences import paired_differences
from crossborder.i18n import N_
from crossborder.ranking.brand_search import BrandSearch


def brand_protected(result: BrandSearch) -> go.Figure:
    """What the store link changes for the brand, its copies and the platform."""
    return paired_differences(result, title=N_("What the store link changes"), old=N_("without"), new=N_("with"))
