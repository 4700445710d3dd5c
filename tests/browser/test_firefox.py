"""The served pages in Firefox: each opens whole, and what a reader does on them works there too."""

import importlib.util
import json
import shutil
import time
from pathlib import Path

import pytest

from crossborder.charts.theme import DARK, LIGHT
from crossborder.serve.notebooks import default_root, served_notebooks

PROGRAMS = ("firefox-esr", "firefox")
PAGES = [path for path in served_notebooks(default_root()) if "/zh/" not in path]  # a twin opens by itself
WITHOUT_CHART = ("index.ipynb", "atlas.ipynb")
DASHBOARD = "dashboards/ranking_policy_change.ipynb"
LESSON = "lessons/21_three_sellers_one_product.ipynb"

LIVING = "[...document.querySelectorAll('.js-plotly-plot')].filter((plot) => plot._fullData?.length)"
SENTENCE = "document.querySelector('[data-part=sentence]').textContent"
DRAWN = f"Object.fromEntries({LIVING}[0]._fullData.map((trace) => [trace.name, [...trace.x]]))"
SENDS_CHART = "document.body.innerHTML.includes('Share chart')"
SHOWN_FAILURES = """[...document.querySelectorAll(".xb-failure")]
  .filter((part) => part.checkVisibility()).map((part) => part.textContent)"""


def driving():
    """How Firefox is driven; tests are imported by path, so there is no package to import it from."""
    spec = importlib.util.spec_from_file_location("crossborder_tests_firefox", Path(__file__).parent / "firefox.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def firefox(tmp_path_factory):
    program = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    assert program, "These tests need Firefox, and there is none: apt-get install firefox-esr fonts-noto-cjk"
    running = driving().Firefox(program, tmp_path_factory.mktemp("firefox"))
    yield running
    running.end()


@pytest.fixture
def open_page(firefox, server):
    """Open a notebook of the project and wait until it is drawn; what goes wrong on it fails the test."""
    tabs = []

    def open_notebook(path, query="", width=1400):
        asked = "&".join(part for part in (f"token={server.key}", query) if part)
        tab = firefox.open(f"{server.base}/voila/render/{path}?{asked}", width)
        tabs.append(tab)
        tab.until("document.body?.matches('.xb-drawn')", seconds=120)
        return tab

    yield open_notebook
    for tab in tabs:
        tab.close()
    assert firefox.take_problems() == []


@pytest.fixture
def small():
    """Settings of the dashboard on a small market, so that the range is there soon."""
    from crossborder.market.make import MarketScenario
    from crossborder.ranking import PolicyChangeScenario

    return PolicyChangeScenario(days=7, worlds=2, world=MarketScenario(n_stores=10, sessions_per_day=500))


@pytest.fixture
def dashboard(open_page, small):
    tab = open_page(DASHBOARD, f"scenario={small.to_link()}")
    tab.until(f"{SENTENCE}.includes('95%') && document.querySelector('[data-part=progress]').textContent.trim() === ''")
    return tab


@pytest.mark.parametrize(("width", "language"), [(1400, "en"), (390, "zh")])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_whole(open_page, path, width, language):
    tab = open_page(path, f"lang={language}", width)
    if path not in WITHOUT_CHART:
        tab.until(f"{LIVING}.length > 0")
    assert tab.evaluate("document.documentElement.lang").startswith(language)
    assert tab.evaluate("document.querySelectorAll('h1').length") == 1
    assert tab.evaluate("innerWidth") == width
    assert tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert tab.evaluate(SHOWN_FAILURES) == []
    assert not tab.evaluate(SENDS_CHART)


def test_a_slider_moved_by_keys_changes_sentence_and_picture(dashboard, small):
    from crossborder.charts.ranking import what_changes
    from crossborder.ranking import change_policy

    for _press in range(60):
        dashboard.press("Tab")
        if dashboard.evaluate("document.activeElement.matches('[data-name=click_price_elasticity] input[type=range]')"):
            break
    dashboard.press(*["ArrowLeft"] * 8)
    assert dashboard.evaluate("document.activeElement.value") == "-2.1"
    result = change_policy(small.replace(click_price_elasticity=-2.1), 0)
    dashboard.until(f"{SENTENCE} === {json.dumps(result.text)}")
    expected = {trace.name: pytest.approx(list(trace.x)) for trace in what_changes(result).data}
    until = time.monotonic() + 30
    while dashboard.evaluate(DRAWN) != expected and time.monotonic() < until:
        time.sleep(0.1)
    assert dashboard.evaluate(DRAWN) == expected


def test_the_theme_switch_changes_page_and_chart(dashboard):
    page = "getComputedStyle(document.body).backgroundColor"
    chart = f"{LIVING}[0].querySelector('.main-svg').style.backgroundColor"
    for name, theme in (("light", LIGHT), ("dark", DARK)):
        dashboard.click(f"button[data-theme-choice={name}]")
        colour = f"rgb({', '.join(str(int(theme.paper[i : i + 2], 16)) for i in (1, 3, 5))})"
        dashboard.until(f"{page} === '{colour}' && {chart} === '{colour}'")
        dashboard.wait_for(f"button[data-theme-choice={name}][aria-pressed=true]")


def test_a_prediction_opens_the_levers_of_the_lesson(open_page):
    tab = open_page(LESSON, "learner=firefox")
    assert not tab.sees(".xb-levers")
    for name, value in (("low", "30"), ("likely", "45"), ("high", "60")):
        tab.write(f".xb-predict input[name={name}]", value)
    tab.click(".xb-predict:has(input[name=low]) button")
    tab.click(".xb-predict input[value=up]")
    tab.click(".xb-predict input[value=think]")
    tab.click(".xb-predict:has(input[value=up]) button")
    tab.wait_for(".xb-levers")
    tab.until(f"{LIVING}.some((plot) => plot.closest('.xb-levers'))")
    tab.evaluate("[...document.querySelectorAll('.xb-levers input[type=range]')].at(-1).focus()")
    tab.press(*["ArrowLeft"] * 8)
    tab.wait_for(".xb-moves li[data-done=true]")


def test_a_file_of_ones_own_is_taken(dashboard, tmp_path):
    rows = "".join(f"{i},Lamp {i},{5 + i},4.{i % 9},{10 * i}\n" for i in range(1, 31))
    (tmp_path / "mine.csv").write_text(f"id,title,price,rating,units sold\n{rows}", encoding="utf-8")
    dashboard.take_files("input[type=file]", tmp_path / "mine.csv")
    dashboard.wait_for("[data-part=report] [data-kind=observed]")
    dashboard.wait_for("[data-part=beside] [data-kind=observed]")


@pytest.fixture
def alive(server):
    """Whether a page's kernel lives. Nothing but the farewell, with the login's cookies, ends one within seconds."""
    return lambda kernel: server.get(f"/crossborder/pulse/{kernel}").json["alive"]


def kernel_of(tab):
    return tab.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")


def test_closed_pages_end_their_kernels(open_page, server, alive):
    """Several, since Firefox may break off what a page says last: with luck one is heard all the same."""
    tabs = [open_page("index.ipynb") for _page in range(4)]
    kernels = [kernel_of(tab) for tab in tabs]
    assert all(map(alive, kernels))
    for tab in tabs:
        tab.close()
    server.wait_until(lambda _state: not any(map(alive, kernels)), seconds=10)


def test_a_page_left_for_another_ends_its_kernel(open_page, server, alive):
    tab = open_page("index.ipynb")
    kernel = kernel_of(tab)
    tab.go(f"{server.base}/login")
    server.wait_until(lambda _state: not alive(kernel), seconds=10)


def test_what_goes_wrong_is_seen(firefox, server):
    """The fixture that guards every page hears of errors, of refusals, and of requests to somebody else."""
    tab = firefox.open(f"{server.base}/login")
    tab.until("document.readyState === 'complete'")
    tab.evaluate("console.error('a fault')")
    tab.evaluate("setTimeout(() => no_such_name)")
    tab.evaluate("fetch('/crossborder/farewell/nobody', { method: 'POST' })")
    tab.evaluate("fetch('http://192.0.2.1/forbidden').catch(() => null)")
    tab.go("about:blank")  # where no policy forbids it
    tab.until("location.href === 'about:blank'")
    tab.evaluate("fetch('http://192.0.2.1/asked').catch(() => null)")
    tab.close()
    found = "\n".join(firefox.take_problems())
    told = ("a fault", "no_such_name", "403: ", "192.0.2.1/forbidden", "asked somebody else: http://192.0.2.1/asked")
    assert [word for word in told if word not in found] == []
