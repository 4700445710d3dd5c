"""The one place where text becomes HTML. Whatever comes from data, files or people is escaped here.

``Html`` marks text that is already safe; ``Html("<p>{x}</p>").fill(x=anything)`` escapes every value that is not.
"""

import html
from collections.abc import Iterable, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any, Self

from crossborder.charts.figure import spoken_table
from crossborder.charts.words import label_of, labels_of
from crossborder.facts import Fact, facts
from crossborder.i18n import N_, _
from crossborder.origin import Origin
from crossborder.result import Result

if TYPE_CHECKING:
    import pandas as pd

TABLE_ROWS = 200
_numbers = count(1)


class Html(str):
    """Text that a browser may take as it is: written here, or filled with escaped values."""

    __slots__ = ()

    def fill(self, **values: Any) -> Self:
        """The template with every value escaped, except those that are ``Html`` themselves.

        >>> Html("<p>{name}</p>").fill(name="<script>")
        '<p>&lt;script&gt;</p>'
        """
        return type(self)(str(self).format(**{name: escaped(value) for name, value in values.items()}))

    def __add__(self, other: str) -> "Html":
        return Html(str(self) + escaped(other))


def escaped(value: Any) -> Html:
    """``value`` as text that cannot act: as it is where it is ``Html`` already."""
    return value if isinstance(value, Html) else Html(html.escape(str(value)))


def joined(parts: Iterable[Any], between: str = "") -> Html:
    """Pieces in a row, each escaped unless safe."""
    return Html(escaped(between).join(escaped(part) for part in parts))


def paragraph(text: Any, kind: str = "") -> Html:
    """One paragraph; ``kind`` names its look (xb-answer, xb-note, xb-small ...)."""
    return Html('<p class="{kind}">{text}</p>').fill(kind=kind, text=text)


def failure(text: Any) -> Html:
    """A sentence about what went wrong."""
    return Html('<div class="xb-failure" role="alert"><p>{text}</p></div>').fill(text=text)


def badges(kind: str) -> Html:
    """What an answer stands on. A run on the reader's own listings is simulated all the same."""
    return joined([badge(kind), badge("simulated")], " ") if kind == "observed" else badge(kind)


def badge(kind: str) -> Html:
    """*My data* or *Simulated*, so that nobody takes one for the other."""
    labels = {
        "observed": N_("My data"),
        "simulated": N_("Simulated"),
        "stated": N_("Stated by a source"),
        "estimated": N_("Estimated"),
    }
    return Html('<span class="xb-badge" data-kind="{kind}">{label}</span>').fill(
        kind=kind, label=_(labels.get(kind, kind))
    )


def button(action: str, label: Any, *, value: Any = "", kind: str = "xb-quiet") -> Html:
    """A button whose click comes back to Python as ``action``."""
    return Html(
        '<button type="button" class="{kind}" data-action="{action}" data-value="{value}">{label}</button>'
    ).fill(kind=kind, action=action, value=value, label=label)


def fold(summary: Any, body: Html, *, key: str = "") -> Html:
    """Something that opens on a click."""
    return Html('<details class="xb-fold" data-key="{key}"><summary>{summary}</summary>{body}</details>').fill(
        key=key, summary=summary, body=body
    )


def table_html(
    table: "pd.DataFrame | Mapping[str, Any]",
    *,
    caption: str = "",
    labels: Mapping[str, str] | None = None,
    origins: Mapping[str, Origin] | None = None,
    most: int = TABLE_ROWS,
) -> Html:
    """A table in a box that scrolls, with a head that stays and numbers at the right.

    Column names decide the number format. A heading, or a row's ``measure``, that has an entry in ``origins`` opens
    where it comes from on a click.
    """
    told = spoken_table(table, labels or {}, most)
    notes: list[Html] = []
    origins = origins or {}
    heads = [
        Html('<th scope="col" class="{kind}">{text}</th>').fill(
            kind=_side(number), text=_asked(label, origins.get(name), notes)
        )
        for name, label, number in zip(told["names"], told["columns"], told["numeric"], strict=True)
    ]
    measures = list(table["measure"]) if "measure" in told["names"] else None
    rows = []
    for i, row in enumerate(told["rows"]):
        cells = []
        for name, text, number in zip(told["names"], row, told["numeric"], strict=True):
            origin = origins.get(str(measures[i])) if measures is not None and name == "measure" else None
            cells.append(
                Html('<td class="{kind}">{text}</td>').fill(kind=_side(number), text=_asked(text, origin, notes))
            )
        rows.append(Html("<tr>{cells}</tr>").fill(cells=joined(cells)))
    title = Html("<caption>{caption}</caption>").fill(caption=caption) if caption else Html("")
    more = paragraph(_("{n} more rows").format(n=told["left_out"]), "xb-small") if told["left_out"] else Html("")
    return Html(
        '<div class="xb-table-frame" tabindex="0" role="region" aria-label="{name}"><table class="xb-table">{title}'
        "<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{more}{notes}"
    ).fill(
        name=caption or _("Table"), title=title, heads=joined(heads), rows=joined(rows), more=more, notes=joined(notes)
    )


def result_table(result: Result, *, caption: str = "") -> Html:
    """A result's table, each column or measure with its origin one click away."""
    table = result.table
    known = [*table.columns, *(table["measure"].astype(str) if "measure" in table.columns else ())]
    origins = {name: result.origin_of(name) for name in known if name in result.origin}
    return table_html(table, caption=caption, labels=labels_of(result), origins=origins)


def origin_body(origin: Origin) -> Html:
    """Where a number comes from: kind, formula, source, seed, and each fact with its source and its doubt."""
    spoken = paragraph(Origin.text.fget(_without_facts(origin)))  # type: ignore[attr-defined]
    return Html('<div class="xb-origin-body">{parts}</div>').fill(parts=joined([spoken, *map(fact_html, origin.facts)]))


def origins_list(result: Result) -> Html:
    """The descent of every column and measure of a result."""
    rows = []
    for name, origin in result.origin.items():
        label = (
            _("All other numbers")
            if name == "*" and len(result.origin) > 1
            else _("All numbers")
            if name == "*"
            else None
        )
        shown = label or label_of(result, name)
        rows.append(Html("<dt>{name}</dt><dd>{body}</dd>").fill(name=shown, body=origin_body(origin)))
    return Html('<dl class="xb-origins">{rows}</dl>').fill(rows=joined(rows))


def fact_html(fact_id: str) -> Html:
    """One sourced statement: what it says, who says it, how sure we are of having read it right."""
    fact = facts.get(fact_id)
    if fact is None:
        return paragraph(fact_id)
    statement = Html("<blockquote>{text}</blockquote>").fill(text=fact.statement)
    source = paragraph(
        _("Source text: {source}; confidence: {confidence}.").format(
            source=source_name(fact), confidence=_confidence(fact)
        ),
        "xb-small",
    )
    doubt = (
        paragraph(_("Doubtful: {note}").format(note=fact.note or _("the source text is ambiguous here.")), "xb-doubt")
        if fact.doubtful
        else Html("")
    )
    return statement + source + doubt


def source_name(fact: Fact) -> str:
    """Platform and year that a statement is about, and its id."""
    about = " ".join(str(part) for part in (_PLATFORMS.get(fact.platform, fact.platform), fact.year) if part)
    return f"{about} · {fact.id}"


_PLATFORMS = {"joom": "Joom", "aliexpress": "AliExpress"}
_CONFIDENCE = {"high": N_("high"), "medium": N_("medium"), "low": N_("low")}


def _confidence(fact: Fact) -> str:
    return _(_CONFIDENCE.get(fact.confidence, fact.confidence))


def _without_facts(origin: Origin) -> Origin:
    return Origin(kind=origin.kind, formula=origin.formula, source=origin.source, seed=origin.seed, note=origin.note)


def _asked(text: Any, origin: Origin | None, notes: list[Html]) -> Html:
    """Text that opens its origin in a box of its own when it is clicked."""
    if origin is None:
        return escaped(text)
    name = f"xb-why-{next(_numbers)}"
    box = Html('<div id="{name}" popover>{body}</div>').fill(name=name, body=origin_body(origin))
    notes.append(box)
    return Html('<button type="button" class="xb-why" popovertarget="{name}" title="{why}">{text}</button>').fill(
        name=name, text=text, why=_("Where does this come from?")
    )


def explained(text: Any, meaning: str) -> Html:
    """A small word that says on a click what it means."""
    return Html(
        '<button type="button" class="xb-why xb-small" popovertarget="{name}" title="{meaning}">{text}</button>'
        '<div id="{name}" popover><p>{meaning}</p></div>'
    ).fill(name=f"xb-why-{next(_numbers)}", text=text, meaning=meaning)


def _side(number: bool) -> str:
    return "xb-number" if number else ""
