"""A parameter by its path: ``price_weight``, or ``law.price_click`` where one scenario holds another."""

from collections.abc import Iterator, Mapping
from typing import Any

from crossborder.params import About, Params


def leaves(scenario: Params, prefix: str = "", group: str = "") -> Iterator[tuple[str, About, str]]:
    """Every parameter that is no group: its path, what it knows of itself, the label of its group."""
    for name, about in scenario.about().items():
        if about.kind == "group":
            yield from leaves(getattr(scenario, name), f"{prefix}{name}.", about.label)
        else:
            yield f"{prefix}{name}", about, group


def controlled(scenario: Params, idle: tuple[str, ...] = ()) -> Iterator[tuple[str, About, str]]:
    """Those that can have a control; ``idle`` are beginnings of paths that act on nothing at the moment."""
    for path, about, group in leaves(scenario):
        if about.kind != "table" and not is_idle(path, idle):
            yield path, about, group


def is_idle(path: str, idle: tuple[str, ...]) -> bool:
    """Whether a parameter acts on nothing at the moment."""
    return any(path.startswith(beginning) for beginning in idle)


def value_at(scenario: Params, path: str) -> Any:
    """The value of one parameter."""
    for name in path.split("."):
        scenario = getattr(scenario, name)
    return scenario


def with_changes(scenario: Params, changes: Mapping[str, Any]) -> Params:
    """The scenario with the values at these paths changed; bounds are checked once, with all changes in place."""
    direct = {path: value for path, value in changes.items() if "." not in path}
    inner: dict[str, dict[str, Any]] = {}
    for path, value in changes.items():
        if "." in path:
            head, _dot, rest = path.partition(".")
            inner.setdefault(head, {})[rest] = value
    for head, below in inner.items():
        if head not in scenario.about():
            scenario.replace(**{head: None})  # raises: not a parameter here
        direct[head] = with_changes(direct.get(head, getattr(scenario, head)), below)
    return scenario.replace(**direct)


def changed_from_usual(scenario: Params) -> set[str]:
    """The paths of parameters that stand at another value than the scenario's kind begins with."""
    return {path for path, *_rest in differences(type(scenario)().settled(), scenario)}


def differences(old: Params, new: Params) -> list[tuple[str, About, Any, Any]]:
    """What two scenarios of one kind disagree in: path, about, old value, new value."""
    return [
        (path, about, value_at(old, path), value_at(new, path))
        for path, about, _group in controlled(new)
        if value_at(old, path) != value_at(new, path)
    ]
