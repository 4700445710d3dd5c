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
    found, and ``source_row``. ``mapping`` and ``answers`` serve next month's file (see ``recipe``). ``counts`` adds up:
    read = accepted + refused + left_out. ``preview`` holds the first five rows as they stand in the file.
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
        """Bad rows: row, column, value, rule and a reason with its remedy. A row may have several."""
        return with_reasons(self.refused_cells)

    @property
    def emptied(self) -> "pd.DataFrame":
        """Cells that were not understood and left empty; their rows were accepted."""
        return with_reasons(self.emptied_cells)

    @property
    def left_out(self) -> "pd.DataFrame":
        """Totals rows and repeated listings, with the reason; ``value`` is the repeated listing number."""
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
