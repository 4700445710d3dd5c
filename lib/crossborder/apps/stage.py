"""What an explorer shows of a run: the sentence with its badge, progress, the picture, and A beside B."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import ipywidgets
import plotly.graph_objects as go

from crossborder.apps import show
from crossborder.apps.chart import Chart
from crossborder.apps.controls import value_text
from crossborder.apps.markup import Markup
from crossborder.apps.runs import told
from crossborder.apps.show import Html, joined
from crossborder.charts.pair import same_scale, tagged
from crossborder.i18n import _
from crossborder.params import Params
from crossborder.paths import changed_from_usual, controlled, differences, value_at
from crossborder.ranking.shared_seed import WORLDS
from crossborder.result import Result

Draw = Callable[[Any], go.Figure]

_ANSWER = Html(
    '<div class="xb-reply"><div data-part="stale" role="status"></div>'
    '<div data-part="sentence" aria-live="polite"></div><div data-part="beside"></div></div>'
    '<div data-part="progress" class="xb-progress" role="status"></div><div data-part="compare"></div>'
)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A run: what was asked and what came out, whose data it stands on, and the code of tables that were given.

    ``hidden`` are beginnings of parameters that acted on nothing in it.
    """

    scenario: Params
    result: Result
    data_kind: str
    given: Mapping[str, str]
    hidden: tuple[str, ...]


class Stage:
    """The widgets ``answer``, ``choice``, ``pictures``, and what they say; ``views``: the chart functions by label."""

    def __init__(self, views: Mapping[str, Draw], act: Callable[[str, Any], None]) -> None:
        self.views = dict(views)
        self.view = next(iter(self.views), "")
        self.answer = Markup(_ANSWER, act)
        self.chart, self.chart_of_a = Chart(), Chart()
        self.choice = Markup(Html('<div data-part="views"></div>'), act)
        self.pictures = ipywidgets.Box([self.chart])
        self.pictures.add_class("xb-pair")

    @property
    def draw(self) -> Draw | None:
        """The chart function of the moment."""
        return self.views.get(self.view)

    @property
    def below(self) -> list[ipywidgets.Widget]:
        """What stands below the answer: which picture is wanted, where there are several, and the picture."""
        chosen = [self.choice] if len(self.views) > 1 else []
        return [*chosen, self.pictures] if self.views else []

    def relabel(self) -> None:
        """The charts' own words; what depends on a run is said again by ``present``."""
        self.chart.relabel()
        self.chart_of_a.relabel()

    def present(self, shown: Shown, reference: Shown | None, seed: Any) -> str:
        """Picture and sentence of a run, beside ``reference`` if there is one; returns why a picture failed, if so."""
        problem = ""
        try:
            self._draw_runs(shown, reference)
        except Exception as failed:  # a chart that cannot be drawn must not hide the sentence
            problem = told(failed)
            self.note(problem)
        self._say(shown, seed)
        return problem

    def fail(self, sentence: str, *, of_before: bool = False) -> None:
        """Why there is no answer; ``of_before`` if picture and numbers of a run before it are still there."""
        self.answer.put(sentence=show.failure(sentence), beside=Html(""))
        if of_before:
            self.stale(_("Picture and numbers below are still those of the settings before."))

    def stale(self, words: str) -> None:
        """Say above the answer that it is not that of the settings; empty once it is again."""
        self.answer.put(stale=show.paragraph(words, "xb-stale") if words else Html(""))

    def note(self, sentence: str) -> None:
        """Something that went wrong beside the answer; empty for nothing."""
        self.answer.put(compare=show.failure(sentence) if sentence else Html(""))

    def progress(self, part: tuple[int, int] | None, words: str = "") -> None:
        """How far a run in the background is, with a way to give it up; None for no run."""
        if part is None:
            self.answer.put(progress=Html(""))
            return
        done, total = part
        known = Html(' max="{total}" value="{done}"').fill(total=total, done=done) if total > 1 else Html("")
        bar = Html('<progress{known} aria-label="{name}"></progress>').fill(known=known, name=words)
        self.answer.put(progress=joined([bar, words, show.button("cancel", _("Cancel"), kind="xb-link")], " "))

    def _draw_runs(self, shown: Shown, reference: Shown | None) -> None:
        """The picture of one run, or of two on the same scale with what they differ in."""
        if self.draw is not None:
            figure = self.draw(shown.result)
            if reference is None:
                self.chart.show(figure)
                self.pictures.children = (self.chart,)
            else:
                of_a = self.draw(reference.result)
                same_scale(of_a, figure)
                self.chart_of_a.show(tagged(of_a, "A"))
                self.chart.show(tagged(figure, "B"))
                self.pictures.children = (self.chart_of_a, self.chart)
        self.answer.put(compare=Html("") if reference is None else _compared(reference, shown))

    def _say(self, shown: Shown, seed: Any) -> None:
        """The sentence, whose data it stands on, and the seed of its luck; on paper also the settings."""
        parts = [show.badges(shown.data_kind)]
        if isinstance(seed, int):
            parts.append(show.explained(_("seed {seed}").format(seed=seed), _(WORLDS)))
        beside = Html('<div class="xb-facts-row">{parts}</div>').fill(parts=joined(parts))
        beside += show.paragraph(_asked(shown), "xb-printed")
        self.answer.put(sentence=show.paragraph(shown.result.text, "xb-answer"), beside=beside)
        self.choice.put(views=self._chips())

    def _chips(self) -> Html:
        chips = joined(
            Html(
                '<button type="button" class="xb-chip" data-action="view" data-value="{label}" aria-pressed="{on}">'
                "{text}</button>"
            ).fill(label=label, on=str(label == self.view).lower(), text=_(label))
            for label in self.views
        )
        return Html('<div class="xb-chips" role="group" aria-label="{name}">{chips}</div>').fill(
            name=_("Picture"), chips=chips
        )


def _asked(shown: Shown) -> str:
    """The settings that matter most, and those that were changed."""
    changed = changed_from_usual(shown.scenario)
    return _("; ").join(
        _("{label}: {value}").format(label=_(about.label), value=value_text(about, value_at(shown.scenario, path)))
        for path, about, _group in controlled(shown.scenario, shown.hidden)
        if about.main or path in changed
    )


def _compared(a: Shown, b: Shown) -> Html:
    changes = [
        _("{label} {old} → {new}").format(label=_(about.label), old=value_text(about, old), new=value_text(about, new))
        for _path, about, old, new in differences(a.scenario, b.scenario)
    ]
    said = _("A and B are the same settings; move a control to change B.")
    if changes:
        said = _("B differs from A in: {changes}").format(changes=_("; ").join(changes))
    return Html('<p class="xb-compare"><b>A</b> {text}</p><p class="xb-compare">{said}</p>').fill(
        text=a.result.text, said=said
    )
