"""The register of sourced statements: what five source texts say, one row each, with unit, source and confidence.

>>> facts["joom-commission-standard"].value, facts["joom-commission-standard"].unit
(15, 'percent')
>>> facts["joom-commission-standard"].rate
0.15
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from crossborder.errors import FactValueError, UnknownFactError, nearest
from crossborder.i18n import _, language
from crossborder.origin import Origin, stated
from crossborder.places import datasets_dir

if TYPE_CHECKING:
    import pandas as pd

_SHARE_UNITS = {"percent": 0.01, "percentage_points": 0.01}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One sourced statement. ``low`` and ``high`` are numbers, or text where the statement has a date or a name."""

    id: str
    theme: str
    platform: str
    year: int | None
    statement_en: str
    statement_zh: str
    low: float | int | str | None
    high: float | int | str | None
    unit: str
    kind: str
    source: str
    confidence: str
    note: str

    @property
    def value(self) -> float | int | str:
        """The number stated, where it is one number; otherwise an error that says to use ``low`` and ``high``."""
        if self.low is None or self.high is None or self.low != self.high:
            raise FactValueError(
                _("{id} states no single number (low {low}, high {high}): use .low and .high.").format(
                    id=self.id, low=self.low, high=self.high
                )
            )
        return self.low

    @property
    def rate(self) -> float:
        """A percentage as a share: 15 percent is 0.15."""
        if self.unit not in _SHARE_UNITS:
            raise FactValueError(
                _("{id} is given in {unit}, not in percent: use .value.").format(id=self.id, unit=self.unit)
            )
        return round(float(self.value) * _SHARE_UNITS[self.unit], 12)

    @property
    def statement(self) -> str:
        """What the source says, in the language of the moment (the Chinese is the source's own words)."""
        return self.statement_zh if language() == "zh" else self.statement_en

    @property
    def doubtful(self) -> bool:
        """Whether the source text itself is ambiguous here."""
        return self.confidence == "low"

    def __repr__(self) -> str:
        return f"<Fact {self.id}: {self.statement}>"

    @property
    def origin(self) -> Origin:
        """This statement as the origin of a number."""
        return stated(self.id, note=self.note)


class FactRegister(Mapping[str, Fact]):
    """All statements by id, in the order of the file; read from disk at first use.

    ``facts["joom-commission-standard"]`` is one ``Fact``: its ``statement``, ``value`` (or ``low`` and ``high``),
    ``unit``, ``source``, ``year``, ``confidence``. ``facts.get(id)`` is None for an unknown id, ``facts.search("Joom
    commission")`` finds statements by their words, ``facts.table`` is all of them as a frame; ``for id in facts``,
    ``len(facts)`` and ``id in facts`` do what they do for a dictionary.
    """

    @cached_property
    def _facts(self) -> dict[str, Fact]:
        with open(datasets_dir() / "facts.csv", encoding="utf-8", newline="") as file:
            return {row["id"]: _fact(row) for row in csv.DictReader(file)}

    def __repr__(self) -> str:
        return f"<FactRegister: {len(self)} statements; facts[id], facts.search(words), facts.table>"

    def __getitem__(self, fact_id: str) -> Fact:
        try:
            return self._facts[fact_id]
        except KeyError:
            hint = nearest(fact_id, self._facts, 0.5)
            way = _(" Search for it: xb.facts.search(words).")
            raise UnknownFactError(_("No fact has the id {id!r}.").format(id=fact_id) + hint + way) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def get(self, fact_id: str, default: Any = None) -> Any:
        """The fact of that id, or ``default`` where there is none."""
        return self._facts.get(fact_id, default)

    def search(self, words: str) -> "pd.DataFrame":
        """Which statements hold all of these words? In id, platform, theme, source or either language's text.

        The same columns as ``table``; no row where nothing is found. Capitals do not matter.

        >>> "joom-commission-standard" in set(facts.search("joom commission")["id"])
        True
        """
        wanted = str(words).casefold().split()
        spoken = self.table[["id", "theme", "platform", "source", "statement_en", "statement_zh"]]
        texts = spoken.astype(str).agg(" ".join, axis=1).str.casefold()
        found = [all(word in text for word in wanted) for text in texts]
        return self.table[found].reset_index(drop=True)

    @property
    def table(self) -> "pd.DataFrame":
        """All statements as a frame, one row each."""
        import pandas as pd

        return pd.DataFrame([vars(fact) for fact in self.values()])


def _fact(row: dict[str, str]) -> Fact:
    return Fact(
        id=row["id"],
        theme=row["theme"],
        platform=row["platform"],
        year=int(row["year"]) if row["year"] else None,
        statement_en=row["statement_en"],
        statement_zh=row["statement_zh"],
        low=_number(row["value_low"]),
        high=_number(row["value_high"]),
        unit=row["unit"],
        kind=row["kind"],
        source=row["source"],
        confidence=row["confidence"],
        note=row["note"],
    )


def _number(text: str) -> float | int | str | None:
    text = text.strip()
    if not text:
        return None
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


facts = FactRegister()
