"""Explorer: one scenario, one verb, one chart, a control per parameter. Written once; every app is an instance."""

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets

from crossborder.apps.brief import brief_page
from crossborder.apps.chart import Chart
from crossborder.apps.code import notebook_code
from crossborder.apps.columns import columns
from crossborder.apps.controls import ControlPanel
from crossborder.apps.course import Course
from crossborder.apps.drawer import Drawer
from crossborder.apps.history import History
from crossborder.apps.language import listen
from crossborder.apps.markup import Markup
from crossborder.apps.share import scenario_in, to_query
from crossborder.apps.stage import Draw, Shown, Stage
from crossborder.errors import CrossborderError
from crossborder.i18n import N_, _
from crossborder.params import Params
from crossborder.paths import differences, with_changes
from crossborder.result import Result

BUTTONS = {"reset": N_("Reset"), "undo": N_("Undo"), "keep": N_("Keep as A"), "drop": N_("Drop A")}


class Explorer(ipywidgets.VBox):
    """A control for every parameter of ``scenario``; each change runs, draws and says what came out.

    Parameters
    ----------
    scenario : Params
        Where to start; from then on the single source of truth.
    run : callable, scenario -> Result
        A public verb; it gets ``rng`` and ``progress`` too where it takes them.
    draw : callable, Result -> figure, or several by label
        A chart function; none where the table says it all. Of several, the reader picks one.
    refine : callable, scenario -> Result
        A slower verb whose result replaces the fast one once it is there (with its interval, for instance).
    hidden : beginnings of parameters that act on nothing here
    slow : bool
        Whether runs always go to the background; otherwise they do while the last one took long.
    at_once : bool
        Whether the first run is there before the explorer is; otherwise it too goes to the background.
    """

    def __init__(
        self,
        scenario: Params,
        run: Callable[..., Result],
        draw: Draw | Mapping[str, Draw] | None = None,
        *,
        refine: Callable[..., Result] | None = None,
        question: str = "",
        rng: Any = 0,
        mechanism: int | None = None,
        presets: Mapping[str, Mapping[str, str]] | None = None,
        only: tuple[str, ...] = (),
        hidden: tuple[str, ...] = (),
        given: Mapping[str, str] | None = None,
        cannot_tell: tuple[str, ...] = (),
        data_kind: str = "simulated",
        beside: tuple[ipywidgets.Widget, ...] = (),
        slow: bool = False,
        at_once: bool = True,
    ) -> None:
        self.scenario = self.start = scenario = scenario.settled()
        self.question, self.data_kind, self.given = question, data_kind, dict(given or {})
        self.shown: Shown | None = None
        self.reference: Shown | None = None
        self.when_settled: list[Callable[[], None]] = []
        self._mechanism, self._cannot_tell = mechanism, cannot_tell
        self._history = History()
        self._course = Course(run, refine, rng, slow=slow, deliver=self._deliver, report=self._report)
        self.panel = ControlPanel(
            scenario,
            self._change,
            act=self.act,
            presets=presets,
            only=only,
            hidden=hidden,
            buttons=BUTTONS,
            heading=N_("Settings"),
        )
        self.stage = Stage(draw if isinstance(draw, Mapping) else {"": draw} if draw else {}, self.act)
        self.drawer = Drawer(self)
        super().__init__([columns([*beside, self.panel], [self.answer, *self.stage.below, self.drawer])])
        self.add_class("xb")
        self.add_class("xb-app")
        listen(self)
        self._go(scenario, behind=not at_once, at_once=at_once)

    @property
    def result(self) -> Result | None:
        """What is on the screen."""
        return self.shown.result if self.shown is not None else None

    @property
    def refined(self) -> bool:
        """Whether what is on the screen is the slower verb's result."""
        return self._course.refined

    @property
    def chart(self) -> Chart:
        """The picture (of B, where two stand side by side)."""
        return self.stage.chart

    @property
    def answer(self) -> Markup:
        """The sentence and what stands around it."""
        return self.stage.answer

    @property
    def draw(self) -> Draw | None:
        """The chart function of the moment."""
        return self.stage.draw

    @property
    def controls(self) -> dict[str, Any]:
        """The controls by parameter: ``explorer.controls["price_weight"].value = 0.5`` moves the slider."""
        return self.panel.controls

    def show_view(self, label: str) -> None:
        """Show another of the pictures."""
        if label in self.stage.views:
            self.stage.view = label
            self._show()

    def set(self, **changes: Any) -> None:
        """Change the scenario, run it, draw it: the same call for a slider and for a reader."""
        self._change(changes, True)

    def act(self, action: str, value: Any = None) -> None:
        """Do what one of the buttons does: reset, undo, keep, drop, cancel, view."""
        if action == "view":
            self.show_view(str(value))
        elif action in (*BUTTONS, "cancel"):
            getattr(self, action)()

    def reset(self) -> None:
        """Back to where it started; undo brings the settings back."""
        if differences(self.start, self.scenario):
            self._history.remember(self.scenario, frozenset())
            self._go(self.start)
            self._tell_settled()

    def undo(self) -> None:
        """Back before the last change; one drag of a slider counts as one."""
        if self._history:
            self._go(self._history.back())
            self._tell_settled()

    def keep(self) -> None:
        """Put this run aside as A; what follows is B and stands beside it."""
        self.reference = self.shown
        self._show()

    def drop(self) -> None:
        """Let go of A."""
        self.reference = None
        self._show()

    def cancel(self) -> None:
        """Give up the run in the background; what is on the screen stays, and says so if it is of other settings."""
        self._course.cancel()
        self.stage.progress(None)
        if self.shown is not None and self.shown.scenario is not self.scenario:
            self.stage.stale(_("Below still stands the answer to the settings before."))

    def wait(self, seconds: float = 60.0) -> None:
        """Wait until the newest run is on the screen (for tests, notebooks, and pages made in advance)."""
        self._course.wait(seconds)

    def replace_start(
        self,
        scenario: Params,
        *,
        data_kind: str = "",
        given: Mapping[str, str] | None = None,
        hidden: tuple[str, ...] = (),
    ) -> None:
        """Begin anew from ``scenario``, for instance after a file of the reader's own was read.

        ``hidden`` names beginnings of parameters that act on nothing there; their controls go.
        """
        self.start = scenario = scenario.settled()
        self.panel.hidden = hidden
        self.panel.begin(scenario)
        self.panel.relabel()
        self.data_kind = data_kind or self.data_kind
        self.given = dict(given) if given is not None else self.given
        self._history.clear()
        self.reference = None
        self._go(scenario, behind=True)  # nobody knows how long a run on other data takes

    def open_query(self, query: str) -> str:
        """Take the scenario out of a page's query; returns what was wrong with it, or an empty text."""
        scenario, problem = scenario_in(query, self.start)
        scenario = scenario.settled()
        if problem:
            self.stage.note(problem)
        elif differences(self.scenario, scenario):
            self._history.remember(self.scenario, frozenset())
            self._go(scenario)
        return problem

    def query(self) -> str:
        """The query that opens this scenario again."""
        return to_query(self.scenario, mechanism=self._mechanism)

    def code(self) -> str:
        """Python lines that reproduce what is on the screen."""
        of = self.shown or self
        return notebook_code(of.scenario, self._course.verb, self.draw, rng=self._course.rng, given=of.given)

    def brief(self, language: str) -> str:
        """The one-page brief of what is on the screen, as HTML."""
        if (shown := self.shown) is None:
            raise CrossborderError(_("There is nothing to report yet: no run has finished."))
        return brief_page(
            shown.result, shown.scenario, self.draw, code=language, question=self.question, rng=self._course.rng,
            cannot_tell=self._cannot_tell, data_kind=shown.data_kind, hidden=shown.hidden,
        )  # fmt: skip

    def relabel(self) -> None:
        """Say everything in the language of the moment; nothing is run again."""
        self.panel.accept(self.controls)
        self.panel.relabel()
        self.stage.relabel()
        self.drawer.relabel()
        self._show()

    def _change(self, changes: dict[str, Any], final: bool) -> None:
        try:
            scenario = with_changes(self.scenario, changes)
        except CrossborderError as problem:
            self._refuse(changes, str(problem))
            return
        self.panel.accept(changes)
        tables = any("." not in path and scenario.about()[path].kind == "table" for path in changes)
        if not tables and not differences(self.scenario, scenario):
            self.panel.follow(self.scenario)
        else:
            self._history.remember(self.scenario, frozenset(changes), final=final)
            self._go(scenario)
        if final:
            self._history.settle()
            self._tell_settled()

    def _tell_settled(self) -> None:
        for act in self.when_settled:
            act()

    def _refuse(self, changes: dict[str, Any], sentence: str) -> None:
        if not self.panel.refuse(changes, sentence):
            self.stage.note(sentence)
        elif self.shown is not None:
            self.stage.stale(_("Below still stands the answer to the settings before."))
        self.error = sentence

    def _go(self, scenario: Params, *, at_once: bool = False, behind: bool = False) -> None:
        self.scenario, self.error = scenario, ""
        self.stage.stale("")
        self._buttons()
        self.panel.follow(scenario)
        self._course.start(scenario, at_once=at_once, behind=behind)

    def _deliver(self, result: Result | None, error: str) -> None:
        self.stage.progress(None)
        self.error = error
        if error or result is None:
            self.stage.fail(error, of_before=self.shown is not None)
            return
        self.shown = Shown(
            scenario=self.scenario, result=result, data_kind=self.data_kind, given=self.given, hidden=self.panel.hidden
        )
        self._show()

    def _report(self, done: int, total: int) -> None:
        words = _("Computing the range over many worlds …") if self._course.refine else _("Computing …")
        self.stage.progress((done, total), words)

    def _show(self) -> None:
        """Everything that depends on the run, in the language of the moment."""
        self._buttons()
        self.panel.show()
        if self.shown is not None:
            problem = self.stage.present(self.shown, self.reference, self._course.rng)
            self.error = problem or self.error
            self.drawer.refresh()

    def _buttons(self) -> None:
        self.panel.enabled = {
            *(["reset"] if differences(self.start, self.scenario) else []),
            *(["undo"] if self._history else []),
            *(["keep"] if self.shown is not None else []),
            *(["drop"] if self.reference is not None else []),
        }
