"""Stock widgets before any script runs: what each says and stands at, in the places the living ones take."""

from typing import Any

import ipywidgets

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
    """A stock widget; an empty place where it cannot be told what it shows (an own script draws it)."""
    name = type(widget).__name__
    label = _LABEL.fill(text=widget.description) if getattr(widget, "description", "") else Html("")
    if name in ("FloatSlider", "IntSlider"):
        share = (widget.value - widget.min) / ((widget.max - widget.min) or 1)
        number = format(widget.value, widget.readout_format)
        body = _TRACK.fill(share=share, value=number, name=widget.description)
        return _ROW.fill(classes=classes, kind="widget-slider widget-hslider", label=label, body=body)
    if name in ("HTML", "HTMLMath"):
        body = Html('<div class="widget-html-content">{text}</div>').fill(text=cleaned(widget.value))
        return _ROW.fill(classes=classes, kind="widget-html", label=label, body=body)
    if name == "Label":
        return _PLACE.fill(classes=f"{classes} jupyter-widgets widget-inline-hbox widget-label", body=widget.value)
    if name in ("Button", "FileUpload", "ToggleButton"):
        count = f" ({len(widget.value)})" if name == "FileUpload" else ""
        return _BUTTON.fill(classes=classes, text=f"{widget.description}{count}")
    if name == "Dropdown":
        body = Html("<select disabled><option>{chosen}</option></select>").fill(chosen=widget.label or "")
        return _ROW.fill(classes=classes, kind="widget-dropdown", label=label, body=body)
    if name == "Checkbox":
        body = _BOX.fill(on=Html(" checked") if widget.value else Html(""), text=widget.description)
        return _ROW.fill(classes=classes, kind="widget-checkbox", label="", body=body)
    if isinstance(widget, ipywidgets.Text | ipywidgets.IntText | ipywidgets.FloatText | ipywidgets.Textarea):
        body = Html('<input type="text" disabled value="{value}">').fill(value=widget.value)
        return _ROW.fill(classes=classes, kind="widget-text", label=label, body=body)
    if isinstance(widget, ipywidgets.Accordion | ipywidgets.Tab):
        titles = joined(Html("<p>{title}</p>").fill(title=title) for title in widget.titles)
        return Html('<div class="{classes} jupyter-widgets widget-container">{titles}</div>').fill(
            classes=classes, titles=titles
        )
    return _PLACE.fill(classes=classes, body="")


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
