"""Numbers written as text: which of comma, point and space separates thousands, and which the decimals.

``1,234.56``, ``1.234,56`` and ``1 234,56`` say it themselves; ``1,234`` does not, and takes its neighbours' side.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

# Shapes of a written number, blanks and apostrophes between thousands already taken out.
_PLAIN = r"^[0-9]+$"


def _with_decimals_after(mark: str, thousands: str, group: str) -> str:
    """A number whose decimals stand after ``mark``, or that has two or more ``thousands`` marks."""
    shapes = (
        rf"[0-9]*{mark}(?:[0-9]{{1,2}}|[0-9]{{4,}})",
        rf"0{mark}[0-9]{{3}}",
        rf"[0-9]{{4,}}{mark}[0-9]{{3}}",
        rf"[0-9]{{1,3}}(?:{thousands}{group})*{thousands}[0-9]{{3}}{mark}[0-9]+",
        rf"[0-9]{{1,3}}(?:{thousands}{group})+{thousands}[0-9]{{3}}",
    )
    return f"^(?:{'|'.join(shapes)})$"


_POINT = _with_decimals_after(r"\.", ",", "[0-9]{2,3}")  # Indian files group by two after the first thousand
_COMMA = _with_decimals_after(",", r"\.", "[0-9]{3}")
_EITHER = r"^[1-9][0-9]{0,2}[.,][0-9]{3}$"
_GROUPED = r"^[0-9]{1,3}(?:[ '’][0-9]{3})+(?:[.,][0-9]+)?$"
_GAPS = r"[ '’]"


@dataclass(eq=False)
class Numerals:
    """Written numbers sorted by shape. Masks are over the given array; ``core`` is without gaps between thousands."""

    core: pa.Array
    plain: np.ndarray
    point: np.ndarray
    comma: np.ndarray
    either: np.ndarray

    @property
    def readable(self) -> np.ndarray:
        """Whether the text is a number in some convention."""
        return self.plain | self.point | self.comma | self.either

    def values(self, decimal: np.ndarray) -> np.ndarray:
        """The numbers; ``decimal`` tells, for those that may be either, whether the one mark is a decimal mark."""
        out = np.full(len(self.core), np.nan)
        _fill(out, self.core, self.plain, "")
        _fill(out, self.core, self.point, "point")
        _fill(out, self.core, self.comma, "comma")
        _fill(out, self.core, self.either & decimal, "decimal")
        _fill(out, self.core, self.either & ~decimal, "thousands")
        return out


def sort_numerals(text: pa.Array) -> Numerals:
    """Sort written numbers (digits, points, commas, gaps; no sign, no currency) by what their shape says."""
    gapped = _mask(text, _GAPS)
    grouped = _mask(text, _GROUPED)
    core = pc.replace_substring_regex(text, _GAPS, "") if gapped.any() else text
    fine = ~gapped | grouped
    either = _mask(core, _EITHER) & fine
    point, comma = _mask(core, _POINT) & fine, _mask(core, _COMMA) & fine
    # Where a gap separates thousands, the one mark left is the decimal mark.
    after_gap = either & grouped
    holds_comma = pc.fill_null(pc.match_substring(core, ","), False).to_numpy(zero_copy_only=False)
    comma |= after_gap & holds_comma
    point |= after_gap & ~holds_comma
    return Numerals(core, _mask(core, _PLAIN) & fine, point, comma, either & ~after_gap)


def _mask(text: pa.Array, pattern: str) -> np.ndarray:
    return pc.fill_null(pc.match_substring_regex(text, pattern), False).to_numpy(zero_copy_only=False)


def _fill(out: np.ndarray, core: pa.Array, where: np.ndarray, how: str) -> None:
    if not where.any():
        return
    text = core.filter(pa.array(where))
    if how == "point":
        text = pc.replace_substring(text, ",", "")
    elif how == "comma":
        # The last comma is the decimal mark, unless there are only points: those separate thousands.
        text = pc.replace_substring(pc.replace_substring(text, ".", ""), ",", ".")
    elif how == "decimal":
        text = pc.replace_substring(text, ",", ".")
    elif how == "thousands":
        text = pc.replace_substring_regex(text, "[.,]", "")
    out[where] = text.cast(pa.float64()).to_numpy(zero_copy_only=False)
