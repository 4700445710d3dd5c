"""A page as it stands before any script runs: the same widgets as plain HTML, made where their state is.

A served page carries this beside its widgets, so that it can be read at once, without scripts, and on paper; the
living widgets then take its place. It has the structure of the living page, so that nothing jumps.
"""

import os
import re
from collections.abc import Callable
from typing import Any

import ipywidgets
from IPython import get_ipython

from crossborder.apps.chart import Chart
from crossborder.apps.controls import ControlPanel
from crossborder.apps.explorer import Explorer
from crossborder.apps.language import has_settled, speak
from crossborder.apps.look import is_served
from crossborder.apps.markup import Markup
from crossborder.apps.page import PageAddress
from crossborder.apps.show import Html, joined
from crossborder.apps.still_chart import still_chart
from crossborder.apps.still_controls import still_controls
from crossborder.apps.still_stock import still_stock
from crossborder.apps.upload import Upload
from crossborder.i18n import LANGUAGES, language

MIME = "text/html"
LONGEST_SECONDS = 20.0  # a slower run is not waited for: the page shows what there is
_PART = re.compile(r'<(\w+)[^>]*\bdata-part="([^"]+)"[^>]*>')
_LINK = re.compile(r'data-notebook="([^"]+)" data-query="([^"]*)"( class="[^"]*")? href="#"')
_BOX = Html('<div class="{classes}"{style}>{children}</div>')


def begin() -> None:
    """From here on whatever widget a cell shows has its still page beside it, where our own server makes a page of it.

    In JupyterLab an output is saved with its notebook and should be short, so nothing is added there.
    """
    shell = get_ipython()
    if is_served() and shell is not None:
        shell.display_formatter.mimebundle_formatter.for_type(ipywidgets.Widget, _shown)


def _shown(widget: ipywidgets.Widget, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    made = widget._repr_mimebundle_(**kwargs)
    bundle, about = made if isinstance(made, tuple) else (made, {})
    if nobody_waits():
        for explorer in [each for each in tree(widget) if isinstance(each, Explorer)]:
            explorer.wait(LONGEST_SECONDS)
    return {**bundle, MIME: str(in_every_language(widget))}, about


def nobody_waits() -> bool:
    """Whether the page is being made in advance, so that a slow run may be waited for."""
    return os.environ.get("VOILA_PREHEAT") == "True"


def tree(widget: ipywidgets.Widget) -> list[ipywidgets.Widget]:
    """A widget and all that stand inside it."""
    inside = widget.children if isinstance(widget, ipywidgets.Box) else ()
    return [widget, *(each for child in inside for each in tree(child))]


def in_every_language(widget: ipywidgets.Widget) -> Html:
    """The still page once per language: who reads it is not known yet. The style sheet shows the reader's.

    A notebook whose prose is in one language is shown in that one.
    """
    if has_settled():
        return still(widget)
    spoken = language()
    stills = {spoken: still(widget)}
    for code in LANGUAGES:
        if code not in stills:
            speak(code)
            stills[code] = still(widget)
    speak(spoken)
    return joined(
        Html('<div class="xb-told" lang="{code}">{body}</div>').fill(code=code, body=body)
        for code, body in stills.items()
    )


def still(widget: ipywidgets.Widget) -> Html:
    """One widget, and what stands inside it, as it is at this moment.

    >>> still(ipywidgets.VBox([ipywidgets.Label("Price")]))
    '<div class="lm-Widget ... widget-vbox"><div class="lm-Widget ... widget-label">Price</div></div>'
    """
    if isinstance(widget, PageAddress):
        return Html('<div class="lm-Widget" hidden></div>')
    if isinstance(widget, ipywidgets.Box) and not isinstance(widget, _ONE_AT_A_TIME):
        return _BOX.fill(
            classes=" ".join(_classes(widget, "lm-Panel", "jupyter-widgets", "widget-container", *_kinds(widget))),
            style=_style(widget),
            children=joined(map(still, widget.children)),
        )
    for kind, draw in _OWN.items():
        if isinstance(widget, kind):
            return Html('<div class="{classes}">{body}</div>').fill(
                classes=" ".join(_classes(widget, "xb", *_MORE.get(kind, ()))), body=draw(widget)
            )
    return still_stock(widget, " ".join(_classes(widget)))


def _classes(widget: ipywidgets.Widget, *more: str) -> list[str]:
    return ["lm-Widget", *more, *(name for name in getattr(widget, "_dom_classes", ()) if name not in more)]


def _kinds(box: ipywidgets.Box) -> list[str]:
    kinds = {ipywidgets.VBox: "widget-vbox", ipywidgets.HBox: "widget-hbox", ipywidgets.GridBox: "widget-gridbox"}
    return ["widget-box", *(name for kind, name in kinds.items() if isinstance(box, kind))]


def _style(widget: ipywidgets.Widget) -> Html:
    layout = getattr(widget, "layout", None)
    state = layout.get_state() if layout is not None else {}
    set_here = {name: value for name, value in state.items() if not name.startswith("_") and value}
    if not set_here:
        return Html("")
    css = "; ".join(f"{name.replace('_', '-')}: {value}" for name, value in set_here.items())
    return Html(' style="{css}"').fill(css=css)


def _markup(widget: Markup) -> Html:
    """The frame with its parts filled in, its links to other notebooks as addresses of their pages."""
    whole = _PART.sub(lambda found: found.group() + widget.parts.get(found.group(2), ""), widget.skeleton)
    pages = f"{os.environ.get('VOILA_BASE_URL', '/')}voila/render/"
    linked = _LINK.sub(rf'href="{pages}\1?\2"\3', whole)
    return Html("<div>{body}</div>").fill(body=Html(linked))


def _upload(widget: Upload) -> Html:
    return Html(
        '<div class="xb-drop xb-noprint"><label>{choose}</label><p class="xb-small">{hint}</p></div><div>{said}</div>'
    ).fill(choose=widget.words["choose"], hint=widget.words["hint"], said=Html(widget.said))


_ONE_AT_A_TIME = (ipywidgets.Accordion, ipywidgets.Tab, ipywidgets.Stack)
_OWN: dict[type, Callable[[Any], Html]] = {
    Chart: still_chart,
    ControlPanel: still_controls,
    Markup: _markup,
    Upload: _upload,
}
_MORE: dict[type, tuple[str, ...]] = {Chart: ("xb-chart-box",), ControlPanel: ("xb-controls",)}
