"""The comparison of served pages: one app in all contenders, and a report for whatever could be measured."""

import ast
import json
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
APPS = BENCHMARKS / "pages" / "apps"
SHOWN_BY = ("dash_app", "panel_app", "streamlit_app", "voila_app")
LIBRARIES = ("dash", "panel", "streamlit", "ipywidgets")


@pytest.fixture(scope="module", autouse=True)
def benchmarks_at_hand():
    """The benchmarks are programs, not a package: their folders are looked into for as long as these tests run."""
    sys.path[:0] = [str(BENCHMARKS), str(APPS)]
    yield
    for folder in (BENCHMARKS, APPS):
        sys.path.remove(str(folder))


@pytest.fixture
def pages():
    """The figures of a run in which one contender took part fully and the others did not, each in its own way."""
    one = {"median": 2.0, "low": 1.0, "high": 3.0, "n": 3, "without": 0}
    names = (
        "picture_s live_s key_ms drag_ms ten_pages_s far_picture_s far_live_s requests http_mb websocket_mb far_http_mb"
        " browser_cpu_s server_cpu_s visit_server_cpu_s session_mb busy_percent"
    )
    whole = dict.fromkeys(names.split(), one) | {"failed": [], "outside": [], "kernels_left": 0}
    whole |= {"visits": 9, "on_release": False}
    nothing = {"median": None, "low": None, "high": None, "n": 0, "without": 3}
    partly = {**whole, "kernels_left": 4, "failed": ["first loads: it hung"], "outside": ["elsewhere"]}
    partly |= {"key_ms": nothing, "live_s": {**one, "median": 5.0}}
    del partly["ten_pages_s"]
    return {
        "date": "2026-11-22",
        "quick": True,
        "load_before": 0.1,
        "load_after": 0.9,
        "network": {"mbit_s": 20.0, "latency_ms": 40.0, "http_ms": 41.0, "websocket_ms": 40.0},
        "contenders": [
            {"key": "ours", "label": "this library", **whole},
            {"key": "stock", "label": "stock Voila", **partly},
            {"key": "dash", "label": "Dash 4.4.1", "missing": "no such package"},
        ],
        "cycles": None,
    }


@pytest.mark.parametrize("name", SHOWN_BY)
def test_every_contender_shows_the_one_app(name):
    tree = ast.parse((APPS / f"{name}.py").read_text())
    taken = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "price_app"
        for alias in node.names
    }
    assert {"figure_of", "table_of", "SLIDERS", "MARKETS", "upload_told"} <= taken
    named = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    assert "plotly" not in named and "numpy" not in named
    assert len(named & set(LIBRARIES)) <= 1


def test_the_apps_figure_says_what_was_chosen():
    from price_app import POINTS, START, figure_of, profit_usd, table_of

    drawn = json.loads(figure_of(**START).to_json())
    line, mark = drawn["data"]
    assert len(line["x"]) == len(line["y"]) == POINTS
    assert mark["x"] == [START["price"]] and mark["y"] == [pytest.approx(profit_usd(**START), abs=1e-3)]
    moved = json.loads(figure_of(**{**START, "price": 9.0}).to_json())
    assert moved["layout"]["title"]["text"] != drawn["layout"]["title"]["text"]
    assert moved["data"][1]["x"] != mark["x"] and moved["data"][0] == line
    assert table_of(**{**START, "price": 9.0}) != table_of(**START)


def test_a_slider_of_the_notebook_page_moves_title_mark_and_table():
    import ipywidgets
    from price_app import START, figure_of, table_html, table_of
    from voila_app import page

    from crossborder.apps.chart import Chart

    def below(widget):
        yield widget
        for child in getattr(widget, "children", ()):
            yield from below(child)

    widgets = list(below(page()))
    chart = next(one for one in widgets if isinstance(one, Chart))
    price = next(one for one in widgets if isinstance(one, ipywidgets.FloatSlider))
    price.value = 9.5
    values = {**START, "price": 9.5}
    due = json.loads(figure_of(**values).to_json())
    assert chart.plain["data"] == due["data"] and chart.plain["layout"]["title"] == due["layout"]["title"]
    assert table_html(table_of(**values)) in [getattr(one, "value", None) for one in widgets]


def test_the_report_names_who_could_not_take_part(pages):
    from pages import tables

    told = tables.section(pages)
    assert "not measured: no such package" in told
    assert "4 kernels left behind by 9 closed pages" in told and "it hung" in told
    assert "41 ms by HTTP and 40 ms by websocket" in told
    assert "Measured with `--quick`" in told
    assert told.count("| Dash 4.4.1 |") == 2
    assert "needs a browser" in tables.section(None)


def test_a_goal_without_its_contender_is_not_measured(pages):
    import report
    import targets

    assert targets.best_of_others({"pages": pages}) == 2.5
    assert targets.ten_pages({"pages": pages}) is None and targets.kernels_left({"pages": pages}) is None
    assert targets.kernels_left({"pages": {**pages, "cycles": {"beyond_pool": 3}}}) == 3
    told = report.pages_console({"pages": pages})
    assert "ten at once drawn, against Dash | ≥ 1 × | not measured" in told
    assert "not measured" in report.goals({}, targets.PAGE_TARGETS)[0]


def test_a_step_that_brought_no_picture_is_counted_apart():
    from pages.comparison import summary

    assert summary([60.0, None, 40.0]) == {"median": 50.0, "low": 40.0, "high": 60.0, "n": 2, "without": 1}
    assert summary([None])["median"] is None


@pytest.mark.parametrize("peer", ["dash", "panel", "streamlit"])
def test_a_peers_packages_are_pinned_and_hashed(peer):
    from pages.comparison import label_of
    from pages.lineup import LINEUP

    text = (BENCHMARKS / "peers" / peer / "requirements.txt").read_text()
    assert "://" not in text and "--index-url" not in text
    pins = [line for line in text.splitlines() if "==" in line]
    assert text.count("--hash=sha256:") >= len(pins) > 5
    contender = next(one for one in LINEUP if one.peer == peer)
    assert label_of(contender).split()[-1][0].isdigit()
