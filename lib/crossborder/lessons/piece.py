"""A piece of a lesson's page: text and forms made here, safe, with the lessons' own look on top of the house's."""

from collections.abc import Mapping
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import ipywidgets

from crossborder.apps.look import look
from crossborder.apps.markup import Markup
from crossborder.apps.show import Html, joined
from crossborder.i18n import _, language

_numbers = count(1)


@cache
def lesson_look() -> str:
    """The style sheet of a lesson's widgets."""
    return look() and look() + (Path(__file__).resolve().parent / "lessons.css").read_text(encoding="utf-8")


class Piece(Markup):
    """A ``Markup`` in the lessons' look. A submitted form comes back as its ``data-form`` action with all fields.

    ``mark`` begins the ids of its fields: a form made again without a change must read the same, or the page would
    replace what a learner is writing in it.
    """

    _css = lesson_look()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.mark = f"xb-f{next(_numbers)}"
        super().__init__(*args, **kwargs)

    @classmethod
    def of(cls, html: Html) -> "Piece":
        """A piece that shows one thing and does nothing."""
        piece = cls(Html('<div data-part="all"></div>'))
        piece.put(all=html)
        return piece


def stacked(*widgets: ipywidgets.Widget) -> ipywidgets.VBox:
    """Widgets under each other."""
    box = ipywidgets.VBox(list(widgets))
    box.add_class("xb")
    return box


def form(action: str, *fields: Html, submit: str, other: tuple[tuple[str, str], ...] = ()) -> Html:
    """A form with its fields, a button that submits it and further buttons beside it (action, label)."""
    more = joined(
        Html('<button type="button" class="xb-quiet" data-action="{action}" data-value="">{label}</button>').fill(
            action=name, label=label
        )
        for name, label in other
    )
    return Html(
        '<form class="xb-form" data-form="{action}" novalidate autocomplete="off">{fields}<div class="xb-form-end">'
        '<button type="submit" class="xb-button">{submit}</button>{more}</div></form>'
    ).fill(action=action, fields=joined(fields), submit=submit, more=more)


def choice_field(name: str, legend: str, options: Mapping[str, str], chosen: str = "", *, kind: str = "") -> Html:
    """Radio buttons under one legend; ``kind="xb-short"`` puts short ones in a row."""
    rows = joined(
        Html('<label><input type="radio" name="{name}" value="{value}"{on}><span>{text}</span></label>').fill(
            name=name, value=value, text=text, on=Html(" checked") if value == chosen else Html("")
        )
        for value, text in options.items()
    )
    return Html('<fieldset class="xb-options {kind}"><legend>{legend}</legend>{rows}</fieldset>').fill(
        kind=kind, legend=legend, rows=rows
    )


def number_field(name: str, label: str, value: str = "", *, mark: str, unit: str = "", wrong: bool = False) -> Html:
    """A field for one number, as text: ``read_number`` understands what people write. ``mark`` is its piece's."""
    return Html(
        '<div class="xb-number-field"><label for="{field}">{label}</label><span><input type="text" '
        'inputmode="decimal" id="{field}" '
        'name="{name}" value="{value}" size="7"{wrong}><span class="xb-unit">{unit}</span></span></div>'
    ).fill(
        field=f"{mark}-{name}",
        label=label,
        name=name,
        value=value,
        unit=unit,
        wrong=Html(' aria-invalid="true"') if wrong else Html(""),
    )


def read_number(text: object) -> float | None:
    """The number in what a person typed, None where there is none.

    >>> read_number("12,5 %"), read_number("１２．５％"), read_number("$1,200"), read_number("a lot")
    (12.5, 12.5, 1200.0, None)
    """
    plain = str(text).strip().translate(_WIDE).replace("\N{MINUS SIGN}", "-").strip("%$¥€ ")
    whole, comma, end = plain.rpartition(",")
    if comma and "." not in end:
        plain = (
            f"{whole}{end}"
            if len(end) == 3 and whole.strip("-") not in ("", "0")
            else f"{whole.replace(',', '')}.{end}"
        )
    try:
        value = float(plain.replace(",", "").replace(" ", ""))
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


_WIDE = {
    ord(wide): ord(plain) for wide, plain in zip("０１２３４５６７８９．，％－＄￥", "0123456789.,%-$¥", strict=True)
}


def alert(text: str) -> Html:
    """What is missing in a form, said beside its button."""
    return Html('<p class="xb-error" role="alert">{text}</p>').fill(text=text) if text else Html("")


def gap() -> str:
    """What stands between two sentences: a space, nothing in Chinese."""
    return "" if language() == "zh" else " "


def said(text: str, kind: str = "note") -> Html:
    """A word back to the learner: ``right``, ``wrong`` or ``note``; announced to those who cannot see it."""
    names = {"right": _("Right."), "wrong": _("Not yet."), "note": ""}
    head = Html("<b>{name}</b>{space}").fill(name=names[kind], space=gap()) if names[kind] else Html("")
    return Html('<div class="xb-said" data-kind="{kind}"><p>{head}{text}</p></div>').fill(
        kind=kind, head=head, text=text
    )
