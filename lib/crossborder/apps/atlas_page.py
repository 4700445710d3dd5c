"""The atlas page: every mechanism with its card; those that run open their explorer in place."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import ipywidgets
import plotly.graph_objects as go

from crossborder.apps import show
from crossborder.apps.explorer import Explorer
from crossborder.apps.head import Page
from crossborder.apps.language import listen
from crossborder.apps.markup import Markup
from crossborder.apps.runs import told
from crossborder.apps.share import from_query, to_query
from crossborder.apps.show import Html, joined
from crossborder.atlas import THEMES, Atlas, Mechanism, atlas
from crossborder.charts import plain_picture
from crossborder.i18n import N_, _, language


def mechanism_explorer(mechanism: Mechanism) -> Explorer:
    """The explorer of one mechanism: its default scenario, its verb, its chart."""
    return Explorer(
        mechanism.default_scenario(),
        mechanism.function(),
        chart_function(mechanism),
        question=mechanism.name,
        mechanism=mechanism.number,
        at_once=False,
    )


def chart_function(mechanism: Mechanism) -> Callable[[Any], go.Figure]:
    """The chart that the catalogue names for a mechanism, or the plain one that suits any table."""
    if not mechanism.chart:
        return plain_picture
    module, _dot, name = mechanism.chart.rpartition(".")
    found: Callable[[Any], go.Figure] = getattr(import_module(f"crossborder.{module}"), name)
    return found


class AtlasBrowser(ipywidgets.VBox):
    """Search, filters, cards, and the explorer of the card that was opened."""

    def __init__(self, shown: Atlas | None = None) -> None:
        self.atlas = shown or atlas()
        self.opened: Mechanism | None = None
        self.explorer: Explorer | None = None
        self.when_stepped: list[Callable[[str], None]] = []
        self.when_settled: list[Callable[[str], None]] = []
        self.cards = Markup(self._frame(), self._act)
        self.card = Markup(Html('<div data-part="card"></div>'), self._act)
        super().__init__([self.cards])
        listen(self)

    def show_mechanism(self, number: int, query: str = "") -> None:
        """Open the explorer of mechanism ``number`` in place of the cards."""
        mechanism = self.atlas[number]
        if not mechanism.built:
            return
        self.opened = mechanism
        self.card.look(f"[data-mechanism='{number}']")
        try:
            self.explorer = mechanism_explorer(mechanism)
        except Exception as problem:  # one broken mechanism must not take the atlas with it
            self.explorer = None
            self.card.put(card=self._opened_card() + show.failure(told(problem)))
            self.children = (self.card,)
            return
        if query:
            self.explorer.open_query(query)
        self.explorer.when_settled.append(self._settled)
        self.card.put(card=self._opened_card())
        self.children = (self.card, self.explorer)  # type: ignore[assignment]

    def show_all(self) -> None:
        """Back to all cards, at the one that was open."""
        if self.opened is not None:
            self.cards.look(f"[data-action=explore][data-value='{self.opened.number}']")
        self.opened = self.explorer = None
        self.children = (self.cards,)

    def open_query(self, query: str) -> None:
        """Open the mechanism that a link names, with its scenario; all cards where it names none."""
        number = from_query(query).get("mechanism", "")
        if number.isdecimal() and any(m.number == int(number) for m in self.atlas.mechanisms):
            self.show_mechanism(int(number), query)
        elif self.opened is not None:
            self.show_all()

    def relabel(self) -> None:
        """Say everything in the language of the moment; the explorer does so itself."""
        self.cards.frame(self._frame())
        if self.opened is not None:
            self.card.put(card=self._opened_card())

    def _act(self, action: str, value: str) -> None:
        if action == "explore" and str(value).isdecimal():
            self.show_mechanism(int(value))
        elif action == "all":
            self.show_all()
        for step in self.when_stepped:
            step(self.explorer.query() if self.explorer is not None else to_query())

    def _settled(self) -> None:
        if self.explorer is not None:
            for tell in self.when_settled:
                tell(self.explorer.query())

    def _frame(self) -> Html:
        themes = joined(_chip(key, _(label)) for key, label in THEMES.items())
        return Html(
            '<div class="xb-search" role="search"><label for="xb-atlas-search">{find}</label>'
            '<input id="xb-atlas-search" type="search" data-search autocomplete="off" placeholder="{example}">'
            '<div class="xb-chips" data-picks="theme" role="group" aria-label="{theme}">{all}{themes}</div>'
            '<div class="xb-chips" data-picks="built" role="group" aria-label="{state}">{any}{yes}{no}</div>'
            '<p class="xb-small" role="status" data-count="{count}"></p></div>'
            '<ul class="xb-mechanisms">{cards}</ul><p class="xb-note" data-none hidden>{none}</p>'
        ).fill(
            find=_("Find a mechanism"),
            example=_("commission, 72 hours, Plus, 曝光 …"),
            theme=_("Theme"),
            all=_chip("*", _("All themes"), on=True),
            themes=themes,
            state=_("State"),
            any=_chip("*", _("All"), on=True),
            yes=_chip("yes", _("Runs today")),
            no=_chip("no", _("Not built yet")),
            count=_("{n} mechanisms"),
            cards=joined(map(card_html, self.atlas.mechanisms)),
            none=_("No mechanism fits these words. Take one away."),
        )

    def _opened_card(self) -> Html:
        mechanism = self.opened
        if mechanism is None:
            return Html("")
        return Html(
            '<div class="xb-tools xb-noprint">{back}</div><div class="xb-headline" data-mechanism="{number}">'
            "<h2>{number} {name}</h2><p>{does}</p></div>{rule}"
        ).fill(
            back=show.button("all", _("← All mechanisms")),
            number=mechanism.number,
            name=mechanism.name,
            does=mechanism.does,
            rule=_rule(mechanism),
        )


def card_html(mechanism: Mechanism) -> Html:
    """One card: number, both names, what it does, rule or model, formula, facts, and the way in."""
    other = mechanism.name_en if language() == "zh" else mechanism.name_zh
    way_in = (
        show.button("explore", _("Open the explorer"), value=mechanism.number)
        if mechanism.built
        else Html('<span class="xb-small">{text}</span>').fill(text=_("Catalogued; not built yet"))
    )
    return Html(
        '<li data-card data-theme="{theme}" data-built="{built}"><span class="xb-number-tag">{number} · {label}</span>'
        '<h3>{name}</h3><p class="xb-small">{other}</p><p>{does}</p>{rule}<div class="xb-tools">{way_in}</div></li>'
    ).fill(
        theme=mechanism.theme,
        built="yes" if mechanism.built else "no",
        number=mechanism.number,
        label=_(THEMES.get(mechanism.theme, mechanism.theme)),
        name=mechanism.name,
        other=other,
        does=mechanism.does,
        rule=_rule(mechanism),
        way_in=way_in,
    )


def _rule(mechanism: Mechanism) -> Html:
    kind = "stated" if mechanism.rule_stated else "simulated"
    label = _("Rule stated by a source") if mechanism.rule_stated else _("Model assumed by us")
    formula = Html('<p class="xb-formula">{text}</p>').fill(text=mechanism.formula) if mechanism.formula else Html("")
    badge = Html('<p><span class="xb-badge" data-kind="{kind}">{label}</span></p>').fill(kind=kind, label=label)
    if not mechanism.facts:
        return badge + formula
    facts = joined(map(show.fact_html, mechanism.facts))
    title = _("What the sources say ({n})").format(n=len(mechanism.facts))
    told = Html('<div class="xb-origin-body">{facts}</div>').fill(facts=facts)
    return badge + formula + show.fold(title, told, key=f"facts-{mechanism.number}")


def _chip(value: str, label: str, *, on: bool = False) -> Html:
    return Html('<button type="button" class="xb-chip" data-pick="{value}" aria-pressed="{on}">{label}</button>').fill(
        value=value, on=str(on).lower(), label=label
    )


def atlas_page() -> Page:
    """The whole page."""
    browser = AtlasBrowser()
    page = Page(
        browser,
        title=N_("Atlas of mechanisms"),
        line=N_(
            "Every rule, process and policy that the five source texts describe: "
            "what it does, what is stated, what we assumed."
        ),
        on_query=browser.open_query,
    )
    browser.when_stepped.append(page.step_to)
    browser.when_settled.append(page.stay_at)
    return page
