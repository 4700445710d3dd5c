"""A whole page: way home, language, title, contents, and the address that leads back to the same settings."""

from collections.abc import Callable
from urllib.parse import parse_qsl

import ipywidgets

from crossborder.apps.colours_choice import colours_choice
from crossborder.apps.currency import CURRENCIES, currency_label, rate_note, show_in
from crossborder.apps.explorer import Explorer
from crossborder.apps.language import listen, speak
from crossborder.apps.markup import Markup
from crossborder.apps.page import PageAddress
from crossborder.apps.show import Html, escaped, joined, paragraph
from crossborder.i18n import LANGUAGES, _, language
from crossborder.i18n.numbers import shown_currency

HOME = "index.ipynb"
MARK = Html(
    '<svg viewBox="0 0 28 28" width="26" height="26" aria-hidden="true" fill="none" stroke="currentColor" '
    'stroke-width="2" stroke-linecap="round"><circle cx="14" cy="14" r="11.5" stroke-opacity=".35"/>'
    '<path d="M3 17c6 3 16 3 22-6"/>'
    '<circle cx="8" cy="17.6" r="2.4" fill="currentColor" stroke="none"/>'
    '<circle cx="21" cy="14.2" r="2.4" fill="currentColor" stroke="none"/></svg>'
)


class Page(ipywidgets.VBox):
    """Everything a reader sees of one notebook; ``title`` and ``line`` are message ids.

    ``currency`` offers a choice of currency. ``on_query`` is called with the page's query once a browser has told it,
    after every explorer took its scenario.
    """

    def __init__(
        self,
        *contents: ipywidgets.Widget,
        title: str,
        line: str = "",
        headline: bool = True,
        currency: bool = False,
        on_query: Callable[[str], None] | None = None,
    ) -> None:
        self._title, self._line, self._headline, self._on_query = title, line, headline, on_query
        self._currency = currency
        self.address = PageAddress()
        self.head = Markup(self._frame(), self._act)
        self.contents = contents
        super().__init__([self.address, self.head, *contents])
        self.add_class("xb")
        self.add_class("xb-page")
        listen(self)
        for explorer in self.explorers:
            explorer.when_settled.append(self._write_address)
        self.address.title = _(title)
        self.address.on_arrival(self._arrived)

    @property
    def explorers(self) -> list[Explorer]:
        """The explorers on this page."""
        return [content for content in self.contents if isinstance(content, Explorer)]

    def relabel(self) -> None:
        """Say the head in the language of the moment."""
        self.head.frame(self._frame())
        self.address.title = _(self._title)
        if self.address.arrived:  # before, nobody reads here yet, and the page's own script has chosen a language
            self.address.language = language()
        self._write_address()

    def _frame(self) -> Html:
        buttons = joined(
            Html(
                '<button type="button" data-action="language" data-value="{code}" lang="{code}" aria-pressed="{on}">'
                "{name}</button>"
            ).fill(code=code, name=name, on=str(code == language()).lower())
            for code, name in LANGUAGES.items()
        )
        head = Html('<div class="xb-headline"><h1>{title}</h1>{line}</div>').fill(
            title=_(self._title), line=Html("<p>{text}</p>").fill(text=_(self._line)) if self._line else ""
        )
        return Html(
            '<div class="xb-top xb-noprint"><a class="xb-home" data-notebook="{home}" data-query="{query}" href="#">'
            '{mark}<span>Crossborder</span></a><div class="xb-choices">{currency}<div class="xb-languages" '
            'role="group" aria-label="{choose}">{buttons}</div>{colours}</div></div>{head}{rate}'
        ).fill(
            colours=colours_choice(),
            currency=self._currency_choice() if self._currency else "",
            rate=paragraph(rate_note(), "xb-small") if self._currency and rate_note() else "",
            home=HOME,
            query=f"lang={language()}",
            mark=MARK,
            choose=escaped(_("Language")),
            buttons=buttons,
            head=head if self._headline else "",
        )

    def _currency_choice(self) -> Html:
        options = joined(
            Html('<option value="{code}"{on}>{label}</option>').fill(
                code=code, label=currency_label(code), on=Html(" selected") if code == shown_currency()[0] else ""
            )
            for code in CURRENCIES
        )
        return Html('<select data-action="currency" aria-label="{name}">{options}</select>').fill(
            name=_("Currency"), options=options
        )

    def _act(self, action: str, value: str) -> None:
        if action == "language" and value in LANGUAGES:
            speak(value)
        elif action == "currency":
            show_in(str(value))

    def _arrived(self, asked: dict[str, str]) -> None:
        for explorer in self.explorers:
            explorer.open_query(self.address.query)
        if self._on_query is not None:
            self._on_query(self.address.query)
            self.address.on_back(self._on_query)
        if self._currency:
            show_in(asked.get("currency", ""))
        code = asked.get("lang") or self.address.asked_language
        if code in LANGUAGES:
            self.address.language = code
            speak(code)

    def step_to(self, query: str) -> None:
        """Show another part of the page in the address; the browser's Back leads out of it again."""
        if self.address.arrived:
            self.address.show_in_address(dict(parse_qsl(query)), step=True)

    def stay_at(self, query: str) -> None:
        """What is shown has other settings now: a reload comes back to them, Back still leads out of it."""
        if self.address.arrived:
            self.address.show_in_address(dict(parse_qsl(query)))

    def _write_address(self) -> None:
        explorers = self.explorers
        if self.address.arrived and explorers:
            self.address.show_in_address(dict(parse_qsl(explorers[0].query())))
