"""The goals, the figure that is held against each, and the known reason where one may fall short."""

from collections.abc import Callable
from dataclasses import dataclass

from pages.lineup import OTHERS
from pages.tables import figure

Found = dict


@dataclass(frozen=True)
class Target:
    """A goal: at least so much, or at most."""

    what: str
    goal: float
    figure: Callable[[Found], float | None]
    why: str = ""
    at_least: bool = True
    unit: str = " ×"

    def met(self, value: float) -> bool:
        """Whether the figure reaches the goal."""
        return value >= self.goal if self.at_least else value <= self.goal


def us_of(found: Found, group: str, beginning: str) -> float | None:
    """CPU microseconds per session of the system whose label begins so; None where it was not measured."""
    for row in found[group]:
        if row["label"].startswith(beginning):
            return row.get("us_per_session")
    return None


def day_ratio(found: Found, sessions: str) -> float:
    """How much faster the aggregate engine does a day."""
    row = found["engines"][sessions]
    return row["individual_day_s"] / row["aggregate_day_s"]


def screen(found: Found, name: str) -> float | None:
    """A figure from the browser; None where there was none."""
    return (found.get("screens") or {}).get(name)


def page(found: Found, name: str, who: str = "ours") -> float | None:
    """A median of the served pages; None where it was not measured."""
    return figure(found.get("pages"), who, name)


def best_of_others(found: Found) -> float | None:
    """How much sooner our live chart is there than that of the quickest other contender."""
    theirs = [one for key in OTHERS if (one := page(found, "live_s", key))]
    ours = page(found, "live_s")
    return min(theirs) / ours if theirs and ours else None


def ten_pages(found: Found) -> float | None:
    """How much sooner ten pages at once are drawn than in Dash."""
    ours, theirs = page(found, "ten_pages_s"), page(found, "ten_pages_s", "dash")
    return theirs / ours if ours and theirs else None


def kernels_left(found: Found) -> float | None:
    """Kernels beyond the pool's after all pages were closed; only a full run opens so many."""
    cycles = (found.get("pages") or {}).get("cycles")
    return cycles["beyond_pool"] if cycles else None


def _against(group: str, peer: str, ours: str) -> Callable[[Found], float | None]:
    def ratio(found: Found) -> float | None:
        theirs, own = us_of(found, group, peer), us_of(found, ours, "this library")
        return theirs / own if theirs and own else None

    return ratio


_ONE_PAGE = (
    "all sessions of a cell see one page, so NumPy needs one uniform and one look-up a session. The library draws a"
    " shock for every listing of the page as well, because two policies must meet the same shoppers; NumPy with those"
    " shocks is the row above"
)
_TABLES = (
    "the peer looks a session up in tables prepared once a day, which is the fastest we could write it, and it has"
    " neither the features nor the shock per listing"
)
_QUICK_INDIVIDUAL = (
    "both are near their limits: the individual engine walks a session in five to twelve nanoseconds, and a day of the"
    " aggregate engine is mostly what any day costs (scores, pages, carts and orders by cell, history, diary)"
)
_PRODUCT = (
    "JAX's compiled matrix product and top_k fit this job; on our side the product and the exact selection take nearly"
    " all of the time"
)
_IMPORTS = (
    "importing pandas, Numba and NumPy takes about two thirds of it; the rest is making the market, loading compiled"
    " code and the run itself; on a busy machine see its CPU time below"
)
_MOVE = (
    "building the app's figure in Python, as every contender does, and plotly's drawing of it take most of the time,"
    " longest at the first moves, and browser, server and kernel share two cores meanwhile"
)


def _move(how: str, measure: str) -> Target:
    """From a step of the slider to its picture."""
    return Target(
        f"served page, {how} to picture", 60, lambda found: page(found, measure), _MOVE, at_least=False, unit=" ms"
    )


PAGE_TARGETS = (
    Target("served page, first picture", 0.15, lambda found: page(found, "picture_s"), at_least=False, unit=" s"),
    Target("served page, live chart", 0.8, lambda found: page(found, "live_s"), at_least=False, unit=" s"),
    Target("served page, live chart against the quickest of Dash, Panel, Streamlit, stock Voila", 2.5, best_of_others),
    Target(
        "served page, live chart, no kernel kept ready",
        1.8,
        lambda found: page(found, "live_s", "ours_cold"),
        "a new kernel must start and import plotly, the widgets and the library before the app can run",
        at_least=False,
        unit=" s",
    ),
    _move("key press", "key_ms"),
    _move("drag", "drag_ms"),
    Target(
        "served page, ten at once drawn, against Dash",
        1,
        ten_pages,
        "where fewer kernels are kept ready than pages are opened, the others start on the same cores that draw",
    ),
    Target(
        "served page, 200 opened and closed, beyond the pool's",
        0,
        kernels_left,
        at_least=False,
        unit=" kernels",
    ),
)

TARGETS = (
    Target(
        "individual, all features on, against NumPy with the same shocks",
        6,
        _against("all_features", "NumPy, all features, one shock", "all_features"),
    ),
    Target(
        "individual, all features on, against NumPy with one uniform a session",
        6,
        _against("all_features", "NumPy, all features, one uniform", "all_features"),
        _ONE_PAGE,
    ),
    Target(
        "individual, all features on, against RecSim NG on JAX without features",
        10,
        _against("neutral", "RecSim NG", "all_features"),
        _TABLES,
    ),
    Target(
        "individual, all features on, against mesa without features",
        100,
        _against("neutral", "mesa", "all_features"),
        _TABLES,
    ),
    Target(
        "individual, all features on, against RecSim without features",
        10_000,
        _against("neutral", "RecSim, its own", "all_features"),
    ),
    Target("personal pages against NumPy", 6, _against("personal", "NumPy", "personal")),
    Target("personal pages against JAX", 4, _against("personal", "JAX", "personal"), _PRODUCT),
    Target(
        "aggregate against individual, 1 million sessions a day",
        10,
        lambda found: day_ratio(found, "1000000"),
        _QUICK_INDIVIDUAL,
    ),
    Target(
        "aggregate against individual, 300 million sessions a day",
        1000,
        lambda found: day_ratio(found, "300000000"),
        _QUICK_INDIVIDUAL
        + "; with so many sessions nearly every listing has open carts in every cell, each with its own draws",
    ),
    Target(
        "two threads against one, wall time",
        1.8,
        lambda found: found["threads"]["one_s"] / found["threads"]["two_s"],
        "two threads gain only where two cores are free; see above how busy the machine was",
    ),
    Target(
        "first answer of a new process, warm cache",
        1.0,
        lambda found: found["first_answer"]["wall_s"],
        _IMPORTS,
        at_least=False,
        unit=" s",
    ),
    Target(
        "slider case, expected engine, CPU",
        50,
        lambda found: found["slider"]["expected"]["cpu_s"] * 1e3,
        "most of a day is the order of pages and array work between the kernels (scores, history)",
        at_least=False,
        unit=" ms",
    ),
    Target(
        "slider case, individual engine with personal pages, CPU",
        1.5,
        lambda found: found["slider"]["personal"]["cpu_s"],
        "1.7 million sessions, each with its own scores of all candidates; a second free core shortens the wait by a"
        " third",
        at_least=False,
        unit=" s",
    ),
    Target(
        "slider to changed picture, expected engine, 95th percentile, in the browser",
        100,
        lambda found: screen(found, "changed_picture_p95_ms"),
        "two runs of 60 days take most of it, then the widgets' messages and the drawing",
        at_least=False,
        unit=" ms",
    ),
    Target(
        "first picture of a dashboard with a kernel kept ready, in the browser",
        3.0,
        lambda found: screen(found, "first_picture_s"),
        "the browser lays out the page, runs the module and plotly, and draws; the kernel waits for it",
        at_least=False,
        unit=" s",
    ),
    *PAGE_TARGETS,
)
