"""Which currency each price is in, and what it is in US dollars; different currencies are never added up."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from crossborder.data.cells import Cells
from crossborder.data.currencies import CODES, SHARED_SIGNS, currency_in, currency_in_header
from crossborder.data.findings import Findings
from crossborder.data.grid import RawColumn
from crossborder.data.questions import Open
from crossborder.data.rates import Rate
from crossborder.data.sentence import say
from crossborder.i18n import N_

MAIN_CURRENCIES = (
    "USD",
    "EUR",
    "RUB",
    "CNY",
    "GBP",
    "BRL",
    "JPY",
    "PLN",
    "TRY",
    "KRW",
    "MXN",
    "CAD",
    "AUD",
    "INR",
    "SAR",
    "AED",
)


def settle_currency(
    raw: RawColumn,
    cells: Cells,
    column: "tuple[RawColumn, pa.Array] | None",
    findings: Findings,
    open_: Open,
) -> np.ndarray:
    """The ISO code of each price: its own sign, else the header's, else the currency column's, else asked.

    Rows without a usable price ask nothing.
    """
    written = written_currency(cells)
    stated = _stated(column, len(written), findings)
    priced = np.isfinite(cells.values) & ~findings.bad
    found = np.where(written == "", currency_in_header(raw.header), written).astype(object)
    found = np.where(found == "", stated, found)
    agrees = found == stated
    for sign, candidates in SHARED_SIGNS.items():
        at = found == sign
        fitting = at & np.isin(stated, candidates)
        found = np.where(fitting, stated, found)
        at &= ~fitting
        if at.any():
            asked = (at & priced).any()
            found = np.where(at, _settle_sign(sign, candidates, raw, open_) if asked else candidates[0], found)
        agrees |= fitting | ((stated == sign) & np.isin(found, candidates))
    findings.refuse((written != "") & (stated != "") & ~agrees, raw, "two-currencies", stated)
    silent = found == ""
    if silent.any():
        told = found[~silent & priced]
        others, n_silent = _most_common(told), int((silent & priced).sum())
        answered = open_.given("currency") is not None
        if n_silent and len(set(told)) == 1 and len(told) > n_silent and not answered:
            findings.warn(
                say(
                    N_(
                        "Cells of {column} that name no currency: {n} of {all}. They were taken as {currency}, "
                        "which all the others name."
                    ),
                    column=raw.header, n=n_silent, all=int(priced.sum()), currency=others,
                )
            )  # fmt: skip
        elif n_silent:
            others = _ask(raw, others, n_silent, int(priced.sum()), open_)
        found = np.where(silent, others, found)
    return found


def _ask(raw: RawColumn, others: str, n_silent: int, n: int, open_: Open) -> str:
    if n_silent == n:
        asked = say(N_("The file does not say which currency {column} is in. Which is it?"), column=raw.header)
    else:
        asked = say(
            N_("Cells of {column} that name no currency: {n} of {all}. Which is it?"),
            column=raw.header,
            n=n_silent,
            all=n,
        )
    answer = open_.given("currency")
    more = [code for code in (others, answer) if code in CODES and code not in MAIN_CURRENCIES]
    return open_.settle("currency", asked, (*MAIN_CURRENCIES, *dict.fromkeys(more)), others)


def written_currency(cells: Cells) -> np.ndarray:
    """The currencies as written beside the amounts."""
    return cells.currency if cells.currency is not None else np.full(len(cells.values), "", object)


def _most_common(codes: np.ndarray) -> str:
    """The currency that most other rows say, for those that say none."""
    if not len(codes):
        return "USD"
    distinct, times = np.unique(codes.astype(str), return_counts=True)
    return str(distinct[times.argmax()])


def _stated(column: "tuple[RawColumn, pa.Array] | None", n: int, findings: Findings) -> np.ndarray:
    """The currency column's codes; a currency that nobody knows refuses its row."""
    if column is None:
        return np.full(n, "", object)
    raw, texts = column
    encoded = texts.dictionary_encode(null_encoding="encode")
    distinct = [(t or "").strip() for t in encoded.dictionary.to_pylist()]
    codes = np.array([currency_in(t)[0] or currency_in(t.upper())[0] for t in distinct], dtype=object)
    unknown = np.array([bool(t) and not code for t, code in zip(distinct, codes, strict=True)])
    index = encoded.indices.to_numpy(zero_copy_only=False)
    findings.refuse(unknown[index], raw, "unknown-currency")
    return codes[index]


def _settle_sign(sign: str, candidates: tuple[str, ...], raw: RawColumn, open_: Open) -> str:
    if sign in ("$", "£") and open_.given(f"currency:{sign}") is None:
        return candidates[0]  # a bare dollar sign is taken for the US dollar on every marketplace that we know
    default = candidates[0]
    if sign == "¥" and any("\u3040" <= c <= "\u30ff" for c in raw.header):
        default = "JPY"
    return open_.settle(
        f"currency:{sign}",
        say(N_("In {column}, which currency does {sign} stand for?"), column=raw.header, sign=sign),
        candidates,
        default,
    )


def currency_beside(raw: RawColumn, written: np.ndarray, price_currency: np.ndarray) -> np.ndarray:
    """Another amount of a row is in the currency that it or its header names, else in the price's."""
    of_header = currency_in_header(raw.header)
    inherited = np.full(len(price_currency), of_header, object) if of_header in CODES else price_currency
    return np.where(np.isin(written, list(CODES)), written, inherited)


def in_usd(values: np.ndarray, currency: np.ndarray, rates: Mapping[str, Rate]) -> np.ndarray:
    """``price_usd = price × (USD per unit of its currency)``; NaN where there is no rate."""
    per_unit = {code: rates[code].usd_per_unit for code in set(currency) if code in rates}
    return values * np.array([per_unit.get(code, np.nan) for code in currency])


def refuse_without_rate(
    raw: RawColumn, cells: Cells, currency: np.ndarray, rates: Mapping[str, Rate], findings: Findings
) -> None:
    """Refuse rows in a currency that has no rate."""
    known = np.isin(currency, list(rates))
    findings.refuse(~known & np.isfinite(cells.values) & ~findings.bad, raw, "no-rate", currency)
