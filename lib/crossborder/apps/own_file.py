"""The reader's own listing file on a dashboard: what was taken, what was not, what is still asked."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import ipywidgets

from crossborder.apps import show
from crossborder.apps.controls import ControlPanel
from crossborder.apps.export import CSV
from crossborder.apps.language import listen
from crossborder.apps.markup import Markup
from crossborder.apps.runs import told
from crossborder.apps.show import Html, joined
from crossborder.apps.upload import Upload
from crossborder.errors import CrossborderError
from crossborder.i18n import N_, _
from crossborder.params import Params
from crossborder.paths import with_changes

if TYPE_CHECKING:
    from crossborder.data.listings import ListingsRead

ROWS_SHOWN = 5


class OwnListings(ipywidgets.VBox):
    """An upload with its report; ``use(read, assumed)`` is called with every reading, ``back()`` for the example again.

    ``use`` returns sentences about what had to be assumed; ``assumed`` is the scenario of what no file says, with
    controls for the parameters ``only``. A question of the reader is a choice on the page, and its answer reads the
    same file once more.
    """

    def __init__(
        self,
        use: "Callable[[ListingsRead, Any], list[str]]",
        back: Callable[[], None],
        assumed: Params,
        only: tuple[str, ...] = (),
    ) -> None:
        self._use, self._go_back, self.assumed = use, back, assumed
        self.read: ListingsRead | None = None
        self._content, self._name = b"", ""
        self._notes: list[str] = []
        self.upload = Upload(self._take, self._back, label=N_("Use your own listings"))
        self.report = Markup(Html('<div data-part="report" aria-live="polite"></div>'), self._act)
        self.panel = ControlPanel(assumed, self._assume, only=only, heading=N_("What the file does not say"))
        super().__init__([self.upload, self.report])
        listen(self)

    def take(self, name: str, content: bytes) -> None:
        """Read a file, as an upload does."""
        self.upload.receive(name, content)

    def answer(self, question: str, option: str) -> None:
        """Answer one of the reader's questions; the file is read again."""
        if self.read is not None:
            try:
                self._read({**self.read.answers, question: option})
            except Exception as problem:  # the report must say why, and the page live on
                self.report.put(report=show.failure(told(problem)))
                return
            self.relabel()

    def relabel(self) -> None:
        """Say the report in the language of the moment."""
        self.panel.relabel()
        self.report.put(report=self._told() if self.read is not None else Html(""))
        self.children = (self.upload, self.report, self.panel) if self.read is not None else (self.upload, self.report)

    def _take(self, name: str, content: bytes) -> Html:
        self._name, self._content = name, content
        self._read({})
        self.relabel()
        return Html("")

    def _read(self, answers: Mapping[str, str]) -> None:
        from crossborder.data import read_listings

        read = read_listings(self._content, name=self._name, answers=answers)
        self._notes = self._use(read, self.assumed)
        self.read = read

    def _assume(self, changes: dict[str, Any], final: bool) -> None:
        if self.read is None:
            return
        try:
            assumed = with_changes(self.assumed, changes)
            if final:  # a market is made again: not at every step of a slider on its way
                self._notes = self._use(self.read, assumed)
        except CrossborderError as problem:
            self.panel.refuse(changes, str(problem))
            return
        self.assumed = assumed
        self.panel.accept(changes)
        self.panel.follow(assumed)
        if final:
            self.relabel()

    def _back(self) -> None:
        self.read, self._content, self._notes = None, b"", []
        self.relabel()
        self._go_back()

    def _act(self, action: str, value: Any) -> None:
        if action.startswith("answer:"):
            self.answer(action.removeprefix("answer:"), str(value))
        elif action == "refused" and self.read is not None:
            from crossborder.data import to_csv_bytes

            self.report.download("refused-rows.csv", to_csv_bytes(self.read.refused), CSV)

    def _told(self) -> Html:
        read = self.read
        if read is None:
            return Html("")
        parts = [
            Html('<p><span class="xb-badge" data-kind="observed">{mine}</span> {text}</p>').fill(
                mine=_("My data"), text=read.text
            )
        ]
        parts += [_question(question, read.answers.get(question.id, question.default)) for question in read.questions]
        notes = [*read.warnings, *map(_, self._notes)]
        if notes:
            items = joined(Html("<li>{note}</li>").fill(note=note) for note in notes)
            parts.append(
                show.fold(
                    _("What to know about this file ({n})").format(n=len(notes)),
                    Html("<ul>{items}</ul>").fill(items=items),
                    key="notes",
                )
            )
        if read.counts["refused"]:
            parts.append(show.button("refused", _("Download the refused rows"), kind="xb-link"))
        parts.append(show.fold(_("What was understood"), _understood(read), key="understood"))
        preview = show.table_html(read.preview.head(ROWS_SHOWN), caption=_("First rows of the file"))
        parts.append(show.fold(_("First rows as they stand in the file"), preview, key="preview"))
        return joined(parts)


def _understood(read: "ListingsRead") -> Html:
    """Which column of the file became what, and the first rows as numbers."""
    from crossborder.data.listing_columns import LISTING_COLUMNS

    known = {column.name: _(column.label) for column in LISTING_COLUMNS.columns}
    pairs = joined(
        Html("<li>{header} → {label}</li>").fill(header=header, label=known.get(name, name))
        for name, header in read.mapping.items()
    )
    names = [name for name in (*read.mapping, "price_usd") if name in read.table.columns]
    rows = read.table[names].head(ROWS_SHOWN)
    labels = known | {"price_usd": _("Price, USD")}
    table = show.table_html(rows, caption=_("First rows as numbers"), labels=labels)
    return Html("<ul>{pairs}</ul>{table}").fill(pairs=pairs, table=table)


def _question(question: Any, chosen: str) -> Html:
    options = joined(
        Html('<option value="{value}"{on}>{label}</option>').fill(
            value=value, label=label, on=Html(" selected") if value == chosen else ""
        )
        for value, label in question.labels.items()
    )
    return Html(
        '<p class="xb-asked"><label>{asked}<select data-action="answer:{id}">{options}</select></label></p>'
    ).fill(asked=question.sentence, id=question.id, options=options)
