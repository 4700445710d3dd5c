"""Amounts and counts as marketplaces write them: ``US $12.50``, ``16 423,34 руб.``, ``1.2万``, ``5,000+ sold``."""

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from crossborder.data.currencies import currency_in
from crossborder.data.numerals import Numerals, sort_numerals

OK, MISSING, NO_NUMBER, UNREADABLE, NOT_FINITE, TWO_AMOUNTS = range(6)

_BLANKS = "[\u00a0\u2000-\u200a\u202f\u205f\u3000]"
_MISSING_WORDS = (
    "none null nil missing unknown <na> -nan #n/a #div/0! #value! #ref! #name? #num! #null! "
    "н/д нет 无 暂无 空 未知 没有 aucun"
)
_MISSING = (
    r"(?i)^(?:[-–—_.?/\\*]+|n\.?/?a\.?|k\.?\s?a\.?|no data|not available|нет данных|sin datos|sem dados|"
    + "|".join(re.escape(word) for word in _MISSING_WORDS.split())
    + ")$"
)
_NOT_FINITE = r"(?i)^[-+]?(?:nan|inf|infinity|∞|1\.#inf|1\.#ind)$"
_PARTS = (
    r"^(?P<before>[^0-9]*?)(?P<sign>[-\x{2212}\x{2013}(]?)\s?(?P<number>[0-9](?:[0-9.,'’ ]*[0-9])?|[.,][0-9]+)"
    r"(?P<power>[eE][-+]?[0-9]{1,3})?(?P<after>[^0-9](?s:.*))?$"
)
_NOT_DIGITS = (
    "[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2079\u2150-\u218f]"  # superscripts, fractions: never to be read as digits
)
_RANGE = re.compile(r"^[^\d]{0,12}?(?:[-–—~～至到]|\bto\b|\bbis\b|\bдо\b)[^\d]{0,12}\d[\d.,'’ ]*[^\d]*$")
_OF = re.compile(r"^\s*(?:/|of|out of|из|de|von|sur|su)\s*\d+", re.IGNORECASE)
_MULTIPLIERS = (
    (re.compile(r"^\s?(?:万|萬|w\b)", re.IGNORECASE), 1e4),
    (re.compile(r"^\s?(?:亿|億)"), 1e8),
    (re.compile(r"^\s?(?:千|k(?![a-zčć])|тыс\b\.?|mil\b|tys\b\.?|tsd\b\.?|thousand\b|rb\b)", re.IGNORECASE), 1e3),
    (
        re.compile(
            r"^\s?(?:m(?![a-zа-я])|mn\b|mio\b\.?|mln\b|млн\b\.?|million\b|millones\b|milhões\b|jt\b)", re.IGNORECASE
        ),
        1e6,
    ),
    (re.compile(r"^\s?lakh\b", re.IGNORECASE), 1e5),
)
_AT_LEAST = re.compile(
    r"\+|以上|多(?!谢)|\b(?:or more|and more|und mehr|y más|ou mais|et plus|и более)\b", re.IGNORECASE
)
_MORE_THAN = re.compile(
    r">|≥|超过|over|more than|at least|über|mehr als|más de|mais de|plus de|более|свыше|от\b", re.IGNORECASE
)


@dataclass(eq=False)
class Amounts:
    """What a column of written amounts holds, row by row; ``value`` has points for marks already settled.

    ``status`` is one of the codes above. ``sign`` multiplies, ``factor`` is 10,000 for 万. ``currency`` and
    ``unknown_currency`` are indices into ``currencies``, ``unknown``; ``percent`` tells a per cent sign.
    """

    status: np.ndarray
    numerals: Numerals
    sign: np.ndarray
    factor: np.ndarray
    currency: np.ndarray
    unknown_currency: np.ndarray
    at_least: np.ndarray
    is_range: np.ndarray
    percent: np.ndarray
    expand: np.ndarray  # from distinct texts to rows
    power: np.ndarray

    def values(self, decimal: np.ndarray) -> np.ndarray:
        """The numbers per row; ``decimal`` (per distinct text) settles the ambiguous ones."""
        value = self.numerals.values(decimal) * self.sign * self.factor * self.power
        return np.where(self.status == OK, value, np.nan)[self.expand]

    def rows(self, of: np.ndarray) -> np.ndarray:
        """A property of distinct texts, per row."""
        return of[self.expand]


def split_amounts(text: pa.Array, zero_words: tuple[str, ...] = ()) -> Amounts:
    """Take written amounts apart; each distinct text is looked at once."""
    encoded = pc.dictionary_encode(text, null_encoding="encode")
    distinct = pc.fill_null(encoded.dictionary, "")
    expand = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    clean = _one_script(distinct)
    if zero_words:
        clean = pc.if_else(pc.is_in(pc.utf8_lower(clean), pa.array(zero_words)), "0", clean)
    parts = pc.extract_regex(clean, _PARTS)
    read = {name: pc.fill_null(parts.field(name), "") for name in ("before", "sign", "number", "power", "after")}
    matched = pc.is_valid(parts).to_numpy(zero_copy_only=False)
    number = _without_stray_point(read["number"], read["before"])
    numerals = sort_numerals(number)
    status = np.where(numerals.readable & matched, OK, UNREADABLE)
    digits = _mask(clean, r"[0-9]") | _mask(distinct, _NOT_DIGITS)
    status[~matched & ~digits] = NO_NUMBER
    status[_mask(distinct, _NOT_DIGITS)] = UNREADABLE
    status[_mask(clean, _NOT_FINITE)] = NOT_FINITE
    status[_mask(clean, _MISSING) | (np.asarray(pc.equal(clean, "").to_numpy(zero_copy_only=False)))] = MISSING
    n = len(distinct)
    factor, at_least, is_range, percent = np.ones(n), np.zeros(n, bool), np.zeros(n, bool), np.zeros(n, bool)
    currency, unknown = np.full(n, "", object), np.full(n, "", object)
    context = pc.dictionary_encode(pc.binary_join_element_wise(read["before"], read["after"], "\x01"))
    contexts = [
        _context(*joined.split("\x01", 1)) if "\x01" in joined else _context("", "")
        for joined in context.dictionary.to_pylist()
    ]
    index = context.indices.to_numpy(zero_copy_only=False)
    for target, name in (
        (factor, "factor"),
        (at_least, "at_least"),
        (is_range, "is_range"),
        (percent, "percent"),
        (currency, "currency"),
        (unknown, "unknown"),
    ):
        target[:] = np.array([getattr(c, name) for c in contexts], dtype=target.dtype)[index]
    status[np.array([c.two for c in contexts], dtype=bool)[index] & (status == OK)] = TWO_AMOUNTS
    sign = np.where(_mask(read["sign"], "[-\u2212\u2013(]"), -1.0, 1.0)
    power = np.array([10.0 ** int(p[1:]) if p else 1.0 for p in read["power"].to_pylist()])
    return Amounts(status, numerals, sign, factor, currency, unknown, at_least, is_range, percent, expand, power)


def _one_script(text: pa.Array) -> pa.Array:
    """Full-width digits and signs, odd spaces and Arabic digits as plain ones."""
    text = pc.replace_substring_regex(text, _BLANKS, " ")
    if pc.any(pc.match_substring_regex(text, "[\uff01-\uff5e\u0660-\u0669\u06f0-\u06f9\u066b\u066c]")).as_py():
        table = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}
        table |= (
            {0x0660 + d: 48 + d for d in range(10)}
            | {0x06F0 + d: 48 + d for d in range(10)}
            | {0x066B: ord("."), 0x066C: ord(",")}
        )
        text = pa.array([None if t is None else t.translate(table) for t in text.to_pylist()], pa.string())
    return pc.utf8_trim_whitespace(text)


def _without_stray_point(number: pa.Array, before: pa.Array) -> pa.Array:
    """In ``Rs.500`` the point belongs to the word, not to the number."""
    stray = pc.and_(pc.match_substring_regex(number, r"^[.,]"), pc.match_substring_regex(before, r"\p{L}$"))
    return pc.if_else(stray, pc.replace_substring_regex(number, r"^[.,]", ""), number)


def _mask(text: pa.Array, pattern: str) -> np.ndarray:
    return pc.fill_null(pc.match_substring_regex(text, pattern), False).to_numpy(zero_copy_only=False)


@dataclass(frozen=True)
class _Context:
    factor: float
    at_least: bool
    is_range: bool
    two: bool
    percent: bool
    currency: str
    unknown: str


@lru_cache(maxsize=100_000)
def _context(before: str, after: str) -> _Context:
    """What stands around the number."""
    factor = 1.0
    rest = after
    for pattern, by in _MULTIPLIERS:
        found = pattern.match(rest)
        if found:
            factor, rest = by, rest[found.end() :]
            break
    at_least = bool(_AT_LEAST.search(rest) or _MORE_THAN.search(before)) or factor > 1
    more_digits = any(c.isdigit() for c in rest)
    is_range = more_digits and bool(_RANGE.match(rest))
    two = more_digits and not is_range and not _OF.match(rest)
    words = re.sub(r"[\d.,'’\s]+", " ", rest)
    currency, unknown = currency_in(before)
    if not currency:
        currency, unknown_after = currency_in(words)
        unknown = unknown or unknown_after
    return _Context(factor, at_least, is_range, two, "%" in rest or "％" in rest, currency, unknown)
