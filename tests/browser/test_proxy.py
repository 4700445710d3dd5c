"""Behind a proxy: another path, another name; all that a page asks for stays below the path."""

from urllib.parse import urlsplit

import pytest

PATH, NAME = "/tools/workbench/", "workbench.example"
MARKUP = """
import ipywidgets as w
from crossborder.apps.markup import Markup
from crossborder.apps.show import Html
slider, told = w.IntSlider(description="Price", max=9), w.Text(description="Told")
def tell(change):
    told.value = f"price is {change['new']}"
slider.observe(tell, "value")
w.VBox([Markup(Html('<a data-notebook="index.ipynb" data-query="lang=en" href="#">Home</a>')), slider, told])
"""


@pytest.fixture(scope="module")
def behind(start_server, write_notebook, tmp_path_factory):
    folder = tmp_path_factory.mktemp("proxy")
    write_notebook(folder, "index.ipynb", MARKUP, title="Behind a proxy")
    running = start_server("--root", str(folder), "--port", "0", "--base-url", PATH, "--host-name", NAME)
    yield running
    running.stop()


def test_a_page_lives_under_another_path_and_name(watch, behind, drawn):
    assert urlsplit(behind.address).path == PATH
    seen = watch(f"http://{NAME}:{behind.port}{PATH}?token={behind.key}")
    page = seen.page
    drawn(page)
    assert page.title() == "Behind a proxy"
    page.get_by_role("slider").press("ArrowRight")
    page.wait_for_function("document.querySelector('.widget-text input').value === 'price is 1'")
    page.wait_for_timeout(4500)  # a pulse
    asked = [urlsplit(url) for url in seen.urls if url.startswith(("http", "ws"))]
    assert any("/pulse/" in url.path for url in asked)
    assert [url.path for url in asked if not url.path.startswith(PATH)] == []
    page.get_by_role("link", name="Home").click()
    page.wait_for_url(f"**{PATH}voila/render/index.ipynb?lang=en")
    drawn(page)


def test_the_key_page_and_what_is_missing_stay_below_the_path(watch, behind, drawn):
    seen = watch(f"http://{NAME}:{behind.port}{PATH}")
    page = seen.page
    page.get_by_label("Key").fill(behind.key)
    page.get_by_role("button", name="Open").click()
    drawn(page)
    page.goto(f"http://{NAME}:{behind.port}{PATH}nothing")
    assert page.get_by_role("link", name="To the start page").get_attribute("href") == PATH
    seen.errors.clear()  # the browser reports the missing page


def test_other_names_are_refused(behind):
    assert behind.get("/", Host="evil.example").status == 403
