"""The small app that every contender shows: a price, a cost, a fee and a market in; a figure and a table out.

Each contender builds its own controls from ``SLIDERS`` and ``MARKETS`` and hands their values to ``figure_of`` and
``table_of``. Only the standard library and plotly are used, so that nobody imports more than another.
"""

import math
from dataclasses import dataclass

import plotly.graph_objects as go

HEADING = "Price and profit"
TEXT = "Move a slider: the curve is the profit of a day at every price, the mark is yours."
POINTS = 120
HEIGHT_PX = 360
CONFIG = {"displaylogo": False, "displayModeBar": False, "responsive": True}
BUYERS = {"small": 100, "large": 300}
MARKETS = tuple(BUYERS)


@dataclass(frozen=True)
class Slider:
    """One slider: bounds, step and where it starts."""

    name: str
    label: str
    low: float
    high: float
    step: float
    start: float


SLIDERS = (
    Slider("price", "Price", 1.0, 20.0, 0.5, 8.0),
    Slider("cost", "Cost", 0.0, 10.0, 0.5, 3.0),
    Slider("fee", "Fee", 0.0, 0.5, 0.01, 0.08),
)
START = {**{slider.name: slider.start for slider in SLIDERS}, "market": MARKETS[0]}


def profit_usd(price: float, cost: float, fee: float, market: str) -> float:
    """A day's profit: buyers fall off exponentially with the price.

    >>> round(profit_usd(8.0, 3.0, 0.0, "small"), 2)
    183.94
    """
    return (price * (1 - fee) - cost) * BUYERS[market] * math.exp(-price / 8)


def figure_of(price: float, cost: float, fee: float, market: str) -> go.Figure:
    """The curve of 120 prices and the mark of the chosen one, which the title names too."""
    low, high = SLIDERS[0].low, SLIDERS[0].high
    prices = [low + (high - low) * i / (POINTS - 1) for i in range(POINTS)]
    curve = [round(profit_usd(one, cost, fee, market), 3) for one in prices]
    chosen = round(profit_usd(price, cost, fee, market), 3)
    figure = go.Figure()
    figure.add_scatter(x=[round(one, 3) for one in prices], y=curve, name="profit", mode="lines")
    figure.add_scatter(x=[price], y=[chosen], name="your price", mode="markers", marker={"size": 12})
    figure.update_layout(
        title={"text": f"Profit at {price:.1f} USD, cost {cost:.1f}, fee {fee:.0%}: {chosen:.1f} USD"},
        height=HEIGHT_PX,
        margin={"l": 50, "r": 20, "t": 50, "b": 40},
        template="plotly_white",
        uirevision="stays",
    )
    return figure


def table_of(price: float, cost: float, fee: float, market: str) -> dict[str, str]:
    """The table's one row, by column.

    >>> table_of(8.0, 3.0, 0.08, "small")
    {'price': '8.0', 'cost': '3.0', 'fee': '8%', 'profit': '160.40'}
    """
    profit = profit_usd(price, cost, fee, market)
    return {"price": f"{price:.1f}", "cost": f"{cost:.1f}", "fee": f"{fee:.0%}", "profit": f"{profit:.2f}"}


def table_html(row: dict[str, str]) -> str:
    """The row as an HTML table, for those whose lightest way to a table that is. It holds numbers only."""
    heads = "".join(f"<th>{name}</th>" for name in row)
    cells = "".join(f"<td>{text}</td>" for text in row.values())
    return f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>"


def upload_told(n_bytes: int | None) -> str:
    """What is said beside the upload."""
    return "no file yet" if n_bytes is None else f"{n_bytes:,} bytes"
