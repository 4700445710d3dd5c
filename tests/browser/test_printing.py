"""On paper: the answer, its picture, its table, in dark colours on white whatever the theme; nothing to press."""

import dataclasses
import re
import zlib

import pytest

from crossborder.charts.theme import DARK, LIGHT

DASHBOARD = "dashboards/ranking_policy_change.ipynb"
LESSON = "lessons/21_three_sellers_one_product.ipynb"
MARGINS = dict.fromkeys(("top", "right", "bottom", "left"), "10mm")
SHEET = 718  # pixels of A4 between these margins

# What can be pressed, moved or filled in and is seen; a number that tells its origin when pressed is a number
TO_PRESS = """() => [...document.querySelectorAll(
    "button:not(.xb-why), input, select, textarea, [role=slider], .xb-drop, .xb-skip, .xb-top, .xb-opening, summary")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true })).map((each) => each.outerHTML.slice(0, 120))"""
SEEN = """(selector) => {
  const each = document.querySelector(selector);
  return Boolean(each?.checkVisibility({ visibilityProperty: true })) && each.getBoundingClientRect().height;
}"""
TABLE = ".xb-chart .xb-table tbody tr:nth-child(9)"

# How wide the page was while it was printed: wider than the sheet if something on it made the browser shrink it
PRINTED = """() => matchMedia("print").addEventListener("change", ({ matches }) => {
  if (matches) window.printed = document.documentElement.clientWidth;
})"""


def rgb(colour):
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def colours_of(theme):
    """All colours of a theme that stand for ink."""
    told = [value for field in dataclasses.fields(theme) for value in (getattr(theme, field.name),)]
    return {rgb(colour) for value in told for colour in ([value] if isinstance(value, str) else value)}


def colours_in(pdf):
    """What a document is drawn in, as its drawing commands say."""
    found = set()
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            commands = zlib.decompress(stream)
        except zlib.error:  # a picture or a font
            continue
        for told in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)\b", commands):
            found.add(tuple(round(255 * float(share)) for share in told))
    return found


def is_in_light_colours(pdf):
    drawn = colours_in(pdf)
    assert {rgb(LIGHT.ink), rgb(LIGHT.gain), rgb(LIGHT.loss)} <= drawn
    assert not drawn & (colours_of(DARK) - colours_of(LIGHT))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_dashboard_prints_its_answer_its_picture_and_its_table(open_page, theme):
    page = open_page(DASHBOARD, query=f"theme={theme}")
    page.wait_for_selector(".xb-chart-box[data-drawn]")
    assert page.evaluate(SEEN, TABLE) is False and page.evaluate(TO_PRESS)
    pdf = page.pdf(format="A4", margin=MARGINS)
    is_in_light_colours(pdf)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2
    page.emulate_media(media="print")
    page.wait_for_function("document.querySelector('.xb-plot .main-svg').clientWidth < 700")
    assert page.evaluate(TO_PRESS) == []
    for part in (
        "[data-part=sentence] .xb-answer",
        ".xb-plot .main-svg",
        TABLE,
        "[data-part=beside] .xb-badge",
        ".xb-printed",
    ):
        assert page.evaluate(SEEN, part), part
    assert "New policy: price * conversion * rating" in page.locator(".xb-living .xb-printed").inner_text()
    page.emulate_media(media="screen")
    page.wait_for_function("document.querySelector('.xb-plot .main-svg').clientWidth > 700")
    assert page.evaluate(SEEN, TABLE) is False


@pytest.mark.parametrize("width", [1400, 390])
def test_a_sheet_is_filled_and_not_shrunk(open_page, width):
    """A picture as wide as the window would make the browser print the whole page smaller, and cut it all the same."""
    page = open_page(LESSON, width=width, query="learner=paper")
    page.wait_for_function("document.querySelectorAll('.xb-chart-box[data-drawn]').length === 4")
    page.evaluate(PRINTED)
    before = page.evaluate("[...document.querySelectorAll('.xb-plot .main-svg')].map((svg) => svg.clientWidth)")
    page.pdf(format="A4", margin=MARGINS)
    assert page.evaluate("window.printed") == pytest.approx(SHEET, abs=4)
    now = "JSON.stringify([...document.querySelectorAll('.xb-plot .main-svg')].map((svg) => svg.clientWidth))"
    page.wait_for_function(f"before => {now} === JSON.stringify(before)", arg=before)  # as it was, on the screen


def test_a_lesson_prints_whole_with_room_to_write_and_nothing_to_press(open_page):
    page = open_page(LESSON, query="learner=paper")
    page.emulate_media(media="print")
    page.wait_for_function("document.querySelector('.xb-levers .xb-plot .main-svg')?.clientWidth < 700")
    left = [part for part in page.evaluate(TO_PRESS) if not re.match(r'<input type="(text|radio)"', part)]
    assert left == []
    assert page.evaluate(SEEN, ".xb-predict input[name=low]")
    assert page.evaluate(SEEN, ".xb-levers .xb-plot .main-svg")  # on paper nobody can open what a prediction opens


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_scripts_the_still_picture_is_printed(browser, server, scheme):
    server.wait_until(lambda state: DASHBOARD in state["ready_pages"], seconds=90)
    context = browser.new_context(color_scheme=scheme, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.base}/voila/render/{DASHBOARD}?token={server.key}&lang=en")
    is_in_light_colours(page.pdf(format="A4", margin=MARGINS))
    page.emulate_media(media="print")
    assert page.evaluate(TO_PRESS) == []
    for part in (".xb-answer", ".xb-poster.xb-wide svg", TABLE):
        assert page.evaluate(SEEN, f".xb-told[lang=en] {part}"), part
    context.close()
