"""Pictures of prices under a ranking: the race week by week, and what the ranking and the seller like best."""

from typing import Any

import plotly.graph_objects as go

from crossborder.charts.figure import figure
from crossborder.charts.lines import over_days
from crossborder.charts.numbers import number_text, value_axis
from crossborder.charts.theme import theme
from crossborder.charts.ticks import extent, padded
from crossborder.charts.words import label_of, labels_of
from crossborder.i18n import N_, _
from crossborder.ranking.conversion_ranking import RULES, PriceRace
from crossborder.ranking.gmv_ranking import PriceCurve


def prices_by_week(result: PriceRace) -> go.Figure:
    """Each seller's price week by week, and the line below which an order loses money."""
    drawn = over_days(result, "price_usd", by="seller", day="week", title=N_("Prices week by week"), zero=False)
    floor = result.lowest_price_usd
    drawn.layout.yaxis.update(
        value_axis(
            "price_usd",
            *padded(*extent(result.table["price_usd"], include=[floor]), share=0.1),
            title=label_of(result, "price_usd"),
        )
    )
    drawn.layout.title.text = _("Prices week by week: {rule}").format(rule=_(RULES[result.rule]))
    drawn.add_shape(
        type="line",
        xref="paper",
        x0=0,
        x1=1,
        y0=floor,
        y1=floor,
        line={"color": theme().muted, "width": 1.5, "dash": "dot"},
    )
    drawn.add_annotation(
        xref="paper",
        x=0.01,
        xanchor="left",
        y=floor,
        yanchor="bottom",
        showarrow=False,
        text=_("cost with commission {floor}").format(floor=number_text("price_usd", floor)),
        font={"color": theme().muted},
    )
    return drawn


def score_and_profit(result: PriceCurve) -> go.Figure:
    """Score and profit over your own price, each as a share of its best; marks stand at the best of each."""
    table, prices = result.table, result.table["price_usd"].tolist()
    curves = {
        "score_index": (theme().series[0], "solid", "circle"),
        "profit_index": (theme().series[1], "dash", "diamond"),
    }
    best = {"score_index": result.score_best_usd, "profit_index": result.profit_best_usd}
    names = {"score_index": N_("Score of the ranking"), "profit_index": N_("Your profit")}
    traces: list[dict[str, Any]] = []
    for column, (colour, dash, symbol) in curves.items():
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": _(names[column]),
                "x": prices,
                "y": table[column].tolist(),
                "line": {"color": colour, "width": 2.75, "dash": dash},
                "text": [
                    f"{number_text('price_usd', p)} · {v:.0f}" for p, v in zip(prices, table[column], strict=True)
                ],
                "hovertemplate": f"<b>{_(names[column])}</b><br>%{{text}}<extra></extra>",
            }
        )
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": _("{curve}: best at {price}").format(
                    curve=_(names[column]), price=number_text("price_usd", best[column])
                ),
                "x": [best[column]],
                "y": [100.0],
                "marker": {
                    "color": colour,
                    "symbol": symbol,
                    "size": 14,
                    "line": {"color": theme().paper, "width": 1.5},
                },
                "hovertemplate": "%{x:.2f}<extra></extra>",
            }
        )
    return figure(
        traces,
        title=_("What the ranking likes, and what pays"),
        alt=_(
            "Score and profit over your own price: the score is highest at {score}, the profit at {profit}; your price "
            "is {own}."
        ).format(
            score=number_text("price_usd", best["score_index"]),
            profit=number_text("price_usd", best["profit_index"]),
            own=number_text("price_usd", result.own_price_usd),
        ),
        table=table,
        labels=labels_of(result),
        xaxis={
            **value_axis("price_usd", prices[0], prices[-1], title=label_of(result, "price_usd")),
            "showgrid": False,
        },
        yaxis=value_axis("index", 0.0, 108.0, title=_("Best = 100")),
        shapes=[
            {
                "type": "line",
                "x0": result.own_price_usd,
                "x1": result.own_price_usd,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "line": {"color": theme().ink, "width": 1},
            }
        ],
        annotations=[
            {
                "x": result.own_price_usd,
                "y": 4,
                "text": _("your price"),
                "showarrow": False,
                "xanchor": "left",
                "xshift": 5,
                "font": {"color": theme().muted},
            }
        ],
    )
