"""Lesson 21 played through as a learner does: by clicking, by keyboard, and found again after a reload."""

import json

PATH = "lessons/21_three_sellers_one_product.ipynb"

# The shares by GMV that the levers' chart draws, in the order of the offers: the full marks beside the rings
SHARES = """() => {
  const plot = document.querySelector(".xb-levers .js-plotly-plot");
  const now = {}, drawn = plot?.data || [], ring = drawn.find((trace) => trace.marker?.symbol === "circle");
  for (const trace of drawn)
    if (/triangle|diamond/.test(trace.marker?.symbol)) trace.y.forEach((name, i) => { now[name] = trace.x[i]; });
  return ring ? ring.y.map((name) => Math.round(100 * now[name])) : [];
}"""


def predict(page) -> None:
    boxes = page.locator(".xb-predict")
    for name, value in (("low", "30"), ("likely", "45"), ("high", "60")):
        boxes.nth(0).locator(f"input[name={name}]").fill(value)
    boxes.nth(0).get_by_role("button").first.click()
    boxes.nth(1).locator("input[value=up]").check()
    boxes.nth(1).locator("input[value=think]").check()
    boxes.nth(1).get_by_role("button").first.click()
    page.locator(".xb-levers").wait_for(state="visible")


def test_played_through_by_clicking(open_page):
    """Shut until predicted; the picture holds the expected data before and after a move; the progress can be saved."""
    page = open_page(PATH, query="learner=clicks")
    assert not page.locator(".xb-levers").is_visible()
    predict(page)
    page.wait_for_function(f"({SHARES})().length === 3")
    assert page.evaluate(SHARES) == [34, 49, 17]
    assert "Your prediction for left" in page.locator(".xb-levers .xb-plot").get_attribute("aria-label")
    shapes = page.evaluate("document.querySelector('.xb-levers .js-plotly-plot').layout.shapes")
    assert shapes[-1]["line"]["dash"] == "dash"
    page.locator(".xb-levers input[type=range]").last.focus()
    for _step in range(8):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"({SHARES})()[0] === 64")  # below an elasticity of -1 the cheapest leads again
    page.locator(".xb-moves li[data-done=true]").wait_for()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save a copy of my progress").click()
    saved = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    assert [event["what"] for event in saved["events"]] == ["predicted", "predicted", "moved"]
    page.reload(wait_until="commit")
    page.locator(".xb-levers").wait_for(state="visible")  # found again, and still open
    assert page.locator(".xb-answered").count() == 2


def test_the_check_names_the_error_and_keeps_the_keyboard(open_page):
    page = open_page(PATH, query="learner=check")
    check = page.locator(".xb-check").first
    field = check.get_by_role("textbox")
    field.fill("999")
    field.press("Enter")
    check.get_by_text("This is too high.").wait_for()
    assert page.evaluate("document.activeElement.name") == "value"
    check.get_by_role("button", name="Hint 1 of 3").click()
    check.get_by_text("price × conversion × rating").wait_for()


def test_the_address_leads_to_the_readers_twin(open_page):
    page = open_page(PATH, query="lang=zh")
    assert page.url.split("?")[0].endswith(PATH.replace("lessons/", "lessons/zh/"))


def test_what_stands_half_filled_in_one_form_stays_when_another_is_sent(open_page):
    """Also in a form that was sent incomplete and changed since."""
    page = open_page(PATH, query="learner=halves")
    share, gmv, race = (page.locator(".xb-predict").nth(i) for i in range(3))
    share.locator("input[name=low]").fill("30")
    share.locator("input[name=likely]").fill("45")
    answer = page.locator(".xb-check").first.get_by_role("textbox")
    answer.fill("12")
    gmv.locator("input[value=up]").check()
    gmv.get_by_role("button").first.click()
    gmv.get_by_role("alert").wait_for()
    gmv.locator("input[value=down]").check()
    race.locator("input[value=both]").check()
    race.locator("input[value=sure]").check()
    race.get_by_role("button").first.click()
    race.locator(".xb-answered").wait_for()
    page.locator(".xb-progress-panel").get_by_text("0 of 1 right").wait_for()  # all parts have been told by now
    kept = [share.locator(f"input[name={name}]").input_value() for name in ("low", "likely", "high")]
    assert kept == ["30", "45", ""]
    assert gmv.locator("input[value=down]").is_checked()
    assert answer.input_value() == "12"
    share.locator("input[name=high]").fill("60")
    share.get_by_role("button").first.click()
    share.locator(".xb-answered").get_by_text("between 30% and 60%").wait_for()
