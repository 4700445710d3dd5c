"""What is on the screen as a few lines of Python that a person can paste and that give the same numbers."""

import dataclasses
import datetime as dt
import importlib
import inspect
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from crossborder.i18n import language
from crossborder.params import Params

# Places where a reader looks for a name, nicest first: the room, then the module
_FRONT = "crossborder"


def notebook_code(
    scenario: Params,
    run: Callable[..., Any],
    draw: Callable[..., Any] | None,
    *,
    rng: Any = 0,
    given: Mapping[str, str] | None = None,
) -> str:
    """Import lines, the scenario with its changed values, the verb, the chart.

    ``given`` maps a table parameter to the expression that makes it (``{"market": "xb.market.make_market(rng=0)"}``).
    """
    names = _Names()
    lines = []
    if language() != "en":
        lines.append(f'{names.front}.use_language("{language()}")')
    lines.append(f"scenario = {_scenario(scenario, names, given or {})}")
    lines.append(f"result = {_call(run, names, rng)}")
    lines.append("print(result.text)")
    if draw is not None:
        lines.append(f"figure = {names.call_text(draw, 'result')}")
        lines.append("figure")
    return "\n".join([*names.imports(), "", *lines])


class _Names:
    """How each object is written, and what has to be imported for it."""

    front = "xb"

    def __init__(self) -> None:
        self._from: dict[str, set[str]] = {}
        self._plain: set[str] = set()

    def need(self, module: str) -> None:
        """A module that a literal mentions by its own name."""
        self._plain.add(module)

    def imports(self) -> list[str]:
        lines = [*(f"import {module}" for module in sorted(self._plain)), f"import {_FRONT} as {self.front}"]
        return lines + [
            f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(self._from.items())
        ]

    def of(self, thing: Any) -> str:
        """``xb.ranking.compare_policies`` where the room offers it, an import from its module where not."""
        module, name = thing.__module__, thing.__qualname__
        room = ".".join(module.split(".")[:2])
        if room.startswith(f"{_FRONT}.") and getattr(importlib.import_module(room), name, None) is thing:
            return f"{self.front}{room.removeprefix(_FRONT)}.{name}"
        if not name.isidentifier() or getattr(importlib.import_module(module), name, None) is not thing:
            raise ValueError(f"{module}.{name} cannot be imported by name, so no notebook code can name it.")
        self._from.setdefault(module, set()).add(name)
        return name

    def call_text(self, function: Callable[..., Any], first: str) -> str:
        """A call of a plain function, or of a ``partial`` of one."""
        if isinstance(function, partial):
            given = [literal(value, self) for value in function.args]
            named = [f"{name}={literal(value, self)}" for name, value in function.keywords.items()]
            return f"{self.of(function.func)}({', '.join([*given, first, *named])})"
        return f"{self.of(function)}({first})"


def literal(value: Any, names: _Names) -> str:
    """A value as Python source."""
    if isinstance(value, Params):
        return _scenario(value, names, {})
    if isinstance(value, dt.date):
        names.need("datetime")
        return repr(value)
    if isinstance(value, tuple):
        return f"({', '.join(literal(item, names) for item in value)}{',' if len(value) == 1 else ''})"
    if isinstance(value, list):
        return f"[{', '.join(literal(item, names) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{literal(k, names)}: {literal(v, names)}' for k, v in value.items())}}}"
    if value is None or isinstance(value, bool | int | float | str):
        return repr(value)
    return names.of(value)


def _call(run: Callable[..., Any], names: _Names, rng: Any) -> str:
    text = names.call_text(run, "scenario")
    takes = inspect.signature(run).parameters
    return f"{text[:-1]}, rng={rng!r})" if "rng" in takes else text


def _scenario(scenario: Params, names: _Names, given: Mapping[str, str]) -> str:
    parts = [f"{name}={literal(value, names)}" for name, value in scenario.changed().items()]
    parts += [
        f"{name}={text}" for name, text in given.items() if name in {f.name for f in dataclasses.fields(scenario)}
    ]
    return f"{names.of(type(scenario))}({', '.join(parts)})"
