"""The atlas: every mechanism of the source texts, with its verb, its default scenario and its facts."""

import csv
import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from crossborder.errors import shortened
from crossborder.i18n import N_, _, language
from crossborder.origin import Origin, stated
from crossborder.places import datasets_dir
from crossborder.result import Result

if TYPE_CHECKING:
    import pandas as pd

    from crossborder.params import Params

THEMES = {
    "growth": N_("Store growth"),
    "ranking": N_("Ranking policy"),
    "category_fit": N_("Category fit"),
    "festival": N_("Festival playbooks"),
}


@dataclass(frozen=True, kw_only=True)
class Mechanism:
    """One mechanism. ``verb`` and ``scenario`` are dotted paths below ``crossborder``; empty where not built yet."""

    number: int
    name_en: str
    name_zh: str
    theme: str
    verb: str
    scenario: str
    chart: str
    formula_en: str
    formula_zh: str
    rule_stated: bool
    does_en: str
    does_zh: str
    facts: tuple[str, ...]

    @property
    def built(self) -> bool:
        """Whether the mechanism runs today."""
        return bool(self.verb)

    @property
    def name(self) -> str:
        """The name in the language of the moment."""
        return self.name_zh if language() == "zh" else self.name_en

    @property
    def formula(self) -> str:
        """Its rule or model in one line, in the language of the moment."""
        return self.formula_zh if language() == "zh" else self.formula_en

    @property
    def does(self) -> str:
        """What it does, in the language of the moment."""
        return self.does_zh if language() == "zh" else self.does_en

    def __repr__(self) -> str:
        return f"<Mechanism {self.number}: {self.name}>"

    def function(self) -> "Callable[..., Result]":
        """The verb itself, ``f(scenario, rng=...)``."""
        return _find(self.verb)

    def default_scenario(self) -> "Params":
        """The scenario that the explorer starts from."""
        return _find(self.scenario)()


@dataclass(frozen=True, kw_only=True)
class Atlas(Result):
    """``table`` has one row per mechanism: number, name_en, name_zh, theme, verb, scenario, facts, built."""

    mechanisms: tuple[Mechanism, ...]

    @property
    def table(self) -> "pd.DataFrame":
        import pandas as pd

        rows = [{**vars(m), "facts": list(m.facts), "built": m.built} for m in self.mechanisms]
        wanted = ["number", "name_en", "name_zh", "theme", "verb", "scenario", "facts", "built"]
        extra = ["chart", "formula_en", "formula_zh", "rule_stated", "does_en", "does_zh"]
        return pd.DataFrame(rows)[wanted + extra]

    @property
    def text(self) -> str:
        return _("{built} of {n} mechanisms run today; the others are listed with their facts.").format(
            built=sum(m.built for m in self.mechanisms), n=len(self.mechanisms)
        )

    @property
    def origin(self) -> dict[str, Origin]:
        return {"*": stated(note=N_("Names, rules and facts come from the five source texts."))}

    def __len__(self) -> int:
        return len(self.mechanisms)

    def __iter__(self) -> Iterator[Mechanism]:
        return iter(self.mechanisms)

    @property
    def built(self) -> tuple[int, ...]:
        """The numbers of the mechanisms that run today."""
        return tuple(mechanism.number for mechanism in self.mechanisms if mechanism.built)

    def __getitem__(self, number: int) -> Mechanism:
        if isinstance(number, bool) or not hasattr(number, "__index__"):
            raise LookupError(
                _("A mechanism goes by its number, a whole one from 1 to {last}; got {value}.").format(
                    last=len(self.mechanisms), value=shortened(number)
                )
            )
        for mechanism in self.mechanisms:
            if mechanism.number == number:
                return mechanism
        raise LookupError(
            _("Mechanism {number} does not exist: numbers run from 1 to {last}.").format(
                number=number, last=len(self.mechanisms)
            )
        )


@cache
def atlas() -> Atlas:
    """Which mechanisms do the source texts describe, and which run today?

    >>> atlas()[2].name_en
    'Traffic allocation by GMV, new'
    """
    with open(datasets_dir() / "systems.csv", encoding="utf-8", newline="") as file:
        return Atlas(mechanisms=tuple(_mechanism(row) for row in csv.DictReader(file)))


def run(number: int, *, rng: Any = 0, **changes: Any) -> Result:
    """Run mechanism ``number`` on its default scenario, with some of its parameters changed.

    Raises LookupError for a number that does not exist or a mechanism that is not built yet.
    """
    mechanism = atlas()[number]
    if not mechanism.built:
        raise LookupError(
            _("{name} is catalogued but does not run yet. Those that run: {built}.").format(
                name=mechanism.name, built=", ".join(map(str, atlas().built))
            )
        )
    return mechanism.function()(mechanism.default_scenario().replace(**changes), rng=rng)


def _mechanism(row: dict[str, str]) -> Mechanism:
    texts = (
        "name_en", "name_zh", "theme", "verb", "scenario", "chart", "formula_en", "formula_zh", "does_en", "does_zh",
    )  # fmt: skip
    return Mechanism(
        number=int(row["number"]),
        rule_stated=row["rule_stated"] == "yes",
        facts=tuple(row["facts"].split()),
        **{name: row[name] for name in texts},
    )


def _find(path: str) -> Any:
    module, _dot, name = path.rpartition(".")
    return getattr(importlib.import_module(f"crossborder.{module}"), name)
