"""The controls of a scenario: one per parameter, named, bounded and labelled by the parameter itself."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import anywidget
import traitlets

from crossborder.apps.look import look, script
from crossborder.apps.show import origin_body
from crossborder.charts.numbers import plain_number
from crossborder.i18n import _, language
from crossborder.params import About, Params
from crossborder.paths import controlled, is_idle, value_at

MAIN_CONTROLS = 5
Change = Callable[[dict[str, Any], bool], None]


class Control:
    """One parameter's control. Setting ``value`` does what moving it in the browser does."""

    def __init__(self, path: str, about: About, group: str, value: Any, change: Change) -> None:
        self.path, self.about, self.group = path, about, group
        self.error = ""
        self.attempt: Any = None
        self._value = self.start = value
        self._change = change

    @property
    def value(self) -> Any:
        """The parameter's value, as the scenario has it."""
        return self._value

    @value.setter
    def value(self, value: Any) -> None:
        self._change({self.path: value}, True)

    @property
    def label(self) -> str:
        """The accessible name: group, label and unit."""
        unit, label = unit_text(self.about), _(self.about.label)
        if self.group:
            label = _("{group}: {label}").format(group=_(self.group), label=label)
        return _("{label}, {unit}").format(label=label, unit=unit) if unit else label


class ControlPanel(anywidget.AnyWidget):
    """All controls of one scenario in one widget; ``controls["price_weight"].value = 0.5`` works from code too."""

    _esm = script("controls")
    _css = look()
    described = traitlets.Dict().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)
    asked = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        scenario: Params,
        change: Change,
        *,
        act: Callable[[str], None] = lambda action: None,
        presets: Mapping[str, Mapping[str, str]] | None = None,
        only: tuple[str, ...] = (),
        hidden: tuple[str, ...] = (),
        buttons: Mapping[str, str] | None = None,
        heading: str = "",
        **kwargs: Any,
    ) -> None:
        self._change, self._act = change, act
        self._presets = presets or {}
        self._heading = heading
        self._seen = 0
        self.controls = {
            path: Control(path, about, group, value_at(scenario, path), change)
            for path, about, group in controlled(scenario)
            if not only or path in only
        }
        self._main = self._choose_main()
        self.buttons: dict[str, str] = dict(buttons or {})
        self.enabled: set[str] = set()
        self.hidden = hidden  # beginnings of paths that act on nothing at the moment
        super().__init__(**kwargs)
        self.relabel()
        self.show()
        self.on_msg(lambda _panel, content, _buffers: self._act(str(content.get("action"))))

    def follow(self, scenario: Params) -> None:
        """Move every control to where ``scenario`` is."""
        for path, control in self.controls.items():
            control._value = value_at(scenario, path)
        self.show()

    def begin(self, scenario: Params) -> None:
        """From here on, what differs from ``scenario`` was set by the reader."""
        for path, control in self.controls.items():
            control.start = value_at(scenario, path)

    def accept(self, paths: Iterable[str]) -> None:
        """Nothing is wrong with these any more; ``show`` or ``follow`` tells the browser."""
        for path in paths:
            if path in self.controls:
                self.controls[path].error = ""

    def refuse(self, changes: Mapping[str, Any], sentence: str) -> bool:
        """Say beside each control what is wrong with its new value; returns whether one of them stands here."""
        beside = [path for path in changes if path in self.controls]
        for path in beside:  # readers know a setting by its label
            after = "" if language() == "zh" else " "
            name = f"{path.rpartition('.')[2]} "  # a refusal begins with it
            if sentence.startswith(name):
                sentence = _(self.controls[path].about.label) + after + sentence.removeprefix(name)
        for path in beside:
            self.controls[path].error, self.controls[path].attempt = sentence, changes[path]
        self.show()
        return bool(beside)

    def relabel(self) -> None:
        """Say everything in the language of the moment."""
        self.described = {
            "heading": _(self._heading),
            "more": _("More settings"),
            "buttons": [[action, _(label)] for action, label in self.buttons.items()],
            "controls": [self._described(c) for path, c in self.controls.items() if not is_idle(path, self.hidden)],
        }

    def show(self) -> None:
        """Tell the browser the values and errors of the moment."""
        controls = self.controls.items()
        self.shown = {
            "seq": self._seen,
            "values": {path: _to_browser(control) for path, control in controls},
            "errors": {path: control.error for path, control in controls if control.error},
            "enabled": sorted(self.enabled),
            "mine": {path: set_by_you(c.about, c.start) for path, c in controls if c.value != c.start},
        }

    @traitlets.observe("asked")
    def _heard(self, _change: Any) -> None:
        fresh = {}
        for name, (number, value) in self.asked.get("changes", {}).items():
            if name in self.controls and number > self._seen:
                fresh[name] = _from_browser(self.controls[name].about, value)
        self._seen = max(self._seen, int(self.asked.get("seq", 0)))
        if fresh:
            self._change(fresh, bool(self.asked.get("final")))

    def _choose_main(self) -> set[str]:
        chosen = sorted((path for path, control in self.controls.items() if control.about.main), key=_depth)
        return set((chosen or list(self.controls))[:MAIN_CONTROLS])

    def _described(self, control: Control) -> dict[str, Any]:
        about, unit = control.about, unit_text(control.about)
        label = _(about.label)
        told: dict[str, Any] = {
            "name": control.path,
            "kind": about.kind,
            "label": label,
            "full_label": control.label,
            "exact_label": _("{label}, exact value").format(label=control.label),
            "unit": unit,
            "help": _(about.help),
            "main": control.path in self._main,
            "group": _(control.group),
            "origin": str(origin_body(about.origin)),
            "origin_label": _("Where does it come from: {label}").format(label=label),
        }
        if about.kind in ("number", "whole"):
            told |= {
                "low": about.low,
                "high": about.high,
                "step": about.step,
                "log": about.log,
                "scale": 100 if is_share(about) else 1,
            }
        elif about.kind == "choice":
            told["options"] = [[value, _(text)] for value, text in (about.options or {}).items()]
        elif about.kind == "day":
            told |= {"low": about.low.isoformat(), "high": about.high.isoformat()}
        elif about.kind == "formula":
            told["own"] = _("Own formula …")
            told["presets"] = [[value, _(text)] for value, text in self._presets.get(control.path, {}).items()]
        return told


def _depth(path: str) -> int:
    """A group's own main controls come after the scenario's."""
    return path.count(".")


def is_share(about: About) -> bool:
    """Whether a number is a share and reads better in percent."""
    return about.kind == "number" and about.unit.split(" ")[0] == "share"


def unit_text(about: About) -> str:
    """The unit as a reader sees it: shares in percent."""
    if not is_share(about):
        return _(about.unit)
    rest = about.unit.removeprefix("share").strip()
    if not rest:
        return "%"
    whole = _(about.unit)  # "share of price" is one phrase: other languages do not begin with "share"
    return _("% {of}").format(of=rest if whole == about.unit else whole)


def value_text(about: About, value: Any) -> str:
    """A parameter's value as a reader sees it, with its unit."""
    if about.kind == "choice":
        return _((about.options or {}).get(value, str(value)))
    if about.kind == "flag":
        return _("yes") if value else _("no")
    if about.kind in ("number", "whole"):
        number = plain_number(value * 100 if is_share(about) else value)
        unit = unit_text(about)
        return f"{number}{'' if unit.startswith('%') else ' '}{unit}".strip()
    return str(value)


def set_by_you(about: About, before: Any) -> str:
    """Where a changed value comes from."""
    return _("Set by you; it was {value}.").format(value=value_text(about, before))


def _to_browser(control: Control) -> Any:
    wrong_formula = control.error and control.about.kind == "formula"  # what was typed stays, to be mended
    value = control.attempt if wrong_formula else control.value
    return value.isoformat() if isinstance(value, dt.date) else value


def _from_browser(about: About, value: Any) -> Any:
    if about.kind == "day" and isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return value
    if about.kind == "whole" and isinstance(value, float) and value.is_integer():
        return int(value)
    return value
