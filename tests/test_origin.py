"""Origins: five kinds, one line of text each, in two languages, and no fact named that does not exist."""

import dataclasses
import importlib
import pkgutil

import pytest

import crossborder
from crossborder.facts import facts
from crossborder.i18n import in_language
from crossborder.origin import Origin, OriginKind, assumed, estimated, observed, simulated, stated
from crossborder.params import Params


def test_the_five_makers_give_the_five_kinds():
    made = [stated("a"), assumed("because"), estimated("x / y"), simulated(seed=3), observed("orders.csv")]
    assert {origin.kind for origin in made} == set(OriginKind)
    assert len(OriginKind) == 5


def test_the_line_names_formula_source_facts_seed_and_note():
    origin = Origin(kind="simulated", formula="a * b", source="a book", facts=["one", "two"], seed=0, note="in short")
    assert origin.text == "simulated; formula: a * b; source: a book; facts: one, two; seed: 0; in short"
    assert origin.facts == ("one", "two")


def test_its_repr_says_only_what_is_said():
    assert repr(simulated(seed=0)) == "Origin(kind='simulated', seed=0)"
    assert repr(stated("one", note="n")) == "Origin(kind='stated', facts=('one',), note='n')"
    assert eval(repr(assumed("because"))) == assumed("because")


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="rumour"):
        Origin(kind="rumour")


def test_origins_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        stated("a").kind = OriginKind.ASSUMED  # type: ignore[misc]


def test_kinds_have_their_own_words_in_both_languages():
    english = {kind: Origin(kind=kind).label for kind in OriginKind}
    with in_language("zh"):
        chinese = {kind: Origin(kind=kind).label for kind in OriginKind}
    assert len(set(english.values())) == len(set(chinese.values())) == 5
    assert not set(english.values()) & set(chinese.values())


def kinds_of(kind: type) -> set[type]:
    """A class and all that are built on it."""
    return {kind}.union(*(kinds_of(each) for each in kind.__subclasses__()))


def test_every_fact_that_a_scenario_of_the_library_names_exists():
    for module in pkgutil.walk_packages(crossborder.__path__, "crossborder."):
        if module.name != "crossborder.serve.__main__":
            importlib.import_module(module.name)
    scenarios = [kind for kind in kinds_of(Params) if kind.__module__.startswith("crossborder.")]
    named = [(kind, name, f) for kind in scenarios for name, about in kind.about().items() for f in about.origin.facts]
    assert len(named) >= 2
    assert [(kind, name, fact) for kind, name, fact in named if fact not in facts] == []
    assert crossborder.facts is facts  # the register, not the module of that name
