"""Result: what every verb returns. A tidy table, one sentence, and where each number comes from."""

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Self

from crossborder.errors import nearest
from crossborder.i18n import N_, _
from crossborder.origin import Origin, simulated
from crossborder.plain import read_json, read_plain, to_plain

if TYPE_CHECKING:
    import pandas as pd

ROWS_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Result:
    """Base of every result. A subclass holds a field or property ``table`` and says its ``text``.

    ``text`` is computed when read, in the language of the moment. ``origin`` maps a column or measure to its
    descent; the key ``"*"`` is for all that have no entry of their own. ``columns`` gives columns their labels,
    ``row_labels`` the ids that stand in rows (measures, kinds of seller).
    """

    columns: ClassVar[Mapping[str, str]] = {}
    row_labels: ClassVar[Mapping[str, str]] = {}

    if TYPE_CHECKING:

        @property
        def table(self) -> pd.DataFrame: ...

    @property
    def text(self) -> str:
        """One sentence that says what came out."""
        raise TypeError(f"{type(self).__name__} says no sentence.")

    @property
    def origin(self) -> Mapping[str, Origin]:
        """Where the numbers come from, by column or measure."""
        return {"*": simulated()}

    def origin_of(self, name: str) -> Origin:
        """The origin of one column or measure; LookupError for a name that the result does not hold."""
        origins = self.origin
        if name in origins:
            return origins[name]
        known = list(dict.fromkeys([*map(str, self.table.columns), *self._measures(), *origins, *self.row_labels]))
        known = [name for name in known if name != "*"]
        if name not in known or "*" not in origins:
            raise LookupError(
                _("{name} is no column or measure of {result}. Known: {known}.").format(
                    name=name, result=type(self).__name__, known=", ".join(known)
                )
                + nearest(name, known)
            )
        return origins["*"]

    def _measures(self) -> list[str]:
        return list(map(str, self.table["measure"].unique())) if "measure" in self.table else []

    def labelled_table(self) -> "pd.DataFrame":
        """The table with column labels in the language of the moment, for showing."""
        return self.table.rename(columns={name: _(label) for name, label in self.columns.items()})

    def to_dict(self) -> dict[str, Any]:
        """Plain values: a type tag, a version, column types."""
        return to_plain(self)

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        """The result that ``to_dict`` wrote."""
        return read_plain(plain, cls)

    def to_json(self) -> str:
        """The whole result as JSON, tables and all."""
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The result that ``to_json`` wrote; UnreadableError for a text that is cut, or holds something else."""
        return read_json(text, cls)

    def __init_subclass__(cls, **options: Any) -> None:
        """A dataclass would write out every field; a result shows its kind and its sentence."""
        super().__init_subclass__(**options)
        if "__repr__" not in vars(cls):
            cls.__repr__ = Result.__repr__  # type: ignore[method-assign]

    def __repr__(self) -> str:
        try:
            return f"<{type(self).__name__}: {self.text}>"
        except Exception:  # whoever looks at a broken result should see which one it is
            return f"<{type(self).__name__}>"

    def _repr_html_(self) -> str:
        """For notebooks: the sentence and the head of the table; both are escaped."""
        shown = self.labelled_table()
        more = len(shown) - ROWS_SHOWN
        rest = f"<p>{html.escape(_('{n} more rows').format(n=more))}</p>" if more > 0 else ""
        return f"<p><b>{html.escape(self.text)}</b></p>{shown.head(ROWS_SHOWN).to_html(index=False)}{rest}"

    def __str__(self) -> str:
        return self.text


class Verdict(StrEnum):
    """What a check may say. ``unknown`` is a verdict too: not enough to judge by."""

    FIT = "fit"
    CAUTION = "caution"
    UNFIT = "unfit"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The verdict in the language of the moment."""
        return _(_VERDICT_LABELS[self])


_VERDICT_LABELS = {
    Verdict.FIT: N_("fit"),
    Verdict.CAUTION: N_("caution"),
    Verdict.UNFIT: N_("unfit"),
    Verdict.UNKNOWN: N_("unknown"),
}


@dataclass(frozen=True, kw_only=True)
class CheckResult(Result):
    """A result that judges, against a stated threshold."""

    verdict: Verdict
    threshold: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "verdict", Verdict(self.verdict))

    @property
    def passed(self) -> bool | None:
        """True for fit, False for unfit, None where there is no clear verdict."""
        return {Verdict.FIT: True, Verdict.UNFIT: False}.get(self.verdict)
