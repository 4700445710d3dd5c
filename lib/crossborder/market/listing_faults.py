"""Rows of a listing table that no market can be made of: which, and why."""

from typing import Any

import numpy as np
import pandas as pd

from crossborder.data.listings_read import ListingsRead
from crossborder.errors import BoundsError, shortened
from crossborder.i18n import N_, Filled, _, numbers

# Beyond these a number is a slip of the pen, and sums of cents would no longer fit.
HIGHEST_PRICE_USD = 1e6
MOST_UNITS = 1e9

# Of refused rows so many are told one by one
FIRST = 3

FAULTS = {
    "no-id": N_("listing_id is empty"),
    "price": N_("price_usd is not a number above 0 and up to 1,000,000"),
    "rating": N_("rating is not a number from 1 to 5 (0 or empty for none)"),
    "rating-count": N_("rating_count is not a number from 0 to 1,000,000,000"),
    "units-sold": N_("units_sold is not a number from 0 to 1,000,000,000"),
    "repeated": N_("the listing_id stands in an earlier row"),
}

_BOUNDED = (
    ("rating", "rating", 5.0),
    ("rating_count", "rating-count", MOST_UNITS),
    ("units_sold", "units-sold", MOST_UNITS),
)


def listing_table(listings: Any) -> pd.DataFrame:
    """The table of listings that a caller handed over: a frame, or what ``read_listings`` gave."""
    table = listings.table if isinstance(listings, ListingsRead) else listings
    if not isinstance(table, pd.DataFrame):
        raise BoundsError(
            _(
                "listings must be a table (a DataFrame, or what read_listings gives); got {value}. "
                "Read a file with read_listings first."
            ).format(value=shortened(listings))
        )
    for column in ("listing_id", "price_usd"):
        if column not in table.columns:
            raise BoundsError(
                _("The listings lack the column {column}; read the file with read_listings first.").format(
                    column=column
                )
            )
    double = table.columns[table.columns.duplicated()]
    if len(double):
        raise BoundsError(
            _("The listings have the column {column} twice. Rename or drop one of the two.").format(column=double[0])
        )
    return table


def unusable_listings(listings: Any) -> pd.DataFrame:
    """Which rows would ``from_listings`` leave out, and why?

    Parameters
    ----------
    listings : a table as ``read_listings`` gives it, or its result

    Returns columns row (0 is the first), listing_id, rule and reason (a sentence part in the language of the moment);
    each row stands there once, with its first fault.

    >>> table = pd.DataFrame({"listing_id": ["a", "a", "b"], "price_usd": [3.0, 3.0, 0.0]})
    >>> unusable_listings(table)[["row", "rule"]].values.tolist()
    [[1, 'repeated'], [2, 'price']]
    """
    table = listing_table(listings)
    rules = faults_of(table)
    at = np.flatnonzero(rules != "")
    return pd.DataFrame(
        {
            "row": at,
            "listing_id": table["listing_id"].to_numpy(object)[at],
            "rule": rules[at],
            "reason": np.array([_(FAULTS[rule]) for rule in rules[at]], dtype=object),
        }
    )


def faults_of(table: pd.DataFrame) -> np.ndarray:
    """The rule that each row breaks, empty where it is a listing; only good rows count as earlier ones."""
    rules = np.full(len(table), "", dtype=object)

    def note(rule: str, wrong: np.ndarray) -> None:
        rules[wrong & (rules == "")] = rule

    note("no-id", _blank(table["listing_id"]))
    price = as_numbers(table["price_usd"])
    note("price", ~((price > 0) & (price <= HIGHEST_PRICE_USD)))
    for column, rule, most in _BOUNDED:
        if column in table:
            value = as_numbers(table[column])
            outside = ~((value >= 0) & (value <= most)) | ((rule == "rating") & (value > 0) & (value < 1))
            note(rule, outside & ~_blank(table[column]))
    good = np.flatnonzero(rules == "")
    again = table["listing_id"].iloc[good].astype(str).duplicated().to_numpy()
    rules[good[again]] = "repeated"
    return rules


def told(rules: np.ndarray) -> list[Filled]:
    """How many rows were left out for each reason, as sentences."""
    return [
        Filled(
            N_("Rows of the listings left out: {n} of {all}, because {reason}."),
            n=numbers.count(n),
            all=numbers.count(len(rules)),
            reason=Filled(reason),
        )
        for rule, reason in FAULTS.items()
        if (n := int((rules == rule).sum()))
    ]


def why_none(listings: Any, rules: np.ndarray) -> str:
    """Why none of the rows can be used: what is wrong with them, or with the first of those that a reader refused."""
    if len(rules):
        return " ".join(map(_, told(rules)))
    if not isinstance(listings, ListingsRead) or listings.refused.empty:
        return _("It has no rows.")
    refused = listings.refused
    sentences = list(refused["reason"].head(FIRST))
    if len(refused) > FIRST:
        sentences.append(_("{n} more rows were refused.").format(n=numbers.count(len(refused) - FIRST)))
    return " ".join(map(str, sentences))


def as_numbers(column: pd.Series) -> np.ndarray:
    """A column as numbers, NaN where a cell is none."""
    return pd.to_numeric(column, errors="coerce").astype("Float64").to_numpy(float, na_value=np.nan)


def _blank(column: pd.Series) -> np.ndarray:
    """Empty cells: nothing, or text without a character to be seen."""
    empty = column.isna().to_numpy(bool)
    if column.dtype == object or isinstance(column.dtype, pd.StringDtype):
        empty = empty | column.astype(str).str.strip().eq("").to_numpy(bool)
    return empty
