"""Stock widgets on a served page: each is drawn, keeps hostile text from acting, and takes no forged message."""

import pytest

# One text that would act in whatever place is careless: script, handler, link, frame, style that calls out
HOSTILE = (
    "<script>window.acted = 1</script><img src=x onerror='window.acted = 2'>"
    "<a href='javascript:window.acted = 3'>go</a><iframe srcdoc='<script>parent.acted = 4</script>'></iframe>"
    "<svg onload='window.acted = 5'></svg>$\\\\href{javascript:window.acted=6}{x}$ {{7*7}} </script>"
)
CALLS_OUT = "<style>@import url(http://192.0.2.1/x);</style><img src=http://192.0.2.1/y>"
EVERY_KIND = f"""
import ipywidgets as w
bad = '''{HOSTILE}{CALLS_OUT}'''
kinds = [
    w.HTML(bad, description=bad), w.HTMLMath(bad), w.Label(bad), w.Text(bad, description=bad, placeholder=bad),
    w.Textarea(bad), w.Combobox(value=bad, options=[bad]), w.Dropdown(options=[bad, 'b'], description=bad),
    w.Select(options=[bad, 'b']), w.SelectMultiple(options=[bad]), w.RadioButtons(options=[bad, 'b']),
    w.ToggleButtons(options=[bad, 'b'], tooltips=[bad, bad]), w.SelectionSlider(options=[bad, 'b']),
    w.Button(description=bad, tooltip=bad), w.ToggleButton(description=bad),
    w.Checkbox(description=bad, description_allow_html=True), w.Valid(description=bad, readout=bad),
    w.IntSlider(description=bad), w.FloatRangeSlider(description=bad), w.IntProgress(description=bad),
    w.BoundedIntText(description=bad), w.ColorPicker(description=bad), w.DatePicker(description=bad),
    w.TagsInput(value=[bad]), w.FileUpload(description=bad), w.Play(), w.Tab([w.HTML(bad)], titles=[bad]),
    w.Accordion([w.HTML(bad)], titles=[bad]), w.GridBox([w.Label(bad)]), w.Stack([w.Label(bad)], selected_index=0),
]
for each in kinds:
    if hasattr(each, 'description'):
        each.tooltip = bad
out = w.Output()
button = w.Button(description='Print')
def show(_):
    from IPython.display import display, HTML
    with out:
        print(bad)
        display(HTML(bad))
        display(w.Label('inside the output'))
button.on_click(show)
w.VBox([*kinds, button, out])
"""
RICH = f"""
import pandas as pd
from IPython.display import HTML, Latex, Markdown, SVG, display
bad = '''{HOSTILE}'''
drawing = SVG('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
display(pd.DataFrame({{bad: [bad]}}), Markdown(bad), Latex('$x^2$'), drawing)
print(bad)
"""
CHOICE = """
import ipywidgets as w
choice, told = w.Dropdown(options=['small', 'large'], description='Market'), w.Text(description='Told')
def tell(change):
    told.value = f"{change['new']} now"
choice.observe(tell, 'value')
w.VBox([choice, told])
"""
LATE = (
    "import time\nimport ipywidgets as w\ntold, moved = w.Label('told before anyone listened'), w.Label('')\n1",
    "time.sleep(3)  # meanwhile the page's line to its kernel stands",
    "box = w.VBox([told, moved])\nmoved.value = 'moved at once'\nbox",
)
PROSE = "# Words\n\nThe area is $a^2 + b^2$ and\n\n$$\\sum_{i=1}^n x_i$$\n\nover all."
MATH = """
import ipywidgets as w
w.VBox([w.HTMLMath('so $y^2$ it is'), w.Play(), w.Button(icon='check', description='Yes'), w.FileUpload()])
"""


@pytest.fixture(scope="module")
def kinds(start_server, write_notebook, tmp_path_factory):
    folder = tmp_path_factory.mktemp("kinds")
    write_notebook(folder, "index.ipynb", CHOICE)
    write_notebook(folder, "lessons/kinds.ipynb", EVERY_KIND)
    write_notebook(folder, "lessons/rich.ipynb", RICH, markdown=HOSTILE)
    write_notebook(folder, "lessons/math.ipynb", MATH, markdown=PROSE)
    write_notebook(folder, "lessons/late.ipynb", *LATE)
    running = start_server("--root", str(folder), "--port", "0", "--no-preheat")
    yield running
    running.stop()


@pytest.fixture
def opened(watch, kinds, drawn):
    def open_one(path, **how):
        seen = watch(f"{kinds.base}/voila/render/{path}?token={kinds.key}", **how)
        drawn(seen.page)
        return seen

    return open_one


def nothing_acted(seen):
    """No script ran, nobody was asked. What the page's policy stopped, and the missing picture, the browser reports."""
    seen.page.wait_for_timeout(300)
    assert seen.page.evaluate("window.acted") is None
    assert seen.outside == []
    reports = ("Content Security Policy", "status of 404")
    assert [error for error in seen.errors if not any(report in error for report in reports)] == []
    seen.errors.clear()


def test_every_kind_of_widget_keeps_hostile_text_from_acting(opened):
    seen = opened("lessons/kinds.ipynb")
    page = seen.page
    assert page.locator(".xb-living .widget-inline-hbox").count() > 10
    for acting in ("[onerror]", "[onload]", "iframe", "a[href^='javascript']", "img[src*='192.0.2.1']"):
        assert page.locator(acting).count() == 0, acting
    page.get_by_role("button", name="Print").click()
    page.get_by_text("inside the output").wait_for()
    assert page.locator(".xb-output script, .xb-output [onerror]").count() == 0
    nothing_acted(seen)


def test_outputs_and_prose_keep_hostile_text_from_acting(opened):
    seen = opened("lessons/rich.ipynb")
    assert seen.page.locator("math").count() >= 1
    assert seen.page.locator("table.dataframe td").inner_text().startswith("<script>")
    nothing_acted(seen)


def test_formulas_are_set_before_the_page_is_sent_and_in_widgets(opened, kinds):
    sent = kinds.get("/voila/render/lessons/math.ipynb").text
    assert sent.count("<math") == 2 and "$" not in sent.split("<main")[1].split("<style")[0].split("data-widget")[0]
    page = opened("lessons/math.ipynb").page
    page.wait_for_function("document.querySelectorAll('math').length === 3")
    assert page.locator(".widget-htmlmath math msup").count() == 1


def test_a_widget_told_of_before_its_parts_does_not_hold_up_the_page(opened):
    """The line opened between the two: of the outer one the kernel told, of the inner one it had told before."""
    page = opened("lessons/late.ipynb").page
    living = page.locator(".xb-living")
    living.get_by_text("told before anyone listened").wait_for()
    assert living.get_by_text("moved at once").is_visible()
    assert page.evaluate("performance.getEntriesByName('crossborder:views')[0].startTime") < 15_000


def test_icons_are_drawings(opened):
    page = opened("lessons/math.ipynb").page
    for name in ("play", "stop", "retweet", "check", "upload"):
        icons = page.locator(f"i.fa-{name}")
        assert icons.count() >= 1, name
        for i in range(icons.count()):
            box = icons.nth(i).locator("svg").bounding_box()
            assert box and box["width"] > 5 and box["height"] > 5, name


def test_a_stock_upload_above_the_limit_is_refused_before_it_is_sent(opened, tmp_path):
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(51 * 1024 * 1024)
    page = opened("lessons/math.ipynb").page
    choose(page, large)
    said = page.get_by_role("alert").filter(has_text="large.csv")
    said.wait_for()
    assert "51.0 MB" in said.inner_text() and "50 MB" in said.inner_text()
    small = tmp_path / "small.csv"
    small.write_text("a,b\n1,2\n")
    choose(page, small)
    page.get_by_role("button", name="Upload (1)").wait_for()


def choose(page, file):
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload").click()
    chooser.value.set_files(file)


FORGE = """async ([type, content]) => {
  const { kernelId } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
  const socket = new WebSocket(`ws://${location.host}/api/kernels/${kernelId}/channels?session_id=forged`);
  await new Promise((open, fail) => { socket.onopen = open; socket.onerror = fail; });
  const named = { msg_id: "forged", session: "forged", username: "", version: "5.2" };
  const header = { ...named, msg_type: type, date: new Date().toISOString() };
  socket.send(JSON.stringify({ header, parent_header: {}, metadata: {}, content, channel: "shell", buffers: [] }));
  await new Promise((later) => setTimeout(later, 700));
  socket.close();
}"""


def test_forged_messages_are_refused(opened, tmp_path):
    """Neither code nor a value outside the options goes through, and the page works on."""
    seen = opened("index.ipynb")
    page = seen.page
    mark = tmp_path / "written"
    code = {"code": f"open({str(mark)!r}, 'w')", "silent": False, "store_history": False, "user_expressions": {}}
    page.evaluate(FORGE, ["execute_request", code])
    assert not mark.exists()
    model = page.evaluate("document.querySelector('[data-widget]').dataset.widget")
    for state in ({"index": 99}, {"index": "x"}, {"children": ["IPY_MODEL_none"]}, {"_model_name": "HTMLModel"}):
        data = {"method": "update", "state": state, "buffer_paths": []}
        page.evaluate(FORGE, ["comm_msg", {"comm_id": model, "data": data}])
    page.get_by_role("combobox").select_option("large")
    page.wait_for_function("document.querySelector('.widget-text input').value === 'large now'")
    seen.errors.clear()  # the page says which of the updates it could not understand
