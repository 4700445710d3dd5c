"""Pictures of pages by country."""

import plotly.graph_objects as go

from crossborder.charts.dumbbells import old_to_new
from crossborder.i18n import N_
from crossborder.ranking.country_pages import CountryPages


def orders_by_page(result: CountryPages) -> go.Figure:
    """Orders per session in each country, with one page for all and with a page of its own."""
    return old_to_new(
        result,
        group="country",
        old="rate_global",
        new="rate_country",
        unit="rate",
        title=N_("One page for all, or one each"),
        axis=N_("Orders per session"),
    )
