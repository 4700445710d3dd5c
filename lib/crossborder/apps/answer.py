"""A result in a notebook: its sentence, its picture, its numbers with their origin. Nothing to set, nothing to run."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import ipywidgets
import plotly.graph_objects as go

from crossborder.apps import show
from crossborder.apps.chart import Chart
from crossborder.apps.markup import Markup
from crossborder.apps.show import Html, joined
from crossborder.i18n import _
from crossborder.ranking.places_and_goods import CATEGORY_NAMES
from crossborder.result import Result

if TYPE_CHECKING:
    import pandas as pd

_ALL = Html('<div data-part="all"></div>')


class Answer(ipywidgets.VBox):
    """What ``result`` says, with the figure that was drawn of it, if any; the table lies in a fold below."""

    def __init__(self, result: Result, drawn: go.Figure | None = None) -> None:
        self.text = _markup(
            Html('<div class="xb-reply">{text}</div>').fill(text=show.paragraph(result.text, "xb-answer"))
        )
        self.chart = Chart(drawn) if drawn is not None else None
        numbers = joined([show.result_table(result), show.origins_list(result)])
        self.numbers = _markup(show.fold(_("Numbers and where they come from"), numbers, key="numbers"))
        super().__init__([widget for widget in (self.text, self.chart, self.numbers) if widget is not None])
        self.add_class("xb")


def table(frame: "pd.DataFrame", labels: Mapping[str, str] | None = None) -> Markup:
    """A frame as a table that scrolls; column names decide the number format, ``labels`` their headings."""
    categories = {name: _(label) for name, label in CATEGORY_NAMES.items()}
    return _markup(show.table_html(frame, labels={**categories, **(labels or {})}))


def notes(sentences: Iterable[str]) -> Markup:
    """Sentences under each other, in the language of the moment."""
    items = joined(Html("<li>{text}</li>").fill(text=_(text)) for text in sentences)
    return _markup(Html("<ul>{items}</ul>").fill(items=items))


def _markup(html: Html) -> Markup:
    made = Markup(_ALL)
    made.put(all=html)
    return made
