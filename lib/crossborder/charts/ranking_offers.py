"""Pictures of Joom's slide: who gets the traffic, and for which buyers its story holds."""

import plotly.graph_objects as go

from crossborder.charts.boundary import level_lines
from crossborder.charts.dumbbells import old_to_new
from crossborder.charts.maps import heat_map
from crossborder.i18n import N_, _
from crossborder.ranking.offers import NOTICEABLE, OfferShares
from crossborder.ranking.story import DENOMINATORS, OUTCOMES, StoryMap

_SIDES = {
    "gain_share": (N_("they gain"), N_("nothing changes, or they lose")),
    "gmv_change": (N_("the platform gains"), N_("it loses, or nothing changes")),
    "profit_change": (N_("sellers gain"), N_("they lose, or nothing changes")),
    "price_change": (N_("buyers pay more"), N_("they pay less, or the same")),
}
_OF_WHAT = {
    "gain_share": N_("Gain, in % of all visits"),
    "gmv_change": N_("Change, in % of GMV under the old rule"),
    "profit_change": N_("Change, in % of profit under the old rule"),
    "price_change": N_("Change, in % of the price paid under the old rule"),
}


def traffic_by_offer(result: OfferShares) -> go.Figure:
    """Share of the visits of each offer, by conversion and by GMV."""
    return old_to_new(
        result,
        group="offer",
        old="traffic_share_old",
        new="traffic_share_new",
        unit="share",
        title=N_("Who gets the traffic for one product"),
        axis=N_("Share of visits"),
        sort=False,
    )


def where_the_story_holds(result: StoryMap) -> go.Figure:
    """The chosen outcome over both elasticities; the star is where Joom's sentence is judged."""
    shown = result.only(denominator=result.denominator)
    click, order = (float(shown.claimed[name].iloc[0]) for name in ("click_elasticity", "order_elasticity"))
    above, below = _SIDES[result.outcome]
    drawn = heat_map(
        shown,
        "click_elasticity",
        "order_elasticity",
        result.outcome,
        level=NOTICEABLE,
        marks=[(click, order, _("assumed for Joom"))],
        title=_("{outcome} ({denominator})").format(
            outcome=_(OUTCOMES[result.outcome]), denominator=_(DENOMINATORS[result.denominator])
        ),
        above=above,
        below=below,
        scale=_OF_WHAT[result.outcome],
    )
    for axis in (drawn.layout.xaxis, drawn.layout.yaxis):
        axis.title.text = _("{elasticity}<br>(change in % if the price rises by 1%)").format(elasticity=axis.title.text)
    if result.outcome == "gain_share":
        _line_where_both_gain(drawn, shown)
    return drawn


def _line_where_both_gain(drawn: go.Figure, shown: StoryMap) -> None:
    """Ranks change at once, not little by little: the line runs midway between points on either side."""
    grid = shown.table.pivot(index="order_elasticity", columns="click_elasticity", values="story_holds").astype(float)
    x, y = level_lines(
        [float(str(v)) for v in grid.columns], [float(str(v)) for v in grid.index], grid.to_numpy().tolist(), 0.5
    )
    for trace in drawn.data:
        if trace.type == "scatter" and trace.mode == "lines":
            trace.update(x=x, y=y)
