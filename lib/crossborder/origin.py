"""Origin: where a number comes from, so that every number on a screen can say it."""

from dataclasses import dataclass, fields
from enum import StrEnum

from crossborder.i18n import N_, _


class OriginKind(StrEnum):
    """Five ways a number can have come into being."""

    STATED = "stated"
    ASSUMED = "assumed"
    ESTIMATED = "estimated"
    SIMULATED = "simulated"
    OBSERVED = "observed"


_LABELS = {
    OriginKind.STATED: N_("stated by a source"),
    OriginKind.ASSUMED: N_("assumed by us"),
    OriginKind.ESTIMATED: N_("estimated from data"),
    OriginKind.SIMULATED: N_("simulated"),
    OriginKind.OBSERVED: N_("observed in your data"),
}


@dataclass(frozen=True, kw_only=True)
class Origin:
    """One number's descent. ``facts`` are ids of the register, ``seed`` the seed of a simulated number."""

    kind: OriginKind
    formula: str = ""
    source: str = ""
    facts: tuple[str, ...] = ()
    seed: int | None = None
    note: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", OriginKind(self.kind))
        object.__setattr__(self, "facts", tuple(self.facts))

    def __repr__(self) -> str:
        """Only what is said: ``Origin(kind='simulated', seed=3)``."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        said = {"kind": self.kind.value} | {k: v for k, v in values.items() if k != "kind" and v not in ("", (), None)}
        return f"Origin({', '.join(f'{name}={value!r}' for name, value in said.items())})"

    @property
    def label(self) -> str:
        """The kind in words, in the language of the moment."""
        return _(_LABELS[self.kind])

    @property
    def text(self) -> str:
        """One line: kind, formula, source, facts, seed.

        >>> Origin(kind="stated", facts=("joom-commission-standard",)).text
        'stated by a source; facts: joom-commission-standard'
        """
        parts = [self.label]
        if self.formula:
            parts.append(_("formula: {formula}").format(formula=_(self.formula)))
        if self.source:
            parts.append(_("source: {source}").format(source=_(self.source)))
        if self.facts:
            parts.append(_("facts: {facts}").format(facts=", ".join(self.facts)))
        if self.seed is not None:
            parts.append(_("seed: {seed}").format(seed=self.seed))
        if self.note:
            parts.append(_(self.note))
        return _("; ").join(parts)


def stated(*facts: str, note: str = "") -> Origin:
    """A source says so: the ids of its statements."""
    return Origin(kind=OriginKind.STATED, facts=facts, note=note)


def assumed(note: str = "", *, source: str = "", formula: str = "") -> Origin:
    """We chose it; ``note`` says why, ``source`` names published work that it leans on."""
    return Origin(kind=OriginKind.ASSUMED, note=note, source=source, formula=formula)


def estimated(formula: str, *, source: str = "", note: str = "") -> Origin:
    """Computed from data by ``formula``."""
    return Origin(kind=OriginKind.ESTIMATED, formula=formula, source=source, note=note)


def simulated(formula: str = "", *, seed: int | None = None, note: str = "") -> Origin:
    """Read off a simulated world."""
    return Origin(kind=OriginKind.SIMULATED, formula=formula, seed=seed, note=note)


def observed(source: str, *, note: str = "") -> Origin:
    """Read from the user's own file or a real data set."""
    return Origin(kind=OriginKind.OBSERVED, source=source, note=note)
