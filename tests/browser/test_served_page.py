"""The page around a notebook, in a real browser, on small notebooks of the test's own."""

import os
import signal

import pytest

ADDRESS = """
import ipywidgets as w
from crossborder.apps.page import PageAddress
page = PageAddress(title="What was asked")
heard = w.Text(description="Heard", value="nothing yet")
def arrived(asked):
    heard.value = f"{sorted(asked.items())} {page.asked_language}"
    page.language = page.asked_language
    page.show_in_address({"price": "0.5"})
page.on_arrival(arrived)
w.VBox([page, heard])
"""
SLIDER = """
import ipywidgets as w
slider, told = w.IntSlider(description="Price", max=9), w.Text(description="Told")
def tell(change):
    told.value = f"price is {change['new']}"
slider.observe(tell, "value")
w.VBox([slider, told])
"""
TEXT = """# A page

Some words, a table

| a | b |
|---|---|
| 1 | 2 |

and `a_very_long_name_that_would_not_fit_on_a_telephone = another_very_long_name_that_would_not_fit`.
"""


@pytest.fixture(scope="module")
def small(start_server, write_notebook, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    write_notebook(folder, "index.ipynb", SLIDER, title="A small page", markdown=TEXT)
    write_notebook(folder, "dashboards/address.ipynb", ADDRESS)
    write_notebook(folder, "lessons/failing.ipynb", "1 / 0")
    running = start_server("--root", str(folder), "--port", "0")
    running.wait_until(lambda state: state["kept_ready"] == 2, seconds=60)
    yield running
    running.stop()


@pytest.fixture
def come_in(watch, small, drawn):
    """Open the printed address, or a page below it, and wait for it."""

    def open_small(path: str = "", query: str = "", **how):
        asked = f"?token={small.key}" + (f"&{query}" if query else "")
        page = watch(f"{small.base}/{path}{asked}", **how).page
        drawn(page)
        return page

    return open_small


def test_the_printed_address_opens_the_landing_page_and_hides_the_key(come_in, small):
    page = come_in()
    assert page.url == f"{small.base}/voila/render/index.ipynb"
    assert page.title() == "A small page"
    assert small.key not in page.evaluate("document.documentElement.outerHTML")


def test_a_slider_moved_by_keys_answers_and_has_a_name(come_in):
    page = come_in()
    slider = page.get_by_role("slider", name="Price")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.widget-text input').value === 'price is 1'")
    assert page.get_by_label("Told").input_value() == "price is 1"
    assert page.locator("[title='null']").count() == 0


def test_by_keyboard_the_first_stop_skips_to_the_content(come_in):
    page = come_in()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "xb-skip"
    assert page.locator(".xb-skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#rendered_cells').contains(document.activeElement)")


@pytest.mark.parametrize("width", [1400, 390])
def test_nothing_sticks_out_and_the_page_has_its_landmarks(come_in, width):
    page = come_in(width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.locator("meta[name=viewport]").count() == 1


def test_the_language_is_the_one_asked_for_then_the_one_kept_then_the_browser_s(come_in):
    language = "document.documentElement.lang"
    assert come_in().evaluate(language) == "en"
    chinese = come_in(language="zh")
    assert chinese.evaluate(language) == "zh-CN"
    assert come_in("voila/render/index.ipynb", "lang=zh").evaluate(language) == "zh-CN"
    assert come_in("voila/render/index.ipynb", "lang=en", language="zh").evaluate(language) == "en"


def test_a_kept_ready_page_hears_what_the_address_asks_for(come_in, small):
    """Voila loses the query when a kernel was ready before the visitor came; here the page sends it itself."""
    small.wait_until(lambda state: state["kept_ready"] == 2)
    page = come_in("voila/render/dashboards/address.ipynb", "scenario=a%26b&lang=zh")
    heard = "[('lang', 'zh'), ('scenario', 'a&b')] zh"
    page.wait_for_function("document.querySelector('.widget-text input').value !== 'nothing yet'")
    assert page.get_by_label("Heard").input_value() == heard
    page.wait_for_function("document.title === 'What was asked'")
    page.wait_for_function("location.search === '?price=0.5'")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_a_lost_kernel_is_told_within_ten_seconds_in_the_reader_s_language(come_in):
    page = come_in(language="zh")
    notice = page.get_by_role("alert")
    assert not notice.is_visible()
    assert page.evaluate(END_KERNEL) == 204
    notice.wait_for(state="visible", timeout=10_000)
    assert "本页后台的计算已经结束" in notice.inner_text()
    notice.get_by_role("button", name="保留现有设置，继续").click()
    page.wait_for_function("document.body.classList.contains('xb-drawn')")
    assert not page.get_by_role("alert").is_visible()


END_KERNEL = """async () => {
  const { baseUrl, kernelId } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
  const goodbye = new FormData();
  goodbye.append("_xsrf", /_xsrf=([^;]*)/.exec(document.cookie)[1]);
  return (await fetch(`${baseUrl}crossborder/farewell/${kernelId}`, { method: "POST", body: goodbye })).status;
}"""


def test_inputs_are_kept_over_a_lost_kernel(come_in):
    """Also what was set after the loss, before anybody noticed it."""
    page = come_in()
    handle = page.get_by_role("slider")
    handle.focus()
    handle.press("ArrowRight")
    page.wait_for_function("document.querySelector('.widget-text input').value === 'price is 1'")
    assert page.evaluate(END_KERNEL) == 204
    for _step in range(3):
        handle.press("ArrowRight")
    notice = page.get_by_role("alert")
    notice.wait_for(state="visible", timeout=10_000)
    notice.get_by_role("button", name="Go on with these inputs").click()
    page.wait_for_function("document.querySelector('.widget-text input')?.value === 'price is 4'")
    assert page.get_by_role("slider").get_attribute("aria-valuenow").startswith("4")
    page.reload()  # kept once, not for ever
    page.wait_for_function("document.querySelector('.widget-readout')?.textContent === '0'")


def test_a_closed_page_ends_its_kernel(come_in, small):
    page = come_in()
    before = small.state()["pages_open"]
    assert before >= 1
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    small.wait_until(lambda state: state["pages_open"] < before, seconds=10)


def test_a_failed_cell_is_a_sentence(come_in):
    page = come_in("voila/render/lessons/failing.ipynb")
    assert "This part of the page could not be shown." in page.locator(".xb-failure").inner_text()
    assert "ZeroDivision" not in page.content()


def test_the_key_page_lets_the_right_key_in_only(watch, small, drawn):
    seen = watch(small.base + "/")
    page = seen.page
    page.get_by_label("Key").fill("wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector("#wrong")
    assert "That key does not fit" in page.locator("#wrong").inner_text()
    seen.errors.clear()  # the browser itself reports the refusal (401) in its console
    page.get_by_label("Key").fill(small.key)
    page.get_by_role("button", name="Open").click()
    drawn(page)
    assert page.title() == "A small page"


def test_on_paper_the_whole_page_flows(come_in):
    """Voila's own shell prints the visible part of the window only."""
    page = come_in(height=300)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollHeight") > 300
    assert page.evaluate("getComputedStyle(document.querySelector('#rendered_cells')).overflowY") == "visible"


def test_the_watch_sees_what_it_must(browser, watch, small):
    """The fixture that guards every page reports an error, an outside request and the button that sends charts."""
    seen = watch(small.base + "/login")
    page = seen.page
    page.wait_for_load_state()
    page.evaluate("console.error('a fault')")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<a data-title=\"Share chart...\">x</a>')")
    page.evaluate("fetch('http://192.0.2.1/x').catch(() => {})")
    page.wait_for_timeout(300)
    found = "\n".join(seen.verdict())
    assert "a fault" in found and "sends the chart away" in found and "192.0.2.1" in found
    page.evaluate("document.querySelector('[data-title]').remove()")
    seen.errors.clear()
    seen.outside.clear()


def test_a_stopped_server_is_told(watch, start_server, write_notebook, tmp_path, drawn):
    write_notebook(tmp_path, "index.ipynb", SLIDER)
    running = start_server("--root", str(tmp_path), "--port", "0", "--no-preheat")
    seen = watch(running.address)
    drawn(seen.page)
    os.kill(running.process.pid, signal.SIGKILL)
    notice = seen.page.get_by_role("alert")
    notice.wait_for(state="visible", timeout=12_000)
    assert "The connection to the workbench is lost." in notice.inner_text()
    seen.errors.clear()  # the browser reports each refused connection itself
