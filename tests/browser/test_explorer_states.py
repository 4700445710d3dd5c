"""An explorer's states as a reader meets them: left and found again, set, refused, beside another. In the atlas, whose
second mechanism answers at once.
"""

import pytest

PRICE = "[data-name=own_price_usd]"
SENTENCE = "[data-part=sentence]"
SHOWN = "() => [...document.querySelectorAll('[data-card]')].filter((card) => !card.hidden).length"


@pytest.fixture
def explorer(open_page):
    """The explorer of mechanism 2, opened by its link."""

    def open_explorer(**how):
        page = open_page("atlas.ipynb", query="mechanism=2", **how)
        answered(page)
        return page

    return open_explorer


def answered(page):
    """The answer is there and nothing is being computed."""
    page.wait_for_selector(".xb-chart-box[data-drawn]")
    text = "document.querySelector('[data-part={}]').textContent"
    page.wait_for_function(f"{text.format('sentence')} && !{text.format('progress')}")


def type_price(page, text):
    field = page.locator(f"{PRICE} input.xb-exact")
    field.fill(text)
    field.press("Enter")


def test_back_leads_to_what_was_looked_at_before(open_page):
    """The list as it was searched, and the explorer as it was set; the keyboard goes along."""
    page = open_page("atlas.ipynb")
    page.get_by_label("Find a mechanism").fill("price")
    page.get_by_role("button", name="Runs today").click()
    found = page.evaluate(SHOWN)
    assert 0 < found < 20
    for _time in range(2):  # a second time too, although the address is one that was there before
        page.locator("[data-action=explore][data-value='2']").click()
        answered(page)
        assert "mechanism=2" in page.url
        assert page.evaluate("document.activeElement.dataset.mechanism") == "2"
        page.go_back()
        page.wait_for_selector("[data-card]")
        assert page.get_by_label("Find a mechanism").input_value() == "price" and page.evaluate(SHOWN) == found
        page.wait_for_function("document.activeElement.dataset.action === 'explore'")
        assert page.evaluate("document.activeElement.dataset.value") == "2" and "mechanism" not in page.url
    page.go_forward()
    answered(page)
    type_price(page, "7")
    page.wait_for_function("location.search.includes('scenario=')")
    page.get_by_role("button", name="All mechanisms").click()
    page.wait_for_selector("[data-card]")
    page.wait_for_function("!location.search.includes('mechanism')")
    page.go_back()
    answered(page)
    page.wait_for_function(f"document.querySelector('{PRICE} input.xb-exact').value === '7'")


def test_back_to_all_mechanisms_is_back_to_the_card(open_page):
    page = open_page("atlas.ipynb", width=390)
    last = page.locator("[data-action=explore]").last
    number = last.get_attribute("data-value")
    last.click()
    answered(page)
    assert page.locator(f"[data-mechanism='{number}']").bounding_box()["y"] >= 0
    page.get_by_role("button", name="All mechanisms").click()
    page.wait_for_function(f"document.activeElement.dataset.value === '{number}'")
    assert 0 <= page.locator(f"[data-action=explore][data-value='{number}']").bounding_box()["y"] <= 900


def test_what_the_reader_set_says_so_and_what_it_was(explorer):
    page = explorer()
    before = page.locator(f"{PRICE} input.xb-exact").input_value()
    mine = page.locator(".xb-mine:not([hidden])")
    assert mine.count() == 0
    page.locator(f"{PRICE} input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelectorAll('.xb-mine:not([hidden])').length === 1")
    page.locator(f"{PRICE} details.xb-origin > summary").click()
    assert mine.inner_text() == f"Set by you; it was {before} USD." and mine.is_visible()
    page.locator("details[data-section=settings] > summary").click()
    listed = page.locator("[data-part=settings] dd")
    listed.first.wait_for()
    assert [text for text in listed.all_inner_texts() if "Set by you" in text] == [mine.inner_text()]
    page.get_by_role("button", name="Reset").click()
    page.wait_for_function("!document.querySelector('.xb-mine:not([hidden])')")
    page.wait_for_function("!document.querySelector('[data-part=settings]').textContent.includes('Set by you')")


def test_a_refused_value_leaves_an_answer_that_says_it_is_of_other_settings(explorer):
    page = explorer()
    stale, error = page.locator("[data-part=stale]"), page.locator(f"{PRICE} .xb-error")
    before = page.locator(SENTENCE).inner_text()
    type_price(page, "-5")
    error.wait_for(state="visible")
    assert "must be between" in error.inner_text() and "-5" in error.inner_text()
    assert stale.inner_text() == "Below still stands the answer to the settings before."
    assert page.locator(SENTENCE).inner_text() == before
    for text in ("a lot", ""):
        type_price(page, text)
        page.wait_for_function(f"!document.querySelector('{PRICE} .xb-error').textContent.includes('-5')")
        assert error.is_visible() and stale.inner_text()
    type_price(page, "7")
    error.wait_for(state="hidden")
    page.wait_for_function(f"before => document.querySelector('{SENTENCE}').innerText !== before", arg=before)
    assert stale.inner_text() == ""


@pytest.mark.parametrize("width", [1400, 390])
def test_a_and_b_stand_side_by_side_or_below_one_another(explorer, width):
    page = explorer(width=width)
    page.get_by_role("button", name="Keep as A").click()
    type_price(page, "7")
    page.wait_for_function("document.querySelectorAll('.xb-pair .main-svg').length >= 4")
    titles = page.locator(".xb-pair .xb-chart-title").all_inner_texts()
    assert titles[0].startswith("A ·") and titles[1].startswith("B ·")
    a, b = (page.locator(".xb-pair .xb-plot").nth(i).bounding_box() for i in (0, 1))
    assert a["width"] == pytest.approx(b["width"], abs=1) and a["width"] >= 300
    if width == 1400:
        assert b["x"] >= a["x"] + a["width"] and b["y"] == pytest.approx(a["y"], abs=1)
    else:
        assert b["y"] >= a["y"] + a["height"] and b["x"] == pytest.approx(a["x"], abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Drop A").click()
    page.wait_for_function("document.querySelectorAll('.xb-pair .xb-plot').length === 1")
