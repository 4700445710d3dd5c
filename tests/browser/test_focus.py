"""Where the reader is stays where it is when the page comes alive, and the keyboard goes through it as the eye does."""

from itertools import pairwise

import pytest

DASHBOARD = "dashboards/ranking_policy_change.ipynb"
LESSON = "lessons/21_three_sellers_one_product.ipynb"
STOPS = 80

# The range is there and nothing is being computed: what is pressed is not made anew meanwhile
SETTLED = """document.querySelector('[data-part=sentence]').textContent.includes('95%')
  && document.querySelector('[data-part=progress]').textContent.trim() === ''"""

# The parts of a dashboard as the eye takes them: the answer first
PARTS = [".xb-top", ".xb-reply", ".xb-app-side", ".xb-app-main"]

# Every place where Tab stops: in which of the given parts, where its group stands, and what shows that the keyboard is
# there (a field that is not seen itself shows it on its label)
STOP = """() => {
  const stop = document.activeElement;
  (window.stops ||= []).push(stop);
  const drawn = [stop, ...(stop.labels || [])].map((each) => getComputedStyle(each));
  const marked = drawn.some((style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
    || style.boxShadow !== "none");
  return stop === document.body ? "end" : marked ? "" : stop.outerHTML.slice(0, 160);
}"""
PLACES = """(parts) => {
  scrollTo(0, 0);
  for (const scrolled of document.querySelectorAll(".xb-app-side")) scrolled.scrollTop = 0;
  return window.stops.map((stop) => {
    const group = stop.closest("[data-name], .xb-chart-box, .xb-predict, .xb-check") || stop;
    const box = group.getBoundingClientRect();
    return [parts.findLastIndex((part) => stop.closest(part)), box.x, box.y + Math.min(box.height, 40) / 2];
  });
}"""


@pytest.fixture
def held(browser, server):
    """Open a page that comes alive only when told to: ``page, release = held(path)``."""
    contexts = []

    def open_held(path, width=1400, height=500, language="en"):
        context = browser.new_context(viewport={"width": width, "height": height}, locale="en-US")
        contexts.append(context)
        page, waiting = context.new_page(), []
        page.set_default_timeout(60_000)
        page.route("**/built/lean.js*", lambda route: waiting.append(route))
        page.goto(f"{server.base}/voila/render/{path}?token={server.key}&lang={language}", wait_until="commit")
        page.wait_for_selector(".xb-slot:last-of-type + i", state="attached")

        def release():
            page.wait_for_timeout(300)  # what is asked for late is held as well
            assert page.locator("body.xb-opened").count() == 0
            for route in waiting:
                route.continue_()
            page.wait_for_selector("body.xb-drawn", state="attached")
            assert page.locator(".xb-still:visible").count() == 0

        return page, release

    yield open_held
    for context in contexts:
        for page in context.pages:
            page.close(run_before_unload=True)
        context.close()


def stops(page):
    """Go through the whole page with Tab; what does not show where the keyboard is fails."""
    page.evaluate("window.stops = []")
    for _press in range(STOPS):
        page.keyboard.press("Tab")
        unmarked = page.evaluate(STOP)
        if unmarked == "end":
            break
        assert unmarked == ""
    page.evaluate("window.stops.pop()")


def in_reading_order(page, parts=()):
    """Part after part, within a part line after line, within a line from left to right."""
    places = page.evaluate(PLACES, list(parts))
    assert len(places) > 5
    for (part, x, y), (next_part, next_x, next_y) in pairwise(places):
        after = next_part > part or (next_part == part and (next_y > y + 8 or (abs(next_y - y) <= 8 and next_x >= x)))
        assert after, (part, x, y, next_part, next_x, next_y)


@pytest.mark.parametrize("width", [1400, 390])
def test_the_keyboard_goes_through_the_dashboard_as_the_eye_does(open_page, width):
    page = open_page(DASHBOARD, width=width)
    page.wait_for_function(SETTLED)
    stops(page)
    in_reading_order(page, PARTS)


@pytest.mark.parametrize("path", ["index.ipynb", LESSON])
def test_the_keyboard_goes_through_a_page_as_the_eye_does(open_page, path):
    page = open_page(path, query="learner=keys")
    stops(page)
    in_reading_order(page)


@pytest.mark.parametrize(("path", "width"), [(DASHBOARD, 390), (LESSON, 1400)])
def test_a_page_that_was_scrolled_stays_there(held, path, width):
    page, release = held(path, width=width)
    page.evaluate("scrollTo(0, 433)")
    seen = "document.elementFromPoint(innerWidth / 2, 250).textContent"
    before = page.evaluate(seen)
    release()
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") == 433 and page.evaluate(seen) == before


def test_the_keyboard_stays_at_the_skip_link_and_in_the_content(held):
    page, release = held("index.ipynb")
    page.keyboard.press("Tab")
    release()
    assert page.evaluate("document.activeElement.className") == "xb-skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "xb-home"


def test_a_form_sent_before_anybody_takes_it_does_not_load_the_page_anew(held):
    page, release = held(LESSON)
    page.evaluate("window.stayed = true")
    field = page.locator(".xb-still input[name=likely]").first
    field.fill("35")
    field.press("Enter")
    page.wait_for_timeout(200)
    assert page.evaluate("window.stayed") and "likely" not in page.url
    release()


@pytest.mark.parametrize(
    ("path", "where"),
    [
        (DASHBOARD, ".xb-languages button[data-value=zh]"),
        (DASHBOARD, "[data-name=respond] summary"),
        ("index.ipynb", "a.xb-tile[data-notebook^=lessons]"),
    ],
)
def test_the_keyboard_stays_where_it_was(held, path, where):
    page, release = held(path)
    page.locator(f".xb-still:not(.xb-told:lang(zh) *) {where}:visible").first.focus()
    place = "[document.activeElement.getBoundingClientRect().x, document.activeElement.getBoundingClientRect().y]"
    before = page.evaluate(place)
    release()
    assert page.evaluate("where => document.activeElement.matches(where)", where)
    assert page.evaluate(place) == pytest.approx(before, abs=4)


def test_what_was_begun_in_a_form_goes_on(held):
    page, release = held(LESSON)
    boxes = page.locator(".xb-predict")
    boxes.nth(1).locator("input[value=same]").check()
    field = boxes.nth(0).locator("input[name=likely]")
    field.press_sequentially("3")
    field.press("Enter")  # nobody is there yet to take it
    release()
    page.keyboard.type("5")
    assert boxes.nth(0).locator("input[name=likely]").input_value() == "35"
    assert boxes.nth(1).locator("input[value=same]").is_checked()
