"""What a reader does on the pages: moves a control and sees the expected picture, by mouse or keys alone, in both
languages, on a narrow screen; shares, downloads, brings a file of one's own.
"""

import json
import re
import struct

import pytest

DASHBOARD = "dashboards/ranking_policy_change.ipynb"

# The numbers that plotly draws, as it understood them
DRAWN = """() => [...document.querySelectorAll(".xb-plot")].filter((plot) => plot._fullData).map((plot) =>
  plot._fullData.map((trace) => ({ name: trace.name, x: [...(trace.x || [])], y: [...(trace.y || [])] })))"""


@pytest.fixture
def dashboard(open_page):
    """The dashboard, on a small market so that the range is there soon."""
    from crossborder.market.make import MarketScenario
    from crossborder.ranking import PolicyChangeScenario

    small = PolicyChangeScenario(days=7, worlds=2, world=MarketScenario(n_stores=10, sessions_per_day=500))

    def open_dashboard(**how):
        page = open_page(DASHBOARD, query=f"scenario={small.to_link()}", **how)
        settled(page)
        return page

    return open_dashboard


def settled(page):
    """The finer run is on the screen and nothing is being computed."""
    page.wait_for_selector(".xb-chart-box[data-drawn]")
    page.wait_for_function(
        "document.querySelector('[data-part=sentence]').textContent.includes('95%') "
        "&& document.querySelector('[data-part=progress]').textContent.trim() === ''"
    )


def until(page, condition, seconds=45):
    """Wait until ``condition()`` holds; the last failure is told."""
    for _wait in range(seconds * 10):
        if condition():
            return
        page.wait_for_timeout(100)
    assert condition()


def shows(page, result, numbers=None, which=0):
    """Wait until sentence and picture are those of ``result``."""
    until(page, lambda: page.locator("[data-part=sentence]").inner_text() == result.text)
    if numbers is not None:
        wanted = {name: pytest.approx(x) for name, x in numbers.items()}
        until(page, lambda: drawn(page, which) == wanted)


def expected(**changes):
    """What the library itself draws for the same settings."""
    from crossborder.charts.ranking import what_changes
    from crossborder.market.make import MarketScenario
    from crossborder.ranking import PolicyChangeScenario, change_policy

    small = PolicyChangeScenario(days=7, worlds=2, world=MarketScenario(n_stores=10, sessions_per_day=500), **changes)
    result = change_policy(small, 0)
    return result, {trace.name: list(trace.x) for trace in what_changes(result).data}


def drawn(page, which=0):
    return {trace["name"]: trace["x"] for trace in page.evaluate(DRAWN)[which]}


def test_the_picture_shows_the_expected_numbers_before_and_after_a_move(dashboard):
    page = dashboard()
    shows(page, *expected())
    page.get_by_role("switch", name="Sellers respond").click()
    shows(page, *expected(respond=False))


def test_by_keyboard_alone(dashboard):
    page = dashboard()
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-name=click_price_elasticity] input[type=range]')"):
            break
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert name.startswith("Price elasticity of clicks")
    for _press in range(8):
        page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.value") == "-2.1"
    shows(page, *expected(click_price_elasticity=-2.1))
    page.locator(".xb-plot").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.xb-heard').textContent.length > 5")
    assert page.locator("details[data-section=numbers] > summary").evaluate(
        "(e) => { e.focus(); return document.activeElement === e }"
    )
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-part=numbers] table")


def test_pictures_have_a_name_and_a_table(dashboard):
    page = dashboard()
    plot = page.locator(".xb-plot").first
    assert plot.get_attribute("role") == "img" and "GMV" in plot.get_attribute("aria-label")
    page.locator(".xb-under summary").first.click()
    page.locator(".xb-under table tbody tr").nth(4).wait_for()


def test_dragging_draws_only_the_newest_and_ends_where_the_hand_ends(dashboard):
    page = dashboard()
    box = page.locator("[data-name=order_price_elasticity] input[type=range]").bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.775, y)
    page.mouse.down()
    for step in range(30):
        page.mouse.move(box["x"] + box["width"] * (0.775 - 0.012 * step), y)
    page.mouse.up()
    value = float(page.locator("[data-name=order_price_elasticity] input[type=range]").input_value())
    assert value < -1.5
    shows(page, *expected(order_price_elasticity=value))
    page.get_by_role("button", name="Undo").click()
    shows(page, *expected())
    assert page.locator("[data-name=order_price_elasticity] input[type=range]").input_value() == "-0.9"


def test_an_impossible_value_is_refused_beside_its_field(dashboard):
    page = dashboard()
    field = page.get_by_label("Price elasticity of clicks, exact value")
    field.fill("-99")
    field.press("Enter")
    error = page.locator("[data-name=click_price_elasticity] .xb-error")
    error.wait_for(state="visible")
    assert "must be between -4 and 0; got -99" in error.inner_text()
    assert page.locator("[data-name=click_price_elasticity] input[type=range]").get_attribute("aria-invalid") == "true"


def test_language_switch_retells_everything_and_keeps_the_settings(dashboard):
    page = dashboard()
    page.get_by_role("switch", name="Sellers respond").click()
    page.get_by_role("button", name="简体中文").click()
    page.wait_for_selector("h1:has-text('排序规则调整')")
    settled(page)
    assert page.evaluate("document.documentElement.lang") == "zh-CN" and page.title().startswith("排序规则调整")
    assert not page.get_by_role("switch").first.is_checked()
    assert "旧规则" in page.locator(".xb-controls").inner_text()
    assert re.search("[一-鿿]", page.locator(".xb-plot").first.get_attribute("aria-label"))


def test_a_narrow_screen_has_the_answer_first_and_nothing_sticks_out(dashboard):
    page = dashboard(width=390)
    answer, controls, plot = (page.locator(s).first.bounding_box() for s in (".xb-reply", ".xb-controls", ".xb-plot"))
    assert answer["y"] < controls["y"] < plot["y"]
    for section in ("numbers", "origins", "settings", "code", "share", "brief"):
        page.locator(f"details[data-section={section}] > summary").click()
        page.wait_for_function(f"document.querySelector('[data-part={section}]').textContent.length > 10")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_shared_address_opens_the_same_settings(dashboard, watch, server):
    page = dashboard()
    page.get_by_role("switch", name="Sellers respond").click()
    shows(page, expected(respond=False)[0])
    page.locator("details[data-section=share] > summary").click()
    page.wait_for_function("document.querySelector('.xb-share-address')?.textContent.includes('scenario=')")
    address = page.locator(".xb-share-address").inner_text()
    assert "token" not in address and address.startswith(server.base)
    other = watch(f"{address}&token={server.key}").page
    other.wait_for_selector(".xb-chart-box[data-drawn]")
    shows(other, *expected(respond=False))
    assert not other.get_by_role("switch", name="Sellers respond").is_checked()


def test_a_reload_comes_back_to_the_same_settings(dashboard):
    page = dashboard()
    before = page.url
    page.get_by_role("switch", name="Sellers respond").click()
    page.wait_for_function("(before) => location.href !== before", arg=before)
    page.reload()
    page.wait_for_selector(".xb-chart-box[data-drawn]")
    shows(page, expected(respond=False)[0])
    assert not page.get_by_role("switch", name="Sellers respond").is_checked()


def test_a_kept_run_stands_beside_the_new_one(dashboard):
    page = dashboard()
    page.get_by_role("button", name="Keep as A").click()
    page.get_by_role("switch", name="Sellers respond").click()
    page.wait_for_function("document.querySelectorAll('.xb-plot').length === 2")
    shows(page, *expected(respond=False), which=1)
    assert "B differs from A in: Sellers respond yes → no" in page.locator("[data-part=compare]").inner_text()
    titles = page.locator(".xb-chart-title").all_inner_texts()
    assert titles[0].startswith("A ·") and titles[1].startswith("B ·")
    assert drawn(page, 0) == {name: pytest.approx(x) for name, x in expected()[1].items()}


def test_tables_pictures_brief_and_settings_can_be_taken_along(dashboard, tmp_path):
    page = dashboard()
    page.locator("details[data-section=numbers] > summary").click()
    page.locator("details[data-section=brief] > summary").click()
    page.locator("details[data-section=share] > summary").click()

    def taken(button):
        with page.expect_download() as waiting:
            button.click()
        target = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(target)
        return target

    csv = taken(page.get_by_role("button", name="CSV").first)
    assert csv.read_bytes().decode("utf-8-sig").startswith("measure,old,new,difference")
    assert taken(page.get_by_role("button", name="XLSX").first).read_bytes().startswith(b"PK")
    assert json.loads(taken(page.get_by_role("button", name="Download as JSON")).read_text())["days"] == 7
    brief = taken(page.get_by_role("button", name="Download the brief in English"))
    assert "What this cannot tell" in brief.read_text(encoding="utf-8")
    svg = taken(page.get_by_role("button", name="Download picture SVG")).read_text(encoding="utf-8")
    assert svg.startswith("<svg") and "What the new policy changes" in svg
    png = taken(page.get_by_role("button", name="Download picture PNG")).read_bytes()
    assert png.startswith(b"\x89PNG") and struct.unpack(">I", png[16:20])[0] == 2200


def test_the_brief_prints_on_one_sheet_in_both_languages(browser):
    from crossborder.apps.policy_change import policy_change_explorer
    from crossborder.market.make import MarketScenario

    explorer = policy_change_explorer(days=7, worlds=2, world=MarketScenario(n_stores=10, sessions_per_day=500))
    explorer.wait()
    page = browser.new_page()
    for language in ("en", "zh"):
        page.set_content(explorer.brief(language))
        for pdf in (page.pdf(prefer_css_page_size=True), page.pdf(format="Letter")):
            assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    page.close()


def test_ones_own_listings(dashboard, tmp_path):
    page = dashboard()
    rows = "".join(f"{i},<img src=x onerror=alert(1)>Lamp {i},{5 + i},4.{i % 9},{10 * i}\n" for i in range(1, 31))
    page.set_input_files(
        "input[type=file]",
        {"name": "mine.csv", "mimeType": "text/csv", "buffer": f"id,title,price,rating,units sold\n{rows}".encode()},
    )
    page.wait_for_selector("[data-part=report] [data-kind=observed]")
    page.wait_for_selector("[data-part=beside] [data-kind=observed]")
    page.get_by_text("First rows as they stand in the file").click()
    assert "<img" in page.locator("[data-part=report] table").last.inner_text()
    page.get_by_text("What was understood").click()
    assert "units sold → Units sold" in page.locator("[data-part=report]").inner_text()
    page.get_by_role("button", name="Back to the example data").click()
    page.wait_for_selector("[data-part=beside] [data-kind=observed]", state="detached")


def test_atlas_is_searched_and_filtered_without_the_kernel(open_page):
    page = open_page("atlas.ipynb")
    page.wait_for_selector("[data-card]")
    assert page.locator("[data-card]:visible").count() == 117
    page.get_by_label("Find a mechanism").fill("commission")
    assert 0 < page.locator("[data-card]:visible").count() < 20
    page.get_by_label("Find a mechanism").fill("(((((x+x+)+)+y")
    assert page.locator("[data-none]").is_visible()
    page.get_by_label("Find a mechanism").fill("")
    page.get_by_role("button", name="Festival playbooks").click()
    assert 5 < page.locator("[data-card]:visible").count() < 60


def test_every_built_mechanism_opens_its_explorer_from_its_card(open_page):
    from crossborder.atlas import atlas

    page = open_page("atlas.ipynb")
    for mechanism in (m for m in atlas().mechanisms if m.built):
        page.locator(f"[data-action=explore][data-value='{mechanism.number}']").click()
        page.wait_for_selector(f"h2:has-text('{mechanism.number} {mechanism.name_en}')")
        page.wait_for_selector(".xb-chart-box[data-drawn]")
        until(page, lambda: page.locator("[data-part=sentence]").inner_text().endswith("."))
        assert page.locator(".xb-failure:visible").all_inner_texts() == [], mechanism.number
        page.locator("[data-action=all]").click()
        page.wait_for_selector("[data-card]")


def test_gallery_leads_to_every_page_in_the_readers_language(open_page):
    page = open_page("index.ipynb")
    page.get_by_role("button", name="简体中文").click()
    page.wait_for_selector("text=给管理者")
    links = page.locator("a.xb-tile").evaluate_all("(links) => links.map((link) => link.getAttribute('href'))")
    assert links and all(
        "/voila/render/" in link and link.endswith("?lang=zh") and "token" not in link for link in links
    )
    page.locator("a.xb-tile").first.click()
    page.wait_for_selector("h1:has-text('排序规则调整')")
