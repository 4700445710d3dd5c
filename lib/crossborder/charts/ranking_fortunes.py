"""Pictures of who prospers: stores under a tilt, a promoted store, products over worlds, sales over products."""

from dataclasses import replace
from typing import Any

import plotly.graph_objects as go

from crossborder.charts.bars import bar_list
from crossborder.charts.concentration import lorenz_curve
from crossborder.charts.figure import figure
from crossborder.charts.lines import over_days
from crossborder.charts.numbers import number_text, value_axis
from crossborder.charts.theme import theme
from crossborder.charts.words import label_of, labels_of, listed
from crossborder.i18n import N_, _
from crossborder.ranking.feedback_loop import WorldsApart
from crossborder.ranking.matching import MatchingGain
from crossborder.ranking.resource_tilt import TiltOutcome
from crossborder.ranking.tag_boost import TagBoostTests
from crossborder.ranking.weight_plans import WeightPlans


def inequality_by_week(result: TiltOutcome) -> go.Figure:
    """How unequal the stores' sales become under each plan."""
    return over_days(result, "store_gini", by="plan", title=N_("Inequality among stores"), zero=False)


def sales_by_plan(result: WeightPlans) -> go.Figure:
    """The store's sales day by day: without promotion, in one burst, spread evenly."""
    return over_days(result, "gmv_usd", by="plan", title=N_("Sales of the promoted store"))


def effect_by_design(result: TagBoostTests) -> go.Figure:
    """The effect that each design reports, beside the truth."""
    return bar_list(
        result,
        "design",
        "effect_share",
        low="low_share",
        high="high_share",
        highlight=("truth",),
        title=N_("What each test says of the boost"),
        sort=False,
    )


def sales_over_products(result: MatchingGain) -> go.Figure:
    """How evenly sales fall on products under one ranking for all and matched to taste."""
    curves = replace(result, table=result.lorenz)
    return lorenz_curve(
        curves, x="share_of_units", y="share_of_total", by="plan", title=N_("How evenly sales fall on products")
    )


def winners_by_world(result: WorldsApart) -> go.Figure:
    """One bar per world, cut into the products' shares of sales; the winner stands out and is named."""
    table = result.table
    won = table[table["won"]].set_index("world")
    winner = {world: label_of(result, str(row["product"])) for world, row in won.iterrows()}
    names = {world: _("World {n}: {product} wins").format(n=world, product=name) for world, name in winner.items()}
    spoken = [f"{names[world]} {number_text('share', row['sales_share'])}" for world, row in won.iterrows()]
    traces = [  # samples for the legend: colours differ within each trace
        _sample(_("The winner of this world"), theme().new, next(iter(names.values()), "")),
        _sample(_("The other products"), theme().edge, next(iter(names.values()), "")),
    ]
    for product, rows in table.groupby("product", sort=False):
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": label_of(result, str(product)),
                "showlegend": False,
                "x": rows["sales_share"].tolist(),
                "y": [names[world] for world in rows["world"]],
                "marker": {
                    "color": [theme().new if flag else theme().edge for flag in rows["won"]],
                    "line": {"color": theme().paper, "width": 1.5},
                },
                "text": [number_text("share", share) for share in rows["sales_share"]],
                "textposition": "none",
                "hovertemplate": f"{label_of(result, str(product))}<br>%{{text}}<extra></extra>",
            }
        )
    return figure(
        traces,
        title=_("Which of the identical products wins"),
        alt=_("{title}: {parts}.").format(
            title=_("Which of the identical products wins"), parts=listed(spoken, most=8)
        ),
        table=table,
        labels=labels_of(result),
        xaxis={**value_axis("share", 0.0, 1.0, title=label_of(result, "sales_share")), "showgrid": False},
        yaxis={"type": "category", "categoryorder": "array", "categoryarray": list(names.values())[::-1], "ticks": ""},
        barmode="stack",
        bargap=0.3,
        height=110 + 34 * len(names),
    )


def _sample(name: str, colour: str, row: str) -> dict[str, Any]:
    bar = {"type": "bar", "orientation": "h", "x": [None], "y": [row], "hoverinfo": "skip"}
    return {**bar, "name": name, "marker": {"color": colour}}
