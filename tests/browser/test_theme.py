"""Light and dark: as the system is, as asked for, as chosen; charts with the page; paper and downloads light."""

from pathlib import Path

import pytest

from crossborder.charts.theme import DARK, LIGHT

PAGE = """
from crossborder.apps import Chart
from crossborder.apps.head import Page
from crossborder.charts.figure import figure
from crossborder.charts.theme import LIGHT
line = {"type": "scatter", "mode": "lines", "x": [1, 2], "y": [1, 2], "line": {"color": LIGHT.loss, "width": 3}}
Page(Chart(figure([line], title="A line", alt="It rises.", table={"y": [1, 2]})), title="Colours")
"""
GROUND = "getComputedStyle(document.body).backgroundColor"
PAPER = "document.querySelector('.js-plotly-plot .main-svg')?.style.backgroundColor"
LINE = "document.querySelector('.js-plotly-plot .js-line')?.style.stroke"
DRAWN = f"[{GROUND}, {PAPER}, {LINE}]"


def rgb(colour):
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"


IN_LIGHT = [rgb(LIGHT.paper), rgb(LIGHT.paper), rgb(LIGHT.loss)]
IN_DARK = [rgb(DARK.paper), rgb(DARK.paper), rgb(DARK.loss)]


@pytest.fixture(scope="module")
def coloured(start_server, write_notebook, tmp_path_factory):
    folder = tmp_path_factory.mktemp("colours")
    write_notebook(folder, "index.ipynb", PAGE)
    running = start_server("--root", str(folder), "--port", "0")
    yield running
    running.stop()


@pytest.fixture
def come_in(watch, coloured, drawn):
    def open_coloured(query="", **how):
        page = watch(f"{coloured.base}/?token={coloured.key}{query}", **how).page
        drawn(page)
        return page

    return open_coloured


def becomes(page, colours):
    page.wait_for_function(f"colours => JSON.stringify({DRAWN}) === JSON.stringify(colours)", arg=colours)


def test_the_page_and_its_chart_follow_the_system_and_paper_is_light(come_in):
    page = come_in()
    becomes(page, IN_LIGHT)
    page.emulate_media(color_scheme="dark")
    becomes(page, IN_DARK)
    page.emulate_media(color_scheme="dark", media="print")
    becomes(page, IN_LIGHT)
    page.emulate_media(color_scheme="dark", media="screen")
    becomes(page, IN_DARK)


def test_what_was_chosen_holds_against_the_system_and_on_the_next_page(come_in):
    page = come_in()
    page.get_by_role("button", name="Dark").click()
    becomes(page, IN_DARK)
    assert page.get_by_role("button", name="Dark").get_attribute("aria-pressed") == "true"
    page.reload()
    becomes(page, IN_DARK)
    page.emulate_media(color_scheme="light")
    assert page.evaluate(DRAWN) == IN_DARK


def test_the_address_wins(come_in):
    page = come_in("&theme=light")
    page.emulate_media(color_scheme="dark")
    becomes(page, IN_LIGHT)


def test_a_picture_taken_from_a_dark_page_is_light(come_in):
    page = come_in("&theme=dark")
    becomes(page, IN_DARK)
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG").click()
    drawing = Path(download.value.path()).read_text(encoding="utf-8")
    assert rgb(LIGHT.loss) in drawing and rgb(LIGHT.paper) in drawing
    assert rgb(DARK.loss) not in drawing and rgb(DARK.paper) not in drawing


def test_on_a_phone_one_button_leads_away_from_the_system_and_back(come_in):
    page = come_in(width=390)
    shown = page.locator(".xb-themes button:visible")
    assert shown.count() == 1 and shown.get_attribute("data-theme-choice") == "dark"
    shown.click()
    becomes(page, IN_DARK)
    page.mouse.click(5, 5)
    assert shown.count() == 1 and shown.get_attribute("data-theme-choice") == "auto"


def test_without_a_script_the_still_picture_follows_the_system(browser, coloured):
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{coloured.base}/?token={coloured.key}")
    still = "getComputedStyle(document.querySelector('.xb-poster polyline')).stroke"
    assert page.evaluate(f"[{GROUND}, {still}]") == [rgb(DARK.paper), rgb(DARK.loss)]
    page.emulate_media(media="print")
    assert page.evaluate(f"[{GROUND}, {still}]") == [rgb(LIGHT.paper), rgb(LIGHT.loss)]
    context.close()


def test_a_widget_in_jupyterlab_follows_its_theme(come_in):
    """JupyterLab says on its body which theme it has; our own page's word is taken away here."""
    page = come_in("&theme=light")
    becomes(page, IN_LIGHT)
    page.evaluate("delete document.documentElement.dataset.theme")
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    becomes(page, IN_DARK)
    page.evaluate("document.body.dataset.jpThemeLight = 'true'")
    becomes(page, IN_LIGHT)
