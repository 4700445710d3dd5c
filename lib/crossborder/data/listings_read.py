"""What came of reading a listing file: the listings, what was set aside and why, what is still open."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from crossborder.data.findings import with_reasons
from crossborder.data.listing_columns import LISTING_COLUMNS
from crossborder.data.questions import Question
from crossborder.data.sentence import Sentence
from crossborder.i18n import N_, _
from crossborder.i18n.numbers import count
from crossborder.origin import Origin, assumed, observed
from crossborder.result import Result

if TYPE_CHECKING:
    import pandas as pd

_MORE_LABELS = {
    "price_usd": N_("Price, USD"),
    "retail_price_usd": N_("Reference price, USD"),
    "shipping_usd": N_("Shipping, USD"),
    "units_sold_is_lower_bound": N_("Units sold is at least"),
    "source_row": N_("Row in the file"),
}


@dataclass(frozen=True, kw_only=True)
class ListingsRead(Result):
    """What was read of a listing file, and what was not.

    ``table`` holds one row per accepted listing: ``listing_id, title, price_usd, price, currency``, whatever else was
    found, and ``source_row``. What is not in it stands in three tables, each with a row number of the file, a short
    ``rule`` to sort by (such as ``too-high``) and a ``reason``, a sentence with the remedy:

    =============  ===========================================================================================
    ``refused``    rows with a fault (a price that is no number): not in ``table``; a row may have several
    ``left_out``   rows without a fault that are no further listing (totals, repetitions): not in ``table``
    ``emptied``    single cells that were not understood: their rows are in ``table``, with that cell empty
    =============  ===========================================================================================

    ``refused_cells``, ``left_out_rows`` and ``emptied_cells`` are the same findings as they are stored, in no language:
    without ``reason``, with the ``limit`` that was broken. They are for saving; to read, take the three above.

    ``counts`` adds up: read = accepted + refused + left_out (emptied cells are in accepted rows). ``mapping`` and
    ``answers`` serve next month's file (see ``recipe``). ``preview`` holds the first five rows as they stand in the
    file, ``warnings`` what should be looked at, ``questions`` what is still open.
    """

    columns: ClassVar[Mapping[str, str]] = {c.name: c.label for c in LISTING_COLUMNS.columns} | _MORE_LABELS

    name: str
    table: "pd.DataFrame"
    refused_cells: "pd.DataFrame" = field(repr=False)
    emptied_cells: "pd.DataFrame" = field(repr=False)
    left_out_rows: "pd.DataFrame" = field(repr=False)
    questions: tuple[Question, ...]
    mapping: Mapping[str, str]
    confidence: Mapping[str, float]
    unused: tuple[str, ...]
    preview: "pd.DataFrame" = field(repr=False)
    encoding: str
    counts: Mapping[str, int]
    rates: "pd.DataFrame" = field(repr=False)
    said: tuple[Sentence, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    partial: bool = False
    units_in_steps: bool = False

    @property
    def refused(self) -> "pd.DataFrame":
        """Rows with a fault, not in ``table``: row, column, value, rule and a reason with its remedy."""
        return with_reasons(self.refused_cells)

    @property
    def emptied(self) -> "pd.DataFrame":
        """Cells that were not understood and left empty in ``table``: row, column, value, rule and reason."""
        return with_reasons(self.emptied_cells)

    @property
    def left_out(self) -> "pd.DataFrame":
        """Totals rows and repeated listings, not in ``table``, with the reason; ``value`` is the repeated number."""
        return with_reasons(self.left_out_rows)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What should be looked at, in the language of the moment."""
        return tuple(str(sentence) for sentence in self.said)

    @property
    def recipe(self) -> dict[str, Any]:
        """What to hand to the next call for a file of the same make: ``read_listings(path, **recipe)``."""
        return {"mapping": dict(self.mapping), "answers": dict(self.answers)}

    def recipe_json(self) -> str:
        """``recipe`` as JSON, to be saved."""
        return json.dumps(self.recipe, ensure_ascii=False, indent=2)

    @property
    def text(self) -> str:
        """How many listings were taken, what was set aside, and what is still asked."""
        n = self.counts
        taken = _("{file}: {n} of {rows} rows are listings")
        parts = [taken.format(file=self.name, n=count(n["accepted"]), rows=count(n["read"]))]
        if n["refused"]:
            parts.append(_("refused: {n}").format(n=count(n["refused"])))
        if n["left_out"]:
            parts.append(_("left out: {n}").format(n=count(n["left_out"])))
        if self.questions:
            parts.append(_("open questions: {n}").format(n=count(len(self.questions))))
        if self.partial:
            parts.append(_("only the first rows were looked at"))
        return _("; ").join(parts) + _(".")

    @property
    def origin(self) -> Mapping[str, Origin]:
        """Read from the file; dollars at assumed rates, and units sold in steps, say so."""
        origins = {"*": observed(self.name)}
        foreign = self.rates[self.rates["currency"] != "USD"]
        if len(foreign):
            shown = "; ".join(
                _("1 {currency} = {rate:.4g} USD ({on})").format(
                    currency=r.currency, rate=r.usd_per_unit, on=r.on or _("your rate")
                )
                for r in foreign.itertuples()
            )
            for name in ("price_usd", "retail_price_usd", "shipping_usd"):
                origins[name] = assumed(
                    shown, source="; ".join(sorted(set(foreign["source"]) - {"", "given"})), formula="price × rate"
                )
        if self.units_in_steps:
            origins["units_sold"] = observed(self.name, note=N_("the marketplace shows steps: a lower bound"))
        return origins
