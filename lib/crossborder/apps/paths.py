"""A parameter by its path: ``price_weight``, or ``law.price_click`` where one scenario holds another."""

from collections.abc import Iterator, Mapping
from typing import Any

from crossborder.params import About, Params


def controlled(scenario: Params, prefix: str = "", group: str = "") -> Iterator[tuple[str, About, str]]:
    """Every parameter that can have a control: its path, what it knows of itself, the label of its group."""
    for name, about in scenario.about().items():
        if about.kind == "group":
            yield from controlled(getattr(scenario, name), f"{prefix}{name}.", about.label)
        elif about.kind != "table":
            yield f"{prefix}{name}", about, group


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


def differences(old: Params, new: Params) -> list[tuple[str, About, Any, Any]]:
    """What two scenarios of one kind disagree in: path, about, old value, new value."""
    return [
        (path, about, value_at(old, path), value_at(new, path))
        for path, about, _group in controlled(new)
        if value_at(old, path) != value_at(new, path)
    ]
