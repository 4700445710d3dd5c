"""Days written as text: ISO, day-month or month-day, month names, Chinese, spreadsheet serial numbers, Unix times."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

OK, MISSING, NO_DATE, NO_SUCH_DAY = range(4)

# The first three or four letters of each month, January first: en, es, pt, fr, de, ru.
_MONTH_STARTS = (
    "jan ene янв",
    "feb fév fev фев",
    "mar mär mrz мар",
    "apr abr avr апр",
    "may mai май мая",
    "jun juin июн",
    "jul juil июл",
    "aug ago aoû авг",
    "sep set сен",
    "oct okt out окт",
    "nov ноя",
    "dec dez dic déc дек",
)
_MONTHS = {start: number for number, starts in enumerate(_MONTH_STARTS, start=1) for start in starts.split()}
_REST = r"(?:$|[T\s,].*$)"
_YEAR_FIRST = r"^(?P<y>[0-9]{4})\s?[-/.年]\s?(?P<m>[0-9]{1,2})(?:\s?[-/.月]\s?(?P<d>[0-9]{1,2})日?)?月?" + _REST
_COMPACT = r"^(?P<y>(?:19|20)[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})$"
_YEAR_LAST = r"^(?P<a>[0-9]{1,2})\s?(?P<mark>[-/.])\s?(?P<b>[0-9]{1,2})\s?[-/.]\s?(?P<y>[0-9]{4}|[0-9]{2})" + _REST
_DAY_IN_WORDS = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th|\.)?"
_DAY_NAME_YEAR = (
    rf"(?i)^(?:\p{{L}}+,?\s+)?{_DAY_IN_WORDS}[\s-]+(?:de\s+)?(?P<m>\p{{L}}{{3,}})\.?,?[\s-]+(?:de\s+)?(?P<y>[0-9]{{4}})"
    + _REST
)
_NAME_DAY_YEAR = (
    r"(?i)^(?:\p{L}+,\s+)?(?P<m>\p{L}{3,})\.?\s+(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>[0-9]{4})" + _REST
)
_SERIAL = r"^[0-9]{5}(?:\.[0-9]+)?$"
_UNIX = r"^1[0-9]{9}(?:[0-9]{3})?$"
_EPOCH_1900 = np.datetime64("1899-12-30", "us")
_EPOCH_1904 = np.datetime64("1904-01-01", "us")


@dataclass(eq=False)
class WrittenDays:
    """Days row by row: settled ones in ``day``; where ``a`` and ``b`` are both possible months, the order decides."""

    day: np.ndarray
    status: np.ndarray
    first: np.ndarray
    second: np.ndarray
    year: np.ndarray
    undecided: np.ndarray
    day_first: int  # how many rows say that the day stands first, and the month
    month_first: int
    serial: np.ndarray

    def days(self, day_comes_first: bool) -> tuple[np.ndarray, np.ndarray]:
        """The days and their status, the undecided ones read in the given order."""
        day, status = self.day.copy(), self.status.copy()
        at = self.undecided
        if at.any():
            d, m = (self.first, self.second) if day_comes_first else (self.second, self.first)
            day[at], status[at] = _assemble(self.year[at], m[at], d[at])
        return day, status


def split_days(text: pa.Array, number: np.ndarray | None, day: np.ndarray | None, date_1904: bool) -> WrittenDays:
    """Read what a column of days holds; ``number`` and ``day`` are what the file stored as such."""
    n = len(text)
    out = np.full(n, "NaT", dtype="datetime64[us]")
    status = np.where(pc.is_null(text).to_numpy(zero_copy_only=False), MISSING, NO_DATE)
    first, second, year = np.zeros(n, int), np.zeros(n, int), np.zeros(n, int)
    undecided, serial = np.zeros(n, bool), np.zeros(n, bool)
    plain = pc.replace_substring_regex(text, "[\u00a0\u202f\u3000]", " ")
    left = status == NO_DATE
    for pattern in (_YEAR_FIRST, _COMPACT):
        at, parts = _matches(plain, pattern, left)
        if at.size:
            d = _int(parts["d"], 1)
            out[at], status[at] = _assemble(_int(parts["y"]), _int(parts["m"]), d)
            left[at] = False
    at, parts = _matches(plain, _YEAR_LAST, left)
    says_day = says_month = 0
    if at.size:
        a, b, y = _int(parts["a"]), _int(parts["b"]), _full_year(_int(parts["y"]))
        points = np.asarray(parts["mark"]) == "."
        day_first, month_first = (a > 12) | points, (b > 12) & ~points
        says_day, says_month = int(((a > 12) & ~points).sum()), int(month_first.sum())
        sure = day_first | month_first | (a == b)
        m, d = np.where(month_first, a, b), np.where(month_first, b, a)
        out[at[sure]], status[at[sure]] = _assemble(y[sure], m[sure], d[sure])
        rest = at[~sure]
        first[rest], second[rest], year[rest], undecided[rest] = a[~sure], b[~sure], y[~sure], True
        status[rest] = OK
        left[at] = False
    for pattern in (_DAY_NAME_YEAR, _NAME_DAY_YEAR):
        at, parts = _matches(plain, pattern, left)
        if at.size:
            months = np.array([_month(name) for name in parts["m"]])
            out[at], status[at] = _assemble(_int(parts["y"]), months, _int(parts["d"]))
            status[at[months == 0]] = NO_DATE
            left[at] = False
    at, parts = _matches(plain, f"(?P<n>{_UNIX[1:-1]})$", left, prefix="^")
    if at.size:
        seconds = np.array([int(t[:10]) for t in parts["n"]], dtype="int64")
        out[at], status[at] = seconds.astype("datetime64[s]").astype("datetime64[us]").astype("datetime64[D]"), OK
        left[at] = False
    at, parts = _matches(plain, f"(?P<n>{_SERIAL[1:-1]})$", left, prefix="^")
    if at.size:
        days = np.array([float(t) for t in parts["n"]]).astype(int)
        out[at] = (_EPOCH_1904 if date_1904 else _EPOCH_1900) + days.astype("timedelta64[D]")
        status[at], serial[at] = OK, True
    if day is not None:
        stored = ~np.isnat(day)
        out[stored], status[stored], undecided[stored] = (
            day[stored].astype("datetime64[D]").astype("datetime64[us]"),
            OK,
            False,
        )
    return WrittenDays(out, status, first, second, year, undecided, says_day, says_month, serial)


def _matches(
    text: pa.Array, pattern: str, left: np.ndarray, prefix: str = ""
) -> tuple[np.ndarray, dict[str, list[str]]]:
    """Where (row numbers) among ``left`` the pattern matches, and its named parts there."""
    at = np.flatnonzero(left)
    if not at.size:
        return at, {}
    parts = pc.extract_regex(text.take(pa.array(at)), prefix + pattern)
    good = pc.is_valid(parts)
    kept = parts.filter(good)
    fields = {kept.type.field(i).name: kept.field(i).to_pylist() for i in range(kept.type.num_fields)}
    return at[good.to_numpy(zero_copy_only=False)], fields


def _int(parts: list[str], otherwise: int = 0) -> np.ndarray:
    return np.array([int(part) if part else otherwise for part in parts])


def _full_year(year: np.ndarray) -> np.ndarray:
    return np.where(year < 100, year + np.where(year < 70, 2000, 1900), year)


def _assemble(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Days from their parts; a day that the calendar does not have is NaT."""
    possible = (year >= 1) & (year <= 9999) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = (np.where(possible, year, 1970) - 1970) * 12 + np.where(possible, month, 1) - 1
    days = months.astype("datetime64[M]").astype("datetime64[D]") + np.where(possible, day - 1, 0)
    possible &= days.astype("datetime64[M]").astype(int) == months
    out = np.where(possible, days, np.datetime64("NaT", "D")).astype("datetime64[us]")
    return out, np.where(possible, OK, NO_SUCH_DAY)


def _month(name: str) -> int:
    word = name.casefold()
    return _MONTHS.get(word[:4]) or _MONTHS.get(word[:3], 0)
