"""Stock widgets before any script runs: what each says and stands at, in the places the living ones take."""

from collections.abc import Callable
from typing import Any

from crossborder.apps.show import Html, joined

_ROW = Html('<div class="{classes} jupyter-widgets widget-inline-hbox {kind}">{label}{body}</div>')
_LABEL = Html('<label class="widget-label">{text}</label>')
_TRACK = Html(
    '<div class="slider-container"><progress class="xb-still-track" max="1" value="{share}" aria-label="{name}">'
    '</progress></div><div class="widget-readout">{value}</div>'
)

_BUTTON = Html(
    '<button type="button" class="{classes} jupyter-widgets jupyter-button widget-button" disabled>{text}</button>'
)
_BOX = Html('<label class="widget-label-basic"><input type="checkbox" disabled{on}><span>{text}</span></label>')
_PLACE = Html('<div class="{classes}">{body}</div>')

# What an HTML widget may show: its value is data, and is cleaned in the living page too
_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4",
    "h5", "hr", "i", "li", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip


def still_stock(widget: Any, classes: str) -> Html:
    """A stock widget by its kind; of one that is not known its name at most (a script of its own draws it)."""
    for kind in type(widget).__mro__:
        if kind.__name__ in _DRAWN:
            return _DRAWN[kind.__name__](widget, classes)
    return _PLACE.fill(classes=classes, body=_label(widget))


def _label(widget: Any) -> Html:
    text = getattr(widget, "description", "")
    return _LABEL.fill(text=text) if text else Html("")


def _row(widget: Any, classes: str, kind: str, body: Html) -> Html:
    return _ROW.fill(classes=classes, kind=kind, label=_label(widget), body=body)


def _slider(widget: Any, classes: str) -> Html:
    share = (widget.value - widget.min) / ((widget.max - widget.min) or 1)
    body = _TRACK.fill(share=share, value=format(widget.value, widget.readout_format), name=widget.description)
    return _row(widget, classes, "widget-slider widget-hslider", body)


def _html(widget: Any, classes: str) -> Html:
    body = Html('<div class="widget-html-content">{text}</div>').fill(text=cleaned(widget.value))
    return _row(widget, classes, "widget-html", body)


def _words(widget: Any, classes: str) -> Html:
    return _PLACE.fill(classes=f"{classes} jupyter-widgets widget-inline-hbox widget-label", body=widget.value)


def _button(widget: Any, classes: str) -> Html:
    return _BUTTON.fill(classes=classes, text=widget.description)


def _upload(widget: Any, classes: str) -> Html:
    return _BUTTON.fill(classes=classes, text=f"{widget.description} ({len(widget.value)})")


def _dropdown(widget: Any, classes: str) -> Html:
    body = Html("<select disabled><option>{chosen}</option></select>").fill(chosen=widget.label or "")
    return _row(widget, classes, "widget-dropdown", body)


def _checkbox(widget: Any, classes: str) -> Html:
    body = _BOX.fill(on=Html(" checked") if widget.value else Html(""), text=widget.description)
    return _ROW.fill(classes=classes, kind="widget-checkbox", label="", body=body)


def _field(widget: Any, classes: str) -> Html:
    body = Html('<input type="text" disabled value="{value}">').fill(value=widget.value)
    return _row(widget, classes, "widget-text", body)


def _folds(widget: Any, classes: str) -> Html:
    titles = joined(Html("<p>{title}</p>").fill(title=title) for title in widget.titles)
    return _PLACE.fill(classes=f"{classes} jupyter-widgets widget-container", body=titles)


_DRAWN: dict[str, Callable[[Any, str], Html]] = {
    "FloatSlider": _slider,
    "IntSlider": _slider,
    "HTML": _html,
    "HTMLMath": _html,
    "Label": _words,
    "Button": _button,
    "ToggleButton": _button,
    "FileUpload": _upload,
    "Dropdown": _dropdown,
    "Checkbox": _checkbox,
    "Text": _field,
    "Textarea": _field,
    "IntText": _field,
    "FloatText": _field,
    "Accordion": _folds,
    "Tab": _folds,
}


def cleaned(html: str) -> Html:
    """HTML that came as data, without what could act."""
    import nh3

    return Html(
        nh3.clean(
            html,
            tags=_TAGS,
            attributes={"*": {"class", "style", "title"}, "a": {"href"}},
            url_schemes={"http", "https", "mailto"},
        )
    )
