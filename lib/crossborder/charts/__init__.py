"""Result in, figure out: charts compute nothing; each carries a sentence and a table.

==========================  =================================================================
``paired_differences``      who gains: measure by measure, with interval
``old_to_new``              before and after, per group
``over_days``               a quantity day by day, with its band
``two_quantities``          price against traffic, by kind
``heat_map``                a number over two assumptions, and where it flips
``quantile_dots``           uncertainty as twenty dots
``lorenz_curve``            how unequal
``bar_list``                bars from longest to shortest
``sweep_picture``           a sweep: a line over one parameter, a heat map over two
``plain_picture``           a result without a chart of its own, by what its columns hold
``what_changes``            a change of ranking policy: what rises and falls
``who_gains``               which kinds of sellers get more traffic by it
``who_earns``               which kinds of sellers sell more by it
``where_the_story_holds``   the map of ``xb.ranking.map_story``, with the claim marked
``static_svg``              any of these as a drawing for paper, without a browser
==========================  =================================================================
"""

from importlib import import_module
from typing import Any

from crossborder.charts.bars import bar_list
from crossborder.charts.concentration import lorenz_curve
from crossborder.charts.differences import paired_differences
from crossborder.charts.dots import quantile_dots
from crossborder.charts.dumbbells import old_to_new
from crossborder.charts.figure import alt_of, figure, table_of
from crossborder.charts.lines import over_days
from crossborder.charts.maps import heat_map
from crossborder.charts.plain_picture import plain_picture
from crossborder.charts.scatter import two_quantities
from crossborder.charts.static_svg import static_svg

_HOMES = {  # opened when used: they bring the rooms whose results they draw
    "sweep_picture": "sweeps",
    "what_changes": "ranking",
    "who_gains": "ranking",
    "who_earns": "ranking",
    "where_the_story_holds": "ranking_offers",
}

__all__ = [
    "alt_of",
    "bar_list",
    "figure",
    "heat_map",
    "lorenz_curve",
    "old_to_new",
    "over_days",
    "paired_differences",
    "plain_picture",
    "quantile_dots",
    "static_svg",
    "sweep_picture",
    "table_of",
    "two_quantities",
    "what_changes",
    "where_the_story_holds",
    "who_earns",
    "who_gains",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"crossborder.charts.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'crossborder.charts' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
