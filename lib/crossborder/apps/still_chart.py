"""A chart before any script runs: its title, its picture for wide and narrow pages, its sentence, its table."""

import html
import re
from typing import Any

from crossborder.apps.chart import Chart, poster
from crossborder.apps.show import Html, joined
from crossborder.charts.figure import alt_of, harmless, table_of
from crossborder.charts.rows import heights

_FIGURE = Html(
    '<figure class="xb-chart"><figcaption class="xb-chart-title"{untitled}>{title}</figcaption>'
    '<div class="xb-plot" style="--xb-wide: {wide}px; --xb-narrow: {narrow}px">{picture}</div>'
    '<p class="xb-heard">{sentence}</p>'
    '<div class="xb-under"><details class="xb-fold"{untold}><summary>{word}</summary>{table}</details>'
    '<span class="xb-pictures xb-noprint"><span class="xb-small">{save}</span>{formats}</span></div></figure>'
)
_TABLE = Html(
    '<div class="xb-table-frame"><table class="xb-table"><thead><tr>{heads}</tr></thead>'
    "<tbody>{rows}</tbody></table></div>"
)
_FORMAT = Html('<button type="button" class="xb-link" disabled>{name}</button>')


def still_chart(chart: Chart) -> Html:
    """What a reader sees of a chart until plotly is there; nothing where no figure was drawn yet."""
    if chart.drawn is None:
        return Html("")
    figure, told = chart.drawn, table_of(chart.drawn)
    high = heights(figure.layout.to_plotly_json())
    title = plain(figure.layout.title.text or "")
    return _FIGURE.fill(
        title=title,
        untitled=Html("") if title else Html(" hidden"),
        wide=high["wide"],
        narrow=high["narrow"],
        picture=poster(figure),
        sentence=plain(alt_of(figure)),
        untold=Html("") if told["rows"] else Html(" hidden"),
        word=chart.words["table"],
        table=_table(told),
        save=chart.words["picture"],
        formats=joined(_FORMAT.fill(name=name) for name in ("PNG", "SVG")),
    )


def _table(told: dict[str, Any]) -> Html:
    heads = joined(_cell("th", name, number) for name, number in zip(told["columns"], told["numeric"], strict=True))
    rows = joined(
        Html("<tr>{cells}</tr>").fill(
            cells=joined(_cell("td", text, number) for text, number in zip(row, told["numeric"], strict=True))
        )
        for row in told["rows"]
    )
    return _TABLE.fill(heads=heads, rows=rows)


def _cell(tag: str, text: Any, number: bool) -> Html:
    return Html('<{tag} class="{side}">{text}</{tag}>').fill(tag=tag, side="xb-number" if number else "", text=text)


def plain(text: str) -> str:
    """A label of a figure as bare text.

    >>> plain("<b>GMV</b><br>in US dollars")
    'GMV · in US dollars'
    """
    spaced = re.sub(r"<br\s*/?>", " · ", harmless(text), flags=re.IGNORECASE)
    return html.unescape(re.sub(r"</?[a-z][^>]*>", "", spaced, flags=re.IGNORECASE))
