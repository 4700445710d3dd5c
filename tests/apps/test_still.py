"""The page before any script runs says what the living one says, in the same structure, and nothing in it can act."""

import re
from html import unescape
from html.parser import HTMLParser

import ipywidgets as w
import pytest
from IPython.core.interactiveshell import InteractiveShell

from crossborder.apps import Answer, Chart, Explorer, still
from crossborder.apps.head import Page
from crossborder.apps.language import speak
from crossborder.apps.markup import Markup
from crossborder.apps.show import Html
from crossborder.apps.still_stock import cleaned
from crossborder.charts.figure import figure
from crossborder.i18n import language

HOSTILE = "</div><script>acted()</script><img src=x onerror=acted()>"


class Acting(HTMLParser):
    """Collects what a browser would run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag] * (tag in ("script", "iframe", "img"))
        self.found += [name for name, value in attrs if name.startswith("on") or "javascript:" in (value or "")]


def drawing():
    return figure([{"type": "bar", "x": [1], "y": [2]}], title="One", alt="One bar.", table={"n": [1]})


def test_an_explorer_tells_its_answer_its_settings_and_its_picture(explorer):
    told = still.still(explorer)
    assert explorer.result.text in unescape(re.sub("<[^>]+>", "", told))
    assert told.count("<svg") >= 2 and 'class="xb-table"' in told
    for control in explorer.panel.described["controls"]:
        assert (f'data-name="{control["name"]}"' in told) == control["main"]


def test_containers_have_the_classes_of_living_ones(explorer):
    told = still.still(w.HBox([w.VBox([w.Label("Price")]), w.GridBox([])]))
    for kind in ("widget-hbox", "widget-vbox", "widget-gridbox", "widget-label"):
        assert f"{kind}" in told
    named = w.VBox([])
    named.add_class("xb-mine")
    named.layout.display = "none"
    assert 'xb-mine"' in still.still(named) and 'style="display: none"' in still.still(named)


def test_a_page_is_told_in_both_languages_and_speaks_its_own_again(explorer):
    page = Page(explorer, title="Settings")
    told = still.in_every_language(page)
    english, chinese = told.split('<div class="xb-told" lang="zh">')
    assert ">Settings<" in english and ">设置<" in chinese
    assert language() == "en"
    assert ">Settings<" in page.head.skeleton


def test_links_lead_to_pages_without_a_script(monkeypatch):
    monkeypatch.setenv("VOILA_BASE_URL", "/workbench/")
    link = Html('<a data-notebook="lessons/21.ipynb" data-query="lang=en" href="#">Lesson</a>')
    assert 'href="/workbench/voila/render/lessons/21.ipynb?lang=en"' in still.still(Markup(link))


def test_parts_stand_in_their_frame():
    markup = Markup(Html('<div data-part="one" class="x"></div><p data-part="two"></p>'))
    markup.put(one=Html("<b>1</b>"))
    assert '<div data-part="one" class="x"><b>1</b></div><p data-part="two"></p>' in still.still(markup)


@pytest.mark.parametrize(
    "widget",
    [
        w.FloatSlider(description=HOSTILE),
        w.HTML(HOSTILE, description=HOSTILE),
        w.Label(HOSTILE),
        w.Button(description=HOSTILE),
        w.Dropdown(options=[HOSTILE], description=HOSTILE),
        w.Checkbox(description=HOSTILE),
        w.Text(HOSTILE, description=HOSTILE),
        w.Tab([w.Label("x")], titles=[HOSTILE]),
        w.ColorPicker(description=HOSTILE),
    ],
    ids=lambda widget: type(widget).__name__,
)
def test_hostile_text_is_text(widget):
    told = still.still(widget)
    assert Acting(told).found == [] and Acting(HOSTILE).found
    assert told.count("<div") == told.count("</div")


def test_of_folded_boxes_only_the_titles_are_told_and_of_unknown_widgets_the_name():
    folded = still.still(w.Accordion([w.Label("inside")], titles=["Outside"]))
    assert "Outside" in folded and "inside" not in folded
    assert "Colour" in still.still(w.ColorPicker(description="Colour"))


def test_data_as_html_keeps_its_table_and_loses_what_acts():
    kept = cleaned('<table class="t"><tr><td style="color: red">1</td></tr></table><a href="javascript:x">y</a>')
    assert '<td style="color: red">1</td>' in kept and "javascript" not in kept


def test_only_a_served_cell_carries_its_still_page(monkeypatch):
    shell = InteractiveShell.instance()
    monkeypatch.setattr(still, "get_ipython", lambda: shell)
    formatter = shell.display_formatter.mimebundle_formatter
    before = dict(formatter.type_printers)
    try:
        still.begin()
        assert "text/html" not in shell.display_formatter.format(w.VBox())[0]
        monkeypatch.setattr(still, "is_served", lambda: True)
        still.begin()
        told, _about = shell.display_formatter.format(w.VBox([Chart(drawing())]))
        assert "<svg" in told["text/html"] and "application/vnd.jupyter.widget-view+json" in told
        lone, _about = shell.display_formatter.format(Markup(Html("<p>alone</p>")))
        assert "alone" in lone["text/html"]
    finally:
        formatter.type_printers.clear()
        formatter.type_printers.update(before)
        InteractiveShell.clear_instance()


def test_a_run_that_is_made_in_advance_is_waited_for(explorer, monkeypatch):
    waited = []
    monkeypatch.setattr(Explorer, "wait", lambda self, seconds: waited.append(seconds))
    monkeypatch.setenv("VOILA_PREHEAT", "True")
    page = w.VBox([explorer])
    still._shown(page)
    assert waited == [still.LONGEST_SECONDS]
    monkeypatch.setenv("VOILA_PREHEAT", "False")
    still._shown(page)
    assert len(waited) == 1


def test_the_choice_of_language_leaves_no_trace(explorer):
    speak("zh")
    assert 'lang="zh"><' in still.in_every_language(explorer)[:40]
    assert language() == "zh"


def test_an_answer_is_told(explorer):
    assert "xb-answer" in still.still(Answer(explorer.result))
